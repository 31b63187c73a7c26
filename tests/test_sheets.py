"""Paper made at build time, read back by another program than the one that wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from generator.diagnostics import Log
from generator.export import typeset
from generator.export.sheets import typeset_sheets
from generator.markdown import plain_text
from generator.model import Guide
from generator.parse import Source, read_guide
from tests.support import CHECKLIST, GUIDE, LESSON, MESSAGE, ROOT, tiny_guide

PRINT = ROOT / "templates" / "print"
SITE = "https://tiny.example/"
SHEET_A4 = "checklists/before/before-a4.pdf"
SHEET_LETTER = "checklists/before/before-letter.pdf"
BOX = 5 / 25.4 * 72
HEAD = CHECKLIST.partition("## Things")[0]


def guide_of(**changes: str) -> Guide:
    files = {path.removeprefix("content/"): text for path, text in tiny_guide(**changes).items()}
    log = Log()
    guide = read_guide(Source("content", files), log)
    assert guide is not None
    assert log.sorted() == ()
    return guide


def papers_of(guide: Guide, site: str = SITE, cache: Path | None = None) -> tuple[dict[str, bytes], list[str]]:
    log = Log()
    files = typeset_sheets(guide, PRINT, site, cache, log)
    return files, [str(diagnostic) for diagnostic in log.sorted()]


def listing(count: int, words: str = "Do thing number {}.", why: str = "Because of {}.") -> str:
    items = (f"- [ ] {words.format(n)} {{#item-{n}}}\n      {why.format(n)}\n" for n in range(count))
    return f"{HEAD}## Things\n\n{''.join(items)}"


def read(pdf: bytes) -> PdfReader:
    from io import BytesIO

    return PdfReader(BytesIO(pdf))


def words_of(pages: PdfReader | PageObject) -> str:
    texts = [pages] if isinstance(pages, PageObject) else pages.pages
    return plain(" ".join(page.extract_text() for page in texts))


def plain(text: str) -> str:
    """Text with straight quotes and single spaces."""
    return " ".join(text.translate(str.maketrans("\u201c\u201d\u2018\u2019\u00a0", "\"\"'' ")).split())


def drawn_boxes(page: PageObject) -> int:
    """Count the closed squares of 5 mm that are drawn with a line and not filled."""
    operations = [(bytes(op), [*args]) for args, op in ContentStream(page.get_contents(), page.pdf).operations]
    count = 0
    for start in range(len(operations) - 5):
        run = operations[start : start + 6]
        if [op for op, _ in run] != [b"m", b"l", b"l", b"l", b"h", b"S"]:
            continue
        corners = [(float(args[0]), float(args[1])) for _, args in run[:4]]
        width = max(x for x, _ in corners) - min(x for x, _ in corners)
        height = max(y for _, y in corners) - min(y for _, y in corners)
        count += abs(width - BOX) < 0.05 and abs(height - BOX) < 0.05
    return count


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """All elements of the structure tree, in reading order."""

    def walk(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(cast("DictionaryObject", reader.root_object["/StructTreeRoot"])["/K"])


def kinds(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(reader)]


@dataclass(frozen=True)
class Papers:
    """The papers of the small guide, typeset once."""

    guide: Guide
    files: dict[str, bytes]
    warnings: list[str]


@pytest.fixture(scope="module")
def papers() -> Papers:
    guide = guide_of()
    return Papers(guide, *papers_of(guide))


# ---- sheets


def test_every_checklist_has_a_sheet_on_both_papers_beside_the_workbook(papers: Papers) -> None:
    assert sorted(papers.files) == [SHEET_A4, SHEET_LETTER, "workbook-a4.pdf", "workbook-letter.pdf"]
    assert papers.warnings == []


@pytest.mark.parametrize(("uri", "width", "height"), [(SHEET_A4, 210, 297), (SHEET_LETTER, 215.9, 279.4)])
def test_a_sheet_is_one_page_of_its_paper(papers: Papers, uri: str, width: float, height: float) -> None:
    (page,) = read(papers.files[uri]).pages
    assert float(page.mediabox.width) == pytest.approx(width / 25.4 * 72, abs=0.1)
    assert float(page.mediabox.height) == pytest.approx(height / 25.4 * 72, abs=0.1)


@pytest.mark.parametrize("uri", [SHEET_A4, SHEET_LETTER])
@pytest.mark.parametrize("count", [1, 5, 14, 20])
def test_a_sheet_has_a_box_for_each_item_and_no_other(uri: str, count: int) -> None:
    files, warnings = papers_of(guide_of(checklist=listing(count)))
    reader = read(files[uri])
    assert warnings == []
    assert len(reader.pages) == 1
    assert drawn_boxes(reader.pages[0]) == count
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


def test_a_sheet_without_a_known_site_has_neither_address_nor_code() -> None:
    (page,) = read(papers_of(guide_of(), site="")[0][SHEET_A4]).pages
    assert "tiny.example" not in words_of(page)
    assert "/Annots" not in page


def test_a_sheet_is_black_lines_and_black_text_and_nothing_filled(papers: Papers) -> None:
    (page,) = read(papers_of(papers.guide, site="")[0][SHEET_A4]).pages
    operations = [(bytes(op), args) for args, op in ContentStream(page.get_contents(), page.pdf).operations]
    assert {op for op, _ in operations} & {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"} == set()
    assert {float(args[0]) for op, args in operations if op in (b"scn", b"SCN")} == {0.0}


@pytest.mark.parametrize("uri", [SHEET_A4, "workbook-letter.pdf"])
def test_a_paper_can_be_read_aloud(papers: Papers, uri: str) -> None:
    reader = read(papers.files[uri])
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert cast("DictionaryObject", root["/MarkInfo"])["/Marked"]
    assert cast("DictionaryObject", root["/ViewerPreferences"])["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in cast("Any", root["/Metadata"]).get_data()
    levels = [int(kind[2:]) for kind in kinds(reader) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    figures = [element for element in elements(reader) if str(element["/S"]) == "/Figure"]
    assert figures
    assert all(element["/Alt"] for element in figures)


def test_a_sheet_is_named_by_its_title_and_the_workbook_by_the_guide(papers: Papers) -> None:
    for uri, title in ((SHEET_A4, "Before it"), ("workbook-a4.pdf", "Tiny")):
        information = read(papers.files[uri]).metadata
        assert information is not None
        assert information.title == title
        assert information.creation_date is None


@pytest.mark.parametrize("uri", [SHEET_A4, "workbook-a4.pdf"])
def test_all_fonts_are_in_the_file(papers: Papers, uri: str) -> None:
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in read(papers.files[uri]).pages
        for font in cast("Any", page["/Resources"]).get("/Font", {}).values()
    ]
    assert fonts
    assert all("/FontFile3" in font["/FontDescriptor"].get_object() for font in fonts)
    assert all("Libertinus" in font["/BaseFont"] for font in fonts)


def test_the_same_guide_gives_the_same_bytes(papers: Papers) -> None:
    assert papers_of(guide_of())[0] == papers.files


def test_whys_stay_away_where_they_do_not_fit() -> None:
    words = words_of(read(papers_of(guide_of(checklist=listing(24)))[0][SHEET_LETTER]))
    assert "Do thing number 23." in words
    assert "Because" not in words


def test_a_checklist_too_long_for_a_page_is_a_warning_and_nothing_of_it_is_lost() -> None:
    files, warnings = papers_of(guide_of(checklist=listing(60)))
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
    words = words_of(read(papers_of(guide)[0][SHEET_A4]))
    assert plain_text(guide.checklist("before").items[0].text.tokens) in words
    assert "#set text(red)" in words
    assert "#panic() $x$" in words


def test_a_character_that_no_font_has_is_named_and_noted() -> None:
    wave = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
    files, warnings = papers_of(guide_of(message=MESSAGE.replace("{thing}!", f"{{thing}} {wave}!")))
    assert "thanks for the lift (waving hand sign)!" in words_of(read(files["workbook-a4.pdf"]))
    assert len(warnings) == 1
    assert "warning[unprintable-character]: the fonts for paper have no '\N{WAVING HAND SIGN}" in warnings[0]


# ---- the workbook


@pytest.fixture(scope="module")
def workbook(papers: Papers) -> PdfReader:
    return read(papers.files["workbook-a4.pdf"])


def test_the_workbook_holds_the_whole_guide(workbook: PdfReader) -> None:
    words = words_of(workbook)
    for said in (
        "A tagline.", "A promise.", "You can do one thing.", "An opening.", "The only part", "One thing is enough.",
        "Do it.", "A box", "(Burt, 2004)", "What did you do?", "Do the first thing.", "Because it is explained",
        "Somebody helped.", "Nobody did.", "1 day after the help",
        "Ronald S. Burt", "A finding.", "A limit.", "10.1086/421787",
    ):  # fmt: skip
        assert said in words


def test_all_that_an_author_can_write_in_prose_is_printed() -> None:
    prose = """Plain, *slanted*, **strong** and `code`, [outside](https://elsewhere.example/page), [not safe](ftp://x/).
First line\\
second line.

1. Counted
   - and nested

> Quoted words.

    not code, but prose

```
fenced = "text"
```

***

!!! tip "A [title](../messages/thank.md) with a link"
    1. Counted in a box
"""
    reader = read(papers_of(guide_of(lesson=LESSON.replace("An opening.", prose)))[0]["workbook-a4.pdf"])
    page = next(page for page in reader.pages if "Plain, slanted" in words_of(page))
    words = words_of(page)
    for said in (
        "Plain, slanted, strong and code, outside (https://elsewhere.example/page), not safe.",
        "First line second line.", "1. Counted", "and nested", "Quoted words.", "not code, but prose",
        'fenced = "text"', "tip", "with a link", "Counted in a box",
    ):  # fmt: skip
        assert said in words
    addresses = [note.get_object().get("/A", {}).get("/URI") for note in cast("Any", page["/Annots"])]
    assert "https://elsewhere.example/page" in addresses
    assert not [address for address in addresses if address and address.startswith("ftp")]


def test_messages_in_the_workbook_are_filled_with_examples(workbook: PdfReader) -> None:
    words = words_of(workbook)
    assert "Thank you for the lift. It came at the right time." in words
    assert "Hi Noor, thanks for the lift!" in words
    assert "{" not in words
    assert "[[" not in words


def test_the_workbook_leaves_room_to_write_below_a_question(workbook: PdfReader) -> None:
    page = next(page for page in workbook.pages if "What did you do?" in words_of(page))
    operations = [(bytes(op), args) for args, op in ContentStream(page.get_contents(), page.pdf).operations]
    lines = [
        float(b[1][0]) - float(a[1][0])
        for a, b, c in zip(operations, operations[1:], operations[2:], strict=False)
        if (a[0], b[0], c[0]) == (b"m", b"l", b"S")
    ]
    assert sum(length > 300 for length in lines) >= 4


def test_the_workbook_has_an_outline_of_lessons_lists_and_messages(workbook: PdfReader) -> None:
    def titles(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield entry.title

    found = list(titles(workbook.outline))
    assert {"Start", "The first lesson", "Before it", "After", "Say thanks", "Index of situations"} <= set(found)


def test_page_numbers_in_the_contents_are_those_of_the_pages(workbook: PdfReader) -> None:
    contents = words_of(workbook.pages[1])
    for title in ("The first lesson", "Before it"):
        printed = re.search(rf"{title}[ .]*(\d+)", contents)
        assert printed is not None
        assert title in words_of(workbook.pages[int(printed[1]) - 1])


def test_links_in_the_workbook_lead_to_pages_of_the_workbook_or_to_the_net(workbook: PdfReader) -> None:
    inside = 0
    for page in workbook.pages:
        for note in cast("Any", page.get("/Annots", [])):
            annotation = note.get_object()
            if "/A" in annotation and annotation["/A"]["/S"] == "/URI":
                assert annotation["/A"]["/URI"].startswith("https://")
                continue
            target = annotation["/Dest"] if "/Dest" in annotation else annotation["/A"]["/D"]
            target = workbook.named_destinations[target].dest_array if isinstance(target, str) else target
            assert workbook.get_page_number(target[0].get_object()) is not None
            inside += 1
    assert inside > 8


def test_a_checklist_has_a_page_of_its_own_in_the_workbook(workbook: PdfReader) -> None:
    pages = [page for page in workbook.pages if drawn_boxes(page)]
    assert [drawn_boxes(page) for page in pages] == [2]
    assert "Before it" in words_of(pages[0])


def test_a_long_box_runs_over_to_the_next_page() -> None:
    long = "\n".join(f"    Sentence number {n} of a box that no single page can hold." for n in range(200))
    reader = read(papers_of(guide_of(lesson=LESSON.replace("    A box [@burt2004].", long)))[0]["workbook-a4.pdf"])
    words = words_of(reader)
    assert all(f"Sentence number {n} of" in words for n in range(200))


# ---- the cache


def count_typesetting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    import typst

    calls: list[int] = []
    real: Any = typst.compile

    def counted(*args: Any, **more: Any) -> Any:
        calls.append(1)
        return real(*args, **more)

    monkeypatch.setattr(typst, "compile", counted)
    return calls


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A cache that holds the papers of the small guide, with a list that is too long."""
    papers_of(guide_of(checklist=listing(60)), cache=tmp_path)
    return tmp_path


def test_an_unchanged_guide_is_not_typeset_again(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    files, _ = papers_of(guide_of(checklist=listing(60)), cache=filled)
    assert len(files) == 4
    assert calls == []


def test_a_warning_comes_again_from_the_cache(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    assert len(papers_of(guide_of(checklist=listing(60)), cache=filled)[1]) == 2
    assert calls == []


def test_a_changed_checklist_is_typeset_again(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    files, _ = papers_of(guide_of(checklist=listing(3)), cache=filled)
    assert len(calls) == 4
    assert drawn_boxes(read(files[SHEET_A4]).pages[0]) == 3


def test_a_change_of_a_message_leaves_the_sheets_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers_of(guide_of(), cache=tmp_path)
    calls = count_typesetting(monkeypatch)
    papers_of(guide_of(message=MESSAGE.replace("Hi {first_name},", "Dear {first_name},")), cache=tmp_path)
    assert len(calls) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"sha256": "0", "facts": {}, "missing": []}\n%PDF', b"\xff\n\xff"])
def test_a_damaged_entry_is_made_again(filled: Path, damage: bytes) -> None:
    guide = guide_of(checklist=listing(60))
    good, _ = papers_of(guide, cache=filled)
    for entry in filled.iterdir():
        entry.write_bytes(damage)
    assert papers_of(guide, cache=filled)[0] == good


def test_the_cache_does_not_grow_with_every_edit(filled: Path) -> None:
    for count in range(1, 7):
        papers_of(guide_of(checklist=listing(count)), cache=filled)
    sheets = [entry.name for entry in filled.iterdir() if "before-a4" in entry.name]
    assert 0 < len(sheets) <= 3
    assert not [entry for entry in filled.iterdir() if entry.name.startswith(".")]


def test_a_cache_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(papers_of(guide_of(), cache=tmp_path / "file")[0]) == 4


def test_a_changed_template_is_used_at_once(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    first = typeset_sheets(guide_of(), templates, SITE, tmp_path / "cache", Log())
    common = templates / "common.typ"
    common.write_text(common.read_text().replace('name: "Name"', 'name: "Who"'))
    second = typeset_sheets(guide_of(), templates, SITE, tmp_path / "cache", Log())
    assert first[SHEET_A4] != second[SHEET_A4]
    assert "who" in words_of(read(second[SHEET_A4]))


# ---- templates


def _copy_templates(folder: Path) -> Path:
    templates = folder / "templates" / "print"
    templates.mkdir(parents=True)
    for source in PRINT.glob("*.typ"):
        (templates / source.name).write_bytes(source.read_bytes())
    return templates


def test_a_project_changes_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "common.typ").write_text((PRINT / "common.typ").read_text().replace('name: "Name"', 'name: "Who"'))
    files = typeset_sheets(guide_of(), [tmp_path, PRINT], SITE, None, Log())
    assert "who" in words_of(read(files[SHEET_A4]))


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    (templates / "checklist.typ").write_text('#import "common.typ": *\n\n#let checklist = nothing-of-this-name\n')
    with pytest.raises(typeset.TypesetError) as fault:
        typeset_sheets(guide_of(), templates, SITE, None, Log())
    assert str(fault.value) == "templates/print/checklist.typ:3:18: unknown variable: nothing-of-this-name"


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    (templates / "workbook.typ").unlink()
    with pytest.raises(typeset.TypesetError, match=r"templates/print/workbook\.typ:1:1: there is no such template"):
        typeset_sheets(guide_of(), templates, SITE, None, Log())
