"""Papers for everybody: PDF/UA-1 as far as a program can check it, and ink where a printer reaches.

What is checked follows the conditions of the Matterhorn Protocol 1.1 that need no human eye; the numbers stand beside.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.papers import (
    CARDS_A4,
    CARDS_LETTER,
    MM,
    SHEET_A4,
    SHEET_LETTER,
    SIZES,
    WORKBOOK_A4,
    WORKBOOK_LETTER,
    elements,
    guide_of,
    kinds,
    links_on,
    operations,
    papers_of,
    pictures,
    read,
    tiny_papers,
)

KINDS = (SHEET_A4, CARDS_A4, WORKBOOK_A4)
ALL = (*KINDS, SHEET_LETTER, CARDS_LETTER, WORKBOOK_LETTER)
SHOWING = {
    *(b"Tj", b"TJ", b"'", b'"'),  # text
    *(b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"),  # lines and areas
    *(b"Do", b"EI"),  # pictures
}
STANDARD = {
    *("Document", "Part", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "P", "Title"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody"),
    *("Span", "Quote", "Note", "Reference", "Code", "Link", "Annot", "Figure", "Strong", "Em", "Aside"),
}


@pytest.fixture(scope="module", params=KINDS)
def reader(request: pytest.FixtureRequest) -> PdfReader:
    """A sheet, cards, the workbook."""
    return read(tiny_papers().files[request.param])


def test_a_paper_says_that_it_is_tagged_and_of_which_standard(reader: PdfReader) -> None:
    root = cast("Any", reader.root_object)
    assert root["/MarkInfo"]["/Marked"]  # 06-001
    assert root["/MarkInfo"].get("/Suspects", False) == False  # noqa: E712 (a PDF's own false)
    assert root["/StructTreeRoot"]["/ParentTree"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()  # 06-002
    assert not reader.is_encrypted  # 26


def test_a_paper_says_its_title_and_language(reader: PdfReader) -> None:
    root = cast("Any", reader.root_object)
    assert str(root["/Lang"]) == "en"  # 11-006
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # 07-001
    assert re.search(rb"<dc:title>.*?<rdf:li[^>]*>[^<]+</rdf:li>", root["/Metadata"].get_data(), re.DOTALL)  # 06-003


@pytest.mark.parametrize(
    ("uri", "title"), [(SHEET_A4, "Before it"), (CARDS_A4, "Message cards: The first lesson"), (WORKBOOK_A4, "Tiny")]
)
def test_a_paper_is_named_by_what_it_is_about(uri: str, title: str) -> None:
    information = read(tiny_papers().files[uri]).metadata
    assert information is not None
    assert information.title == title
    assert information.creation_date is None


def test_all_that_is_drawn_is_either_content_or_marked_as_decoration(reader: PdfReader) -> None:
    for page in reader.pages:
        marks: list[bool] = []
        for op, args in operations(page):
            if op in (b"BDC", b"BMC"):
                marks.append(args[0] == "/Artifact" or "/MCID" in args[-1])
            elif op == b"EMC":
                marks.pop()
            elif op in SHOWING:
                assert any(marks)  # 01-003, 01-004
        assert marks == []


def test_content_belongs_to_the_tree_from_which_it_is_read_aloud(reader: PdfReader) -> None:
    numbers = cast("Any", reader.root_object["/StructTreeRoot"])["/ParentTree"]["/Nums"]
    parents = {int(number): parent.get_object() for number, parent in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in reader.pages:
        ids = {int(args[1]["/MCID"]) for op, args in operations(page) if op == b"BDC" and "/MCID" in args[1]}
        assert ids == set(range(len(parents[int(cast("Any", page)["/StructParents"])])))


def test_a_link_says_where_it_leads_and_has_its_place_in_the_reading_order(reader: PdfReader) -> None:
    numbers = cast("Any", reader.root_object["/StructTreeRoot"])["/ParentTree"]["/Nums"]
    parents = {int(number): parent.get_object() for number, parent in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in reader.pages:
        notes = links_on(page)
        assert not notes or str(page["/Tabs"]) == "/S"  # 28-008
        for note in notes:
            assert note["/Contents"]  # 28-012
            assert parents[int(note["/StructParent"])]["/S"] == "/Link"  # 28-011


def test_headings_go_down_one_level_at_a_time(reader: PdfReader) -> None:
    levels = [int(kind[2:]) for kind in kinds(reader) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1  # 14-002
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))  # 14-003


def test_every_element_is_of_a_standard_kind(reader: PdfReader) -> None:
    roles = cast("Any", reader.root_object["/StructTreeRoot"]).get("/RoleMap", {})
    assert {str(roles.get(kind, kind))[1:] for kind in kinds(reader)} <= STANDARD  # 02-001


def test_a_list_is_made_of_entries_with_a_label_and_a_body(reader: PdfReader) -> None:
    def children(element: DictionaryObject) -> list[str]:
        inside = cast("Any", element["/K"])
        every = [child.get_object() for child in (inside if isinstance(inside, list) else [inside])]
        return [str(child["/S"]) for child in every if isinstance(child, DictionaryObject) and "/S" in child]

    for element in elements(reader):
        if str(element["/S"]) == "/L":
            assert set(children(element)) == {"/LI"}
        if str(element["/S"]) == "/LI":
            assert children(element) == ["/Lbl", "/LBody"]


def test_a_picture_is_described(reader: PdfReader) -> None:
    figures = [element for element in elements(reader) if str(element["/S"]) == "/Figure"]
    assert figures
    assert all(str(element["/Alt"]).startswith("QR code of https://tiny.example/") for element in figures)  # 13-004


def test_all_fonts_are_in_the_file_and_their_letters_have_a_meaning(reader: PdfReader) -> None:
    fonts = [
        font.get_object() for page in reader.pages for font in cast("Any", page["/Resources"]).get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        assert "/FontFile3" in descendant.get_object()["/FontDescriptor"].get_object()  # 31-009
        assert "Libertinus" in font["/BaseFont"]
        assert font["/ToUnicode"].get_data()  # 31-027


@pytest.mark.parametrize("uri", [SHEET_A4, CARDS_A4])
def test_a_paper_is_black_lines_and_black_text_and_nothing_filled(uri: str) -> None:
    files, _ = papers_of(guide_of(), site="", workbook=False)
    for page in read(files[uri]).pages:
        drawn = operations(page)
        assert {op for op, _ in drawn} & {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"} == set()
        assert {float(args[0]) for op, args in drawn if op in (b"scn", b"SCN")} == {0.0}


@pytest.mark.parametrize("uri", ALL)
def test_a_paper_is_of_its_size(uri: str) -> None:
    width, height = SIZES["a4" if "a4" in uri else "letter"]
    for page in read(tiny_papers().files[uri]).pages:
        assert float(page.mediabox.width) == pytest.approx(width * MM, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(height * MM, abs=0.1)


@pytest.mark.parametrize("uri", ALL)
def test_a_printer_reaches_all_that_is_on_a_paper(uri: str) -> None:
    edge = 9 * 2  # 9 mm, at two dots a mm
    paper = round(SIZES["a4" if "a4" in uri else "letter"][0] * 2)
    ink = bytes(grey < 200 for grey in range(256))
    for picture in pictures(tiny_papers().files[uri], dpi=51):
        rows = [picture.row(number)[:paper].translate(ink) for number in range(picture.height)]
        inked = [number for number, row in enumerate(rows) if 1 in row]
        assert inked[0] >= edge
        assert inked[-1] < picture.height - edge
        assert min(rows[number].find(1) for number in inked) >= edge
        assert max(rows[number].rfind(1) for number in inked) < paper - edge


def test_the_same_guide_gives_the_same_bytes() -> None:
    assert papers_of(guide_of())[0] == tiny_papers().files
