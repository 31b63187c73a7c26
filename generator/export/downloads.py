"""What readers can take with them: a list of the files that were made, each with its format, its size and its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import overload

from generator.body import note
from generator.model import Guide
from generator.words import Words, english

DATA = "guide.json"
_PAPERS = {"a4": "A4", "letter": "Letter"}
_FORMATS = {
    "pdf": "PDF",
    "epub": "EPUB",
    "ics": "ICS",
    "csv": "CSV",
    "json": "JSON",
    "zip": "ZIP",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away.

    `uri` is its address relative to the site's root; `kind` what it is ("sheet", "cards", "reminder", "workbook",
    "book", "expander", "data", or "other"); `label` says it on its own page ("One sheet, A4"), `title` anywhere;
    `bytes` is its size; `facts` are format and size, as a link says them ("PDF, 48 kB"); `page` is the page it belongs
    to, as "lessons/x", "" for the guide as a whole; `paper` the size of its paper ("A4"), "" when it has none.
    """

    uri: str
    kind: str
    format: str
    label: str
    title: str
    bytes: int
    facts: str
    page: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its name, its address, in which `{id}` and `{paper}` stand for what differs, its key."""

    name: str
    address: str
    key: str

    def match(self, uri: str) -> re.Match[str] | None:
        return _pattern(self.address).fullmatch(uri)


@cache
def _pattern(address: str) -> re.Pattern[str]:
    pattern = re.escape(address).replace(r"\{id\}", "(?P<id>[^/]+)", 1).replace(r"\{id\}", "(?P=id)")
    return re.compile(pattern.replace(r"\{paper\}", f"(?P<paper>{'|'.join(_PAPERS)})"))


_KINDS = (
    _Kind("workbook", "workbook-{paper}.pdf", "workbook"),
    _Kind("book", "{id}.epub", "book"),
    _Kind("sheet", "checklists/{id}/{id}-{paper}.pdf", "sheet"),
    _Kind("cards", "lessons/{id}/{id}-messages-{paper}.pdf", "cards"),
    _Kind("reminder", "messages/{id}/{id}.ics", "reminder"),
    _Kind("reminder", "checklists/{id}/{id}.ics", "reminder"),
    _Kind("expander", "expanders/espanso.zip", "espanso"),
    _Kind("expander", "expanders/textexpander.csv", "textexpander"),
    _Kind("expander", "expanders/messages.csv", "table"),
    _Kind("data", DATA, "data"),
)
"""The kinds in the order in which they are listed."""


class Shelf(Sequence[Download]):
    """The files as pages see them: whatever is read of them is noted (`body.py`)."""

    def __init__(self, downloads: Iterable[Download] = ()) -> None:
        """Take the files in the order in which they are listed."""
        self._all = tuple(downloads)
        # By page once: looked for page by page, the time would grow with the square of the pages.
        self._of_page: dict[str, list[Download]] = {}
        for one in self._all:
            self._of_page.setdefault(one.page, []).append(one)
        self._by_uri = {one.uri: one for one in self._all}

    def inputs(self) -> dict[str, str]:
        """Return a hash of all that can be read here, by the name under which it is noted."""
        by_page = {f"files of {page}": found for page, found in self._of_page.items()}
        by_uri = {f"file {uri}": found for uri, found in self._by_uri.items()}
        read = {"files": self._all, "number of files": len(self._all), "names of files": [*self._by_uri]}
        return {name: sha256(repr(value).encode()).hexdigest() for name, value in {**by_page, **by_uri, **read}.items()}

    def of(self, page: str) -> list[Download]:
        """Return the files that belong to a page ("lessons/x")."""
        found = self._of_page.get(page, [])
        note(f"files of {page}" if found else "names of files")
        return [*found]

    def get(self, uri: str) -> Download | None:
        """Return the file at an address, None when there is none."""
        note(f"file {uri}" if uri in self._by_uri else "names of files")
        return self._by_uri.get(uri)

    def __len__(self) -> int:
        note("number of files")
        return len(self._all)

    def __iter__(self) -> Iterator[Download]:
        note("files")
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> Download: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Download, ...]: ...

    def __getitem__(self, index: int | slice) -> Download | tuple[Download, ...]:
        note("files")
        return self._all[index]


def list_downloads(guide: Guide, files: Mapping[str, bytes], listed: Iterable[Download] = ()) -> tuple[Download, ...]:
    """Return every file that was made as something to take away, by kind, then in the order of the guide.

    A file of a kind that is not known here is listed too, by its name.

    Args:
        guide: the guide they were made of.
        files: the content of each file by its address.
        listed: other files, which are listed already.
    """
    titles = _titles(guide)
    order = {page: number for number, page in enumerate(titles)}
    kinds = [kind.name for kind in _KINDS]
    found = [*listed, *(_download(uri, len(content), titles, guide.words) for uri, content in files.items())]

    def place(one: Download) -> tuple[int, int]:
        return kinds.index(one.kind) if one.kind in kinds else len(kinds), order.get(one.page, -1)

    return tuple(sorted(found, key=place))


def _titles(guide: Guide) -> dict[str, str]:
    return {
        **{f"lessons/{page.id}": page.title for page in guide.lessons},
        **{f"checklists/{page.id}": page.title for page in guide.checklists},
        **{f"messages/{page.id}": page.title for page in guide.messages},
    }


def _download(uri: str, bytes: int, titles: Mapping[str, str], words: Words) -> Download:
    path = PurePosixPath(uri)
    ending = path.suffix.removeprefix(".")
    format = _FORMATS.get(ending, ending.upper() or "file")
    page = str(path.parent) if str(path.parent) in titles else ""
    facts = words("size.facts", format=format, size=human_size(bytes, words))
    for one in _KINDS:
        match = one.match(uri)
        if match:
            paper = _PAPERS.get(match.groupdict().get("paper", ""), "")
            label = words(f"take.{one.key}")
            title = words(f"take.{one.key}_of", title=titles[page]) if page else label
            if paper:
                label, title = (words("take.on_paper", name=name, paper=paper) for name in (label, title))
            return Download(uri, one.name, format, label, title, bytes, facts, page, paper)
    label = path.stem.replace("-", " ").capitalize()
    title = words("take.other_of", title=titles[page], name=path.stem.replace("-", " ")) if page else label
    return Download(uri, "other", format, label, title, bytes, facts, page)


def with_data(downloads: tuple[Download, ...], write: Callable[[tuple[Download, ...]], bytes], words: Words) -> bytes:
    """Return guide.json, which lists itself with its own size.

    Args:
        downloads: the files listed in it besides.
        write: gives the file for a list of downloads.
        words: those of the guide's language.

    Returns:
        The file whose length is the size that stands in it. There always is one: a longer number makes the file longer,
        never shorter.
    """
    size = 0
    while True:
        content = write((*downloads, _download(DATA, size, {}, words)))
        if len(content) == size:
            return content
        size = len(content)


def human_size(bytes: int, words: Words | None = None) -> str:
    """Return a size for people, with a space that does not break: '812 bytes', '48 kB', '1.3 MB' (powers of 1,000).

    Args:
        bytes: the size.
        words: those of the guide's language; English when not given.
    """
    words = words or english()
    if bytes < 1000:
        size = words("size.bytes", n=bytes)
    elif bytes < 999_500:
        size = words("size.kilobytes", n=round(bytes / 1000))
    else:
        size = words("size.megabytes", n=words.decimal(bytes / 1_000_000))
    return size.replace(" ", "\u00a0")
