"""Paper made at build time: a sheet for every checklist, and the whole guide as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Log, Place, counted
from generator.export.paper import about, checklist_data, links_to
from generator.export.typeset import PAPERS, Typeset, Typesetter, describe_missing
from generator.export.workbook import workbook_data
from generator.model import Checklist, Guide

_PAPER_NAMES = {"a4": "A4", "letter": "Letter"}


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
        log: takes a warning for a checklist that does not fit its page, and for characters that no font has.

    Raises:
        TypesetError: a template is missing or broken.
    """
    typesetter = Typesetter(templates, cache)
    files: dict[str, bytes] = {}
    shared = about(guide)
    for checklist in guide.checklists:
        sheet = checklist_data(guide, checklist, site_url, links_to(()))
        for paper, size in PAPERS.items():
            uri = f"checklists/{checklist.id}/{checklist.id}-{paper}.pdf"
            made = typesetter.typeset(uri, "sheet.typ", {"guide": shared, "paper": size, "checklist": sheet})
            files[uri] = made.pdf
            _note_overflow(checklist, paper, made, log)
            _note_missing(checklist.place, made, log)
    if not workbook:
        return files
    whole = workbook_data(guide, site_url)
    for paper, size in PAPERS.items():
        made = typesetter.typeset(f"workbook-{paper}.pdf", "workbook.typ", {**whole, "paper": size})
        files[f"workbook-{paper}.pdf"] = made.pdf
        _note_missing(guide.settings.place, made, log)
    return files


def _note_overflow(checklist: Checklist, paper: str, made: Typeset, log: Log) -> None:
    lines = int(made.facts.get("overflow", 0))
    if lines:
        log.warning(
            checklist.place,
            "sheet-overflow",
            f"the sheet is {counted(lines, 'line')} too long for one page of {_PAPER_NAMES[paper]}, "
            "even without the whys; shorten items, or make two checklists of it",
        )


def _note_missing(place: Place, made: Typeset, log: Log) -> None:
    if made.missing:
        log.warning(place, "unprintable-character", describe_missing(made.missing))
