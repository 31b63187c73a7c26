"""Makes the outline of an article whose file does not mark its headings."""

from __future__ import annotations

from generator.importing.blocks import Article, Block
from generator.importing.headings import Candidate, find_candidates
from generator.importing.language import Language
from generator.importing.levels import levels_of
from generator.importing.outline import Entry, Outline, check_count, marked_outline, outlined
from generator.importing.text_units import Unit, units_of

_NEVER = ("code", "quote")


def outline_of(article: Article, language: Language) -> Outline:
    """Return the outline of an article: as its file marks it, or else inferred."""
    if article.marked:
        return marked_outline(article)
    units = units_of(article.lines) if article.lines else _units_of_blocks(article.blocks)
    found = find_candidates(units, language)
    check_count(len(found))
    title, headings, dropped = _title_of(found, units)
    levels = levels_of(headings, units, language) if headings else []
    by_index = {title.index: Entry(title.unit.text, 0, title.unit.line)} if title else {}
    by_index |= {h.index: Entry(h.unit.text, level, h.unit.line) for h, level in zip(headings, levels, strict=True)}
    doubtful = [Entry(c.unit.text, 2, c.unit.line) for c in dropped]
    if article.lines:
        flow: list[Entry | Block] = [
            by_index.get(index) or Block("item" if unit.item else "paragraph", unit.text, unit.line, unit.item)
            for index, unit in enumerate(units)
        ]
    else:
        # One unit for each block but code and quotations, which are never headings.
        numbers = iter(range(len(units)))
        flow = [
            block if block.kind in _NEVER else by_index.get(next(numbers)) or _as_text(block)
            for block in article.blocks
        ]
    return outlined(flow, doubtful)


def _as_text(block: Block) -> Block:
    return Block("paragraph", block.text, block.line) if block.kind == "heading" else block


def _units_of_blocks(blocks: tuple[Block, ...]) -> tuple[Unit, ...]:
    """Return the units of a file that marks paragraphs and no headings; a bold line is a heading by its form."""
    return tuple(
        Unit(block.text, block.line, block.level if block.kind == "item" else 0, 1, 1, strong=block.strong)
        if block.kind != "heading"
        else Unit(block.text, block.line, underline="#" * max(1, block.level))
        for block in blocks
        if block.kind not in _NEVER
    )


def _title_of(
    found: list[Candidate], units: tuple[Unit, ...]
) -> tuple[Candidate | None, list[Candidate], list[Candidate]]:
    """Part the title from the headings, and from lines below it that are a subtitle or a name.

    The first line is the title when it looks like a heading and is not numbered, unless every other heading has the
    same underline.
    """
    if not found or found[0].index != 0 or found[0].form[0] in ("number", "roman", "letter", "word"):
        return None, found, []
    title, rest = found[0], found[1:]
    if title.form[0] == "underline" and sum(c.form == title.form for c in rest) > 0:
        return None, found, []
    dropped: list[Candidate] = []
    # Directly below the title and not followed by text of its own: a subtitle, a version, a name.
    while len(rest) > 1 and rest[0].index == len(dropped) + 1 and rest[0].body == 0 and rest[0].form != rest[1].form:
        dropped.append(rest.pop(0))
    if len(units) < 3:
        return None, found, []
    return title, rest, dropped
