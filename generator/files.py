"""Reads a project's content files from disk."""

from __future__ import annotations

import re
from pathlib import Path

from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.names import INVISIBLE
from generator.parse import DATA_FILES, FOLDERS, Source

LARGEST = 200_000
"""Bytes in one content file; a lesson of the standard has about 8,000."""
_ENDING = ".md"
_LIKE_DATA = re.compile(r"\.ya?ml\Z", re.IGNORECASE)


def read_source(content: Path, log: Log, root: str | None = None) -> Source:
    """Read the content files of a project.

    Args:
        content: the content folder.
        log: takes what is wrong with a file as a file: no text, wrong encoding, a folder in its place.
        root: what diagnostics print for the folder; its name when not given.

    Returns:
        The text of every file that can be read, and the names of those that cannot.
    """
    root = root or content.name
    files: dict[str, str] = {}
    unread: set[str] = set()
    if not content.is_dir():
        log.error(Place(root), "missing-file", "there is no content folder here; call this in the folder of a guide")
        return Source(root, files)
    base = content.resolve()
    for relative in _candidates(content, root, log):
        text = _read(base, relative, Place(f"{root}/{relative}"), log)
        if text is None:
            unread.add(relative)
        else:
            files[relative] = text
    return Source(root, files, frozenset(unread))


def _candidates(content: Path, root: str, log: Log) -> list[str]:
    names = []
    for name in _names_in(content, root, log):
        place = Place(f"{root}/{name}")
        if name in DATA_FILES:
            names.append(name)
        elif name in FOLDERS:
            if (content / name).is_dir():
                names.extend(_pages_in(content, name, root, log))
            else:
                names.append(name)
        elif (content / name).is_dir():
            # Other folders may hold what MkDocs is to copy; one with nearly the right name is a slip.
            meant = nearest(name, FOLDERS)
            if meant is not None:
                log.warning(place, "unknown-file", f"this folder is not read; did you mean '{meant}'?")
        elif _LIKE_DATA.search(name):
            known = f"{_LIKE_DATA.sub('', name)}.yml"
            near = f"; did you mean '{known}'?" if known in DATA_FILES else hint(name, DATA_FILES)
            log.warning(place, "unknown-file", f"this file is not read{near}")
        elif name.endswith(_ENDING):
            log.warning(
                place,
                "unknown-file",
                "this page is not part of the guide; pages stand in 'lessons', 'checklists' and 'messages'",
            )
    return names


def _pages_in(content: Path, folder: str, root: str, log: Log) -> list[str]:
    names = []
    for name in _names_in(content / folder, f"{root}/{folder}", log):
        if name.endswith(_ENDING):
            names.append(f"{folder}/{name}")
        else:
            kind = "folder" if (content / folder / name).is_dir() else "file"
            message = f"this {kind} is not read; {folder} are files in this folder whose names end in '{_ENDING}'"
            log.warning(Place(f"{root}/{folder}/{name}"), "unknown-file", message)
    return names


def _names_in(folder: Path, shown: str, log: Log) -> list[str]:
    """Return what is in a folder, without hidden files and the copies that editors leave."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        log.error(Place(shown), "unreadable", f"the folder cannot be read: {error.strerror}")
        return []
    right = []
    for name in names:
        if name.startswith(".") or name.endswith("~"):
            continue
        if name.isprintable():
            right.append(name)
        else:
            log.error(Place(shown), "bad-id", f"the name {quote(name)} holds an invisible character; rename the file")
    return right


def _read(base: Path, relative: str, place: Place, log: Log) -> str | None:
    path = base / relative
    try:
        if not path.resolve().is_relative_to(base):
            message = "this is a link to a place outside the content folder; put the file itself here"
            log.error(place, "outside", message)
        elif relative in FOLDERS:
            log.error(place, "not-a-folder", f"this is no folder; expected a folder of {relative}")
        elif path.is_dir():
            log.error(place, "not-a-file", "this is a folder; expected a file")
        elif path.exists() and not path.is_file():
            log.error(place, "not-a-file", "this is no ordinary file; put a text file here")
        elif (size := path.stat().st_size) > LARGEST:
            log.error(place, "too-large", f"the file has {size:,} bytes; at most {LARGEST:,}: split it into several")
        else:
            return _text_of(path.read_bytes(), place, log)
    except (OSError, RuntimeError) as error:
        # A link that leads nowhere or to itself; before Python 3.13 the latter is a RuntimeError.
        if path.is_symlink():
            log.error(place, "not-a-file", "this is a link that leads nowhere; put the file itself here")
        else:
            reason = error.strerror if isinstance(error, OSError) else error
            log.error(place, "unreadable", f"the file cannot be read: {reason}")
    return None


def _text_of(data: bytes, place: Place, log: Log) -> str | None:
    # With its byte-order mark, or without one: then every other byte of plain text is zero.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        log.error(place, "wrong-encoding", "the file is UTF-16; save it as UTF-8")
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        log.warning(place, "byte-order-mark", "the file begins with a byte-order mark; save it as UTF-8 without one")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        before = data[line_start : error.start].decode("utf-8")
        here = Place(place.path, data.count(b"\n", 0, error.start) + 1, len(before) + 1)
        shown = quote(before + data[error.start :].split(b"\n")[0].decode("latin-1"))
        log.error(here, "wrong-encoding", f"the file is not UTF-8 (found here: {shown}); save it as UTF-8")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        log.error(place, "empty-file", "the file is empty; write it or remove it")
        return None
    invisible = INVISIBLE.search(text)
    if invisible is None:
        return text
    line = text.count("\n", 0, invisible.start()) + 1
    column = invisible.start() - text.rfind("\n", 0, invisible.start())
    message = f"the invisible character U+{ord(invisible[0]):04X} stands here; remove it"
    log.error(Place(place.path, line, column), "control-character", message)
    return None
