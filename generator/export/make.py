"""Makes every file that goes with the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Log
from generator.export.calendar_files import calendar_makers
from generator.export.downloads import DATA, Download, list_downloads, with_data
from generator.export.guide_json import guide_json_writer
from generator.memo import Memo
from generator.model import Guide

_COVER_PIXELS = 254
"""Pixels to the inch: 10 to a millimetre."""


@dataclass(frozen=True, slots=True)
class Made:
    """The files by their addresses, and the list of them that pages and guide.json show."""

    files: dict[str, bytes]
    downloads: tuple[Download, ...]


def make_files(
    guide: Guide,
    *,
    print_templates: Sequence[Path],
    book_templates: Sequence[Path],
    site_url: str,
    cache: Path | None,
    log: Log,
    directory_urls: bool = True,
    workbook: bool = True,
    exports: bool = True,
    memo: Memo | None = None,
) -> Made:
    """Make every file that goes with the pages.

    They are made before the pages, which say how large each of them is.

    Args:
        guide: a guide without errors.
        print_templates: folders of the Typst templates, each file taken from the first that has it.
        book_templates: folders of the templates of the e-book, likewise.
        site_url: the site's address with a slash at its end, "" when it is not known.
        cache: where finished papers are kept for the next build, None to keep nothing.
        log: takes warnings about what does not fit on paper.
        directory_urls: whether a page's address ends in a slash (else in .html).
        workbook: whether to make the workbook too, which takes seconds.
        exports: whether to make paper, the e-book and the files for text expanders at all.
        memo: what the last build made.

    Raises:
        TypesetError: a print template is missing or broken.
        TemplateFault: a template of the book is.
    """
    memo = memo or Memo()
    reminders = memo.keep_all(calendar_makers(guide, site_url, directory_urls))
    files = {uri: text.encode() for uri, text in reminders.items()}
    if exports:
        from generator.export.sheets import typeset_sheets  # noqa: PLC0415

        files |= typeset_sheets(guide, print_templates, site_url, cache, log, workbook=workbook)
        files |= _exports(guide, print_templates, book_templates, site_url, cache)
    listed = list_downloads(guide, files)
    write = guide_json_writer(guide, directory_urls, memo)
    files[DATA] = with_data(listed, lambda downloads: write(downloads).encode(), guide.words)
    return Made(files, list_downloads(guide, {DATA: files[DATA]}, listed))


def _exports(
    guide: Guide, print_templates: Sequence[Path], book_templates: Sequence[Path], site_url: str, cache: Path | None
) -> dict[str, bytes]:
    # Imported where they are used, as the sheets are: a guide without them need not wait a twentieth of a second.
    from generator.export.epub import book_uri, epub_file  # noqa: PLC0415
    from generator.export.espanso import espanso_package  # noqa: PLC0415
    from generator.export.expanders import messages_csv, textexpander_csv  # noqa: PLC0415
    from generator.export.paper import about, paper_words  # noqa: PLC0415
    from generator.export.typeset import Typesetter  # noqa: PLC0415

    cover = {"words": paper_words(guide), "guide": about(guide), "tagline": guide.settings.tagline}
    picture = Typesetter(print_templates, cache).draw("cover.typ", cover, _COVER_PIXELS)
    return {
        book_uri(guide): epub_file(guide, book_templates, site_url, picture),
        "expanders/espanso.zip": espanso_package(guide, site_url),
        "expanders/textexpander.csv": textexpander_csv(guide),
        "expanders/messages.csv": messages_csv(guide),
    }
