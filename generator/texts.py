"""What stands below the front matter of a page, as values: prose, and the texts of messages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it.token import Token

from generator.body import Body, note
from generator.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as tokens: safe to render, because raw HTML never becomes a token of its own.

    It is the tokens of `body` from `begin` to `end`, and begins at `place`.
    """

    body: Body[tuple[Token, ...]]
    place: Place
    begin: int = 0
    end: int = sys.maxsize

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What it holds."""
        return self.body.value[self.begin : self.end]

    def with_tokens(self, tokens: Iterable[Token]) -> Prose:
        """Return other prose that was made of this."""
        return Prose(self.body.with_value(tuple(tokens)), self.place)

    def __bool__(self) -> bool:
        return bool(self.tokens)


@dataclass(frozen=True, slots=True)
class Literally:
    """Text that stays as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A `{field}` to be filled in."""

    field: str


@dataclass(frozen=True, slots=True)
class Optionally:
    """A `[[...]]` that the message also reads well without."""

    pieces: tuple[Literally | Blank, ...]


Piece = Literally | Blank | Optionally


@dataclass(frozen=True, slots=True)
class TextPieces:
    """What stands in a text with blanks: its pieces, and each blank's name with its place."""

    pieces: tuple[Piece, ...]
    blanks: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class MessageText:
    """Text with blanks."""

    body: Body[TextPieces]

    @property
    def source(self) -> str:
        """The text as written."""
        note(self.body.start.path)
        return self.body.text

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text as read."""
        return self.body.value.pieces

    @property
    def blanks(self) -> tuple[tuple[str, Place], ...]:
        """The name of each field in it, with its place."""
        return self.body.value.blanks

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields in it, in order, each once."""
        return tuple(dict.fromkeys(name for name, _ in self.blanks))

    @property
    def optional(self) -> tuple[Optionally, ...]:
        """The pieces that it also reads well without, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Optionally))
