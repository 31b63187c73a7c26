"""The small language of message texts: `{field}` to fill in, `[[...]]` to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.body import Body
from generator.diagnostics import Log, Place, quote
from generator.names import FIELD_NAME
from generator.texts import Blank, Literally, MessageText, Optionally, Piece, TextPieces

_SPACE = " \t\n"
CLOSING_MARKS = tuple(",.;:?!)")
"""Marks before which no space stands."""
_MARK = re.compile(r"\[\[|\]\]|\{[^{}\n]*\}|[{}]")


def read_text(source: str, start: Place, log: Log) -> MessageText:
    """Read a message text.

    Args:
        source: the text as written.
        start: the place of its first character.
        log: takes what is wrong: a brace or bracket without its partner, something in braces that is no field name.

    Returns:
        The text in pieces.
    """
    return MessageText(Body(read_pieces, source, start, _read_pieces(source, start, log)))


def read_pieces(source: str, start: Place) -> TextPieces:
    """Return the pieces of a text in which nothing is wrong."""
    return _read_pieces(source, start, Log())


def _read_pieces(source: str, start: Place, log: Log) -> TextPieces:
    pieces: list[Piece] = []
    blanks: list[tuple[str, Place]] = []
    inner: list[Literally | Blank] | None = None
    opened = start
    nested = deepest = 0
    position = 0
    line, line_start = 0, -start.column + 1

    def add(piece: Literally | Blank) -> None:
        if inner is not None:
            inner.append(piece)
        else:
            pieces.append(piece)

    for match in _MARK.finditer(source):
        before = source[position : match.start()]
        if before:
            add(Literally(before))
        if "\n" in before:
            line += before.count("\n")
            line_start = position + before.rindex("\n") + 1
        here = Place(start.path, start.line + line, match.start() - line_start + 1)
        position = match.end()
        mark = match[0]
        if mark == "[[" and inner is None:
            inner, opened = [], here
        elif mark == "[[":
            nested, deepest = nested + 1, deepest + 1
            log.error(here, "unclosed-optional", "'[[' inside '[[...]]'; close the first one before with ']]'")
        elif mark == "]]" and nested:
            nested -= 1
        elif mark == "]]" and inner is not None:
            pieces.append(Optionally(tuple(inner)))
            inner = None
        elif mark == "]]":
            log.error(here, "unclosed-optional", "']]' without '[[' before it; remove it, or put '[[' where it begins")
        elif len(mark) > 2 and FIELD_NAME.match(mark[1:-1]):
            add(Blank(mark[1:-1]))
            blanks.append((mark[1:-1], Place(here.path, here.line, here.column + 1)))
        else:
            log.error(here, "bad-placeholder", _no_placeholder(mark))
    if inner is not None:
        if not deepest:
            log.error(opened, "unclosed-optional", "'[[' is not closed; end the optional text with ']]'")
        pieces.extend(inner)
    if position < len(source):
        pieces.append(Literally(source[position:]))
    return TextPieces(tuple(pieces), tuple(blanks))


def _no_placeholder(mark: str) -> str:
    if mark == "{":
        return "'{' is not closed on this line; write a field's name in braces, like: {first_name}"
    if mark == "}":
        return "'}' without '{' before it; write a field's name in braces, like: {first_name}"
    name = re.sub(r"[^a-z0-9]+", "_", mark.lower()).strip("_")
    example = name if FIELD_NAME.match(name) else "first_name"
    return f"{quote(mark)} is no field; write its name in lower-case letters, digits and '_', like: {{{example}}}"


def fill(text: MessageText, values: Mapping[str, str], keep: Callable[[int], bool] = lambda _: True) -> str:
    """Return a text filled in.

    Args:
        text: the text.
        values: what stands in each field; a missing one counts as empty.
        keep: whether the optional piece with this number (from 0) stays; one with an empty field goes in any case.

    Returns:
        The text. Where a piece was left out, the wider one of the gaps before and behind it remains: an empty line,
        a line break, a space; none at the text's beginning and end, and no space before a mark such as a comma.
    """
    out = ""
    gap: str | None = None
    number = 0
    for piece in text.pieces:
        if isinstance(piece, Optionally):
            blanks = [inner.field for inner in piece.pieces if isinstance(inner, Blank)]
            kept = keep(number) and all(values.get(name) for name in blanks)
            number += 1
            if not kept:
                words = out.rstrip(_SPACE)
                gap = _wider(gap or "", out[len(words) :])
                out = words
                continue
            added = "".join(_piece(inner, values) for inner in piece.pieces)
        else:
            added = _piece(piece, values)
        if gap is not None:
            rest = added.lstrip(_SPACE)
            gap = _wider(gap, added[: len(added) - len(rest)])
            if not rest:
                continue
            added = (_closed(gap, rest) if out else "") + rest
            gap = None
        out += added
    return out


def _piece(piece: Literally | Blank, values: Mapping[str, str]) -> str:
    return piece.text if isinstance(piece, Literally) else values.get(piece.field, "")


def _wider(one: str, other: str) -> str:
    return max(one, other, key=lambda gap: (gap.count("\n"), len(gap)))


def _closed(gap: str, after: str) -> str:
    """Return what remains of a gap before the text that follows it."""
    if "\n" in gap:
        return "\n" * min(gap.count("\n"), 2)
    return " " if gap and after[0] not in CLOSING_MARKS else ""
