"""The language of message texts: fields, optional parts, and what remains when a part is left out."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Log, Place
from generator.message_text import fill, read_text
from generator.texts import Blank, Literally, MessageText, Optionally

START = Place("content/messages/thank.md", 10, 4)


def read(source: str) -> MessageText:
    log = Log()
    text = read_text(source, START, log)
    assert log.sorted() == ()
    return text


def filled(source: str, *, keep: bool = True, **values: str) -> str:
    return fill(read(source), values, lambda _: keep)


def test_a_text_is_read_in_pieces() -> None:
    assert read("Hi {name}, [[see you at {event}]]!").pieces == (
        Literally("Hi "),
        Blank("name"),
        Literally(", "),
        Optionally((Literally("see you at "), Blank("event"))),
        Literally("!"),
    )


def test_a_field_has_the_place_of_its_name() -> None:
    places = [(name, place.line, place.column) for name, place in read("Hi {name},\n\nat {event}, {day}").blanks]
    assert places == [("name", 10, 8), ("event", 12, 5), ("day", 12, 14)]


def test_the_fields_are_named_in_order_each_once() -> None:
    assert read("{b} {a} {b}").fields == ("b", "a")


def test_a_single_bracket_is_text() -> None:
    assert filled("see [1] and a]b") == "see [1] and a]b"


def test_a_text_is_filled_in_as_it_stands() -> None:
    assert filled("Hi {name},\n\n  two  spaces", name="A {b} [[c]]") == "Hi A {b} [[c]],\n\n  two  spaces"


def test_a_field_without_a_value_is_empty() -> None:
    assert filled("Hi {name}!") == "Hi !"


def test_an_optional_part_goes_when_a_field_in_it_is_empty() -> None:
    assert filled("Thanks. [[See you at {event}.]] Bye.", event="") == "Thanks. Bye."
    assert filled("Thanks. [[See you at {event}.]] Bye.", event="noon") == "Thanks. See you at noon. Bye."


def test_an_optional_part_goes_when_the_reader_does_not_keep_it() -> None:
    text = read("A [[b]] c [[d]] e")
    assert fill(text, {}, lambda number: number == 0) == "A b c e"
    assert fill(text, {}, lambda number: number == 1) == "A c d e"


@pytest.mark.parametrize(
    ("source", "without"),
    [
        ("One [[two]] three", "One three"),
        ("One[[ two]] three", "One three"),
        ("One [[two ]]three", "One three"),
        ("One[[, two]], three", "One, three"),
        ("One [[two]], three", "One, three"),
        ("One [[two]].", "One."),
        ("One [[two]]!", "One!"),
        ("(one [[two]]) three", "(one) three"),
        ("One[[two]]three", "Onethree"),
        ("[[One.]] Two.", "Two."),
        ("One. [[Two.]]", "One."),
        ("[[One.]]\n\nTwo.", "Two."),
        ("One.\n\n[[Two.]]", "One."),
        ("One.\n\n[[Two.]]\n\nThree.", "One.\n\nThree."),
        ("One.\n[[Two.]]\nThree.", "One.\nThree."),
        ("One.\n\n[[Two.]] Three.", "One.\n\nThree."),
        ("One. [[Two.]]\n\nThree.", "One.\n\nThree."),
        ("One. [[Two.]] [[Three.]] Four.", "One. Four."),
        ("One.\n\n[[Two.]]\n\n[[Three.]]\n\nFour.", "One.\n\nFour."),
        ("One.\n\n[[Two.]] [[Three.]]\nFour.", "One.\n\nFour."),
        ("[[One]]", ""),
        ("[[One]] [[two]]", ""),
        ("One [[two]] {empty} three", "One three"),
    ],
)
def test_what_is_left_out_leaves_no_gap(source: str, without: str) -> None:
    assert filled(source, keep=False) == without


WORD = st.sampled_from(["one", "Two", "{name}", "{event}", "don't", "(three)", "4"])
MARK = st.sampled_from(["", "", "", ",", ".", "!", "?", ":", ";"])
PLAIN = st.tuples(st.lists(WORD, min_size=1, max_size=3).map(" ".join), MARK).map("".join)
PART = st.one_of(PLAIN, PLAIN.map("[[{}]]".format), st.tuples(PLAIN.map("[[{}]]".format), MARK).map("".join))
LINE = st.lists(PART, min_size=1, max_size=4).map(" ".join)
TIDY = st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=4).map(
    lambda lines: "".join(itertools.chain(*lines)).rstrip("\n")
)
UNTIDY = re.compile(r"  | [,.;:?!)]|\n\n\n|[ \t]\n|\n[ \t]|\A\s|\s\Z")


@given(TIDY, st.lists(st.booleans(), min_size=16, max_size=16), st.sampled_from(["", "Noor"]))
def test_whatever_is_left_out_of_a_tidy_text_it_stays_tidy(source: str, kept: list[bool], event: str) -> None:
    text = read(source)
    result = fill(text, {"name": "Sam", "event": event or "x"}, kept.__getitem__)
    assert not UNTIDY.search(result)


@given(TIDY)
def test_a_text_of_which_all_is_kept_is_its_source_without_the_brackets(source: str) -> None:
    values = {"name": "{name}", "event": "{event}"}
    assert fill(read(source), values) == source.replace("[[", "").replace("]]", "")


SCRAPS = [*"ab _-{}[]\n\t,.", "[[", "]]", "{a}", "{b_1}", "é", "😀", "\u00a0"]
ANY = st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)


@given(ANY, st.dictionaries(st.sampled_from(["a", "b_1"]), ANY), st.integers(0, 255))
def test_no_text_whatever_it_is_makes_reading_or_filling_fail(source: str, values: dict[str, str], kept: int) -> None:
    log = Log()
    text = read_text(source, START, log)
    fill(text, values, lambda number: bool(kept >> number % 8 & 1))
    lines = source.split("\n")
    for diagnostic in log.sorted():
        line = diagnostic.place.line - START.line
        column = diagnostic.place.column - (START.column if line == 0 else 1)
        assert lines[line][column] in "{}[]"


@given(ANY)
def test_the_pieces_of_a_right_text_are_its_source(source: str) -> None:
    log = Log()
    text = read_text(source, START, log)
    if not log.sorted():
        assert "".join(_written(piece) for piece in text.pieces) == source


def _written(piece: Literally | Blank | Optionally) -> str:
    if isinstance(piece, Optionally):
        return f"[[{''.join(map(_written, piece.pieces))}]]"
    return piece.text if isinstance(piece, Literally) else f"{{{piece.field}}}"
