"""What a build notes of itself, so that the next one can tell what is still right."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zlib import crc32

from generator.finish import Finishing
from generator.folders import names_below
from generator.memo import KeptPage, Memory
from generator.site_files import Look

if TYPE_CHECKING:
    from generator.build import Checked
    from generator.generate import Generated

Slot = tuple[int, int]
"""Where a part of a page begins and ends in its file, in characters."""
Slots = tuple[Slot | None, Slot | None]
"""Where a page's own part stands, and its structured data; None where that is not plain to see."""


@dataclass(slots=True)
class PageRecord:
    """A finished page.

    `path` is its file in the site, `source` the hash of what it was made from. `frame` is the hash of what can show on
    other pages, too; see `splice.frame_of`. `skeleton` is its own part with marks in the place of its HTML blocks,
    `content` where that part stands in the file, `data` where its structured data stands; None where that is not
    known. `entries` are its search entries, `search` what they are made with besides the page's own part.
    """

    path: str
    skeleton: str
    content: Slot | None
    data: Slot | None
    source: str = ""
    frame: str = ""
    entries: list[Any] = field(default_factory=list)
    search: tuple[str, str, list[str] | None, float | None] | None = None


@dataclass(slots=True)
class Record:
    """A finished build.

    `key` covers all inputs but the content, `content` those; `frame` what the pages have in common. `quiet` is
    whether there was nothing to say. `finishing` is what the last step of the build was
    told, `unfinished` holds files as they were before it,
    `files` the hashes of generated files, `looks` what was found of the finished site's files, `site` size and time of
    every file that was published.
    `kept` are the guide's pages as they were read, `ways` is what with (see `KeptPages`), `memory` what was made of
    them.
    """

    key: str
    content: dict[str, str]
    settings: dict[str, Any]
    finishing: Finishing
    frame: str
    quiet: bool
    pages: dict[str, PageRecord]
    unfinished: dict[str, str]
    files: dict[str, str]
    site: dict[str, tuple[int, int]] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    kept: dict[str, KeptPage] = field(default_factory=dict)
    ways: str = ""
    memory: Memory = field(default_factory=Memory)

    def note_parts(self, checked: Checked, generated: Generated) -> None:
        """Note what the next build may use again of the guide, and of what was made of it."""
        self.kept, self.ways, self.memory = checked.pages.pages, checked.pages.ways, generated.memory


def load_record(path: Path) -> Record | None:
    """Return a record, None when there is none or it is not whole."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head != _checksum(body):
            return None
        values = json.loads(body)
        pages = {uri: PageRecord(**page) for uri, page in values.pop("pages").items()}
        finishing = Finishing(**values.pop("finishing"))
        kept = {file: KeptPage(**page) for file, page in values.pop("kept").items()}
        looks = {name: Look(**look) for name, look in values.pop("looks").items()}
        memory = _memory(**values.pop("memory"))
        record = Record(**values, finishing=finishing, pages=pages, looks=looks, kept=kept, memory=memory)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    record.site = {name: (size, time) for name, (size, time) in record.site.items()}
    # A project may come from anyone, and so may its cache.
    inside = all(map(_is_inside, (*record.site, *record.files, *(page.path for page in record.pages.values()))))
    return record if inside else None


def _memory(inputs: dict[str, str], made: dict[str, Any]) -> Memory:
    for text, read in made.values():
        if not isinstance(text, str) or not all(isinstance(name, str) for name in read):
            raise TypeError("what was made is text, and so are the names of what was read for it")
    return Memory(inputs, made)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def save_record(path: Path, record: Record) -> None:
    """Write a record aside, then put it in its place; a cache that cannot be written to is no reason to fail."""
    # Field by field: `asdict` copies all that they hold, which takes as long as writing it.
    body = json.dumps(record, default=_values, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as aside:
            aside.write(_checksum(body) + b"\n" + body)
        Path(aside.name).replace(path)
    except OSError:
        return


def _checksum(body: bytes) -> bytes:
    # For what a full disk or a killed build leaves; whoever can change the record can change this, too.
    return f"{crc32(body):08x}".encode()


def _values(part: Any) -> dict[str, Any]:
    return {one.name: getattr(part, one.name) for one in fields(part)}


def state_of_site(site: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change (nanoseconds) of every file of a site.

    Raises:
        OSError: a file cannot be looked at, or is no ordinary one, which no build makes.
    """
    state = {}
    for name in names_below(site):
        found = os.lstat(f"{site}{os.sep}{name}")
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{name}: no ordinary file")
        state[name] = (found.st_size, found.st_mtime_ns)
    return state
