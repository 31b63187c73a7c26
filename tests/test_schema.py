"""Values of content files: what each kind takes, and that every example in a message is right."""

from __future__ import annotations

from typing import Any

import pytest

from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.names import no_id, slug_of
from generator.parse.checklist import CHECKLIST
from generator.parse.claims import CLAIMS
from generator.parse.guide_file import GUIDE
from generator.parse.lesson import LESSON
from generator.parse.message import MESSAGE
from generator.parse.outline import OUTLINE
from generator.parse.references import REFERENCE
from generator.parse.style import STYLE
from generator.register import REGISTER
from generator.schema import Kind, ListOf, MapOf, Record, Slug, TextValue, WholeNumber
from generator.yaml_nodes import read_yaml

RECORDS = {
    "lesson": LESSON,
    "checklist": CHECKLIST,
    "message": MESSAGE,
    "guide": GUIDE,
    "outline": OUTLINE,
    "reference": REFERENCE,
    "claims": CLAIMS,
    "style": STYLE,
    "register": REGISTER,
}


def read(kind: Kind, text: str) -> tuple[Any, list[str]]:
    """Return the value of the key `x` and what was noted."""
    log = Log()
    node = read_yaml(f"x: {text}", Place("content/x.yml"), log)
    assert node is not None
    values = Record({"x": kind}).read(node, "the file", log)
    return values.get("x") if values else None, [diagnostic.message for diagnostic in log.sorted()]


@pytest.mark.parametrize("name", RECORDS)
def test_the_lines_that_a_record_asks_for_make_it_complete(name: str) -> None:
    """Follow the advice of every 'missing-key': what is added must be accepted."""
    record = Record(RECORDS[name].keys)
    log = Log()
    record.read_file("content/x.yml", "{}", log)
    lines = [diagnostic.message.partition("; add: ")[2] for diagnostic in log.sorted()]
    log = Log()
    assert record.read_file("content/x.yml", "\n".join(lines), log).complete
    assert log.sorted() == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain words", "plain words"),
        ('"in quotes: too"', "in quotes: too"),
        (">-\n  over two\n  lines", "over two lines"),
        ("|\n  over two\n  lines", "over two lines"),
        ('"12"', "12"),
        ("=", "="),
        ("<<", "<<"),
        ("Persian \u0645\u06cc\u200c\u0631\u0648\u0645", "Persian \u0645\u06cc\u200c\u0631\u0648\u0645"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
    ],
)
def test_a_text_is_read_on_one_line(text: str, value: str) -> None:
    assert read(TextValue(), text) == (value, [])


@pytest.mark.parametrize("text", ["12", "1.5", "yes", "2026-11-23", "~", "", "[a]", "{a: b}", '"a\\u202eb"'])
def test_what_is_no_text_is_refused(text: str) -> None:
    value, messages = read(TextValue(), text)
    assert (value, len(messages)) == (None, 1)


@pytest.mark.parametrize(("text", "value"), [("8", 8), ('"8"', 8), ("008", 8), ("1440", 1440)])
def test_a_whole_number_is_read(text: str, value: int) -> None:
    assert read(WholeNumber(1, 1440), text) == (value, [])


@pytest.mark.parametrize(
    "text", ["0", "1441", "-1", "1.0", "1_0", "0x10", "1:30", "ten", "99999999999999", "[1]", "yes"]
)
def test_what_is_no_number_in_the_range_is_refused_with_one_that_is(text: str) -> None:
    value, (message,) = read(WholeNumber(1, 1440), text)
    assert value is None
    assert message.endswith("expected a whole number from 1 to 1440, like: x: 10")


@pytest.mark.parametrize("text", ["a", "a-b", "a1-2b"])
def test_an_id_is_lower_case_words_with_hyphens(text: str) -> None:
    assert read(Slug(), text) == (text, [])


@pytest.mark.parametrize("text", ["A", "a_b", "a--b", "-a", "a-", "a b", "é", "a/b", "../a"])
def test_what_is_no_id_is_refused(text: str) -> None:
    value, messages = read(Slug(), text)
    assert (value, len(messages)) == (None, 1)


def test_a_list_keeps_its_right_entries() -> None:
    value, messages = read(ListOf(Slug()), "[a, B, c]")
    assert (value, len(messages)) == (("a", "c"), 1)


def test_names_with_values_keep_the_order_written() -> None:
    value, messages = read(MapOf(Slug(), "a: b"), "{z: a, a: b, m: c}")
    assert (list(value), messages) == (["z", "a", "m"], [])


def test_a_record_tells_which_of_its_values_are_in_doubt() -> None:
    record = Record({"a": Slug(), "b": ListOf(Slug()), "c": Slug(), "d": Slug()}, optional=frozenset({"d"}))
    values = record.read_file("content/x.yml", "a: fine\nb: [fine, Not]\n", Log())
    assert values.doubts == {"b", "c"}
    assert not values.complete
    assert (values["b"], values.text("c"), values.entries("d"), values.number("d")) == (("fine",), "", (), 0)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Write first", "write-first"),
        ("  Über uns!  ", "uber-uns"),
        ("a_b--c", "a-b-c"),
        ("\u4f60\u597d", ""),
    ],
)
def test_an_id_is_made_of_a_text(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_what_is_no_id_is_answered_with_the_id_it_might_have_been() -> None:
    assert no_id("../lessons/first.md").endswith("like 'first'")
    assert no_id("?").endswith("like 'write-first'")


@pytest.mark.parametrize(
    ("found", "known", "near"),
    [
        ("frist_name", ["first_name", "your_name"], "first_name"),
        ("First Name", ["first_name", "your_name"], "first_name"),
        ("Mail", ["Email", "Chat message"], "Email"),
        ("ask-for-feedback", ["ask-for-introduction", "ask-for-support"], None),
        ("SMS", ["Text message"], None),
        ("x", [], None),
    ],
)
def test_only_a_name_that_is_near_is_offered(found: str, known: list[str], near: str | None) -> None:
    assert nearest(found, known) == near


def test_few_names_are_listed_when_none_is_near_and_many_are_not() -> None:
    assert hint("x", ["one", "two"]) == "; known: one, two"
    assert hint("x", [f"name-{number}" for number in range(9)]) == ""


def test_a_quoted_text_is_printable_on_one_line_and_short() -> None:
    assert quote(" two\nlines\x07 ") == "'two lines'"
    assert len(quote("a" * 500)) == 62
