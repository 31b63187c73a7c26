"""The article as lessons and parts: which heading becomes what, under which id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.importing.blocks import Block
from generator.importing.names import Ids, title_of
from generator.importing.outline import Entry, Outline

Piece = Entry | Block


@dataclass(slots=True)
class Portion:
    """A heading of the article with the text right under it.

    `heading` is unique in the guide: the same heading under two sections is told apart by the section's.
    """

    heading: str
    title: str
    id: str
    line: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def blocks(self) -> Iterator[Block]:
        """The text, without headings inside it."""
        return (piece for piece in self.pieces if isinstance(piece, Block))


@dataclass(slots=True)
class Section(Portion):
    """A section of the article, which becomes a lesson; `pieces` are what stands before its first part."""

    parts: list[Portion] = field(default_factory=list)

    @property
    def portions(self) -> Iterator[Portion]:
        """The section's own text, then its parts."""
        yield self
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Structure:
    """The article in order: its title, the text before its first section, its sections.

    `titled` tells whether the title stands in the article.
    """

    title: str
    titled: bool
    preface: tuple[Block, ...]
    sections: tuple[Section, ...]


def structured(outline: Outline, otherwise: str) -> Structure:
    """Return the structure of an article.

    Args:
        outline: its headings and its text.
        otherwise: what the title is when the article has none.
    """
    found = next((entry.text for entry in outline.entries if entry.level == 0), "")
    title = found or otherwise
    preface: list[Block] = []
    sections: list[Section] = []
    lessons = Ids("lesson")
    parts = Ids("part")
    taken: set[str] = set()
    for piece in outline.flow:
        if isinstance(piece, Block):
            portion = sections[-1].parts[-1] if sections and sections[-1].parts else sections[-1] if sections else None
            if portion is None:
                preface.append(piece)
            else:
                portion.pieces.append(piece)
        elif piece.level == 1:
            heading = _unique(piece.text, "", taken)
            name = title_of(piece.text)
            sections.append(Section(heading, name, lessons.give(name), piece.line))
            parts = Ids("part")
        elif piece.level == 2:
            heading = _unique(piece.text, sections[-1].heading, taken)
            name = title_of(piece.text)
            sections[-1].parts.append(Portion(heading, name, parts.give(name), piece.line))
        elif piece.level > 2:
            sections[-1].parts[-1].pieces.append(piece)
    if not sections:
        # An article without headings is one lesson.
        only = Section(_unique(title, "", taken), title_of(title), lessons.give(title), 1, list(preface))
        return Structure(title, bool(found), (), (only,))
    return Structure(title, bool(found), tuple(preface), tuple(sections))


def _unique(text: str, section: str, taken: set[str]) -> str:
    chosen = text
    if chosen in taken and section:
        chosen = f"{text} ({section})"
    number = 2
    while chosen in taken:
        chosen, number = f"{text} ({number})", number + 1
    taken.add(chosen)
    return chosen
