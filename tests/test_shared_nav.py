"""The navigation that pages of one section share is the one that Material renders for each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import material
import pytest

from generator.cli import main
from tests.bench.guides import write_guide
from tests.support import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

_MKDOCS = "site_name: S\nsite_url: https://s.example/\ntheme: {name: material}\ndocs_dir: content\n"
_MKDOCS += "plugins:\n  - coaching-guide: {exports: false}\n  - search\n"
_MATERIAL = Path(material.__file__).parent / "templates/partials/nav.html"


def _pages(project: Path) -> dict[str, str]:
    assert main(["build", "--strict", str(project)]) == 0
    site = project / "site"
    return {
        path.relative_to(site).as_posix(): re.sub(r"\s+", "", path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def test_pages_are_the_same_as_with_materials_own_navigation(tmp_path: Path) -> None:
    write_guide(tmp_path, 30)
    (tmp_path / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    shared = _pages(tmp_path)
    (tmp_path / "templates/theme/partials").mkdir(parents=True)
    shutil.copy(_MATERIAL, tmp_path / "templates/theme/partials/nav.html")

    assert _pages(tmp_path) == shared


def test_our_template_differs_from_materials_in_one_place() -> None:
    ours = (ROOT / "templates/theme/partials/nav.html").read_text(encoding="utf-8")
    ours = re.sub(r"{#-.*?-#}|{% (?:macro every_entry\(\)|endmacro) %}|{{ shared_nav.*?}}", "", ours, flags=re.DOTALL)
    theirs = re.sub(r"{#-.*?-#}", "", _MATERIAL.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.sub(r"\s+", "", ours) == re.sub(r"\s+", "", theirs)
