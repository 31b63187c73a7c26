"""The small language of message texts: `{field}` to fill in, `[[...]]` to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.diagnostics import Log, Place, quote
from generator.model import Blank, Literally, MessageText, Optionally, Piece
from generator.schema import FIELD_NAME

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
    pieces: list[Piece] = []
    blanks: list[tuple[str, Place]] = []
    inner: list[Literally | Blank] | None = None
    opened = 0
    position = 0

    def place(offset: int) -> Place:
        before = source[:offset]
        column = offset - before.rfind("\n")
        lines = before.count("\n")
        return Place(start.path, start.line + lines, column if lines else start.column + offset)

    def add(piece: Literally | Blank) -> None:
        if inner is not None:
            inner.append(piece)
        else:
            pieces.append(piece)

    for match in _MARK.finditer(source):
        if match.start() > position:
            add(Literally(source[position : match.start()]))
        position = match.end()
        mark = match[0]
        if mark == "[[":
            if inner is not None:
                log.error(
                    place(match.start()), "unclosed-optional", "'[[' inside '[[...]]'; close the first one before"
                )
            else:
                inner, opened = [], match.start()
        elif mark == "]]":
            if inner is None:
                log.error(
                    place(match.start()), "unclosed-optional", "']]' without '[[' before it; remove it, or open it"
                )
            else:
                pieces.append(Optionally(tuple(inner)))
                inner = None
        elif len(mark) > 2 and FIELD_NAME.match(mark[1:-1]):
            add(Blank(mark[1:-1]))
            blanks.append((mark[1:-1], place(match.start() + 1)))
        else:
            log.error(
                place(match.start()),
                "bad-placeholder",
                f"{quote(mark)} is no field; write a field's name in braces, like: {{first_name}}",
            )
    if inner is not None:
        log.error(place(opened), "unclosed-optional", "'[[' is not closed; end the optional text with ']]'")
        pieces.extend(inner)
    if position < len(source):
        pieces.append(Literally(source[position:]))
    return MessageText(source, tuple(pieces), tuple(blanks))


def fill(text: MessageText, values: Mapping[str, str], keep: Callable[[int], bool] = lambda _: True) -> str:
    """Return a text filled in.

    Args:
        text: the text.
        values: what stands in each field; a missing one counts as empty.
        keep: whether the optional piece with this number (from 0) stays; one with an empty field goes in any case.

    Returns:
        The text, with the space or the empty line that a left out piece would leave taken out too.
    """
    out = ""
    number = 0
    dropped = False
    for piece in text.pieces:
        if isinstance(piece, Optionally):
            blanks = [inner.field for inner in piece.pieces if isinstance(inner, Blank)]
            if keep(number) and all(values.get(name) for name in blanks):
                out += "".join(_piece(inner, values) for inner in piece.pieces)
                dropped = False
            else:
                dropped = True
            number += 1
            continue
        words = _piece(piece, values)
        if dropped:
            out, words = _join(out, words)
            dropped = False
        out += words
    return out.rstrip() if dropped else out


def _piece(piece: Literally | Blank, values: Mapping[str, str]) -> str:
    return piece.text if isinstance(piece, Literally) else values.get(piece.field, "")


def _join(before: str, after: str) -> tuple[str, str]:
    """Close the gap between the texts before and after a piece that was left out.

    A piece that had a paragraph to itself takes one empty line with it, any other piece one space.
    """
    before = before.rstrip(" ") if after.startswith(("\n", " ")) or not after else before
    if not before or before.endswith("\n"):
        own_paragraph = after.startswith("\n")
        return (before.rstrip("\n") + "\n\n" if before and own_paragraph else before), after.lstrip("\n ")
    return before, after
