"""The wheel alone: installed elsewhere, in an empty folder, it makes, checks and builds somebody else's guide."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.installed import Installed
from tests.support import ROOT, write_project


@pytest.fixture(scope="module")
def demo(installed: Installed) -> Path:
    """A new guide, checked and built with nothing but the wheel."""
    for words, said in (
        (
            ("new", "guide", "demo"),
            "demo: a guide with one lesson, checklist and message; begin in demo/content/guide.yml",
        ),
        (("check", "demo"), "no problems"),
        (("build", "--strict", "demo"), "pages in demo/site; open demo/site/index.html"),
    ):
        done = installed(*words)
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    return installed.folder / "demo"


def page(demo: Path, address: str) -> str:
    return (demo / "site" / address / "index.html").read_text(encoding="utf-8")


def test_it_is_the_wheel_that_is_tested(installed: Installed) -> None:
    assert "installed" in installed.python("import generator; print(generator.__file__)")
    assert not installed.python("import generator; print(generator.__file__)").startswith(str(ROOT))


@pytest.mark.parametrize(
    "folder", ["templates/pages/", "templates/print/", "templates/theme/assets/", "starter/guide/content/", "schemas/"]
)
def test_the_wheel_holds_what_a_guide_needs(installed: Installed, folder: str) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert any(name.startswith(f"generator/{folder}") for name in names)
    assert not [name for name in names if name.startswith(("content/", "tests/"))]


def test_a_new_guide_is_built_with_the_packaged_templates_and_look(demo: Path) -> None:
    lesson = page(demo, "lessons/first-lesson")
    assert "What would make it smaller still?" in lesson
    checklist, message = page(demo, "checklists/first-checklist"), page(demo, "messages/first-message")
    for asset, on in (("guide.css", lesson), ("guide.js", lesson), ("lists.js", checklist), ("messages.js", message)):
        assert f"assets/{asset}" in on
        assert (demo / "site/assets" / asset).is_file()
    assert "assets/lists.js" not in lesson + message
    assert (demo / "site/checklists/first-checklist/first-checklist-a4.pdf").read_bytes().startswith(b"%PDF")
    assert "fonts.googleapis.com" not in lesson


def test_its_own_mkdocs_yml_says_nothing_of_the_look(demo: Path) -> None:
    lines = (demo / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert [line.split("#")[0].rstrip() for line in lines if line and not line.startswith("#")] == [
        "site_name: Demo",
        "site_url: https://example.org/",
        "docs_dir: content",
        "theme:",
        "  name: material",
        "plugins:",
        "  - coaching-guide",
        "  - search",
    ]


def test_templates_theme_files_and_settings_of_the_project_win_one_by_one(installed: Installed, demo: Path) -> None:
    write_project(
        demo,
        {
            "templates/pages/lesson.md.j2": "# {{ page.title | md }}\n\nWords of the project.\n",
            "templates/theme/assets/guide/message.css": ":root { --of-the-project: 1 }\n",
            "templates/theme/own.css": "p { color: teal }\n",
        },
    )
    with (demo / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("extra_css: [own.css]\n")
    done = installed("build", "--strict", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    lesson = page(demo, "lessons/first-lesson")
    assert "Words of the project." in lesson
    assert "What would make it smaller still?" not in lesson
    style = (demo / "site/assets/guide.css").read_text(encoding="utf-8")
    assert ":root{--of-the-project:1}" in style
    assert ".guide-compose legend" not in style
    assert ".guide-checklist" in style
    assert lesson.index("assets/guide.css") < lesson.index("own.css")
    assert "Tell somebody what you will do" in page(demo, "messages/first-message")
