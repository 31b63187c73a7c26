"""The guide as an e-book: EPUB 3.3, made of the templates in `templates/book`.

Source of the rules: EPUB 3.3 (W3C Recommendation) and EPUB Accessibility 1.1. The tests have epubcheck, the W3C's own
checker, read every book they make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from generator.edition import edition_date
from generator.export.archive import zip_archive
from generator.export.epub_chapters import chapters_of, contents_of, places_of
from generator.export.workbook import workbook_data
from generator.jinja_templates import environment, render
from generator.links import doi_url
from generator.model import Guide
from generator.names import LANGUAGE

MIMETYPE = "application/epub+zip"
_FOLDER = "EPUB"
_CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = "style.css"
_NO_DATE = "2024-01-01"
"""When a book was changed whose edition is no date."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML 1.0 document cannot hold, not even as references (its production 2)."""
_WEB = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?",
    re.IGNORECASE,
)


def book_uri(guide: Guide) -> str:
    """Return the address of the e-book: its name is what a reader finds among other books on a device."""
    return f"{guide.settings.id}.epub"


def epub_file(guide: Guide, templates: Sequence[Path], site_url: str, cover: bytes) -> bytes:
    """Return the e-book.

    Args:
        guide: a guide without errors.
        templates: where the templates of the book are looked for, first match wins.
        site_url: the site's address with a slash at its end, "" when it is not known.
        cover: the picture on the cover, a PNG.

    Raises:
        TemplateFault: a template is missing or broken.
    """
    return _Book(guide, templates, site_url).file(cover)


class _Book:
    """Writes the files of the book."""

    def __init__(self, guide: Guide, templates: Sequence[Path], site_url: str) -> None:
        self._guide = guide
        self._data = workbook_data(guide, site_url)
        self._chapters = chapters_of(guide, self._data)
        self._places = places_of(guide, self._chapters)
        self._environment = environment(templates, guide.words)
        language = guide.settings.language if LANGUAGE.fullmatch(guide.settings.language) else "und"
        self._environment.globals.update(
            guide=guide,
            settings=guide.settings,
            book=self._data,
            chapters=self._chapters,
            language=language,
            direction=guide.words.direction,
            site_url=_web(site_url),
            href=self._places.get,
            web=_web,
            doi=doi_url,
        )

    def file(self, cover: bytes) -> bytes:
        files: dict[str, bytes] = {
            "mimetype": MIMETYPE.encode(),
            "META-INF/container.xml": _CONTAINER.encode(),
            f"{_FOLDER}/package.opf": self._write("package.opf.j2", self._package()),
            f"{_FOLDER}/{_STYLE}": self._write(f"{_STYLE}.j2", {}),
            f"{_FOLDER}/cover.png": cover,
        }
        contents = contents_of(self._guide, self._chapters)
        for chapter in self._chapters:
            values = {"chapter": chapter, "subject": chapter.subject, "contents": contents}
            files[f"{_FOLDER}/{chapter.file}"] = self._write(chapter.template, values)
        # The mimetype comes first and uncompressed, so that a program knows the file by its first bytes (OCF 4.3).
        return zip_archive(files, stored=frozenset({"mimetype"}))

    def _write(self, template: str, values: dict[str, Any]) -> bytes:
        text = render(self._environment, template, "book", values)
        return _NOT_XML.sub("\ufffd", text).encode()

    def _package(self) -> dict[str, Any]:
        settings = self._guide.settings
        modified = edition_date(settings.edition)
        return {
            # From the guide's id alone: a new edition is the same book, changed.
            "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, f'coaching-guide:{settings.id}')}",
            "modified": f"{modified or _NO_DATE}T00:00:00Z",
            "style": _STYLE,
        }


def _web(address: str) -> str:
    """Return an address that an e-book may link to, "" for any other: http and https, with nothing to be guessed."""
    return address if _WEB.fullmatch(address) else ""
