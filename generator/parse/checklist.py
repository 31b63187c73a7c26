"""Reads a checklist file."""

from __future__ import annotations

import re

from markdown_it.token import Token

from generator.diagnostics import Log, Place, quote
from generator.markdown import plain_text, read_blocks, read_inline
from generator.model import Checklist, Group, Item, Prose
from generator.parse.front_matter import read_document
from generator.parse.prose import check_id, split_id
from generator.schema import ListOf, Record, Slug, TextValue, WholeNumber

CHECKLIST = Record(
    {
        "title": TextValue("The evening before an event"),
        "when": TextValue("The night before you go."),
        "minutes": WholeNumber(1, 1440),
        "lesson": Slug(),
        "situation": Slug(),
        "asks": ListOf(TextValue("what should I prepare before an event")),
    },
    optional=frozenset({"asks"}),
)
_BOX = re.compile(r"\[[ xX]?\]\s+")
_EXAMPLE = "- [ ] Write down why you are going. {#why-going}"


def read_checklist(id: str, path: str, text: str, log: Log) -> Checklist | None:
    """Read one checklist; None when what is wrong with it leaves nothing to work with."""
    document = read_document(path, text, log)
    if document is None:
        return None
    values = CHECKLIST.read(document.keys, "a checklist", log)
    intro, groups = _read_groups(document.body, document.start, log)
    if values is None or not values.complete:
        return None
    return Checklist(
        id,
        values["title"],
        values["when"],
        values["minutes"],
        values["lesson"],
        values["situation"],
        values.get("asks", ()),
        intro,
        groups,
        document.keys.place,
    )


def _read_groups(body: str, start: Place, log: Log) -> tuple[Prose, tuple[Group, ...]]:
    tokens = read_blocks(body)
    intro: list[Token] = []
    groups: list[tuple[str, Place, list[Item]]] = []
    taken: dict[str, Place] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _end_of(tokens, index)
        place = start.moved(token.map[0] if token.map else 0)
        if token.type == "heading_open":
            title, _ = split_id(plain_text([tokens[index + 1]]))
            if token.tag != "h2":
                log.error(place, "heading-level", f"{quote(title)} is no group; groups begin with '## Title'")
            groups.append((title, place, []))
        elif token.type == "bullet_list_open":
            if not groups:
                groups.append(("", place, []))
            groups[-1][2].extend(_read_items(tokens[index + 1 : end], start, taken, log))
        elif token.type == "paragraph_open" and not groups:
            intro.extend(tokens[index : end + 1])
        else:
            log.error(place, "not-an-item", f"only items stand here; write it as an item, like: {_EXAMPLE}")
        index = end + 1
    for title, place, items in groups:
        if not items:
            log.error(place, "empty-list", f"the group {quote(title)} has no items; add one, like: {_EXAMPLE}")
    if not groups:
        log.error(start, "empty-list", f"the checklist has no items; add one, like: {_EXAMPLE}")
    return Prose(tuple(intro), start), tuple(Group(title, tuple(items)) for title, _, items in groups)


def _end_of(tokens: list[Token], index: int) -> int:
    """Return the index of the token that closes the one at `index` (itself when it stands alone)."""
    if tokens[index].nesting != 1:
        return index
    level = tokens[index].level
    return next(i for i in range(index + 1, len(tokens)) if tokens[i].level == level and tokens[i].nesting == -1)


def _read_items(tokens: list[Token], start: Place, taken: dict[str, Place], log: Log) -> list[Item]:
    items = []
    index = 0
    while index < len(tokens):
        end = _end_of(tokens, index)
        item = _read_item(tokens[index + 1 : end], tokens[index], start, taken, log)
        if item is not None:
            items.append(item)
        index = end + 1
    return items


def _read_item(inside: list[Token], opening: Token, start: Place, taken: dict[str, Place], log: Log) -> Item | None:
    first_line = opening.map[0] if opening.map else 0
    place = start.moved(first_line)
    if any(token.nesting == 1 and token.type != "paragraph_open" for token in inside):
        log.error(place, "not-an-item", "an item holds one line to do and lines that say why; nothing is nested in it")
        return None
    lines = [line for token in inside if token.type == "inline" for line in token.content.split("\n")]
    box = _BOX.match(lines[0]) if lines else None
    if box is None:
        shown = quote(lines[0]) if lines else "an empty entry"
        log.error(place, "not-an-item", f"{shown} has no box; write it like: {_EXAMPLE}")
        return None
    lines[0] = lines[0][box.end() :]
    # The id ends the text of the item: what stands behind it says why.
    last = next((number for number, line in enumerate(lines) if split_id(line)[1] is not None), 0)
    text, id = split_id(" ".join(lines[: last + 1]))
    if not text:
        log.error(place, "not-an-item", f"the item is empty; write it like: {_EXAMPLE}")
        return None
    known = check_id(id, f"the item {quote(plain_text(read_inline(text)))}", place, taken, log)
    if known is None:
        return None
    why = "\n".join(lines[last + 1 :]).strip()
    why_place = place.moved(last + 1)
    return Item(
        known, Prose(tuple(read_inline(text)), place), Prose(tuple(read_inline(why)) if why else (), why_place), place
    )
