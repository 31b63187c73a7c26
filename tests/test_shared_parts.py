"""The parts of the theme that pages share are the ones that Material renders for each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.cli import main
from generator.render.shared_parts import SharedParts
from tests.bench.guides import write_guide

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

_MKDOCS = """site_name: S & T
site_url: https://s.example/
repo_url: https://code.example/s
theme: {{name: material, features: [{features}]}}
docs_dir: content
use_directory_urls: {directory_urls}
plugins:
  - coaching-guide: {{exports: false, manual: true}}
  - search
extra: {{alternate: [{{name: Deutsch, link: /de/, lang: de}}]}}
"""


def _pages(project: Path) -> dict[str, str]:
    assert main(["build", "--strict", str(project)]) == 0
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


@pytest.mark.parametrize(
    ("features", "directory_urls"),
    [
        ("navigation.tabs", "true"),
        ("navigation.tabs, navigation.tabs.sticky", "true"),
        ("navigation.tabs, navigation.tabs.sticky", "false"),
        ("navigation.top", "true"),
    ],
)
def test_pages_are_the_same_as_with_parts_of_their_own(tmp_path: Path, features: str, directory_urls: str) -> None:
    write_guide(tmp_path, 30)
    settings = _MKDOCS.format(features=features, directory_urls=directory_urls)
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shared = _pages(tmp_path)
    # With a theme of an author's nothing is shared.
    (tmp_path / "templates/theme").mkdir(parents=True)
    (tmp_path / "templates/theme/unused.html").write_text("", encoding="utf-8")

    assert _pages(tmp_path) == shared


@pytest.mark.parametrize("header", ["<p>{}</p>", '<div data-md-component="header-topic">{}</div>'])
def test_a_header_that_looks_another_way_is_not_shared(header: str) -> None:
    parts = SharedParts()
    for title in ("One", "Two"):
        page = SimpleNamespace(title=title, meta={})
        found = parts.header(partial(header.format, title), "..", SimpleNamespace(items=[]), page)

        assert found == header.format(title)
