"""What readers can take with them is made, listed and linked, each with its format and its true size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from generator.diagnostics import Log
from generator.export.downloads import Shelf, human_size, list_downloads
from generator.export.make import Made, make_files
from generator.model import Guide
from generator.parse import Source, read_guide
from generator.render.pages import pages_of
from generator.render.templates import PageWriter
from tests.support import ROOT, settle, tiny_guide

TAKEN = {".pdf", ".epub", ".ics", ".csv", ".zip"}
TEMPLATES = {kind: [ROOT / "templates" / kind] for kind in ("pages", "print", "book")}


@pytest.fixture(scope="module")
def listed(site: Path) -> dict[str, dict[str, Any]]:
    guide = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return {entry["url"]: entry for entry in guide["downloads"]}


class _Links(HTMLParser):
    """Gathers the links of a page: address, words, name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._open: tuple[str, str] | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            values = dict(attrs)
            self._open, self._words = (values.get("href") or "", values.get("aria-label") or ""), ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            self.found.append((self._open[0], self._words, self._open[1]))
            self._open = None


def links(site: Path) -> Iterator[tuple[str, str, str, str]]:
    """The links of the site to files: page, address from the root, words, name."""
    for path in sorted(site.rglob("*.html")):
        reader = _Links()
        reader.feed(path.read_text(encoding="utf-8"))
        page = path.relative_to(site).as_posix()
        for href, words, name in reader.found:
            target = urljoin(f"http://x/{page}", href).removeprefix("http://x/")
            if Path(target).suffix in TAKEN or target == "guide.json":
                yield page, target, words, name


def test_every_listed_file_is_there_with_the_size_it_is_said_to_have(site: Path, listed: dict[str, Any]) -> None:
    sizes = {url: (site / url).stat().st_size if (site / url).is_file() else None for url in listed}
    assert sizes == {url: entry["bytes"] for url, entry in listed.items()}
    assert "guide.json" in listed


def test_every_file_that_was_made_is_listed(site: Path, listed: dict[str, Any]) -> None:
    made = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in TAKEN}
    assert made | {"guide.json"} == set(listed)


def test_an_entry_says_what_it_is_and_to_which_page_it_belongs(listed: dict[str, Any]) -> None:
    sheet = listed["checklists/evening-before-event/evening-before-event-a4.pdf"]
    assert sheet["for"] == "checklists/evening-before-event"
    assert (sheet["format"], sheet["kind"]) == ("PDF", "sheet")
    assert sheet["title"] == "The evening before an event: one sheet, A4"
    assert listed["good-company.epub"]["for"] is None
    assert all(entry["kind"] != "other" for entry in listed.values())


def test_every_listed_file_is_linked_from_the_page_of_downloads(site: Path, listed: dict[str, Any]) -> None:
    linked = {target for page, target, _, _ in links(site) if page == "downloads/index.html"}
    assert linked == set(listed)


def test_every_listed_file_is_linked_from_the_page_it_belongs_to(site: Path, listed: dict[str, Any]) -> None:
    linked = {(page, target) for page, target, _, _ in links(site)}
    wanted = {(f"{entry['for']}/index.html", url) for url, entry in listed.items() if entry["for"]}
    assert wanted - linked == set()


def test_every_link_to_a_file_says_its_format_and_size(site: Path, listed: dict[str, Any]) -> None:
    count = 0
    for page, target, words, name in links(site):
        entry = listed[target]
        facts = f"({entry['format']}, {human_size(entry['bytes'])})"
        assert words.endswith(facts), (page, target)
        # Who hears the link alone hears all of it, and the words that others see are in it.
        assert not name or (name.startswith(entry["title"]) and words.lower() in name.lower())
        count += 1
    assert count > len(listed)


@pytest.mark.parametrize(
    ("bytes", "words"),
    [
        (0, "0\u00a0bytes"),
        (999, "999\u00a0bytes"),
        (1000, "1\u00a0kB"),
        (48_400, "48\u00a0kB"),
        (999_499, "999\u00a0kB"),
        (999_500, "1.0\u00a0MB"),
        (2_345_678, "2.3\u00a0MB"),
    ],
)
def test_a_size_is_said_in_the_unit_people_know(bytes: int, words: str) -> None:
    assert human_size(bytes) == words


def tiny() -> Guide:
    files = {path.removeprefix("content/"): text for path, text in tiny_guide().items() if path.startswith("content/")}
    guide = read_guide(Source("content", files), Log())
    assert guide is not None
    return guide


def made(*, workbook: bool) -> Made:
    return make_files(
        tiny(),
        print_templates=TEMPLATES["print"],
        book_templates=TEMPLATES["book"],
        site_url="https://tiny.example/",
        cache=None,
        log=Log(),
        workbook=workbook,
    )


def written(files: Made, uri: str) -> str:
    guide = tiny()
    writer = PageWriter(guide, TEMPLATES["pages"], downloads=Shelf(files.downloads))
    return writer.write(next(page for page in pages_of(guide) if page.uri == uri))[1]


def test_cards_of_messages_belong_to_their_lesson() -> None:
    name = "lessons/first/first-messages-letter.pdf"
    (cards,) = list_downloads(tiny(), {name: b"12345"})
    assert (cards.kind, cards.page, cards.label, cards.bytes) == ("cards", "lessons/first", "Message cards, Letter", 5)
    files = Made({name: b"12345"}, (cards,))
    assert "Message cards, Letter (PDF, 5\u00a0bytes)</a>" in written(files, "lessons/first.md")
    assert "Letter (PDF, 5\u00a0bytes)</a>" in written(files, "downloads.md")


def test_a_file_of_a_new_kind_is_listed_by_its_name() -> None:
    found = list_downloads(tiny(), {"extra/wall-poster.svg": b"<svg/>", "lessons/first/slides.odp": b""})
    assert {(one.title, one.format, one.page) for one in found} == {
        ("Wall poster", "SVG", ""),
        ("The first lesson: slides", "ODP", "lessons/first"),
    }
    page = written(Made({}, found), "downloads.md")
    assert re.search(r'href="\.\./extra/wall-poster\.svg">Wall poster \(SVG, 6.bytes\)', page)
    assert "slides.odp" in page
    assert "slides.odp" in written(Made({}, found), "lessons/first.md")


def test_a_preview_says_that_it_goes_without_the_workbook() -> None:
    files = made(workbook=False)
    assert not [uri for uri in files.files if uri.startswith("workbook")]
    page = written(files, "downloads.md")
    assert "workbook-a4.pdf" not in page + written(files, "index.md")
    assert "This preview goes without it" in page
    assert "This preview" not in written(made(workbook=True), "downloads.md")


def test_pages_without_any_files_link_to_none() -> None:
    nothing = Made({}, ())
    for page in pages_of(tiny()):
        body = written(nothing, page.uri)
        assert not re.search(r'href="[^"]*\.(pdf|epub|ics|zip|csv|json)"', body)


def test_the_downloads_are_found_in_the_navigation(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Take it with you").click()
    page.wait_for_url("**/downloads/")
    book = page.get_by_role("link", name=re.compile(r"^E-book \(EPUB, \d+.kB\)$"))
    with page.expect_download() as taken:
        book.click()
    assert taken.value.suggested_filename == "good-company.epub"


def test_the_list_of_sheets_opens_without_a_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{address}downloads/")
        sheet = page.get_by_role("link", name=re.compile(r"^The evening before an event: one sheet, A4 \(PDF"))
        assert not sheet.is_visible()
        page.get_by_text("All 24 checklists").click()
        assert sheet.is_visible()
    finally:
        context.close()


def test_axe_finds_nothing_when_all_lists_are_open(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}downloads/")
    for summary in page.locator("summary").all():
        summary.click()
    settle(page)
    results = Axe().run(page)
    assert [f"{v['id']}: {node['html'][:160]}" for v in results.response["violations"] for node in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
