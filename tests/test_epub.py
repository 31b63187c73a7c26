"""The e-book, read by the W3C's checker and by another program than the one that wrote it."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

from generator.diagnostics import Log
from generator.export.epub import epub_file
from generator.jinja_templates import TemplateFault
from generator.model import Guide
from generator.parse import Source, read_guide
from generator.words import english
from tests.epubcheck import epubcheck
from tests.support import LESSON, ROOT, tiny_guide
from tests.test_untrusted import PLAIN, SYNTAX
from tests.test_untrusted import _hostile as hostile_files

TEMPLATES = [ROOT / "templates" / "book"]
SITE = "https://tiny.example/"
COVER = (ROOT / "tests/fixtures/cover.png").read_bytes()
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


class Book:
    """An e-book, opened."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.package = self.read("EPUB/package.opf")
        self.pages = {name.removeprefix("EPUB/"): self.read(name) for name in self.names if name.endswith(".xhtml")}

    def read(self, name: str) -> ET.Element:
        return ET.fromstring(self.archive.read(name))  # noqa: S314  # our own file, without a document type of its own

    def text(self, page: str) -> str:
        return plain("".join(self.pages[page].itertext()))

    def links(self) -> Iterator[tuple[str, str]]:
        for name, page in self.pages.items():
            yield from ((name, str(link.get("href"))) for link in page.iter(f"{XHTML}a"))

    def meta(self, name: str) -> list[str]:
        return [str(one.text) for one in self.package.iter(f"{OPF}meta") if one.get("property") == name]


def plain(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


def guide_of(files: dict[str, str]) -> Guide:
    content = {path.removeprefix("content/"): text for path, text in files.items() if path.startswith("content/")}
    guide = read_guide(Source("content", content), Log())
    assert guide is not None
    return guide


def book_of(guide: Guide, site: str = SITE) -> Book:
    return Book(epub_file(guide, TEMPLATES, site, COVER))


@pytest.fixture(scope="module")
def tiny() -> Book:
    return book_of(guide_of(tiny_guide()))


@pytest.fixture(scope="module")
def guide(site: Path) -> Any:
    return json.loads((site / "guide.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def real(site: Path, guide: Any) -> Book:
    return Book((site / f"{guide['id']}.epub").read_bytes())


def test_epubcheck_has_nothing_to_say_about_the_guide(site: Path, guide: Any) -> None:
    assert epubcheck(site / f"{guide['id']}.epub") == []


def test_a_program_knows_the_book_by_its_first_bytes(real: Book) -> None:
    first = real.archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert real.archive.read("mimetype") == b"application/epub+zip"


def test_every_part_of_every_lesson_is_in_the_book(real: Book, guide: Any) -> None:
    for lesson in guide["lessons"]:
        page = f"lesson-{lesson['id']}.xhtml"
        headings = [plain("".join(h.itertext())) for h in real.pages[page].iter(f"{XHTML}h2")]
        assert [plain(part["title"]) for part in lesson["parts"]] == headings[: len(lesson["parts"])]
        text = real.text(page)
        assert [
            words for words in (lesson["title"], lesson["objective"], *lesson["key_points"]) if words not in text
        ] == []


def test_every_item_of_every_checklist_is_in_the_book_with_a_box_and_its_why(real: Book, guide: Any) -> None:
    for checklist in guide["checklists"]:
        page = real.pages[f"checklist-{checklist['id']}.xhtml"]
        items = [plain("".join(p.itertext())) for p in page.iter(f"{XHTML}p") if p.get("class") == "item"]
        assert items == [plain(item["text"]) for item in checklist["items"]]
        assert sum(span.get("class") == "tick" for span in page.iter(f"{XHTML}span")) == len(items)
        text = real.text(f"checklist-{checklist['id']}.xhtml")
        assert [
            item["why"]
            for item in checklist["items"]
            if plain(item["why"]) not in re.sub(r" \([^()]+, \d{4}\)", "", text)
        ] == []


def test_every_message_is_in_the_book_on_every_channel(real: Book, guide: Any) -> None:
    for message in guide["messages"]:
        page = real.pages[f"message-{message['id']}.xhtml"]
        boxes = [div for div in page.iter(f"{XHTML}div") if div.get("class") == "message"]
        assert len(boxes) == len(message["variants"])
        for box, variant in zip(boxes, message["variants"], strict=True):
            lines = list(box.iter(f"{XHTML}p"))
            if variant["subject"]:
                assert plain("".join(lines.pop(0).itertext())) == plain(f"Subject {variant['example_subject']}")
            assert "\n\n".join(as_lines(line) for line in lines) == variant["example"]


def as_lines(paragraph: ET.Element) -> str:
    """The text of a paragraph, with a line end for each break."""
    found = paragraph.text or ""
    for child in paragraph:
        found += "\n" if child.tag == f"{XHTML}br" else as_lines(child)
        found += child.tail or ""
    return found


def test_the_examples_in_a_message_are_marked(tiny: Book) -> None:
    page = tiny.pages["message-thank.xhtml"]
    marked = [mark.text for mark in page.iter(f"{XHTML}mark") if mark.get("class") == "blank"]
    assert marked == ["the lift", "Noor", "the lift", "Noor", "the lift"]
    optional = [span.text for span in page.iter(f"{XHTML}span") if span.get("class") == "optional"]
    assert optional == ["It came at the right time."]


def test_every_study_is_in_the_book_and_every_citation_leads_to_its_own(real: Book) -> None:
    studies = {
        str(item.get("id")): plain("".join(item.itertext())) for item in real.pages["studies.xhtml"].iter(f"{XHTML}li")
    }
    cited = [
        (str(link.get("href")), plain("".join(link.itertext())))
        for page in real.pages.values()
        for link in page.iter(f"{XHTML}a")
        if link.get("role") == "doc-biblioref"
    ]
    assert len(cited) > 50
    for href, words in cited:
        file, _, id = href.partition("#")
        assert file == "studies.xhtml"
        year = words.rstrip(")").rpartition(", ")[2]
        assert f"({year})" in studies[id], words


def test_every_link_leads_to_a_place_in_the_book_or_to_the_web(real: Book) -> None:
    ids = {name: [str(e.get("id")) for e in page.iter() if e.get("id")] for name, page in real.pages.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    wrong = []
    for name, href in real.links():
        if re.match(r"https?://", href):
            continue
        file, _, anchor = href.partition("#")
        target = posixpath.normpath(file) if file else name
        if target not in ids or (anchor and anchor not in ids[target]):
            wrong.append((name, href))
    assert wrong == []
    assert sum(href.startswith("http") for _, href in real.links()) > 10


def test_a_link_to_a_part_of_a_lesson_leads_to_that_part(tiny: Book) -> None:
    assert ("checklist-before.xhtml", "lesson-first.xhtml#part-only") in list(tiny.links())


def test_the_contents_name_every_page_in_reading_order(real: Book, guide: Any) -> None:
    files = {str(item.get("id")): str(item.get("href")) for item in real.package.iter(f"{OPF}item")}
    spine = [files[str(one.get("idref"))] for one in real.package.iter(f"{OPF}itemref")]
    assert sorted(spine) == sorted(real.pages)
    (toc,) = [nav for nav in real.pages["contents.xhtml"].iter(f"{XHTML}nav") if nav.get(f"{OPS}type") == "toc"]
    listed = [str(link.get("href")) for link in toc.iter(f"{XHTML}a")]
    assert listed == [file for file in spine if file in listed]
    wanted = [f"{kind[:-1]}-{one['id']}.xhtml" for kind in ("lessons", "checklists", "messages") for one in guide[kind]]
    assert [file for file in wanted if file not in listed] == []


def test_a_reader_of_the_system_can_jump_to_the_landmarks(real: Book) -> None:
    marks = [nav for nav in real.pages["contents.xhtml"].iter(f"{XHTML}nav") if nav.get(f"{OPS}type") == "landmarks"]
    found = {str(link.get(f"{OPS}type")): str(link.get("href")) for link in marks[0].iter(f"{XHTML}a")}
    assert sorted(found) == ["bibliography", "bodymatter", "cover", "titlepage", "toc"]
    assert found["bodymatter"].startswith("stage-")


def test_the_book_says_what_it_is_and_who_can_read_it(tiny: Book) -> None:
    assert [e.text for e in tiny.package.iter(f"{DC}title")] == ["Tiny"]
    assert [e.text for e in tiny.package.iter(f"{DC}language")] == ["en"]
    assert tiny.meta("dcterms:modified") == ["2026-11-01T00:00:00Z"]
    assert tiny.meta("schema:accessMode") == tiny.meta("schema:accessModeSufficient") == ["textual"]
    assert {"tableOfContents", "structuralNavigation", "readingOrder"} <= set(tiny.meta("schema:accessibilityFeature"))
    assert tiny.meta("schema:accessibilityHazard") == ["none"]
    assert "text" in tiny.meta("schema:accessibilitySummary")[0]


def test_a_new_edition_is_the_same_book_changed(tiny: Book) -> None:
    guide = guide_of(tiny_guide())
    newer = book_of(replace(guide, settings=replace(guide.settings, edition="2027-03-14", title="Another title")))
    identifiers = [[e.text for e in book.package.iter(f"{DC}identifier")] for book in (tiny, newer)]
    assert identifiers[0] == identifiers[1]
    assert newer.meta("dcterms:modified") == ["2027-03-14T00:00:00Z"]


def test_an_edition_that_is_no_date_still_has_a_day() -> None:
    guide = guide_of(tiny_guide())
    book = book_of(replace(guide, settings=replace(guide.settings, edition="second")))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", book.meta("dcterms:modified")[0])


def test_the_same_guide_gives_the_same_bytes() -> None:
    first, second = (epub_file(guide_of(tiny_guide()), TEMPLATES, SITE, COVER) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("language", "written", "direction"),
    [("de-AT", "de-AT", "ltr"), ("ar", "ar", "rtl"), ("he-IL", "he-IL", "rtl"), ('x"><', "und", "ltr")],
)
def test_language_and_direction_of_reading(language: str, written: str, direction: str) -> None:
    guide = guide_of(tiny_guide())
    words = replace(english(), texts={**english().texts, "language.direction": direction})
    book = book_of(replace(guide, settings=replace(guide.settings, language=language), words=words))
    assert [e.text for e in book.package.iter(f"{DC}language")] == [written]
    assert [e.get("page-progression-direction") for e in book.package.iter(f"{OPF}spine")] == [direction]
    assert {(page.get("lang"), page.get("dir")) for page in book.pages.values()} == {(written, direction)}


def test_a_book_without_an_address_links_to_none() -> None:
    assert not [href for _, href in book_of(guide_of(tiny_guide()), "").links() if "example" in href]


ODD = (
    "]]> <![CDATA[ x ]]> <!DOCTYPE x [<!ENTITY y 'z'>]> &y; &#11; &#xFFFF; &nbsp; <?php ?> \"'\n\n"
    "[one](javascript:alert(1)) [two](https://exa_mple.example/%zz) [three](mailto:a@b.example) "
    "[four](https://web.example/a?b=c&d=<e>#f)"
)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    files = hostile_files()
    files["content/lessons/first.md"] = files["content/lessons/first.md"].replace("### Try it", f"{ODD}\n\n### Try it")
    # Marks in a key and in a DOI, which become parts of addresses.
    for name, text in files.items():
        files[name] = text.replace("burt2004", "a\"b'c<d>&e#f%g").replace("10.1086/421787", '10.1/<a>(b);c&d "e"')
    files["content/references.yml"] = files["content/references.yml"].replace(
        "a\"b'c<d>&e#f%g:", '"a\\"b\'c<d>&e#f%g":'
    )
    files["content/references.yml"] = files["content/references.yml"].replace(
        'doi: 10.1/<a>(b);c&d "e"', "doi: '10.1/<a>(b);c&d \"e\"'"
    )
    return epub_file(guide_of(files), TEMPLATES, SITE, COVER)


def test_epubcheck_has_nothing_to_say_about_words_full_of_marks(hostile: bytes, tmp_path: Path) -> None:
    (tmp_path / "hostile.epub").write_bytes(hostile)
    assert epubcheck(tmp_path / "hostile.epub") == []


def test_nothing_that_an_author_writes_is_markup_in_the_book(hostile: bytes) -> None:
    book = Book(hostile)
    tags = {element.tag.removeprefix(XHTML) for page in book.pages.values() for element in page.iter()}
    assert tags.isdisjoint({"script", "iframe", "object", "form", "style", "svg", "base"})
    names = {name for page in book.pages.values() for element in page.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name == "style"]
    pictures = [image.get("src") for page in book.pages.values() for image in page.iter(f"{XHTML}img")]
    assert pictures == ["cover.png"]
    outside = {href for _, href in book.links() if not re.match(r"[a-z0-9-]+\.xhtml(#|$)", href)}
    assert outside == {SITE, "https://web.example/a?b=c&d=%3Ce%3E#f", "https://doi.org/10.1/%3Ca%3E(b);c%26d%20%22e%22"}


def test_words_full_of_marks_are_read_as_written(hostile: bytes) -> None:
    book = Book(hostile)
    assert [e.text for e in book.package.iter(f"{DC}title")] == [SYNTAX]
    assert plain(SYNTAX) in book.text("title.xhtml")
    assert plain(PLAIN) in book.text("message-thank.xhtml")
    lesson = book.text("lesson-first.xhtml")
    assert "]]> <![CDATA[ x ]]> <!DOCTYPE x [<!ENTITY y 'z'>]> &y; \ufffd \ufffd" in lesson
    assert "49" not in lesson


def test_characters_that_xml_cannot_hold_do_not_break_the_book() -> None:
    guide = guide_of(tiny_guide())
    title = "A\x00B\x0bC\x1fD\ufffeE\ud800F"
    book = book_of(replace(guide, settings=replace(guide.settings, title=title)))
    assert [e.text for e in book.package.iter(f"{DC}title")] == ["A\ufffdB\ufffdC\ufffdD\ufffdE\ufffdF"]


def test_a_broken_template_of_the_book_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "stage.xhtml.j2").write_text("one\n{{ subject.nothing.more }}\n", encoding="utf-8")
    with pytest.raises(TemplateFault, match=r"templates/book/stage\.xhtml\.j2:2:1: "):
        epub_file(guide_of(tiny_guide()), [tmp_path, *TEMPLATES], SITE, COVER)


def test_a_chapter_takes_the_colours_of_the_reader_and_stays_within_the_page(
    real: Book, page: Page, tmp_path: Path
) -> None:
    real.archive.extractall(tmp_path)
    page.set_viewport_size({"width": 320, "height": 600})
    for name in ("lesson-build-connections", "checklist-evening-before-event", "message-thank-after-meeting"):
        page.goto((tmp_path / "EPUB" / f"{name}.xhtml").as_uri())
        page.add_style_tag(content="html { background: #111; color: #eee; font-size: 28px }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        colours = page.evaluate(
            "[...new Set([...document.body.querySelectorAll('*')].map((one) => getComputedStyle(one).color))]"
        )
        assert colours == ["rgb(238, 238, 238)"]


def test_a_prose_heading_and_a_code_block_are_set_as_such() -> None:
    lesson = LESSON.replace(
        "Some prose", "#### A small heading\n\n```\na < b\n```\n\n---\n\n3. three\n4. four\n\nSome prose"
    )
    page = book_of(guide_of(tiny_guide(lesson=lesson))).pages["lesson-first.xhtml"]
    assert [code.text for pre in page.iter(f"{XHTML}pre") for code in pre] == ["a < b"]
    assert [ol.get("start") for ol in page.iter(f"{XHTML}ol")][:1] == ["3"]
