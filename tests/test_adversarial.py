"""Hostile words in every field of every kind of file, and in every place they are printed: all of it stays words."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pypdf
import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.hostile_guide import WORD, fragments, hostile_guide
from tests.support import ROOT, write_project

TEXTS, PROSE, RARE = fragments("texts"), fragments("prose"), fragments("rare")
_MEMORY = 8 * 1024**3
"""Bytes of address space for a build: a net for runaways, far above what one takes."""
_SECONDS = 600
"""Likewise, of processor time."""
_SITE = """\
site_name: '<script>window.hit=1</script>" onload="window.hit=1'
site_author: '"><script>window.hit=1</script>'
site_url: https://hostile.example/
docs_dir: content
theme: {name: material}
plugins: [coaching-guide, search]
"""
_PROSE_PAIRS = {
    *(f"{tag} " for tag in ("blockquote", "br", "hr", "ul", "ol", "em", "strong", "code", "pre", "li", "p", "cite")),
    "code class",
    "ol start",
    "aside class",
    "a href",
}
_ELEMENTS = """(pages) => {
  const found = {};
  for (const [name, html] of pages) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const pairs = new Set();
    const visit = (root) => {
      for (const element of root.querySelectorAll("*")) {
        const names = element.getAttributeNames();
        for (const attribute of names.length ? names : [""]) pairs.add(`${element.localName} ${attribute}`);
        if (element.localName === "template") visit(element.content);
        for (const at of ["href", "src", "action", "formaction", "xlink:href", "poster", "data"]) {
          const address = element.getAttribute(at);
          const known = /^(https?:|mailto:|[#./]|[a-z0-9-]+[/.]|$)/i;
          if (address !== null && !known.test(address)) pairs.add(`! ${at}=${address}`);
        }
      }
    };
    visit(parsed);
    found[name] = [...pairs];
  }
  return found;
}"""


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(
        tmp_path_factory.mktemp("hostile") / "project", {**hostile_guide(TEXTS, PROSE, RARE), "mkdocs.yml": _SITE}
    )


@pytest.fixture(scope="module")
def built(hostile_project: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """The build, and what it changed outside of the site and the cache."""
    (hostile_project.parent / "neighbour.txt").write_text("as it was", encoding="utf-8")
    before = _tree(hostile_project.parent)
    command = [sys.executable, "-m", "generator", "build", str(hostile_project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=_limit)
    after = _tree(hostile_project.parent)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return done, sorted(name for name in changed if not name.startswith(("project/site/", "project/.cache/")))


@pytest.fixture(scope="module")
def hostile(hostile_project: Path, built: tuple[subprocess.CompletedProcess[str], list[str]]) -> Path:
    assert built[0].returncode == 0, built[0].stderr
    return hostile_project / "site"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages, in which nothing may be said or asked for that is not the guide's."""
    context = browser.new_context()
    page = context.new_page()
    yield page
    context.close()


def _pages(site: Path) -> list[tuple[str, str]]:
    return [
        (path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))
    ]


def test_a_guide_full_of_hostile_words_is_built_without_a_traceback(
    built: tuple[subprocess.CompletedProcess[str], list[str]],
) -> None:
    done, changed = built
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    # The build warns of every script that no template has.
    assert "holds a script" not in done.stderr
    assert changed == []


def test_no_element_and_no_attribute_is_there_that_templates_do_not_make(hostile: Path, site: Path, tab: Page) -> None:
    tab.goto("about:blank")
    allowed = {pair for pairs in tab.evaluate(_ELEMENTS, _pages(site)).values() for pair in pairs} | _PROSE_PAIRS
    found = tab.evaluate(_ELEMENTS, _pages(hostile))
    strange = {name: sorted(set(pairs) - allowed) for name, pairs in found.items()}
    sent_on = ["body ", "html dir", "meta http-equiv"]
    assert {name: pairs for name, pairs in strange.items() if pairs} == {
        "lessons/old/index.html": sent_on,
        "messages/gone/index.html": sent_on,
    }


def test_no_script_of_the_content_runs_on_any_page(hostile: Path, tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    hit = []
    for name, html in _pages(hostile):
        if 'http-equiv="refresh"' in html:
            continue  # a page that sends its reader on, to one that is looked at
        tab.goto((hostile / name).as_uri())
        if tab.evaluate("window.hit !== undefined") or tab.evaluate("document.scripts.length") == 0 != name.count(
            "old"
        ):
            hit.append(name)
    assert hit == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_no_script_of_the_content_runs_in_the_results_of_a_search(hostile: Path, tab: Page) -> None:
    tab.goto((hostile / "index.html").as_uri())
    tab.get_by_role("textbox", name="Search").press_sequentially(WORD)
    tab.wait_for_selector(".md-search-result__item")
    assert (
        tab.locator(".md-search-result :is(script, img, iframe, style, form, input, [onerror], [onload])").count() == 0
    )
    assert tab.evaluate("window.hit === undefined")


def test_every_fragment_of_a_field_is_shown_as_it_was_written(hostile: Path, tab: Page) -> None:
    shown = ""
    for n in range(5):
        tab.goto((hostile / f"paths/p{n}/index.html").as_uri())
        shown += " ".join(tab.locator("article").inner_text().split()) + "\n"
    missing = [name for name, text in TEXTS.items() if " ".join(text.split()) not in shown]
    assert missing == []


def test_data_is_data_with_the_words_as_written(hostile: Path) -> None:
    text = (hostile / "guide.json").read_text(encoding="utf-8")
    assert "<" not in text
    titles = " ".join(entry["title"] for entry in json.loads(text)["lessons"])
    assert [name for name, words in TEXTS.items() if " ".join(words.split()) not in titles] == []
    for name in ("search/search_index.json", "edition.json"):
        json.loads((hostile / name).read_text(encoding="utf-8"))
    ET.parse(hostile / "sitemap.xml")  # noqa: S314  # entities: there are none


def test_no_cell_of_a_table_is_a_formula(hostile: Path) -> None:
    for name in ("expanders/messages.csv", "expanders/textexpander.csv"):
        rows = list(csv.reader(io.StringIO((hostile / name).read_text(encoding="utf-8-sig"))))
        assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []


def test_the_package_for_espanso_holds_nothing_but_texts(hostile: Path) -> None:
    with zipfile.ZipFile(hostile / "expanders/espanso.zip") as archive:
        names = archive.namelist()
        assert all(not name.startswith("/") and ".." not in name for name in names)
        for name in names:
            if name.endswith(".yml"):
                package = yaml.safe_load(archive.read(name))
                kinds = {kind.get("type") for match in package.get("matches", []) for kind in match.get("vars", [])}
                assert kinds <= {"form", "date", "clipboard", None} - {"clipboard"}


def test_calendar_files_have_no_property_but_their_own(hostile: Path) -> None:
    files = sorted(hostile.rglob("*.ics"))
    assert files
    names = set()
    for path in files:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        names |= {(part.name, key) for part in calendar.walk() for key in part}
    assert not {key for _, key in names} & {"ATTACH", "ATTENDEE", "ORGANIZER", "URL;X"}
    assert {part for part, _ in names} <= {"VCALENDAR", "VEVENT", "VALARM"}


def test_the_book_holds_no_script_and_leads_nowhere_but_to_itself(hostile: Path) -> None:
    with zipfile.ZipFile(hostile / "hostile.epub") as book:
        for name in book.namelist():
            if not name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                continue
            data = book.read(name)
            assert b"<!ENTITY" not in data
            for element in ET.fromstring(data).iter():  # noqa: S314  # the same
                tag = element.tag.rpartition("}")[2]
                assert tag not in {"script", "iframe", "object", "embed", "form", "style", "base"}, name
                assert tag != "img" or element.get("src") == "cover.png", name
                assert not [key for key in element.attrib if key.startswith("on")], name
                assert not re.match(r"(?i)\s*(javascript|data|vbscript|file):", element.get("href", "")), name


def test_papers_hold_no_action_and_link_to_nothing_but_web_pages(hostile: Path) -> None:
    papers = sorted(hostile.rglob("*.pdf"))
    assert papers
    for path in papers:
        data = path.read_bytes()
        assert not re.search(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|OpenAction)\b", data), path
        for page in pypdf.PdfReader(path).pages:
            notes: Any = page.get("/Annots", [])
            actions = [note.get_object().get("/A", {}) for note in notes]
            assert all(
                str(act.get("/URI", "https:")).lower().startswith(("https:", "http:", "mailto:")) for act in actions
            ), path
