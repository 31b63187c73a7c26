"""Reads a checklist file."""

from __future__ import annotations

import re

from markdown_it.token import Token

from generator.body import Body
from generator.diagnostics import Log, Place, quote
from generator.markdown import plain_text, read_lines, read_lines_of, read_words, split_blocks
from generator.model import Checklist, Group, Item
from generator.names import slug_of
from generator.parse.front_matter import Document, read_document
from generator.parse.prose import check_id, split_id
from generator.schedule import RHYTHMS
from generator.schema import Flag, ListOf, OneOf, Record, Slug, TextValue, WholeNumber
from generator.texts import Prose

CHECKLIST = Record(
    {
        "title": TextValue("The evening before an event", meaning="What the checklist is called."),
        "draft": Flag(meaning="Whether it is left out of the site: true until it is ready."),
        "when": TextValue("The night before you go.", meaning="When to take it out."),
        "minutes": WholeNumber(1, 1440, meaning="How long all of it takes."),
        "lesson": Slug(meaning="The lesson it belongs to: a file's name without '.md'."),
        "situation": Slug(meaning="Where it is listed: an id under 'situations' in guide.yml."),
        "repeat": OneOf(tuple(RHYTHMS), meaning="How often it comes back, where it is a routine."),
        "times": WholeNumber(2, 60, meaning="How many turns the routine has; without it, it goes on."),
        "asks": ListOf(
            TextValue("what should I prepare before an event"), meaning="What readers would type to find it."
        ),
    },
    optional=frozenset({"draft", "repeat", "times", "asks"}),
)
_BOX = re.compile(r"\[[ xX]?\](?:\s+|\Z)")
_LEVEL_OF_ITEMS = 3
"""How deep the text of an item lies: in a paragraph of an entry of a list."""
_LONGEST_EXAMPLE = 100
_EXAMPLE = "- [ ] Write down why you are going. {#why-going}"


def read_checklist(id: str, path: str, text: str, log: Log) -> Checklist | None:
    """Read one checklist; None when what is wrong with it leaves nothing to work with."""
    document = read_document(path, text, log)
    if document is None:
        return None
    values = CHECKLIST.read(document.keys, "a checklist", log)
    intro, groups = _read_groups(document, log)
    if values is None:
        return None
    if "times" in values and "repeat" not in {*values, *values.doubts}:
        message = "'times' says how many turns a routine has; say how often it comes back, too; add: repeat: weekly"
        log.error(values.place_of("times"), "missing-key", message)
    return Checklist(
        id,
        values.text("title"),
        values.text("when"),
        values.number("minutes"),
        values.text("lesson"),
        values.text("situation"),
        values.entries("asks"),
        intro,
        groups,
        document.keys.place,
        values.doubts,
        values.get("repeat", ""),
        values.get("times", 0),
        values.get("draft", False),
    )


def _read_groups(document: Document, log: Log) -> tuple[Prose, tuple[Group, ...]]:
    # Items are read line by line below; to read their lines here as well took a third of the time.
    tokens = split_blocks(document.body)
    reader = _ItemReader(document, log)
    start = document.start
    intro = 0
    groups: list[tuple[str, Place, list[Item]]] = []
    spoilt: set[int] = set()
    index = 0
    before = log.noted
    while index < len(tokens):
        token = tokens[index]
        end = _end_of(tokens, index)
        noted = log.noted
        place = start.moved(_line_of(token))
        if token.type == "heading_open":
            title, _ = split_id(plain_text([read_lines(tokens[index + 1])]))
            if not title:
                log.error(place, "empty-heading", "the heading has no words; write them or remove the line")
            elif token.tag != "h2":
                log.error(place, "heading-level", f"{quote(title)} is no group; groups begin with '## Title'")
            groups.append((title, place, []))
        elif token.type == "bullet_list_open":
            if not groups:
                groups.append(("", place, []))
            groups[-1][2].extend(reader.items(tokens[index + 1 : end]))
        elif token.type == "paragraph_open" and not groups:
            # What stands among these paragraphs is a mistake.
            intro = end + 1
        else:
            what = "numbers" if token.type == "ordered_list_open" else "this"
            place_for_it = "items have none" if what == "numbers" else "write it above all items, or as one of them"
            log.error(place, "not-an-item", f"{what} cannot stand here; {place_for_it}, like: {_EXAMPLE}")
        if log.noted != noted:
            spoilt.add(len(groups) - 1)
        index = end + 1
    if not groups and log.noted == before:
        log.error(start, "empty-list", f"the checklist has no items; add one, like: {_EXAMPLE}")
    for number, (title, place, items) in enumerate(groups):
        if not items and number not in spoilt:
            log.error(place, "empty-list", f"the group {quote(title)} has no items; add one, like: {_EXAMPLE}")
    body = Body(read_lines_of, document.text, start, tuple(map(read_lines, tokens[:intro])))
    return Prose(body, start, 0, intro), tuple(Group(title, tuple(items)) for title, _, items in groups)


def _end_of(tokens: list[Token], index: int) -> int:
    """Return the index of the token that closes the one at `index` (itself when it stands alone)."""
    if tokens[index].nesting != 1:
        return index
    level = tokens[index].level
    return next(i for i in range(index + 1, len(tokens)) if tokens[i].level == level and tokens[i].nesting == -1)


def _line_of(token: Token) -> int:
    return token.map[0] if token.map else 0


class _ItemReader:
    """Reads items; an item with a mistake is read as far as possible, so that links to it and in it are checked."""

    def __init__(self, document: Document, log: Log) -> None:
        self._start = document.start
        self._lines = document.lines
        self._taken: dict[str, Place] = {}
        self._log = log

    def items(self, tokens: list[Token]) -> list[Item]:
        items = []
        index = 0
        while index < len(tokens):
            end = _end_of(tokens, index)
            item = self._item(tokens[index + 1 : end], _line_of(tokens[index]))
            if item is not None:
                items.append(item)
            index = end + 1
        return items

    def _item(self, inside: list[Token], first_line: int) -> Item | None:
        place = self._start.moved(first_line)
        # Each line of the item with its number in the body.
        lines = [
            (number, line)
            for token in inside
            if token.type == "inline" and token.level == _LEVEL_OF_ITEMS
            for number, line in enumerate(map(str.strip, token.content.split("\n")), _line_of(token))
        ]
        if not lines:
            self._log.error(place, "not-an-item", f"this entry is empty; write it like: {_EXAMPLE}")
            return None
        # The id ends the text of the item: what stands behind it says why.
        last = next((index for index, (_, line) in enumerate(lines) if split_id(line)[1] is not None), 0)
        text, id = split_id("\n".join(line for _, line in lines[: last + 1]))
        box = _BOX.match(text)
        text = text[box.end() :] if box else text
        if not text:
            self._log.error(place, "not-an-item", f"the item is empty; write it like: {_EXAMPLE}")
        elif box is None:
            example = f"- [ ] {text} {{#{id or slug_of(text)}}}"
            if len(example) > _LONGEST_EXAMPLE or not example.isprintable():
                example = _EXAMPLE
            self._log.error(place, "not-an-item", f"the item has no box; write it like: {example}")
        nested = next((token for token in inside if token.nesting == 1 and token.type != "paragraph_open"), None)
        if nested is not None:
            nested_place = self._start.moved(_line_of(nested))
            message = "an item holds one line to do and lines that say why; write this as an item of its own"
            self._log.error(nested_place, "not-an-item", message)
        number = lines[last][0]
        prose = self._prose(text, first_line)
        known = ""
        if text and (box is not None or id is not None):
            where = self._start.moved(number)
            known = check_id(id, plain_text(prose.tokens), self._lines[number], where, self._taken, self._log)
        return Item(known, prose, self._why(lines[last + 1 :], number + 1), place)

    def _why(self, lines: list[tuple[int, str]], number: int) -> Prose:
        """Return the lines behind an item's own; an empty one between them keeps later ones in their place."""
        number = lines[0][0] if lines else number
        by_number = dict(lines)
        every = range(number, max(by_number, default=number - 1) + 1)
        return self._prose("\n".join(by_number.get(line, "") for line in every), number)

    def _prose(self, text: str, number: int) -> Prose:
        place = self._start.moved(number)
        return Prose(Body(read_words, text, place), place)
