"""The MkDocs plugin on a small guide."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.site_settings import SCRIPTS
from tests.support import MESSAGE, ROOT, tiny_guide, write_project


def _mkdocs(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write_project(tmp_path_factory.mktemp("tiny"), tiny_guide())
    done = _mkdocs(project, "--strict", "--quiet")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    return project


def test_no_module_but_the_plugin_and_its_helpers_imports_mkdocs() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "generator").rglob("*.py")
        if not path.name.startswith("mkdocs_") and path.name not in ("plugin.py", "__main__.py")
    )
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += "print([name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'material')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "lessons/first/index.html",
        "checklists/before/index.html",
        "messages/thank/index.html",
        "paths/short/index.html",
        "references/index.html",
        "print/index.html",
        "guide.json",
        "sitemap.xml",
        "404.html",
    ],
)
def test_every_page_of_the_guide_is_published(built: Path, address: str) -> None:
    assert (built / "site" / address).is_file()


def test_the_content_files_themselves_are_not_published(built: Path) -> None:
    assert not [path for path in (built / "site").rglob("*") if path.suffix in (".yml", ".md")]


@pytest.mark.parametrize("page", ["lessons/first", "checklists/before", "messages/thank"])
def test_a_page_with_a_source_keeps_its_edit_link(built: Path, page: str) -> None:
    html = (built / "site" / page / "index.html").read_text(encoding="utf-8")
    assert f"https://forge.example/edit/main/content/{page}.md" in html


def test_an_index_page_has_no_edit_link(built: Path) -> None:
    assert "forge.example" not in (built / "site/lessons/index.html").read_text(encoding="utf-8")


def test_a_mistake_in_the_content_leaves_the_last_good_site_whole(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    assert _mkdocs(project).returncode == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    (project / "content/messages/thank.md").write_text(MESSAGE.replace("{thing}!", "{thin}!"), encoding="utf-8")
    (project / "content/checklists/before.md").write_text("", encoding="utf-8")
    failed = _mkdocs(project)
    assert failed.returncode == 1
    assert "content/checklists/before.md:1:1: error[empty-file]" in failed.stderr
    assert "error[unknown-field]: 'thin' is not declared; did you mean 'thing'?" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before


def test_a_warning_fails_a_strict_build_only(tmp_path: Path) -> None:
    lesson = tiny_guide()["content/lessons/first.md"].replace("[@burt2004]", "")
    project = write_project(tmp_path, tiny_guide(lesson=lesson))
    assert _mkdocs(project).returncode == 0
    strict = _mkdocs(project, "--strict")
    assert strict.returncode == 1
    assert "warning[uncited-reference]: nothing cites 'burt2004'" in strict.stderr


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    write_project(project, {"templates/pages/path.md.j2": "# {{ page.title | md }}\n\n{{ page.subject.nothing }}\n"})
    done = _mkdocs(project)
    assert done.returncode == 1
    assert "templates/pages/path.md.j2:3:1: error[template]: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_template_of_the_project_takes_the_place_of_the_packaged_one(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    write_project(project, {"templates/pages/path.md.j2": "# {{ page.title | md }}\n\nMy own words.\n"})
    assert _mkdocs(project, "--strict").returncode == 0
    assert "My own words." in (project / "site/paths/short/index.html").read_text(encoding="utf-8")


_MORE_WORDS = "def on_page_markdown(markdown, **_): return markdown + '\\n\\nMore *words*.'"
_A_RULE = "def on_page_content(html, **_): return html + '<hr>'"


@pytest.mark.parametrize(
    ("settings", "hook", "shown"),
    [
        ("markdown_extensions: [{toc: {permalink: true}}]", "", 'The only part<a class="headerlink" href="#only"'),
        ("hooks: [hook.py]", _MORE_WORDS, "More <em>words</em>."),
        ("hooks: [hook.py]", _A_RULE, "<hr>"),
        ("nav: [index.md, {'Another name': lessons/first.md}]", "", "Another name"),
    ],
    ids=["headings of another form", "another plugin's Markdown", "another plugin's HTML", "an author's navigation"],
)
def test_a_page_is_what_settings_and_other_plugins_make_of_it(
    tmp_path: Path, settings: str, hook: str, shown: str
) -> None:
    own = f"site_name: T\ndocs_dir: content\ntheme: {{name: material}}\nplugins: [coaching-guide, search]\n{settings}\n"
    project = write_project(tmp_path, tiny_guide(mkdocs=own) | {"hook.py": hook})
    assert _mkdocs(project).returncode == 0
    html = (project / "site/lessons/first/index.html").read_text(encoding="utf-8")
    assert shown in html
    # All the same it is the whole page.
    assert "guide-block" not in html
    assert all(f'id="{anchor}"' in html for anchor in ("only", "key-points", "do-it"))


def test_a_setting_of_mkdocs_yml_wins_over_the_one_that_comes_with_the_look(tmp_path: Path) -> None:
    own = """\
site_name: Tiny
docs_dir: content
theme: {name: material, palette: {primary: red}}
plugins: [coaching-guide, {search: {pipeline: [stemmer]}}]
extra_javascript: [own.js, assets/guide.js]
"""
    project = write_project(tmp_path, tiny_guide(mkdocs=own) | {"templates/theme/own.js": ""})
    done = _mkdocs(project, "--strict", "--quiet")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    html = (project / "site/lessons/first/index.html").read_text(encoding="utf-8")
    assert 'data-md-color-primary="red"' in html
    assert "prefers-color-scheme" not in html.partition("<body")[2]
    assert json.loads((project / "site/search/search_index.json").read_text())["config"]["pipeline"] == ["stemmer"]
    # Still the guide's: a font from nowhere else, its icon, every script once and in its order, the author's last.
    assert "fonts.googleapis.com" not in html
    assert "assets/favicon.svg" in html
    scripts = re.findall(r'<script src="[./]*([^"?]+\.js)" defer', html)
    assert [script for script in scripts if "/bundle." not in script] == [*SCRIPTS, "own.js"]
    assert not re.search(r"<script src=[^>]*(?<! defer)>", html)
    assert html.count("assets/guide.js") == 1
    assert html.index("assets/guide.js") < html.index("own.js")


def test_a_file_that_the_guide_makes_itself_is_refused_in_the_content(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide() | {"content/workbook-a4.pdf": "mine"})
    done = _mkdocs(project)
    assert done.returncode == 1
    assert "workbook-a4.pdf: the guide makes this file itself" in done.stderr


def test_without_directory_urls_links_still_lead_to_their_pages(tmp_path: Path) -> None:
    files = tiny_guide()
    files["mkdocs.yml"] += "use_directory_urls: false\n"
    project = write_project(tmp_path, files)
    assert _mkdocs(project, "--strict").returncode == 0
    html = (project / "site/lessons/first.html").read_text(encoding="utf-8")
    assert 'href="../checklists/before.html"' in html
    assert 'href="../references.html#burt2004"' in html


def test_two_builds_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    assert _mkdocs(project).returncode == 0
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (built / "site", project / "site")
    )
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_a_project_replaces_one_part_of_the_readers_script_and_keeps_the_others(tmp_path: Path) -> None:
    files = tiny_guide()
    files["mkdocs.yml"] = files["mkdocs.yml"].replace(f'custom_dir: "{ROOT / "templates" / "theme"}", ', "")
    files["templates/theme/assets/guide/filter.js"] = "/** Mine. */\nconst mine = 1;\n"
    project = write_project(tmp_path, files)
    done = _mkdocs(project, "--strict", "--quiet")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    script = (project / "site/assets/guide.js").read_text(encoding="utf-8")
    assert "const mine=1;" in script
    assert "GuideFilter" not in script
    assert "class GuideLesson" in script
    assert "Mine." not in script
    assert "class GuideChecklist" in (project / "site/assets/lists.js").read_text(encoding="utf-8")
    assert 'meta name="coaching-guide"' in (project / "site/index.html").read_text(encoding="utf-8")


def test_a_part_of_the_script_that_no_line_names_stops_the_build(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide() | {"templates/theme/assets/guide/more.js": "const more = 1;\n"})
    (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace(f'custom_dir: "{ROOT / "templates" / "theme"}", ', ""),
        encoding="utf-8",
    )
    done = _mkdocs(project)
    assert done.returncode == 1
    assert "order.txt leaves out 'more.js'; add a line with its name" in done.stderr
    assert "Traceback" not in done.stderr
