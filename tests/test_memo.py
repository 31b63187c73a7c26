"""What was made is made anew only when something that was read for it has changed."""

from __future__ import annotations

from collections.abc import Callable

from generator.body import Body, note
from generator.diagnostics import Place
from generator.memo import Memo, Memory

NOW = {"a": "1", "b": "1"}


def _never() -> str:
    raise AssertionError("made anew")


def _made(make: Callable[[], str], last: Memory | None = None, **inputs: str) -> tuple[str, Memory]:
    memo = Memo({**NOW, **inputs}, last)
    return memo.keep("it", make), memo.memory


def _reads(*names: str, gives: str = "made") -> Callable[[], str]:
    def make() -> str:
        for name in names:
            note(name)
        return gives

    return make


def test_what_read_the_same_is_not_made_again() -> None:
    _, memory = _made(_reads("a"))
    assert _made(_never, memory, b="2")[0] == "made"


def test_what_read_something_that_changed_is_made_again() -> None:
    _, memory = _made(_reads("a"))
    assert _made(_reads("a", gives="anew"), memory, a="2")[0] == "anew"


def test_what_read_something_that_nobody_knows_is_made_again() -> None:
    _, memory = _made(_reads("c"))
    assert _made(_reads(gives="anew"), memory)[0] == "anew"


def test_what_is_part_of_something_is_read_by_it() -> None:
    memo = Memo(NOW)
    memo.keep("whole", lambda: memo.keep("part", _reads("a")))
    assert memo.memory.made["whole"] == ("made", ["a"])

    again = Memo({**NOW, "b": "2"}, memo.memory)
    assert again.keep("other", lambda: again.keep("part", _never)) == "made"
    assert again.memory.made["other"] == ("made", ["a"])


def test_parts_that_nobody_asked_for_are_kept_while_they_are_right() -> None:
    memo = Memo(NOW)
    memo.keep("whole", lambda: memo.keep("part", _reads("a")) + memo.keep("other part", _reads("b")))
    again = Memo({**NOW, "b": "2"}, memo.memory)
    assert again.memory.made.keys() == {"part"}


def test_a_body_is_read_once_and_noted_each_time() -> None:
    read: list[str] = []

    def look(text: str, _: Place) -> str:
        read.append(text)
        return text.upper()

    body = Body(look, "words", Place("a"))
    memo = Memo(NOW)
    assert memo.keep("one", lambda: body.value) == memo.keep("two", lambda: body.value) == "WORDS"
    assert read == ["words"]
    assert [reads for _, reads in memo.memory.made.values()] == [["a"], ["a"]]


def test_bodies_are_equal_when_the_same_stands_in_them() -> None:
    def words(text: str, _: Place) -> list[str]:
        return text.split()

    one = Body(words, "two words", Place("a"))
    assert one == Body(words, "two  words", Place("b"))
    assert one != Body(words, "two", Place("a"))
