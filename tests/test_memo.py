"""What was made is made anew only when something that was read for it has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.body import Body, note
from generator.build import load_guide
from generator.diagnostics import Place
from generator.memo import Memo, Memory
from generator.render.pages import pages_of
from generator.render.templates import PageWriter
from tests.support import tiny_guide, write_project

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


def test_many_things_are_kept_each_by_itself() -> None:
    memo = Memo(NOW)
    makes = {"one": _reads("a", gives="1"), "two": _reads("b", gives="2")}
    memo.keep("whole", lambda: " ".join(memo.keep_all(makes).values()))
    assert memo.memory.made == {"one": ("1", ["a"]), "two": ("2", ["b"]), "whole": ("1 2", ["a", "b"])}

    again = Memo({**NOW, "b": "2"}, memo.memory)
    assert again.keep_all({"one": _never, "two": _reads("b", gives="3")}) == {"one": "1", "two": "3"}


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


def test_two_macros_of_a_template_are_kept_apart(tmp_path: Path) -> None:
    checked = load_guide(write_project(tmp_path, tiny_guide()) / "content")
    assert checked.guide is not None
    macros = "{% macro a(one) %}A{{ one.id }}{% endmacro %}{% macro b(one) %}B{{ one.id }}{% endmacro %}"
    calls = "{% for one in guide.lessons %}{{ kept(a, one) }} {{ kept(b, one) }}{% endfor %}"
    (tmp_path / "lesson.md.j2").write_text(f"{macros}{calls}\n", encoding="utf-8")
    page = next(page for page in pages_of(checked.guide) if page.template == "lesson.md.j2")
    memory = None
    for _ in range(2):
        memo = Memo(checked.pages.inputs(), memory)
        writer = PageWriter(checked.guide, [tmp_path], memo=memo)
        assert writer.write(page)[1] == "Afirst Bfirst\n"
        memory = memo.memory
