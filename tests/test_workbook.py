"""The workbook, read back by another program than the one that wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from pypdf import PdfReader

from tests.papers import (
    WORKBOOK_A4,
    drawn_boxes,
    guide_of,
    operations,
    papers_of,
    read,
    tiny_papers,
    words_of,
)
from tests.support import LESSON


@pytest.fixture(scope="module")
def workbook() -> PdfReader:
    return read(tiny_papers().files[WORKBOOK_A4])


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
    reader = read(papers_of(guide_of(lesson=LESSON.replace("An opening.", prose)))[0][WORKBOOK_A4])
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
    drawn = operations(page)
    lines = [
        float(b[1][0]) - float(a[1][0])
        for a, b, c in zip(drawn, drawn[1:], drawn[2:], strict=False)
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
    reader = read(papers_of(guide_of(lesson=LESSON.replace("    A box [@burt2004].", long)))[0][WORKBOOK_A4])
    words = words_of(reader)
    assert all(f"Sentence number {n} of" in words for n in range(200))
