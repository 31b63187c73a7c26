"""Compares a new edition of an article with the one that a guide was made from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.diagnostics import Log
from generator.importing.structure import Portion, Structure
from generator.importing.writing import comment, value
from generator.model import Guide
from generator.schema import ListOf, Record, TextValue, WholeNumber

RECORD_FILE = "import.yml"
_RECORD = Record(
    {
        "article": TextValue("article.txt"),
        "headings": ListOf(
            Record(
                {
                    "heading": TextValue("Follow Up"),
                    "level": WholeNumber(0, 2),
                    "page": TextValue("lessons/follow-up"),
                    "text": TextValue("1f0c..."),
                }
            ),
            at_least=0,
        ),
    }
)
_NO_TITLE = "(no title)"
_ALIKE = 0.6
"""How alike two headings must be to be taken for one that was reworded (difflib's ratio)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading of an edition: its level, the page made from it, and the fingerprint of the text under it."""

    heading: str
    level: int
    page: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new edition changed, by heading; `renamed` and `changed` and `moved` hold the old mark and the new one."""

    added: tuple[Mark, ...]
    removed: tuple[Mark, ...]
    renamed: tuple[tuple[Mark, Mark], ...]
    changed: tuple[tuple[Mark, Mark], ...]
    moved: tuple[tuple[Mark, Mark], ...]

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.renamed, self.changed, self.moved))


def marks_of(structure: Structure) -> tuple[Mark, ...]:
    """Return the marks of an edition, in its order; the text before the first section has the title's."""
    marks = [
        Mark(structure.title if structure.titled else _NO_TITLE, 0, "guide.yml", _fingerprint(structure.preface), 1)
    ]
    for section in structure.sections:
        page = f"lessons/{section.id}"
        marks.append(_mark(section, 1, page))
        marks += [_mark(part, 2, f"{page}#{part.id}") for part in section.parts]
    return tuple(marks)


def _mark(portion: Portion, level: int, page: str) -> Mark:
    return Mark(portion.heading, level, page, _fingerprint(portion.pieces), portion.line)


def _fingerprint(pieces: Sequence[object]) -> str:
    """Return what stays the same while only spaces, capitals and the form of quotation marks change."""
    texts = (str(getattr(piece, "text", "")) for piece in pieces)
    words = re.findall(r"\w+|[?!]", "\n".join(texts).casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def record_text(article: str, marks: Sequence[Mark]) -> str:
    """Return import.yml: what the guide was made from."""
    lines = [
        comment("What `coaching-guide import` made this guide from. It compares new editions with it; do not edit."),
        f"article: {value(article)}",
        "headings:" if marks else "headings: []",
    ]
    for mark in marks:
        lines.append(f"  - heading: {value(mark.heading)}")
        lines += [f"    level: {mark.level}", f"    page: {value(mark.page)}", f"    text: {value(mark.text)}"]
    return "\n".join(lines) + "\n"


def read_record(path: str, text: str, log: Log) -> tuple[Mark, ...] | None:
    """Read import.yml; None when it cannot be read in full."""
    values = _RECORD.read_file(path, text, log)
    if values.doubts:
        return None
    return tuple(
        Mark(entry.text("heading"), entry.number("level"), entry.text("page"), entry.text("text"))
        for entry in values.entries("headings")
    )


def compare(old: Sequence[Mark], new: Sequence[Mark]) -> Comparison:
    """Compare two editions: by heading, then by the text under it, then by how alike the headings are."""
    by_heading = {mark.heading: mark for mark in new}
    pairs = [(mark, by_heading[mark.heading]) for mark in old if mark.heading in by_heading]
    # The title is one heading, however it reads.
    if old and new and old[0].level == new[0].level == 0 and old[0].heading != new[0].heading:
        pairs.append((old[0], new[0]))
    matched_old = {a.heading for a, _ in pairs}
    matched_new = {b.heading for _, b in pairs}
    removed = [mark for mark in old if mark.heading not in matched_old]
    added = [mark for mark in new if mark.heading not in matched_new]
    reworded = [*_pairs(removed, added, _same_text), *_pairs(removed, added, _alike)]
    if old and new and old[0].level == 0 and old[0].heading != new[0].heading:
        reworded.insert(0, (old[0], new[0]))
    every = [*pairs, *reworded]
    changed = {(a, b): None for a, b in every if a.text != b.text}
    moved = [(a, b) for a, b in every if a.level != b.level or _section(a.page) != _section_of(b, a, every)]
    order = {mark.heading: number for number, mark in enumerate(new)}
    by_order = sorted(changed, key=lambda pair: order[pair[1].heading])
    return Comparison(tuple(added), tuple(removed), tuple(reworded), tuple(by_order), tuple(moved))


def _section(page: str) -> str:
    return page.partition("#")[0]


def _section_of(new: Mark, old: Mark, pairs: Sequence[tuple[Mark, Mark]]) -> str:
    """Return the old page of the section that a heading of the new edition stands in."""
    if new.level < 2:
        return _section(old.page)
    page = _section(new.page)
    return next((_section(a.page) for a, b in pairs if b.level == 1 and b.page == page), page)


def _pairs(removed: list[Mark], added: list[Mark], same: Callable[[Mark, Mark], bool]) -> Iterator[tuple[Mark, Mark]]:
    """Take out of both lists what belongs together."""
    for old in [*removed]:
        new = next((mark for mark in added if mark.level == old.level and same(old, mark)), None)
        if new is not None:
            removed.remove(old)
            added.remove(new)
            yield old, new


def _same_text(old: Mark, new: Mark) -> bool:
    return old.text == new.text and old.text != _fingerprint(())


def _alike(old: Mark, new: Mark) -> bool:
    return SequenceMatcher(None, old.heading.casefold(), new.heading.casefold()).ratio() >= _ALIKE


def report_lines(comparison: Comparison, guide: Guide | None, unit: str) -> list[str]:
    """Return what changed, one line a heading, and the lessons to revisit.

    Args:
        comparison: what changed.
        guide: the guide as its author has it now, which may cover a heading elsewhere by now.
        unit: what places of the article count.
    """
    pages = {
        str(heading): f"lessons/{lesson.id}" + (f"#{part}" if part != "opening" else "")
        for lesson in (guide.lessons if guide else ())
        for heading, part in lesson.covers.items()
    }

    def page(mark: Mark) -> str:
        address = pages.get(mark.heading, mark.page)
        name, hash, anchor = address.partition("#")
        return f"content/{name if name.endswith('.yml') else f'{name}.md'}{hash}{anchor}"

    lines = [f"added    {unit} {mark.line}: {mark.heading}" for mark in comparison.added]
    lines += [f"removed  {mark.heading} ({page(mark)})" for mark in comparison.removed]
    lines += [f"renamed  {old.heading} -> {new.heading} ({page(old)})" for old, new in comparison.renamed]
    lines += [f"changed  {unit} {new.line}: {new.heading} ({page(old)})" for old, new in comparison.changed]
    lines += [f"moved    {unit} {new.line}: {new.heading} ({page(old)})" for old, new in comparison.moved]
    touched = [*comparison.removed, *(old for pairs in _touched(comparison) for old, _ in pairs)]
    revisit = sorted({page(mark).partition("#")[0] for mark in touched})
    if revisit:
        lines += ["", "to revisit:", *(f"  {name}" for name in revisit)]
    if comparison.added or comparison.removed or comparison.renamed:
        lines += ["", "content/outline.yml lists the headings of the old edition; bring it up to date by hand"]
    return lines


def _touched(comparison: Comparison) -> tuple[tuple[tuple[Mark, Mark], ...], ...]:
    return comparison.renamed, comparison.changed, comparison.moved
