"""The papers of the real guide, compared with its data: nothing is missing and nothing is clipped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
from pypdf import PageObject, PdfReader

from tests.papers import drawn_boxes, links_on


def letters(text: str) -> str:
    """Text without spaces and with straight quotes: lines are broken anywhere."""
    return "".join(text.translate(str.maketrans("\u201c\u201d\u2018\u2019\ufffe\u0002", "\"\"''--")).split())


def letters_of(path: Path) -> list[str]:
    """The pages of a file as letters."""
    with pypdfium2.PdfDocument(path) as document:
        return [letters(page.get_textpage().get_text_bounded()) for page in document]


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    """The guide as data."""
    return cast("dict[str, Any]", json.loads((site / "guide.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=["a4", "letter"])
def paper(request: pytest.FixtureRequest) -> str:
    """Each paper in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(site: Path, paper: str) -> PdfReader:
    """The workbook as pypdf reads it."""
    return PdfReader(site / f"workbook-{paper}.pdf")


@pytest.fixture(scope="module")
def pages(site: Path, paper: str) -> list[str]:
    """The workbook's pages as letters."""
    return letters_of(site / f"workbook-{paper}.pdf")


def test_every_sheet_is_one_page_with_a_box_and_the_words_of_each_item(
    site: Path, guide: dict[str, Any], paper: str
) -> None:
    for checklist in guide["checklists"]:
        path = site / checklist["pdf"][paper]
        assert [drawn_boxes(page) for page in PdfReader(path).pages] == [len(checklist["items"])], path.name
        (words,) = letters_of(path)
        assert [item["id"] for item in checklist["items"] if letters(item["text"]) not in words] == []


def test_every_lessons_cards_are_two_pages_with_the_first_text_of_each_message(
    site: Path, guide: dict[str, Any], paper: str
) -> None:
    messages = {message["id"]: message for message in guide["messages"]}
    for lesson in (lesson for lesson in guide["lessons"] if lesson["messages"]):
        words = letters_of(site / lesson["cards"][paper])
        assert len(words) == 2, lesson["id"]
        for message in (messages[id] for id in lesson["messages"]):
            said = (message["title"], message["when"], message["not_when"], message["variants"][0]["example"])
            assert any(all(letters(text) in page for text in said) for page in words), message["id"]


def test_a_lesson_page_leads_to_its_cards(site: Path, guide: dict[str, Any]) -> None:
    for lesson in guide["lessons"]:
        html = (site / lesson["url"] / "index.html").read_text(encoding="utf-8")
        leads = all(f'href="{path.rpartition("/")[2]}"' in html for path in (lesson["cards"] or {}).values())
        assert leads == bool(lesson["messages"])


def test_the_workbook_holds_all_lessons(pages: list[str], guide: dict[str, Any]) -> None:
    words = "".join(pages)
    for lesson in guide["lessons"]:
        said = (
            lesson["title"],
            lesson["objective"],
            *lesson["key_points"],
            *(part["title"] for part in lesson["parts"]),
        )
        assert [text for text in said if letters(text) not in words] == []


def test_the_workbook_holds_all_texts_of_all_messages(pages: list[str], guide: dict[str, Any]) -> None:
    words = "".join(pages)
    for message in guide["messages"]:
        said = [message["title"], message["when"], message["not_when"]]
        for variant in message["variants"]:
            said += [variant["channel_title"], variant["example"], variant["example_subject"] or ""]
        assert [text for text in said if letters(text) not in words] == []


def test_every_checklist_has_a_page_of_the_workbook_to_itself(
    workbook: PdfReader, pages: list[str], guide: dict[str, Any]
) -> None:
    # A link in an item has the page of its message behind it.
    bare = [re.sub(r"\(p\.\d+\)", "", page) for page in pages]
    for checklist in guide["checklists"]:
        items = [letters(item["text"]) for item in checklist["items"]]
        (number,) = (number for number, page in enumerate(bare) if all(item in page for item in items))
        assert drawn_boxes(workbook.pages[number]) == len(items)


def test_the_outline_of_the_workbook_leads_to_what_it_names(
    workbook: PdfReader, pages: list[str], guide: dict[str, Any]
) -> None:
    led: dict[str, int | None] = {}

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                led[letters(entry.title)] = workbook.get_destination_page_number(entry)

    walk(workbook.outline)
    assert [title for title, number in led.items() if number is None or title not in pages[number]] == []
    titles = {letters(entry["title"]) for kind in ("lessons", "checklists", "messages") for entry in guide[kind]}
    assert titles - set(led) == set()


def printed_and_real(workbook: PdfReader, page: PageObject) -> list[tuple[str, int]]:
    """The links of a page that stay in the workbook: their words, and the number of the page they lead to."""
    found = []
    with pypdfium2.PdfDocument(cast("Any", workbook.stream)) as document:
        text = document[cast("int", workbook.get_page_number(page))].get_textpage()
        for note in links_on(page):
            target = note.get("/Dest", note.get("/A", {}).get("/D"))
            if target is None:
                continue
            target = workbook.named_destinations[target].dest_array if isinstance(target, str) else target
            left, bottom, right, top = (float(corner) for corner in note["/Rect"])
            number = workbook.get_page_number(target[0].get_object())
            found.append((text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1), cast("int", number) + 1))
    return found


def test_page_numbers_beside_links_are_those_of_the_pages(
    workbook: PdfReader, pages: list[str], guide: dict[str, Any]
) -> None:
    (contents,) = (number for number, words in enumerate(pages) if words.startswith("Contents"))
    index = next(number for number, words in enumerate(pages) if words.startswith("Indexofsituations"))
    followed = 0
    for number in (contents, index, index + 1):
        for words, real in printed_and_real(workbook, workbook.pages[number]):
            if words.strip()[-1:].isdigit():
                assert letters(words).endswith(str(real)), words
                followed += 1
    assert followed > len(guide["lessons"]) + len(guide["messages"])


def test_the_index_names_what_there_is_for_each_situation(pages: list[str], guide: dict[str, Any]) -> None:
    start = next(number for number, words in enumerate(pages) if words.startswith("Indexofsituations"))
    words = "".join(pages[start:])
    for kind in ("checklists", "messages"):
        assert [entry["title"] for entry in guide[kind] if letters(entry["title"]) not in words] == []
