"""Reads the prose of a lesson: parts, exercises, questions to reflect on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token

from generator.diagnostics import Log, Place, hint, quote
from generator.markdown import plain_text, read_blocks
from generator.model import Part, Prose, Section
from generator.schema import SLUG, SLUG_EXAMPLE

BOXES = ("evidence", "example", "note", "tip", "warning")
"""Kinds of boxes that prose may hold (`!!! evidence "Title"`)."""

OPENING = "opening"
"""Stands in `covers` for the paragraphs before the first part."""

_ID = re.compile(r"\s*\{#([^}]*)\}\s*\Z")
_EXERCISE = re.compile(r"Try it \((\d{1,3}) minutes?\)\Z")
_REFLECT = "Reflect"


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


def split_id(text: str) -> tuple[str, str | None]:
    """Part `Title {#id}` into title and id; the id is None when none is written."""
    match = _ID.search(text)
    return (text[: match.start()].strip(), match[1]) if match else (text.strip(), None)


def check_id(id: str | None, what: str, place: Place, taken: dict[str, Place], log: Log) -> str | None:
    """Return the id when it is right and not taken; note what is wrong with it otherwise."""
    if id is None:
        log.error(place, "missing-id", f"{what} has no id; end it with one, like: {{#write-first}}")
        return None
    if not SLUG.match(id):
        log.error(place, "bad-id", f"{quote(id)} is no id; expected {SLUG_EXAMPLE}")
        return None
    if id in taken:
        log.error(place, "duplicate-id", f"'{id}' is the id of line {taken[id].line} already; ids are unique in a file")
        return None
    taken[id] = place
    return id


def read_parts(body: str, start: Place, log: Log) -> tuple[tuple[Section, ...], tuple[Part, ...]]:
    """Read a lesson's body.

    Args:
        body: the Markdown below the front matter.
        start: the place of its first line.
        log: takes what is wrong.

    Returns:
        The sections before the first part, and the parts.
    """
    tokens = read_blocks(body)
    check_boxes(tokens, start, log)
    headings = _headings(tokens, start, log)
    tops = [heading for heading in headings if heading.level == 2]
    ends = [*(heading.before for heading in tops), len(tokens)][1:]
    first = tops[0].before if tops else len(tokens)
    opening = _sections(tokens, 0, first, [h for h in headings if h.before < first], start, log)
    parts: list[Part] = []
    taken: dict[str, Place] = {OPENING: start}
    for heading, end in zip(tops, ends, strict=True):
        place = start.moved(heading.line)
        inside = [h for h in headings if heading.first <= h.before < end]
        sections = _sections(tokens, heading.first, end, inside, start, log)
        if not sections:
            log.error(
                place, "empty-section", f"nothing stands under {quote(heading.title)}; write the part or remove it"
            )
        id = check_id(heading.id or None, f"the part {quote(heading.title)}", place, taken, log)
        if id is not None:
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


def _headings(tokens: list[Token], start: Place, log: Log) -> list[_Heading]:
    found = []
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        level = int(token.tag[1])
        line = token.map[0] if token.map else 0
        inline = tokens[index + 1]
        title, id = split_id(plain_text([inline]))
        if token.level > 0 or level not in (2, 3):
            log.error(
                start.moved(line),
                "heading-level",
                f"{quote(title)} is a heading of level {level}{' inside a list or box' if token.level else ''}; "
                "parts are '## Title {#id}', what stands inside them is '### Title'",
            )
            continue
        found.append(_Heading(level, title, id or "", line, index + 3, index))
    return found


def _sections(
    tokens: list[Token], begin: int, end: int, headings: list[_Heading], start: Place, log: Log
) -> tuple[Section, ...]:
    sections = []
    marks = [h for h in headings if h.level == 3]
    first = marks[0].before if marks else end
    if begin < first:
        sections.append(Section("prose", "", _prose(tokens, begin, first, start)))
    for mark, stop in zip(marks, [*(mark.before for mark in marks), end][1:], strict=True):
        sections.append(_section(mark, _prose(tokens, mark.first, stop, start), start, log))
    return tuple(sections)


def _prose(tokens: list[Token], begin: int, end: int, start: Place) -> Prose:
    return Prose(tuple(tokens[begin:end]), start)


def _section(mark: _Heading, prose: Prose, start: Place, log: Log) -> Section:
    place = start.moved(mark.line)
    if not prose:
        log.error(place, "empty-section", f"nothing stands under {quote(mark.title)}; write it or remove the heading")
    exercise = _EXERCISE.match(mark.title)
    if exercise:
        return Section("exercise", mark.title, prose, int(exercise[1]))
    if mark.title == _REFLECT:
        questions = _questions(prose)
        if not questions:
            log.error(place, "empty-list", "'Reflect' has no questions; write each on a line of its own after '- '")
        return Section("reflection", mark.title, prose, questions=questions)
    if mark.title.lower().startswith(("try it", "reflect")):
        log.error(
            place,
            "unknown-section",
            f"{quote(mark.title)} is neither an exercise nor a reflection; "
            "expected '### Try it (10 minutes)' or '### Reflect'",
        )
    return Section("prose", mark.title, prose)


def _questions(prose: Prose) -> tuple[Prose, ...]:
    """Return the entries of the lists in a reflection, each as inline tokens."""
    inlines = [
        token
        for index, token in enumerate(prose.tokens)
        if token.type == "inline" and index > 1 and prose.tokens[index - 2].type == "list_item_open"
    ]
    return tuple(Prose((token,), prose.place) for token in inlines)
