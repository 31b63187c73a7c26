"""What a build notes of itself, so that the next one can tell what is still right."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from generator.finish import Finishing

Slot = tuple[int, int]
"""Where a part of a page begins and ends in its file, in characters."""


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
    `files` the hashes of generated files, `site` size and time of every file that was published.
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


def load_record(path: Path) -> Record | None:
    """Return a record, None when there is none or it is not whole."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head != sha256(body).hexdigest().encode():
            return None
        values = json.loads(body)
        pages = {uri: PageRecord(**page) for uri, page in values.pop("pages").items()}
        finishing = Finishing(**values.pop("finishing"))
        record = Record(**values, finishing=finishing, pages=pages)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    record.site = {name: (size, time) for name, (size, time) in record.site.items()}
    # A project may come from anyone, and so may its cache.
    inside = all(map(_is_inside, (*record.site, *record.files, *(page.path for page in record.pages.values()))))
    return record if inside else None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def save_record(path: Path, record: Record) -> None:
    """Write a record aside, then put it in its place; a cache that cannot be written to is no reason to fail."""
    body = json.dumps(asdict(record), separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as aside:
            aside.write(sha256(body).hexdigest().encode() + b"\n" + body)
        Path(aside.name).replace(path)
    except OSError:
        return


def state_of_site(site: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change (nanoseconds) of every file of a site.

    Raises:
        OSError: a file cannot be looked at, or is no ordinary one, which no build makes.
    """
    state = {}
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise OSError(f"{path}: no ordinary file")
            state[path.relative_to(site).as_posix()] = (found.st_size, found.st_mtime_ns)
    return state
