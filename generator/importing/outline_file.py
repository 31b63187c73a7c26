"""The outline as a text file that an author corrects before anything is made of it."""

from __future__ import annotations

import re

from generator.diagnostics import Log, Place, has_errors, hint, quote
from generator.importing.blocks import Article, Block
from generator.importing.outline import KINDS, Entry, Outline, outlined, shortened

_TEXT = "text"
_LINE = re.compile(r"\s*(\d{1,9})\s+(\S+)(?:\s+(.*?))?\s*\Z")
_EXAMPLE = "12  part  Follow Up"
LARGEST_OUTLINE = 500_000
"""Bytes in an outline file."""


def outline_lines(outline: Outline) -> list[str]:
    """Return the headings as lines, one a heading: where it stands, what it becomes, its words."""
    found = [*((entry, entry.kind) for entry in outline.entries), *((entry, _TEXT) for entry in outline.doubtful)]
    found.sort(key=lambda pair: pair[0].line)
    width = max((len(str(entry.line)) for entry, _ in found), default=1)
    indents = {"title": "", "section": "", "part": "  ", "detail": "    "}
    return [f"{entry.line:>{width}}  {kind:<7}  {indents.get(kind, '')}{entry.text}" for entry, kind in found]


def outline_text(article: Article, outline: Outline) -> str:
    """Return the file for an outline, with what to do with it."""
    head = f"""\
# The outline of {article.name}. Correct it, then call the same command again: it makes the guide from this file.
# Each line has the {article.unit} of the article, what its heading becomes, and its words:
#   title    the title of the guide (0 stands for no {article.unit}: any words will do)
#   section  a lesson
#   part     a part of the lesson above it
#   detail   a heading inside that part
#   text     no heading: it stays in the text
# To make a {article.unit} of the article a heading, add a line for it.

"""
    return head + "".join(f"{line}\n" for line in outline_lines(outline))


def read_outline_file(path: str, text: str, outline: Outline, unit: str, article: str, log: Log) -> Outline:
    """Return the outline that an author has corrected.

    Args:
        path: the file, for diagnostics.
        text: its text.
        outline: the outline as inferred, which holds all of the article.
        unit: what places of the article count: "line" or "paragraph".
        article: its file, for diagnostics.
        log: takes what is wrong; headings that the file does not name are warnings, and become text.
    """
    wanted: list[tuple[Entry | None, str, int, Place]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        place = Place(path, number)
        match = _LINE.match(line)
        if match is None or not match[3]:
            log.error(place, "bad-outline", f"expected {unit}, kind and heading, like: {_EXAMPLE}")
            continue
        kind, words = match[2].lower(), shortened(match[3])
        if kind not in (*KINDS, _TEXT):
            log.error(place, "bad-outline", f"{quote(match[2])} is no kind of heading{hint(kind, (*KINDS, _TEXT))}")
            continue
        entry = None if kind == _TEXT else Entry(words, KINDS.index(kind), int(match[1]))
        wanted.append((entry, words, int(match[1]), place))
    if not has_errors(log.sorted()):
        _check_levels(wanted, log)
    return _applied(wanted, outline, unit, article, log)


def _check_levels(wanted: list[tuple[Entry | None, str, int, Place]], log: Log) -> None:
    above = 0
    titles = 0
    for entry, words, _, place in wanted:
        if entry is None:
            continue
        if entry.level == 0:
            titles += 1
            if titles > 1 or above:
                message = f"{quote(words)} is a second title; the title stands once, above all sections"
                log.error(place, "bad-outline", message)
            continue
        if entry.level > above + 1:
            message = f"{quote(words)} is a {entry.kind} without a {KINDS[entry.level - 1]} above it"
            log.error(place, "bad-outline", message)
        above = entry.level


def _applied(
    wanted: list[tuple[Entry | None, str, int, Place]], outline: Outline, unit: str, article: str, log: Log
) -> Outline:
    flow = list(outline.flow)
    decided: set[int] = set()
    free_title: Entry | None = None
    for entry, words, line, place in wanted:
        if entry is not None and entry.level == 0 and line == 0:
            free_title = entry
            continue
        index = _find(flow, words, line, decided)
        if index is None:
            there = next((piece.text for piece in flow if piece.line == line), None)
            found = f"{unit} {line} reads {quote(there)}" if there else f"nothing begins in {unit} {line}"
            message = f"no {unit} of the article begins with {quote(words)}; {found}"
            log.error(place, "bad-outline", message)
            continue
        piece = flow[index]
        if entry is None:
            flow[index] = piece if isinstance(piece, Block) else Block("paragraph", piece.text, piece.line)
        else:
            rest = piece.text[len(words) :].strip() if not _same(piece.text, words) else ""
            flow[index] = Entry(words, entry.level, piece.line)
            if rest:
                flow.insert(index + 1, Block("paragraph", rest, piece.line))
                decided = {number + 1 if number > index else number for number in decided}
        decided.add(index)
    for index, piece in enumerate(flow):
        if isinstance(piece, Entry) and index not in decided:
            if not has_errors(log.sorted()):
                message = f"{quote(piece.text)} looks like a heading and is not in the outline; it stays in the text"
                log.warning(Place(article, piece.line), "bad-outline", message)
            flow[index] = Block("paragraph", piece.text, piece.line)
    return outlined([free_title, *flow] if free_title else flow)


def _find(flow: list[Entry | Block], words: str, line: int, decided: set[int]) -> int | None:
    """Return the piece that a line of the outline names: in its line, or else the only one with its words."""
    open_ones = [index for index in range(len(flow)) if index not in decided]
    here = [index for index in open_ones if flow[index].line == line]
    for index in (*(i for i in here if _same(flow[i].text, words)), *(i for i in here if _begins(flow[i].text, words))):
        return index
    elsewhere = [index for index in open_ones if _same(flow[index].text, words)]
    return elsewhere[0] if len(elsewhere) == 1 else None


def _same(text: str, words: str) -> bool:
    return shortened(text) == words


def _begins(text: str, words: str) -> bool:
    return " ".join(text.split()).startswith(f"{words} ")
