"""The outline of an article: its headings with their levels, and what stands under each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.importing.blocks import Article, Block, ImportFault

HeadingKind = Literal["title", "section", "part", "detail"]
KINDS: tuple[HeadingKind, ...] = ("title", "section", "part", "detail")
"""By level: the title of the guide, a lesson, a part of a lesson, a heading inside a part."""
LONGEST_HEADING = 200
MOST_HEADINGS = 1000
"""Headings of an article; an outline of more would not fit into outline.yml."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the article; `level` counts from 0 for the title. `line` is 0 when it stands in none."""

    text: str
    level: int
    line: int

    @property
    def kind(self) -> HeadingKind:
        """What the heading becomes."""
        return KINDS[min(self.level, 3)]


@dataclass(frozen=True, slots=True)
class Outline:
    """An article as its headings and its text, in one order.

    `doubtful` holds lines that look like headings and were not taken for any; they stand in the text.
    """

    flow: tuple[Entry | Block, ...]
    doubtful: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The headings."""
        return tuple(piece for piece in self.flow if isinstance(piece, Entry))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text."""
        return tuple(piece for piece in self.flow if isinstance(piece, Block))


def outlined(flow: Iterable[Entry | Block], doubtful: Iterable[Entry] = ()) -> Outline:
    """Return an outline in which no heading hangs in the air: parts stand in a section, details in a part."""
    pieces: list[Entry | Block] = []
    deepest = -1
    for piece in flow:
        if isinstance(piece, Entry):
            level = 0 if deepest < 0 and piece.level == 0 else max(1, min(piece.level, deepest + 1))
            deepest = level
            pieces.append(Entry(shortened(piece.text), level, piece.line))
        else:
            pieces.append(piece)
    return Outline(tuple(pieces), tuple(doubtful))


def check_count(headings: int) -> None:
    """Tell whether a guide can hold so many headings.

    Raises:
        ImportFault: it cannot.
    """
    if headings > MOST_HEADINGS:
        raise ImportFault(f"the article has {headings:,} headings; at most {MOST_HEADINGS:,}: import it in parts")


def marked_outline(article: Article) -> Outline:
    """Return the outline of an article whose file marks its headings.

    A single heading above all others is the title; the next level becomes lessons, the one below it parts, and what
    lies deeper headings inside a part.
    """
    marks = [block for block in article.blocks if block.kind == "heading"]
    check_count(len(marks))
    levels = sorted({block.level for block in marks})
    above = [block for block in marks if block.level == levels[0]] if levels else []
    titled = len(above) == 1 and above[0] is marks[0] and len(marks) > 1
    ranks = {level: number for number, level in enumerate(levels, 0 if titled else 1)}
    return outlined(
        Entry(block.text, ranks[block.level], block.line) if block.kind == "heading" else block
        for block in article.blocks
    )


def shortened(text: str) -> str:
    """Return a heading on one line, cut when it is too long for one."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_HEADING else text[: LONGEST_HEADING - 3].rstrip() + "..."
