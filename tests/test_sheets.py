"""Sheets of the checklists, read back by another program than the one that wrote them."""

from __future__ import annotations

import re
from typing import Any, cast

import pypdfium2
import pytest

from generator.markdown import plain_text
from tests.papers import (
    CARDS_A4,
    CARDS_LETTER,
    HEAD,
    SHEET_A4,
    SHEET_LETTER,
    SITE,
    WORKBOOK_A4,
    WORKBOOK_LETTER,
    Papers,
    drawn_boxes,
    guide_of,
    kinds,
    listing,
    papers_of,
    pictures,
    read,
    tiny_papers,
    words_of,
)
from tests.support import GUIDE, MESSAGE


@pytest.fixture(scope="module")
def papers() -> Papers:
    return tiny_papers()


def test_every_checklist_has_a_sheet_on_both_papers_beside_cards_and_workbook(papers: Papers) -> None:
    every = [SHEET_A4, SHEET_LETTER, CARDS_A4, CARDS_LETTER, WORKBOOK_A4, WORKBOOK_LETTER]
    assert list(papers.files) == every
    assert papers.warnings == []


@pytest.mark.parametrize("count", [1, 5, 14, 20])
def test_a_sheet_is_one_page_with_a_box_for_each_item_and_no_other(count: int) -> None:
    files, warnings = papers_of(guide_of(checklist=listing(count)), workbook=False)
    assert warnings == []
    for uri in (SHEET_A4, SHEET_LETTER):
        reader = read(files[uri])
        assert [drawn_boxes(page) for page in reader.pages] == [count]
        assert kinds(reader).count("/LI") == count


def test_a_sheet_says_everything_that_the_checklist_says(papers: Papers) -> None:
    words = words_of(read(papers.files[SHEET_A4]))
    checklist = papers.guide.checklist("before")
    for item in checklist.items:
        assert plain_text(item.text.tokens) in words
        assert plain_text(item.why.tokens) in words
    for said in (checklist.title, checklist.when, "5 minutes", "Things", "name", "date", "Tiny", "2026-11"):
        assert said in words


def test_a_sheet_leads_to_its_page_by_a_short_address_and_a_code(papers: Papers) -> None:
    (page,) = read(papers.files[SHEET_A4]).pages
    assert "tiny.example/checklists/before" in words_of(page)
    assert "https" not in words_of(page)
    assert {note.get_object()["/A"]["/URI"] for note in cast("Any", page["/Annots"])} == {f"{SITE}checklists/before/"}


@pytest.mark.parametrize("uri", [SHEET_A4, SHEET_LETTER])
def test_a_phone_reads_the_address_of_the_page_from_the_code(papers: Papers, uri: str) -> None:
    (picture,) = pictures(papers.files[uri])
    assert picture.codes() == [f"{SITE}checklists/before/"]


def test_a_why_begins_where_the_item_begins(papers: Papers) -> None:
    text = pypdfium2.PdfDocument(papers.files[SHEET_A4])[0].get_textpage()

    def left(words: str) -> float:
        index, _ = text.search(words).get_next()
        return float(text.get_charbox(index, loose=True)[0])

    assert left("Because") == pytest.approx(left("Do the first"), abs=0.1)


def test_a_sheet_without_a_known_site_has_neither_address_nor_code() -> None:
    (page,) = read(papers_of(guide_of(), site="", workbook=False)[0][SHEET_A4]).pages
    assert "tiny.example" not in words_of(page)
    assert "/Annots" not in page


def test_whys_stay_away_where_they_do_not_fit() -> None:
    words = words_of(read(papers_of(guide_of(checklist=listing(24)), workbook=False)[0][SHEET_LETTER]))
    assert "Do thing number 23." in words
    assert "Because" not in words


def test_a_checklist_too_long_for_a_page_is_a_warning_and_nothing_of_it_is_lost() -> None:
    files, warnings = papers_of(guide_of(checklist=listing(60)), workbook=False)
    reader = read(files[SHEET_LETTER])
    assert len(reader.pages) > 1
    assert sum(drawn_boxes(page) for page in reader.pages) == 60
    assert all(f"Do thing number {n}." in words_of(reader) for n in range(60))
    assert [re.sub(r"\d+ lines", "N lines", warning) for warning in warnings] == [
        "content/checklists/before.md:2:1: warning[sheet-overflow]: "
        f"the sheet is N lines too long for one page of {paper}, "
        "even without the whys; shorten items, or make two checklists of it"
        for paper in ("A4", "Letter")
    ]


def test_words_of_an_author_are_never_markup() -> None:
    hostile = '#panic(1) $x$ @ref <label> //not-a-comment /*nor*/ = head \\\\u{41} "]; [" #let a = 1'
    changed = f"{HEAD}## Things #set text(red)\n\n- [ ] {hostile} {{#item}}\n"
    guide = guide_of(checklist=changed, guide=GUIDE.format(title='"#panic() $x$"'))
    words = words_of(read(papers_of(guide, workbook=False)[0][SHEET_A4]))
    assert plain_text(guide.checklist("before").items[0].text.tokens) in words
    assert "#set text(red)" in words
    assert "#panic() $x$" in words


def test_a_character_that_no_font_has_is_named_and_noted() -> None:
    wave = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
    files, warnings = papers_of(guide_of(message=MESSAGE.replace("{thing}!", f"{{thing}} {wave}!")))
    assert "thanks for the lift (waving hand sign)!" in words_of(read(files["workbook-a4.pdf"]))
    assert len(warnings) == 1
    place = "content/lessons/first.md:2:1"
    assert f"{place}: warning[unprintable-character]: the fonts for paper have no '\N{WAVING HAND SIGN}" in warnings[0]
