"""Reads the prose of a lesson: parts, exercises, questions to reflect on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token

from generator.body import Body
from generator.diagnostics import Log, Place, hint, quote
from generator.markdown import plain_text, read_blocks, read_document
from generator.model import Part, Section
from generator.names import SLUG, no_id, slug_of
from generator.parse.front_matter import Document
from generator.texts import Prose
from generator.words import Words, english

BOXES = ("evidence", "example", "note", "tip", "warning")
"""Kinds of boxes that prose may hold (`!!! evidence "Title"`)."""

_DEEPEST = 10
"""How deep blocks may lie in each other (a list takes two levels, a quote or a box one): three lists in a box and more.

Typst gives up at about twenty, and the Markdown reader drops what lies deeper than that.
"""

OPENING = "opening"
"""Stands in `covers` for the paragraphs before the first part."""

_LIKE_A_KIND = r"(?:try (?:it|this)|exercise|reflect(?:ions?)?)\b"


@dataclass(frozen=True, slots=True)
class _Kinds:
    """How exercises and reflections are headed: in English, which every guide may use, and in the guide's language."""

    exercise: re.Pattern[str]
    reflect: tuple[str, ...]
    like: re.Pattern[str]
    example: str


@lru_cache(maxsize=16)
def _kinds(words: Words) -> _Kinds:
    names = {key: dict.fromkeys((english()(f"format.{key}"), words(f"format.{key}"))) for key in _FORMAT}
    tries, one, many = ("|".join(map(re.escape, names[key])) for key in ("exercise", "minute", "minutes"))
    own = "|".join(re.escape(words(f"format.{key}")) for key in ("exercise", "reflect"))
    return _Kinds(
        re.compile(rf"(?:{tries}) \(([1-9]\d{{0,2}}) (?:{one}|{many})\)\Z"),
        tuple(names["reflect"]),
        re.compile(rf"{_LIKE_A_KIND}|(?:{own})\b", re.IGNORECASE),
        f"'### {words('format.exercise')} (10 {words('format.minutes')})' or '### {words('format.reflect')}'",
    )


_FORMAT = ("exercise", "minute", "minutes", "reflect")


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    title: str
    id: str
    line: int
    first: int
    """Index of the first token behind the heading."""
    before: int
    """Index of the heading's own first token."""
    right: bool
    """Whether its level is one that a lesson has."""


def split_id(text: str) -> tuple[str, str | None]:
    """Part `Title {#id}` into title and id; the id is None when none is written."""
    text = text.strip()
    mark = text.rfind("{#")
    if mark < 0 or text.find("}", mark) != len(text) - 1:
        return text, None
    return text[:mark].strip(), text[mark + 2 : -1]


def check_id(id: str | None, what: str, line: str, place: Place, taken: dict[str, Place], log: Log) -> str:
    """Note what is wrong with an id.

    Args:
        id: the id as written, None when none is.
        what: the title or text it is the id of.
        line: the line it stands in.
        place: where that line begins.
        taken: the ids of the file so far; a right one is added.
        log: takes what is wrong.

    Returns:
        The id, "" when it is missing or cannot be one.
    """
    at_id = Place(place.path, place.line, max(line.rfind("{#"), 0) + 1)
    if not id:
        example = slug_of(what)[:30].strip("-") or "write-first"
        message = f"{quote(what)} has no id; end it with one that is short and stays, like: {{#{example}}}"
        log.error(place, "missing-id", message)
        return ""
    if not SLUG.match(id):
        log.error(at_id, "bad-id", no_id(id))
        return ""
    if id in taken:
        log.error(at_id, "duplicate-id", f"'{id}' is the id of line {taken[id].line} already; ids are unique in a file")
    elif id == OPENING:
        message = f"'{OPENING}' stands for the paragraphs before the first part; choose another id"
        log.error(at_id, "duplicate-id", message)
        return ""
    taken.setdefault(id, place)
    return id


def read_parts(document: Document, log: Log, words: Words) -> tuple[tuple[Section, ...], tuple[Part, ...]]:
    """Read a lesson's body; return the sections before the first part, and the parts."""
    kinds = _kinds(words)
    start = document.start
    lines = document.lines
    tokens = read_blocks(document.body)
    body = Body(read_document, document.text, start, tuple(tokens))
    check_boxes(tokens, start, log)
    _check_depth(tokens, start, log)
    headings = _headings(tokens, start, log)
    tops = [number for number, heading in enumerate(headings) if heading.level == 2]
    first = tops[0] if tops else len(headings)
    end = headings[first].before if tops else len(tokens)
    opening = _sections(body, 0, end, headings[:first], kinds, log)
    parts: list[Part] = []
    taken: dict[str, Place] = {}
    for number, following in zip(tops, [*tops, len(headings)][1:], strict=True):
        heading = headings[number]
        place = start.moved(heading.line)
        end = headings[following].before if following < len(headings) else len(tokens)
        sections = _sections(body, heading.first, end, headings[number + 1 : following], kinds, log)
        if heading.title and not sections:
            message = f"nothing stands under {quote(heading.title)}; write the part or remove the heading"
            log.error(place, "empty-section", message)
        checked = heading.id or (heading.right and heading.title)
        id = check_id(heading.id, heading.title, lines[heading.line], place, taken, log) if checked else ""
        parts.append(Part(id, heading.title, sections, place))
    if not tops:
        log.error(
            start, "missing-part", "the lesson has no part; begin one with a line like: ## Write first {#write-first}"
        )
    return opening, tuple(parts)


def check_boxes(tokens: list[Token], start: Place, log: Log) -> None:
    """Note boxes of unknown kinds."""
    for token in tokens:
        if token.type == "admonition_open":
            kind = str(token.meta.get("tag", ""))
            if kind not in BOXES:
                line = token.map[0] if token.map else 0
                log.error(start.moved(line), "unknown-box", f"{quote(kind)} is no kind of box{hint(kind, BOXES)}")


def _check_depth(tokens: list[Token], start: Place, log: Log) -> None:
    """Note the first place where prose is nested too deep."""
    deep = next((token for token in tokens if token.level > _DEEPEST and token.map), None)
    if deep is not None and deep.map:
        message = "lists, quotes and boxes are nested too deep here to be laid out; write it with fewer levels"
        log.error(start.moved(deep.map[0]), "too-deep", message)


def _headings(tokens: list[Token], start: Place, log: Log) -> list[_Heading]:
    found = []
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        level = int(token.tag[1])
        line = token.map[0] if token.map else 0
        title, id = split_id(plain_text([tokens[index + 1]]))
        right = token.level == 0 and level in (2, 3)
        if not right:
            where = " inside a list or box" if token.level else ", as the title of the page is" if level == 1 else ""
            log.error(
                start.moved(line),
                "heading-level",
                f"{quote(title)} is a heading of level {level}{where}; "
                "parts are '## Title {#id}', what stands inside them is '### Title'",
            )
        elif not title:
            log.error(start.moved(line), "empty-heading", "the heading has no words; write them or remove the line")
        if token.level == 0:
            found.append(_Heading(min(max(level, 2), 3), title, id or "", line, index + 3, index, right))
    return found


def _sections(
    body: Body[tuple[Token, ...]], begin: int, end: int, headings: list[_Heading], kinds: _Kinds, log: Log
) -> tuple[Section, ...]:
    sections = []
    marks = [h for h in headings if h.level == 3]
    first = marks[0].before if marks else end
    if begin < first:
        sections.append(Section("prose", "", Prose(body, body.start, begin, first)))
    for mark, stop in zip(marks, [*(mark.before for mark in marks), end][1:], strict=True):
        sections.append(_section(mark, Prose(body, body.start, mark.first, stop), kinds, log))
    return tuple(sections)


def _section(mark: _Heading, prose: Prose, kinds: _Kinds, log: Log) -> Section:
    place = prose.place.moved(mark.line)
    if mark.title and not prose:
        log.error(place, "empty-section", f"nothing stands under {quote(mark.title)}; write it or remove the heading")
        return Section("prose", mark.title, prose)
    exercise = kinds.exercise.match(mark.title)
    if exercise:
        return Section("exercise", mark.title, prose, int(exercise[1]))
    if mark.title in kinds.reflect:
        questions = _questions(prose)
        if not questions:
            message = (
                f"{quote(mark.title)} has no questions; write each on a line of its own, like: - Whom did you thank?"
            )
            log.error(place, "empty-list", message)
        return Section("reflection", mark.title, prose, questions=questions)
    if kinds.like.match(mark.title):
        log.error(
            place,
            "unknown-section",
            f"{quote(mark.title)} is neither an exercise nor a reflection; expected {kinds.example}",
        )
    return Section("prose", mark.title, prose)


def _questions(prose: Prose) -> tuple[Prose, ...]:
    """Return the entries of the lists in a reflection, each as inline tokens."""
    tokens = prose.tokens
    return tuple(
        replace(prose, begin=prose.begin + index, end=prose.begin + index + 1)
        for index, token in enumerate(tokens)
        if token.type == "inline" and index > 1 and tokens[index - 2].type == "list_item_open"
    )
