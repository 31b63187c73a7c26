"""What an article is made of, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "quote", "code"]


class ImportFault(Exception):  # noqa: N818  # an author's mistake, not one of this program
    """The article cannot be imported; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an entry of a list, a quotation or code.

    `line` counts from 1: lines of the file, paragraphs in Word. `level` is the level of a heading as the file marks it
    (0 for the title), or how deep an entry of a list lies (from 1). `strong` tells that all of it is bold.
    """

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read.

    `marked` tells whether the file marks its headings; if not, `lines` are what they are inferred from. `unit` is what
    `Block.line` counts. `notes` say what was assumed or passed over.
    """

    name: str
    blocks: tuple[Block, ...]
    marked: bool
    unit: Literal["line", "paragraph"] = "line"
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
