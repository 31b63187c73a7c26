"""Cards of a lesson's messages, read back by other programs than the one that wrote them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.export.cards import variant_ranks
from generator.message_text import fill
from generator.model import Guide
from tests.papers import (
    CARDS_A4,
    CARDS_LETTER,
    SITE,
    guide_of,
    papers_of,
    pictures,
    read,
    tiny_papers,
    words_of,
)
from tests.support import GUIDE, LESSON, MESSAGE

SENTENCE = "This sentence is here so that the text has some length, and it says nothing at all. "
VARIANTS = """\
## Email

Subject: The first one

First. {one}

## Email, formal

Subject: The formal one

Formal. {two}

## Chat message

A chat.

## Text message

By text to {{first_name}}, a little longer.
"""


def messages(count: int, texts: str = VARIANTS, one: int = 1, two: int = 1) -> dict[str, str]:
    """So many messages of the small guide's lesson, their long texts of so many sentences."""
    front, _, _ = MESSAGE.partition("fields:")
    body = texts.format(one=SENTENCE * one, two=SENTENCE * two)
    return {
        f"messages/m{number}.md": f"{front.replace('Say thanks', f'Message {number}')}---\n{body}"
        for number in range(1, count + 1)
    }


def cards_of(guide: Guide) -> tuple[dict[str, bytes], list[str]]:
    files, warnings = papers_of(guide, workbook=False)
    return {uri: pdf for uri, pdf in files.items() if uri.startswith("lessons/")}, warnings


def test_only_a_lesson_with_messages_has_cards() -> None:
    guide = guide_of(
        {"lessons/second.md": LESSON},
        guide=GUIDE.format(title="Tiny").replace("lessons: [first]", "lessons: [first, second]"),
    )
    assert list(cards_of(guide)[0]) == [CARDS_A4, CARDS_LETTER]


@pytest.mark.parametrize("count", [0, 1, 2, 4, 7])
def test_cards_are_two_pages_and_every_message_has_one(count: int) -> None:
    files, warnings = cards_of(guide_of(messages(count)))
    assert warnings == []
    for pdf in files.values():
        reader = read(pdf)
        assert len(reader.pages) == 2
        words = words_of(reader)
        for number in range(1, count + 1):
            assert f"Message {number}" in words
        assert words.count("First. This") == count
        assert "Thank you for the lift." in words


def test_a_card_says_what_its_message_is_for_and_how_it_is_sent() -> None:
    for uri in (CARDS_A4, CARDS_LETTER):
        words = words_of(read(tiny_papers().files[uri]))
        for said in (
            "message cards", "The first lesson", "Say thanks", "Somebody helped.", "Nobody did.",
            "1 day after the help", "Email", "Thank you for the lift. It came at the right time.",
            "Text message", "Hi Noor, thanks for the lift!",
            "tiny.example/messages/thank", "tiny.example/lessons/first", "Tiny", "2026-11",
        ):  # fmt: skip
            assert said in words


def test_a_phone_reads_from_each_card_where_its_text_can_be_copied() -> None:
    files, _ = cards_of(guide_of(messages(5)))
    for pdf in files.values():
        read_off = [code for picture in pictures(pdf) for code in picture.codes()]
        assert len(read_off) == 6
        assert set(read_off) == {f"{SITE}messages/{id}/" for id in ("thank", "m1", "m2", "m3", "m4", "m5")}


def test_what_is_to_be_replaced_is_in_italics() -> None:
    slanted: list[str] = []

    def note(text: str, _: Any, __: Any, font: Any, ___: Any) -> None:
        if font and "Italic" in font["/BaseFont"]:
            slanted.append(text)

    for page in read(tiny_papers().files[CARDS_A4]).pages:
        page.extract_text(visitor_text=note)
    words = " ".join(slanted)
    assert "the lift" in words
    assert "Noor" in words
    assert "Thank you" not in words


def test_the_only_message_of_a_lesson_has_its_texts_on_both_pages() -> None:
    for uri in (CARDS_A4, CARDS_LETTER):
        front, back = (words_of(page) for page in read(tiny_papers().files[uri]).pages)
        assert "Thank you for the lift." in front
        assert "thanks for the lift!" in back
        assert "thanks for the lift!" not in front
        assert "Say thanks (continued)" in back


def test_ranks_go_from_the_first_text_over_the_shortest_of_each_channel_to_other_tones() -> None:
    guide = guide_of(messages(1))
    # Email, email (formal), chat message, text message.
    assert variant_ranks(guide, guide.message("m1")) == [0, 3, 1, 2]


def test_where_all_texts_have_no_room_the_lowest_ranks_stay() -> None:
    guide = guide_of(messages(6, one=5, two=9))
    for pdf in cards_of(guide)[0].values():
        words = words_of(read(pdf))
        assert words.count("First. This") == 6
        assert words.count("A chat.") >= words.count("By text to Noor") >= words.count("Formal. This")
        assert words.count("Formal. This") < 6


def test_texts_on_a_card_are_whole() -> None:
    guide = guide_of(messages(4, one=3, two=3))
    for pdf in cards_of(guide)[0].values():
        words = words_of(read(pdf))
        for message in guide.messages:
            first = message.variants[0]
            examples = {field.id: field.example for field in guide.fields_of(message)}
            assert " ".join(fill(first.body, examples).split()) in words


def test_cards_too_long_for_two_pages_are_a_warning_and_nothing_is_lost() -> None:
    files, warnings = cards_of(guide_of(messages(9, one=9)))
    assert [re.sub(r"\d+ lines", "N lines", warning) for warning in warnings] == [
        "content/lessons/first.md:2:1: warning[cards-overflow]: "
        f"the cards of the lesson's messages are N lines too long for two pages of {paper}, "
        "even with only the first text of each; shorten these texts, or give a message to another lesson"
        for paper in ("A4", "Letter")
    ]
    for pdf in files.values():
        words = words_of(read(pdf))
        assert all(f"Message {number}" in words for number in range(1, 10))
        assert words.count("First. This") == 9
