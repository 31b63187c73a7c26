"""Writes missing ids into checklists and lessons, and touches nothing else in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.diagnostics import Log
from generator.markdown import plain_text
from generator.names import slug_of
from generator.parse.checklist import read_checklist
from generator.parse.lesson import read_lesson
from generator.parse.prose import OPENING

_WORDS = 4
"""Words of an item that an id is made of; four tell the items of one list apart and still fit in an address."""
_LONGEST = 40
_SMALL_WORDS = (
    "a an and are as at be by for from has have how i if in into is it its of on or so that the their them they this "
    "to was what when who will with you your"
)
"""English words that tell nothing; in another language the first words are taken as they are."""
_SMALL = frozenset(_SMALL_WORDS.split())
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_NO_ID = re.compile(r"[ \t]*\{#\}[ \t]*\Z")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")
"""The marks that may close a heading: an id stands before them."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An id written into a file: its line from 1, and the id."""

    line: int
    id: str


def stamp_checklist(path: str, text: str, taken: Iterable[str] = ()) -> tuple[str, tuple[Stamp, ...]]:
    """Write an id behind every item that has none.

    Args:
        path: the file, for messages.
        text: the file, with its line ends as they are.
        taken: ids that once meant something else in this checklist and cannot be used again.

    Returns:
        The file with the ids, and what was written where; an id that is there is never changed.
    """

    def read(text: str, log: Log) -> list[tuple[int, str, str]]:
        checklist = read_checklist("x", path, text, log)
        items = checklist.items if checklist else ()
        return [(item.place.line, plain_text(item.text.tokens), item.id) for item in items]

    return _stamp(text, read, {*taken, OPENING}, "item")


def stamp_lesson(path: str, text: str) -> tuple[str, tuple[Stamp, ...]]:
    """Write an id behind every heading of a part that has none; arguments and result as for `stamp_checklist`."""

    def read(text: str, log: Log) -> list[tuple[int, str, str]]:
        lesson = read_lesson("x", path, text, log)
        return [(part.place.line, part.title, part.id) for part in (lesson.parts if lesson else ())]

    return _stamp(text, read, {OPENING}, "part")


_Read = Callable[[str, Log], list[tuple[int, str, str]]]
"""Reads line, words and id of everything in a file that can have an id."""


def _stamp(text: str, read: _Read, taken: set[str], noun: str) -> tuple[str, tuple[Stamp, ...]]:
    found, missing = _missing(text, read)
    taken.update(id for _, _, id in found)
    stamps = []
    for line in missing:
        words = next((words for first, words, _ in reversed(found) if first <= line), "")
        stamps.append(Stamp(line, _new_id(words, taken, noun)))
        taken.add(stamps[-1].id)
    # Where a line is not what it seems to be (its end inside a code span, say), the author writes the id.
    _, still = _missing(_with_ids(text, stamps), read)
    stamps = [stamp for stamp in stamps if stamp.line not in still]
    stamped = _with_ids(text, stamps)
    after, _ = _missing(stamped, read)
    written = {stamp.id for stamp in stamps}
    before = [id for _, _, id in found]
    if [("" if id in written else id) for _, _, id in after] != before:
        return text, ()
    return stamped, tuple(stamps)


def _with_ids(text: str, stamps: Iterable[Stamp]) -> str:
    ids = {stamp.line: stamp.id for stamp in stamps}
    lines = enumerate((match.group(1, 2) for match in _LINE.finditer(text)), 1)
    return "".join((_with_id(line, ids[number]) if number in ids else line) + end for number, (line, end) in lines)


def _missing(text: str, read: _Read) -> tuple[list[tuple[int, str, str]], list[int]]:
    """Return what can have an id, and the lines on which one is missing."""
    log = Log()
    found = read(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), log)
    return found, [diagnostic.place.line for diagnostic in log.sorted() if diagnostic.code == "missing-id"]


def _with_id(line: str, id: str) -> str:
    """Return a line that ends with an id; spaces at its end and the closing marks of a heading stay behind it."""
    line = _NO_ID.sub("", line)
    closing = _CLOSING.search(line) if line.startswith("#") else None
    content = line[: closing.start()] if closing else line.rstrip(" \t")
    return f"{content} {{#{id}}}{line[len(content) :]}"


def _new_id(words: str, taken: set[str], noun: str) -> str:
    """Return an id made of the first telling words, with a number behind it where another has it."""
    all_words = [word for word in slug_of(words.replace("'", "").replace("\u2019", "")).split("-") if word]
    telling = [word for word in all_words if word not in _SMALL] or all_words
    id = "-".join(telling[:_WORDS])
    while len(id) > _LONGEST and "-" in id:
        id = id.rpartition("-")[0]
    id = id[:_LONGEST].strip("-") or noun
    free = (name for name in (id, *(f"{id}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)
    return next(free)
