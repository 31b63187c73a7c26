"""Reads a project's content files from disk."""

from __future__ import annotations

import os
import re
from pathlib import Path

from generator.diagnostics import Log, Place
from generator.parse import DATA_FILES, Source

FOLDERS = ("lessons", "checklists", "messages")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LARGEST = 1_000_000
"""Bytes in one content file; a lesson of the standard has about 8,000."""


def read_source(content: Path, log: Log, root: str | None = None) -> Source:
    """Read the content files of a project.

    Args:
        content: the content folder.
        log: takes what is wrong with a file as a file: no text, wrong encoding, a folder in its place.
        root: what diagnostics print for the folder; its name when not given.

    Returns:
        The text of every file that can be read.
    """
    root = root or content.name
    files: dict[str, str] = {}
    if not content.is_dir():
        log.error(Place(root), "missing-file", "there is no content folder here; call this in the folder of a guide")
        return Source(root, files)
    base = content.resolve()
    for relative in _candidates(content, root, log):
        place = Place(f"{root}/{relative}")
        path = content / relative
        if not path.resolve().is_relative_to(base):
            log.error(
                place, "outside", "this is a link to a place outside the content folder; put the file itself here"
            )
        elif path.is_dir():
            log.error(place, "not-a-file", "this is a folder; expected a file")
        elif not path.is_file():
            log.error(place, "not-a-file", "this is no ordinary file")
        else:
            text = _read_text(path, place, log)
            if text is not None:
                files[relative] = text
    return Source(root, files)


def _candidates(content: Path, root: str, log: Log) -> list[str]:
    names = [name for name in DATA_FILES if os.path.lexists(content / name)]
    for folder in FOLDERS:
        if not (content / folder).is_dir():
            if os.path.lexists(content / folder):
                log.error(Place(f"{root}/{folder}"), "not-a-folder", f"this is a file; expected a folder of {folder}")
            continue
        for name in sorted(path.name for path in (content / folder).iterdir()):
            if name.startswith(".") or name.endswith("~"):
                continue
            if name.endswith(".md"):
                names.append(f"{folder}/{name}")
            else:
                log.warning(
                    Place(f"{root}/{folder}/{name}"),
                    "unknown-file",
                    f"this is not read: {folder} are files that end in '.md', in this folder itself",
                )
    return names


def _read_text(path: Path, place: Place, log: Log) -> str | None:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            log.error(place, "too-large", f"the file has {size:,} bytes; at most {LARGEST:,}")
            return None
        data = path.read_bytes()
    except OSError as error:
        log.error(place, "unreadable", f"the file cannot be read: {error.strerror}")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        log.error(place, "wrong-encoding", "the file is UTF-16; save it as UTF-8")
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        log.warning(place, "byte-order-mark", "the file begins with a byte-order mark; save it as UTF-8 without one")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        log.error(
            Place(place.path, line, column),
            "wrong-encoding",
            f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        log.error(place, "empty-file", "the file is empty; write it or remove it")
        return None
    return _without_controls(text, place, log)


def _without_controls(text: str, place: Place, log: Log) -> str | None:
    match = _CONTROL.search(text)
    if match is None:
        return text
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    log.error(
        Place(place.path, line, column),
        "control-character",
        f"the invisible character U+{ord(match[0]):04X} stands here; remove it",
    )
    return None
