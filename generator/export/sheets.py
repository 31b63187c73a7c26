"""Paper made at build time: sheets of the checklists, cards of the messages, and the whole guide as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Log, Place, counted
from generator.export.cards import cards_data
from generator.export.paper import about, checklist_data, links_to
from generator.export.typeset import PAPERS, Job, Typesetter, describe_missing
from generator.export.workbook import workbook_data
from generator.model import Guide

_PAPER_NAMES = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file to be made; `too_long` has {lines} and {paper} and says what is wrong where it does not fit its pages."""

    job: Job
    paper: str
    place: Place
    code: str = ""
    too_long: str = ""


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
    short = [*_sheets(guide, site_url), *_cards(guide, site_url)]
    whole = [*_workbooks(guide, site_url)] if workbook else []
    # One after the other, and not beside the short ones: see `typeset_all`.
    all_made = [
        *typesetter.typeset_all([paper.job for paper in short]),
        *(typesetter.typeset(paper.job) for paper in whole),
    ]
    files: dict[str, bytes] = {}
    for paper, made in zip([*short, *whole], all_made, strict=True):
        files[paper.job.name] = made.pdf
        lines = int(made.facts.get("overflow", 0))
        if lines and paper.code:
            found = paper.too_long.format(lines=counted(lines, "line"), paper=_PAPER_NAMES[paper.paper])
            log.warning(paper.place, paper.code, found)
        if made.missing:
            log.warning(paper.place, "unprintable-character", describe_missing(made.missing))
    return files


def _sheets(guide: Guide, site_url: str) -> Iterator[_Paper]:
    for checklist in guide.checklists:
        data = {"guide": about(guide), "checklist": checklist_data(guide, checklist, site_url, links_to(()))}
        for paper, size in PAPERS.items():
            yield _Paper(
                Job(f"checklists/{checklist.id}/{checklist.id}-{paper}.pdf", "sheet.typ", _sized(data, size)),
                paper,
                checklist.place,
                "sheet-overflow",
                "the sheet is {lines} too long for one page of {paper}, even without the whys; "
                "shorten items, or make two checklists of it",
            )


def _cards(guide: Guide, site_url: str) -> Iterator[_Paper]:
    for lesson in guide.lessons:
        if not guide.messages_of(lesson.id):
            continue
        data = cards_data(guide, lesson, site_url)
        for paper, size in PAPERS.items():
            yield _Paper(
                Job(f"lessons/{lesson.id}/{lesson.id}-messages-{paper}.pdf", "cards.typ", _sized(data, size)),
                paper,
                lesson.place,
                "cards-overflow",
                "the cards of the lesson's messages are {lines} too long for two pages of {paper}, "
                "even with only the first text of each; shorten these texts, or give a message to another lesson",
            )


def _workbooks(guide: Guide, site_url: str) -> Iterator[_Paper]:
    data = workbook_data(guide, site_url)
    for paper, size in PAPERS.items():
        job = Job(f"workbook-{paper}.pdf", "workbook.typ", _sized(data, size))
        yield _Paper(job, paper, guide.settings.place)


def _sized(data: dict[str, Any], size: str) -> dict[str, Any]:
    return {**data, "paper": size}
