"""What becomes of each page on its way through MkDocs, and what is noted of it for the next build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape
from mkdocs.structure.pages import Page

from generator.converted import frame_of_page, search_of
from generator.generate import Written
from generator.mkdocs_pages import GuidePage
from generator.rebuild.record import PageRecord, Slots
from generator.rebuild.splice import slots_of
from generator.render.blocks import anchors, elements, lift, put_back
from generator.render.search_index import search_entries, without_search_marks

_HTML_LANGUAGE = re.compile(r'(<html lang=)"[^"]*"')


@dataclass(slots=True)
class PageNotes:
    """The pages of one build.

    `written` are the guide's by their file; `language` is its language; `lifts` whether no Markdown extension looks
    into HTML blocks; `indexes` whether search entries are made here; `kept` whether the next build is to know of all
    this; `alone` whether nobody but this generator and Material has a hand in the pages. `records` is what is noted.
    """

    written: Mapping[str, Written]
    language: str
    lifts: bool
    indexes: bool
    kept: bool
    alone: bool
    records: dict[str, PageRecord] = field(default_factory=dict)
    # By page that MkDocs converts its skeleton and its blocks.
    _lifted: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    # What the search plugin is not to see of the page that it is at.
    _hidden: tuple[Any, str] = None, ""

    def markdown_of(self, page: Page) -> str | None:
        """Return what MkDocs is to convert: of the guide's pages all but their HTML blocks, None for any other."""
        written = self.written.get(page.file.src_uri)
        if written is None:
            return None
        page.meta = {**written.meta}
        if isinstance(page, GuidePage):
            return page.converted.skeleton
        lifted = self._lifted[page.file.src_uri] = lift(written.body) if self.lifts else (written.body, [])
        return lifted[0]

    def content_of(self, page: Page, html: str) -> str | None:
        """Return a converted page with its HTML blocks in their places again, None for one that is not the guide's."""
        uri = page.file.src_uri
        written = self.written.get(uri)
        if written is None:
            return None
        converted = page.converted if isinstance(page, GuidePage) else None
        if converted is not None and html == converted.html:
            content, inside, frame = converted.content, converted.anchors, converted.frame
        else:
            skeleton, blocks = self._lifted.get(uri) or lift(written.body)
            content, inside = put_back(html, blocks), anchors(blocks)
            frame = frame_of_page(written.meta, skeleton, inside, elements(blocks)) if self.kept else ""
        self.records[uri] = PageRecord(page.file.dest_uri, html, None, None, frame=frame)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | inside
        return content

    def hide_from_search(self, page: Page) -> None:
        """Make the search entries of a page, and tell the search plugin that there are none to be made."""
        if not self.indexes:
            return
        noted = self.records.setdefault(page.file.src_uri, PageRecord(page.file.dest_uri, "", None, None))
        noted.search = search_of(page.url, page.title or "", page.meta)
        converted = page.converted if isinstance(page, GuidePage) else None
        if converted is not None and (page.content, noted.search) == (converted.content, converted.search):
            noted.entries = converted.entries
        elif noted.search is not None:
            noted.entries = search_entries(page.content or "", *noted.search)
        self._hidden = page.meta.get("search"), page.content or ""
        page.meta["search"] = {"exclude": True}
        if self.alone:
            # It would look for what it takes away of these, in ten times as long as it takes here.
            page.content = ""

    def show_again(self, page: Page) -> None:
        """Put back what was hidden from the search plugin."""
        if not self.indexes:
            return
        page.meta["search"], content = self._hidden
        if page.meta["search"] is None:
            del page.meta["search"]
        if self.alone:
            page.content = without_search_marks(content)

    def finish(self, page: Page, output: str) -> tuple[str, Slots]:
        """Return a page as it is written, and where in it stands what is its alone.

        The guide's own language is named where Material knows only the one it is a variant of, or none of them.
        """
        output = _HTML_LANGUAGE.sub(lambda match: f'{match[1]}"{escape(self.language)}"', output, count=1)
        written = self.written.get(page.file.src_uri)
        if not self.kept or written is None:
            return output, (None, None)
        return output, slots_of(written, output, page.content or "")

    def note_slots(self, page: Page, slots: Slots) -> None:
        """Take note of where in a page stands what is its alone."""
        if page.file.src_uri in self.records:
            noted = self.records[page.file.src_uri]
            noted.content, noted.data = slots
