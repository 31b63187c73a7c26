"""What the tests of paper share: those of the small guide, and other programs than their maker to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pypdfium2
import zxingcpp
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from generator.diagnostics import Log
from generator.export.sheets import typeset_sheets
from generator.model import Guide
from generator.parse import Source, read_guide
from tests.support import CHECKLIST, ROOT, tiny_guide

PRINT = ROOT / "templates" / "print"
SITE = "https://tiny.example/"
SHEET_A4 = "checklists/before/before-a4.pdf"
SHEET_LETTER = "checklists/before/before-letter.pdf"
CARDS_A4 = "lessons/first/first-messages-a4.pdf"
CARDS_LETTER = "lessons/first/first-messages-letter.pdf"
WORKBOOK_A4 = "workbook-a4.pdf"
WORKBOOK_LETTER = "workbook-letter.pdf"
SIZES = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""Width and height of the papers in mm."""
MM = 72 / 25.4
BOX = 5 * MM
HEAD = CHECKLIST.partition("## Things")[0]


def guide_of(more: Mapping[str, str] | None = None, **changes: str) -> Guide:
    """The small guide with changes, and with more files by their paths in the content folder."""
    files = {path.removeprefix("content/"): text for path, text in tiny_guide(**changes).items()}
    log = Log()
    guide = read_guide(Source("content", {**files, **(more or {})}), log)
    assert guide is not None
    assert log.sorted() == ()
    return guide


def papers_of(
    guide: Guide, site: str = SITE, cache: Path | None = None, *, workbook: bool = True
) -> tuple[dict[str, bytes], list[str]]:
    """The papers of a guide by their addresses, and the warnings."""
    log = Log()
    files = typeset_sheets(guide, PRINT, site, cache, log, workbook=workbook)
    return files, [str(diagnostic) for diagnostic in log.sorted()]


@dataclass(frozen=True)
class Papers:
    """The papers of a guide."""

    guide: Guide
    files: dict[str, bytes]
    warnings: list[str]


@cache
def tiny_papers() -> Papers:
    """The papers of the small guide, typeset once."""
    guide = guide_of()
    return Papers(guide, *papers_of(guide))


def listing(count: int, words: str = "Do thing number {}.", why: str = "Because of {}.") -> str:
    """A checklist with so many items."""
    items = (f"- [ ] {words.format(n)} {{#item-{n}}}\n      {why.format(n)}\n" for n in range(count))
    return f"{HEAD}## Things\n\n{''.join(items)}"


def read(pdf: bytes) -> PdfReader:
    """A file opened by pypdf."""
    return PdfReader(BytesIO(pdf))


def words_of(pages: PdfReader | PageObject) -> str:
    """The text of a file or a page as one line."""
    texts = [pages] if isinstance(pages, PageObject) else pages.pages
    return plain(" ".join(page.extract_text() for page in texts))


def plain(text: str) -> str:
    """Text with straight quotes and single spaces."""
    return " ".join(text.translate(str.maketrans("\u201c\u201d\u2018\u2019\u00a0", "\"\"'' ")).split())


def operations(page: PageObject) -> list[tuple[bytes, list[Any]]]:
    """What a page draws, in order: operator and operands."""
    return [(bytes(op), [*args]) for args, op in ContentStream(page.get_contents(), page.pdf).operations]


def drawn_boxes(page: PageObject) -> int:
    """Count the closed squares of 5 mm that are drawn with a line and not filled."""
    drawn = operations(page)
    count = 0
    for start in range(len(drawn) - 5):
        run = drawn[start : start + 6]
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
    """The kinds of all elements of the structure tree, in reading order."""
    return [str(element["/S"]) for element in elements(reader)]


def links_on(page: PageObject) -> list[Any]:
    """The links on a page."""
    return [note.get_object() for note in cast("Any", page.get("/Annots", []))]


@dataclass(frozen=True)
class Picture:
    """A page as a screen shows it: grey values row by row, 255 is white; rows are padded to fours."""

    pixels: bytes
    width: int
    height: int

    def row(self, number: int) -> bytes:
        """The grey values of a row."""
        return self.pixels[number * self.width : (number + 1) * self.width]

    def codes(self) -> list[str]:
        """What a phone reads from the QR codes."""
        view = memoryview(self.pixels).cast("B", [self.height, self.width])
        return [code.text for code in zxingcpp.read_barcodes(view)]


def pictures(pdf: bytes, dpi: int = 150) -> Iterator[Picture]:
    """The pages of a file as pictures."""
    for page in pypdfium2.PdfDocument(pdf):
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        yield Picture(bytes(bitmap.buffer), bitmap.stride, bitmap.height)
