"""The authors' manual: what it shows is true, and readers of the guide are left in peace by it."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.build import load_guide
from generator.cli import main, parser
from generator.explanations import EXPLANATIONS
from generator.export.schemas import json_schemas
from generator.formats import FORMATS
from generator.importing.command import import_article
from generator.manual import KINDS, chapters
from generator.plugin import GuideConfig
from generator.scaffold import new_guide
from generator.template_folders import packaged_templates
from tests.manual import NAMES, code, html, pages
from tests.support import tiny_guide, write_project
from tests.test_publish import build as build_project

every_page = pytest.mark.parametrize("name", NAMES)


def examples(name: str) -> dict[str, str]:
    """Return the files that a page shows, by their paths."""
    found = {}
    for block in code(name)[0]:
        if match := re.fullmatch(r"((?:content|templates/theme)/[\w./-]+):", block.before):
            found[match[1]] = block.text
    return found


# What it shows is true.


@every_page
def test_every_command_that_is_shown_can_be_called(name: str) -> None:
    blocks, inline = code(name)
    shown = [command for block in blocks for command, _ in block.commands]
    shown += [words for words in inline if words.startswith("coaching-guide ")]
    calls = [shlex.split(command)[1:] for command in shown if command.startswith("coaching-guide ")]
    for arguments in calls:
        if arguments not in (["COMMAND", "--help"], ["--version"]):
            parser().parse_args(arguments)


def test_how_tos_and_the_tutorial_show_every_command() -> None:
    shown = {
        command.split()[1]
        for kind in KINDS
        if kind.title != "Reference"
        for chapter in kind.chapters
        for block in code(chapter.name)[0]
        for command, _ in block.commands
        if command.startswith("coaching-guide ")
    }
    named = {words.split()[1] for name in NAMES for words in code(name)[1] if words.startswith("coaching-guide ")}
    assert {
        "new",
        "import",
        "ids",
        "check",
        "build",
        "serve",
        "register",
        "render",
        "schemas",
        "links",
    } <= shown | named


def test_the_reference_of_commands_has_every_command_with_every_argument(capsys: pytest.CaptureFixture[str]) -> None:
    text = unescape(re.sub("<[^>]+>", "", html("commands")))
    for command in (
        "new guide",
        "new lesson",
        "import",
        "ids",
        "check",
        "explain",
        "build",
        "links",
        "render",
        "serve",
        "register",
    ):
        with pytest.raises(SystemExit):
            main([*command.split(), "--help"])
        printed = capsys.readouterr().out
        options = set(re.findall(r"(?<!\w)--[a-z]+(?:-[a-z]+)*", printed)) - {"--help"}
        section = text[text.index(f"coaching-guide {command}") :].partition("\ncoaching-guide ")[0]
        assert {option for option in options if option not in section} == set(), command


@every_page
def test_every_code_that_is_shown_exists(name: str) -> None:
    text = unescape(html(name))
    shown = re.findall(r"(?:error|warning)\[([a-z-]+)\]", text) + re.findall(r'"code": "([a-z-]+)"', text)
    shown += re.findall(r"explain ([a-z]+(?:-[a-z]+)+)", text)
    assert [code for code in shown if code not in EXPLANATIONS] == []


def test_every_diagnostic_has_a_section_of_its_own() -> None:
    assert re.findall(r'<h2 id="([a-z-]+)">\1</h2>', html("diagnostics")) == sorted(EXPLANATIONS)


def test_the_examples_of_the_formats_are_a_guide_without_a_mistake(tmp_path: Path) -> None:
    project = write_project(tmp_path, examples("formats"))
    checked = load_guide(project / "content", prose=True, today=date(2026, 11, 25))
    assert [str(found) for found in checked.diagnostics] == []
    assert checked.guide is not None
    assert checked.register is not None


def test_there_is_an_example_of_every_format() -> None:
    patterns = [f"content/{format.files}" for format in FORMATS]
    found = examples("formats")
    assert [pattern for pattern in patterns if not any(Path(path).match(pattern) for path in found)] == []


def test_the_examples_show_every_key_of_the_three_formats_of_pages_but_the_one_for_drafts() -> None:
    found = examples("formats")
    for format in FORMATS[:3]:
        shown = "".join(text for path, text in found.items() if Path(path).match(f"content/{format.files}"))
        keys = json.loads(json_schemas()[f"{format.name}.json"])["properties"]
        assert [key for key in keys if f"\n{key}:" not in shown and key not in ("draft", "asks")] == [], format.name


def test_the_settings_name_every_option_of_the_plugin_with_its_default() -> None:
    options = {name: f"{option.default}".lower() for name, option in GuideConfig._schema}  # noqa: SLF001  # its own list
    shown = re.findall(r"^\| `(\w+)` \| `(true|false)` \|", pages()["settings"], re.MULTILINE)
    assert dict(shown) == options


def test_the_smallest_settings_are_those_of_a_new_guide() -> None:
    block = next(block.text for block in code("settings")[0] if "site_name" in block.text)
    made = new_guide("Lend a Tool, Meet a Neighbour")["mkdocs.yml"]
    keys = [line.partition(" #")[0].rstrip() for line in block.splitlines()]
    made_keys = [line.partition(" #")[0].rstrip() for line in made.splitlines() if not line.startswith("#")]
    assert [line for line in keys if not line.startswith("site_name")] == [
        line for line in made_keys if not line.startswith("site_name")
    ]


def test_the_outline_that_is_shown_is_the_one_that_import_writes(tmp_path: Path) -> None:
    article = next(block.text for block in code("quick-start")[0] if block.before == "Save as article.md:")
    (tmp_path / "article.txt").write_text(re.sub("^#+ ", "", article, flags=re.MULTILINE), encoding="utf-8")
    import_article(tmp_path / "article.txt", tmp_path / "guide", outline_file=tmp_path / "outline.txt")
    written = (tmp_path / "outline.txt").read_text(encoding="utf-8")
    shown, corrected = (block.text for block in code("import-an-article")[0] if block.language == "text")
    assert [line for line in written.splitlines() if not line.startswith("#") and line] == shown.splitlines()
    text = written.replace(" 9  section  Make a List\n", corrected)
    assert text != written
    (tmp_path / "outline.txt").write_text(text, encoding="utf-8")
    done = import_article(tmp_path / "article.txt", tmp_path / "guide", outline_file=tmp_path / "outline.txt")
    assert (done.status, done.warned) == (0, [])
    assert "## Make a List" in (tmp_path / "guide/content/lessons/start-small.md").read_text(encoding="utf-8")


def test_the_template_that_is_shown_writes_a_lesson(tmp_path: Path) -> None:
    from generator.render.pages import pages_of
    from generator.render.templates import PageWriter

    template = next(block.text for block in code("templates")[0] if block.language == "jinja")
    write_project(tmp_path, tiny_guide())
    write_project(tmp_path, {"pages/lesson.md.j2": template})
    guide = load_guide(tmp_path / "content").guide
    assert guide is not None
    writer = PageWriter(guide, [tmp_path / "pages"])
    lesson = next(page for page in pages_of(guide) if page.uri == "lessons/first.md")
    assert "## The only part {#only}" in writer.write(lesson)[1]


def test_the_filters_are_those_that_templates_have() -> None:
    from generator.render.templates import TEMPLATE_FILTERS

    section = pages()["templates"].partition("## Filters")[2].partition("## Values")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(TEMPLATE_FILTERS)


def test_the_colours_that_are_shown_are_colours_of_the_guide() -> None:
    style = (packaged_templates() / "theme/assets/guide/base.css").read_text(encoding="utf-8")
    names = set(re.findall(r"--[\w-]+(?=:)", examples("change-the-look")["templates/theme/own.css"]))
    assert names
    assert [name for name in names if f"{name}:" not in style] == []


def test_the_kinds_of_entries_in_browser_storage_are_those_of_the_store() -> None:
    script = (packaged_templates() / "theme/assets/guide/entries.js").read_text(encoding="utf-8")
    known = set(re.findall(r"^ \*   (\w+)(?:/[A-Z/]+)? {2,}", script, re.MULTILINE))
    shown = re.findall(r"^\| `(\w+)(?:/[A-Z/]+)?` \|", pages()["browser-storage"], re.MULTILINE)
    assert set(shown) == known


def test_everything_at_the_top_of_a_site_is_among_the_addresses(site: Path) -> None:
    guide_id = json.loads((site / "guide.json").read_text(encoding="utf-8"))["id"]
    shown = set(re.findall(r"`/([^/`#]*)", pages()["addresses"].replace("GUIDE-ID", guide_id)))
    there = {path.name for path in site.iterdir() if not path.name.startswith(".")}
    assert there - shown == {"index.html"}


def test_every_link_between_its_pages_leads_to_a_page_and_an_anchor() -> None:
    ids = {name: set(re.findall(r' id="([^"]+)"', html(name))) for name in NAMES}
    broken = []
    for name in NAMES:
        for target in re.findall(r'href="([\w-]+\.md(?:#[\w-]+)?)"', html(name)):
            page, _, anchor = target.partition("#")
            if page.removesuffix(".md") not in ids or (anchor and anchor not in ids[page.removesuffix(".md")]):
                broken.append(f"{name}: {target}")
    assert broken == []


def test_every_template_of_the_manual_is_a_page_of_it() -> None:
    files = {path.name.removesuffix(".md.j2") for path in (packaged_templates() / "manual").glob("*.j2")}
    assert files - {"_page"} == set(NAMES)


# Readers are left in peace.


def test_a_guide_has_no_manual_unless_it_asks_for_it(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    assert build_project(project, "--strict").returncode == 0
    assert not (project / "site/manual").exists()
    assert "For authors" not in (project / "site/index.html").read_text(encoding="utf-8")


def test_search_navigation_offline_copy_book_and_data_go_without_the_manual(site: Path) -> None:
    assert "manual/" not in (site / "search/search_index.json").read_text(encoding="utf-8")
    assert [path for path in json.loads((site / "edition.json").read_text())["files"] if "manual" in path] == []
    assert [path for path in json.loads((site / "edition.json").read_text())["downloads"] if "manual" in path] == []
    assert "manual/" not in (site / "guide.json").read_text(encoding="utf-8")
    home = (site / "index.html").read_text(encoding="utf-8")
    assert home.count("manual/") == 1
    assert home.index("manual/") > home.index("<footer")


def test_no_page_before_or_after_a_page_of_the_manual_is_offered(site: Path) -> None:
    for _, chapter in chapters():
        page = (site / chapter.uri.removesuffix("index.md").removesuffix(".md") / "index.html").read_text()
        assert 'rel="prev"' not in page, chapter.name
        assert 'rel="next"' not in page, chapter.name


def test_the_last_line_of_a_page_leads_authors_to_every_page_of_the_manual(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("contentinfo").get_by_role("link", name="For authors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For authors")
    page.get_by_role("main").get_by_role("link", name="Quick start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quick start")
    links = page.get_by_role("navigation", name="For authors").get_by_role("link")
    expect(links).to_have_text([chapter.title for kind in KINDS for chapter in kind.chapters])
    expect(page.locator(".guide-manual [aria-current=page]")).to_have_text("Quick start")


def test_nothing_of_the_manual_is_wider_than_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wide = []
    for _, chapter in chapters():
        page.goto(address + chapter.uri.removesuffix("index.md").replace(".md", "/"))
        # Material lets a wide table scroll in a box that the keyboard cannot reach.
        wide += [chapter.name] * page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.md-typeset__scrollwrap')]"
            ".filter((one) => one.scrollWidth > one.clientWidth).length"
        )
    assert wide == []
    context.close()
