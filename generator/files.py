"""Reads a project's content files from disk."""

from __future__ import annotations

import re
from pathlib import Path

from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.extras import NO_PAGE, check_extra
from generator.names import INVISIBLE
from generator.parse import DATA_FILES, FOLDERS, Source

LARGEST_PAGE = 50_000
"""Bytes in a lesson, a checklist or a message; a lesson of the standard has about 8,000."""
LARGEST_DATA = 200_000
"""Bytes in one of the other files."""
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
    if not content.is_dir():
        log.error(Place(root), "missing-file", "there is no content folder here; call this in the folder of a guide")
        return Source(root, {})
    reader = _Reader(content.resolve(), root, log)
    reader.read_all()
    return Source(root, reader.files, frozenset(reader.unread))


class _Reader:
    """Reads the files of a content folder; a mistake in one keeps none of the others from being read."""

    def __init__(self, base: Path, root: str, log: Log) -> None:
        self.files: dict[str, str] = {}
        self.unread: set[str] = set()
        self._base = base
        self._root = root
        self._log = log

    def read_all(self) -> None:
        names = self._names_in("")
        if names is None:
            self.unread.update((*DATA_FILES, *FOLDERS))
        for name in names or ():
            if name in DATA_FILES:
                self._read(name)
            elif name in FOLDERS:
                self._read_folder(name)
            else:
                self._warn(name)

    def _place(self, relative: str) -> Place:
        return Place(f"{self._root}/{relative}" if relative else self._root)

    def _names_in(self, folder: str) -> list[str] | None:
        """Return what is in a folder, without hidden files and copies left by editors; None when it cannot be read."""
        place = self._place(folder)
        try:
            names = sorted(path.name for path in (self._base / folder).iterdir())
        except OSError as error:
            self._log.error(place, "unreadable", f"the folder cannot be read: {error.strerror}")
            return None
        for name in names:
            if name.startswith(".") or name.endswith("~"):
                self._check_extra(f"{folder}/{name}" if folder else name, said=True)
        names = [name for name in names if not name.startswith(".") and not name.endswith("~")]
        for name in names:
            if not name.isprintable():
                message = f"the name {quote(name)} holds an invisible character; rename the file"
                self._log.error(place, "bad-id", message)
        return [name for name in names if name.isprintable()]

    def _read_folder(self, folder: str) -> None:
        if not (self._base / folder).is_dir():
            message = f"this is no folder; expected a folder of {folder}"
            self._log.error(self._place(folder), "not-a-folder", message)
            self.unread.add(folder)
            return
        if not (self._base / folder).resolve().is_relative_to(self._base):
            self._check_extra(folder, said=True)
            self.unread.add(folder)
            return
        names = self._names_in(folder)
        if names is None:
            self.unread.add(folder)
        for name in names or ():
            relative = f"{folder}/{name}"
            if name.endswith(_ENDING):
                self._read(relative)
            else:
                kind = "folder" if (self._base / relative).is_dir() else "file"
                message = f"this {kind} is not read; {folder} are files in this folder whose names end in '{_ENDING}'"
                self._log.warning(self._place(relative), "unknown-file", message)
                self._check_extra(relative, said=True)

    def _check_extra(self, relative: str, *, said: bool) -> None:
        check_extra(self._base, relative, self._place, self._log, said=said)

    def _warn(self, name: str) -> None:
        """Warn of what is most likely meant to be content; other files and folders may be for MkDocs to copy."""
        message = ""
        if (self._base / name).is_dir():
            meant = nearest(name, FOLDERS)
            message = f"this folder is not read; did you mean '{meant}'?" if meant else ""
        elif _LIKE_DATA.search(name):
            known = f"{_LIKE_DATA.sub('', name)}.yml"
            near = f"; did you mean '{known}'?" if known in DATA_FILES else hint(name, DATA_FILES)
            message = f"this file is not read{near}"
        elif name.endswith(_ENDING):
            message = NO_PAGE
        if message:
            self._log.warning(self._place(name), "unknown-file", message)
        self._check_extra(name, said=bool(message))

    def _read(self, relative: str) -> None:
        place = self._place(relative)
        largest = LARGEST_DATA if relative in DATA_FILES else LARGEST_PAGE
        data = self._bytes_of(self._base / relative, place, largest)
        text = None if data is None else _text_of(data, place, self._log)
        if text is None:
            self.unread.add(relative)
        else:
            self.files[relative] = text

    def _bytes_of(self, path: Path, place: Place, largest: int) -> bytes | None:
        try:
            # The folder that it lies in was looked at before.
            if path.is_symlink() and not path.resolve().is_relative_to(self._base):
                message = "this is a link to a place outside the content folder; put the file itself here"
                self._log.error(place, "outside", message)
            elif path.is_dir():
                self._log.error(place, "not-a-file", "this is a folder; expected a file")
            elif path.exists() and not path.is_file():
                self._log.error(place, "not-a-file", "this is no ordinary file; put a text file here")
            elif (size := path.stat().st_size) > largest:
                message = f"the file has {size:,} bytes; at most {largest:,}: split it into several"
                self._log.error(place, "too-large", message)
            else:
                return path.read_bytes()
        except (OSError, RuntimeError) as error:
            # A link that leads nowhere or to itself; before Python 3.13 the latter is a RuntimeError.
            if path.is_symlink():
                message = "this is a link that leads nowhere; put the file itself here"
                self._log.error(place, "not-a-file", message)
            else:
                reason = error.strerror if isinstance(error, OSError) else error
                self._log.error(place, "unreadable", f"the file cannot be read: {reason}")
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
