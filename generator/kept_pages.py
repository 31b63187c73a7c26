"""The pages of a guide as the last build read them, for those whose files are the same.

To look a page up takes a seventh of the time that it takes to read and prove it. Kept is what the files say,
as JSON and nothing that could run: a project may come from anyone, and so may what is kept in it.

A page is written in two halves. Its outline is all that can show on other pages: titles, ids, what its front matter
says. The rest is its body, which is read when somebody asks for it (`body.py`), and where everything stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from generator.channels import Channel
from generator.check_links import Mentions, mentions_of
from generator.diagnostics import Log
from generator.memo import KeptPage
from generator.model import Checklist, Lesson, Message
from generator.page_values import Rest, read_value, write_value
from generator.parse import GUIDE_FILE, WORDS_FILE, PageFile, Source
from generator.second_process import Second

OUTLINE = "outline"
"""The name of everything in a guide but the bodies of its pages, among the inputs of what is made of it."""


class KeptPages:
    """What is known of pages before they are read."""

    def __init__(self, last: Mapping[str, KeptPage] | None = None, ways: str = "", *, share: bool = False) -> None:
        """Take what the last build kept.

        Args:
            last: its pages by file.
            ways: what they were read with, see `ways`.
            share: whether a second process reads pages, too, where none is known. That is of use to whoever keeps them;
                in the first the bodies of these pages have yet to be read.
        """
        self._share = share
        self._last = last or {}
        self._last_ways = ways
        self._source = Source("", {})
        self._channels: Mapping[str, Channel] = {}
        self._digests: dict[str, str] = {}
        # By file the page with its kind and what is kept of it.
        self._pages: dict[str, tuple[Any, Any, KeptPage | None]] = {}
        self._doubtful: set[str] = set()
        self.mentions: dict[str, Mentions] = {}

    @property
    def ways(self) -> str:
        """The hash of what a page is read with besides its own text: the fields, channels and words of the guide."""
        return _digest(self._source.root + "".join(self._digests.get(file, "-") for file in (GUIDE_FILE, WORDS_FILE)))

    def read_all(
        self, source: Source, channels: Iterable[Channel], files: Sequence[PageFile], log: Log
    ) -> list[Lesson | Checklist | Message]:
        """Return all pages, those read anew that have changed or that there was something to say of.

        Args:
            source: the content files.
            channels: those that a message of the guide may be written for.
            files: the files that hold pages.
            log: takes what is wrong with them.
        """
        self._source = source
        self._channels = {channel.id: channel for channel in channels}
        self._digests = {file: _digest(text) for file, text in source.files.items()}
        if self.ways != self._last_ways:
            self._last = {}
        share = self._share and not self._last
        second = Second(len(files) if share else 0, lambda number: self._read_for_the_first(files[number]))
        found = (self._read(one, second.result(number), log) for number, one in enumerate(files))
        return [page for page in found if page is not None]

    def _read_for_the_first(self, one: PageFile) -> KeptPage | None:
        """Return a page as it is kept, None where there is something to say of it."""
        page = self._read(one, None, Log())
        if page is None or one.file in self._doubtful:
            return None
        kept = self._written(one.kind, page, one.file)
        # As from a file: some of the words in it know their place, and are no plain text.
        return replace(kept, page=json.loads(_json(kept.page)), rest=json.loads(_json(kept.rest)))

    def _read(self, one: PageFile, kept: KeptPage | None, log: Log) -> Lesson | Checklist | Message | None:
        kept = kept or self._last.get(one.file)
        if kept is not None and kept.digest == self._digests[one.file]:
            looked_up = self._look_up(one, kept)
            if looked_up is not None:
                return looked_up
        own = Log()
        page = one.read(own)
        log.add(own)
        if page is not None:
            self._pages[one.file] = one.kind, page, None
            self.mentions[one.file] = mentions_of(page, self._source.files[one.file])
            if own.noted:
                self._doubtful.add(one.file)
        return page

    def _look_up(self, one: PageFile, kept: KeptPage) -> Lesson | Checklist | Message | None:
        text = self._source.files[one.file]
        try:
            rest = Rest(kept.rest, self._source.place(one.file).path, text, self._channels)
            page = read_value(one.kind, kept.page, rest)
            mentions: Mentions = read_value(Mentions, rest.next(list), rest)
        except (ValueError, TypeError, LookupError):
            return None
        if page.id != one.id:
            return None
        self.mentions[one.file] = mentions
        self._pages[one.file] = one.kind, page, kept
        return page

    def is_known(self, file: str) -> bool:
        """Whether a page was looked up."""
        return self._pages[file][2] is not None

    @cached_property
    def _kept(self) -> dict[str, KeptPage]:
        # Not before somebody asks: `check` has no use for it.
        return {file: kept or self._written(kind, page, file) for file, (kind, page, kept) in self._pages.items()}

    def _written(self, kind: Any, page: Any, file: str) -> KeptPage:
        rest, of_mentions = Rest(), Rest()
        outline = write_value(kind, page, rest)
        mentions = write_value(Mentions, self.mentions[file], of_mentions)
        values = [*rest.values, mentions, *of_mentions.values]
        return KeptPage(self._digests[file], _digest(_json(outline)), outline, values)

    @property
    def pages(self) -> dict[str, KeptPage]:
        """What the next build may look up."""
        return {file: kept for file, kept in self._kept.items() if file not in self._doubtful}

    def inputs(self) -> dict[str, str]:
        """Return a hash of all that can be read of the guide: of each body by its file, of all else as its outline."""
        outline = {**self._digests, **{file: kept.outline for file, kept in self._kept.items()}}
        bodies = {self._source.place(file).path: self._digests[file] for file in self._kept}
        return {**bodies, OUTLINE: _digest(_json(sorted(outline.items())))}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
