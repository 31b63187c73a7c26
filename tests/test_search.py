"""Search in a real browser: a person's own words find the page, and find it once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from generator.render.search_index import asks_once
from tests.support import ROOT

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "fixtures" / "search_questions.yml").read_text(encoding="utf-8")
)
# The share of the questions answered in the first three hits when search was tuned: 58 of 60, held-out ones 18 of 20.
# Raise it when search gets better; a lower number needs a reason in the change that lowers it.
ANSWERED = 58 / 60

_SAYS = "text => document.querySelector('.md-search-result__meta').textContent.includes(text)"
_HITS = """items => items.slice(0, 5).map(item => ({
    page: new URL(item.querySelector("a").href).pathname,
    text: [...item.querySelectorAll("h1, h2, p, li, .md-tag")].filter(part => part.checkVisibility())
        .map(part => part.innerText),
}))"""


@dataclass(frozen=True)
class Hit:
    """One of the pages that search found."""

    page: str
    sentences: frozenset[str]


class SearchBox:
    """The site's search, asked as a reader asks it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.input = page.locator("input.md-search__input")
        self.items = page.locator(".md-search-result__item")
        self.input.click()
        page.wait_for_function(_SAYS, arg="Type to start")

    def ask(self, question: str) -> list[Hit]:
        """Return the first five hits. The box is emptied in between, so that no older answer is read for this one."""
        for text, answer in (("", "Type to start"), (question, "matching document")):
            self.input.fill(text)
            # Material asks when a key comes up, whichever it is.
            self.input.press("End")
            self._page.wait_for_function(_SAYS, arg=answer)
        return [
            Hit(
                urlsplit(hit["page"]).path.removeprefix("/"),
                frozenset(sentence for text in hit["text"] for sentence in re.split(r"(?<=[.?!])\s+", text)),
            )
            for hit in self.items.evaluate_all(_HITS)
        ]


@pytest.fixture(scope="module")
def search_box(browser: Browser, address: str) -> Iterator[SearchBox]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    yield SearchBox(page)
    context.close()


@pytest.fixture(scope="module")
def search_hits(search_box: SearchBox) -> dict[str, list[Hit]]:
    """The first five hits for every question of the fixture."""
    return {entry["question"]: search_box.ask(entry["question"]) for entry in QUESTIONS}


@pytest.fixture(scope="module")
def search_index(site: Path) -> list[dict[str, Any]]:
    docs: list[dict[str, Any]] = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    return docs


def test_questions_name_pages_that_exist(site: Path) -> None:
    wrong = [page for entry in QUESTIONS for page in entry["pages"] if not (site / page / "index.html").exists()]

    assert wrong == []


def test_questions_are_answered_in_the_first_three_hits(search_hits: dict[str, list[Hit]]) -> None:
    missed = [
        f"{entry['question']!r} found {[hit.page for hit in search_hits[entry['question']][:3]]}"
        for entry in QUESTIONS
        if not {hit.page for hit in search_hits[entry["question"]][:3]} & set(entry["pages"])
    ]

    share = 1 - len(missed) / len(QUESTIONS)
    assert share >= ANSWERED, f"{share:.0%} answered, not these:\n" + "\n".join(missed)


def test_no_two_hits_show_the_same_text(search_hits: dict[str, list[Hit]]) -> None:
    repeated = {}
    for question, hits in search_hits.items():
        seen = Counter(sentence for hit in hits for sentence in hit.sentences if len(sentence.split()) > 3)
        again = [sentence for sentence, count in seen.items() if count > 1]
        if again or len({hit.page for hit in hits}) < len(hits):
            repeated[question] = again

    assert all(hit.sentences for hits in search_hits.values() for hit in hits)
    assert repeated == {}


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("they did not answer", "messages/gentle-second-message/"),
        ("they didn't answer", "messages/gentle-second-message/"),
        ("evening before an event", "checklists/evening-before-event/"),
        ("how do I find a mentor", "lessons/mentoring/"),
        ("recomendation", "messages/ask-for-recommendation/"),
    ],
)
def test_finds_first(search_box: SearchBox, question: str, page: str) -> None:
    assert search_box.ask(question)[0].page == page


def test_answers_while_one_types(search_box: SearchBox) -> None:
    search_box.input.fill("")
    search_box.input.press_sequentially("they did not ans")

    expect(search_box.items.first.locator("h1")).to_have_text("Ask once more, gently")


def test_signs_of_the_search_itself_still_work(search_box: SearchBox) -> None:
    pages = {hit.page for hit in search_box.ask("+mentor -mentoring title:mentor")}

    assert "messages/close-mentoring/" not in pages
    assert "messages/ask-someone-to-mentor/" in pages


def test_small_words_alone_still_find_something(search_box: SearchBox) -> None:
    assert search_box.ask("why") != []


def test_home_and_lists_of_pages_are_not_found(search_index: list[dict[str, Any]]) -> None:
    lists = {"", "lessons/", "checklists/", "messages/", "paths/"}

    assert [entry["location"] for entry in search_index if entry["location"].partition("#")[0] in lists] == []


def test_an_ask_belongs_to_one_entry(search_index: list[dict[str, Any]]) -> None:
    asks = Counter(ask for entry in search_index for ask in entry.get("tags", []))

    assert [ask for ask, count in asks.items() if count > 1] == []


def test_asks_stay_with_the_first_entry_of_a_page() -> None:
    index = {
        "config": {"lang": ["en"]},
        "docs": [
            {"location": "a/", "title": "A", "text": "", "tags": ["how"]},
            {"location": "a/#b", "title": "B", "text": "", "tags": ["how"]},
            {"location": "c/", "title": "C", "text": ""},
        ],
    }

    docs = json.loads(asks_once(json.dumps(index)))["docs"]

    assert [entry.get("tags") for entry in docs] == [["how"], None, None]
