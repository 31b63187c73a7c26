"""Paper made at build time: sheets of the checklists, cards of the messages, and the whole guide as a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Log, Place, counted
from generator.export.cards import cards_data
from generator.export.paper import about, checklist_data, links_to, paper_words
from generator.export.typeset import PAPERS, Job, Typeset, Typesetter, describe_missing
from generator.export.workbook import workbook_data
from generator.model import Guide

_PAPER_NAMES = {"a4": "A4", "letter": "Letter"}
_SHEET = "sheet.typ"
_CARDS = "cards.typ"


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file to be made: on which paper, and the place of what it is made from."""

    job: Job
    paper: str
    place: Place


def typeset_sheets(
    guide: Guide,
    templates: Path | Sequence[Path],
    site_url: str,
    cache: Path | None,
    log: Log,
    *,
    workbook: bool = True,
) -> dict[str, bytes]:
    """Return the PDF files of a guide by their addresses.

    Args:
        guide: a guide without errors.
        templates: the folder of the Typst templates, or several, each file taken from the first that has it.
        site_url: the site's address with a slash at its end, "" when it is not known.
        cache: where finished files are kept for the next build, None to keep nothing.
        workbook: whether to make the workbook too, which takes seconds where a sheet takes hundredths.
        log: takes a warning for what does not fit its pages, and for characters that no font has.

    Raises:
        TypesetError: a template is missing or broken.
    """
    typesetter = Typesetter(templates, cache)
    files: dict[str, bytes] = {}
    known: set[str] = set()
    short = [*_sheets(guide, site_url), *_cards(guide, site_url)]
    for paper, made in zip(short, typesetter.typeset_all([paper.job for paper in short]), strict=True):
        files[paper.job.name] = made.pdf
        _note(paper, made, log)
        known.update(made.missing)
    # After the short ones and not beside them: see `typeset_all`.
    for paper in _workbooks(guide, site_url) if workbook else ():
        made = typesetter.typeset(paper.job)
        files[paper.job.name] = made.pdf
        _note(paper, made, log, known)
    return files


def _note(paper: _Paper, made: Typeset, log: Log, known: Collection[str] = ()) -> None:
    """Note what is wrong with a paper; the characters in `known` were noted at a better place."""
    lines = counted(int(made.facts.get("overflow", 0)), "line")
    size = _PAPER_NAMES[paper.paper]
    if made.facts.get("overflow") and paper.job.template == _SHEET:
        log.warning(
            paper.place,
            "sheet-overflow",
            f"the sheet is {lines} too long for one page of {size}, even without the whys; "
            "shorten items, or make two checklists of it",
        )
    elif made.facts.get("overflow") and paper.job.template == _CARDS:
        log.warning(
            paper.place,
            "cards-overflow",
            f"the cards of the lesson's messages are {lines} too long for two pages of {size}, "
            "even with only the first text of each; shorten these texts, or give a message to another lesson",
        )
    missing = [character for character in made.missing if character not in known]
    if missing:
        log.warning(paper.place, "unprintable-character", describe_missing(missing))


def _sheets(guide: Guide, site_url: str) -> Iterator[_Paper]:
    words = paper_words(guide)
    for checklist in guide.checklists:
        data = {"guide": about(guide), "checklist": checklist_data(guide, checklist, site_url, links_to(()))}
        yield from _on_both(words, f"checklists/{checklist.id}/{checklist.id}", _SHEET, data, checklist.place)


def _cards(guide: Guide, site_url: str) -> Iterator[_Paper]:
    words = paper_words(guide)
    for lesson in guide.lessons:
        if guide.messages_of(lesson.id):
            data = cards_data(guide, lesson, site_url)
            yield from _on_both(words, f"lessons/{lesson.id}/{lesson.id}-messages", _CARDS, data, lesson.place)


def _workbooks(guide: Guide, site_url: str) -> Iterator[_Paper]:
    data = workbook_data(guide, site_url)
    return _on_both(paper_words(guide), "workbook", "workbook.typ", data, guide.settings.place)


def _on_both(words: dict[str, Any], stem: str, template: str, data: dict[str, Any], place: Place) -> Iterator[_Paper]:
    for paper, size in PAPERS.items():
        yield _Paper(Job(f"{stem}-{paper}.pdf", template, {"words": words, **data, "paper": size}), paper, place)
