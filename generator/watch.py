"""Tells when files have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

_SKIPPED = frozenset({"site", "__pycache__", "node_modules", "venv", "env", "dist", "build"})
"""Folders that hold what programs make: nobody edits them, and a build that wrote there would set off the next one."""
_LEAST_WAIT = 0.1
"""Seconds between two looks; a tenth of a second is not felt as a delay."""
_REST = 0.05
"""Seconds in which nothing more may change; who has just saved a file waits for them."""
_SHARE = 20
"""While nothing changes, a look takes at most one part in so many of the time, however many files there are."""

State = Mapping[str, tuple[int, int]]
"""When each file was changed (nanoseconds), and its size."""


def state_of(paths: Iterable[Path]) -> State:
    """Return the state of files, and of all files below folders; hidden ones and copies left by editors are skipped."""
    state: dict[str, tuple[int, int]] = {}
    for path in paths:
        _look(str(path), state)
    return state


def _look(path: str, state: dict[str, tuple[int, int]]) -> None:
    try:
        entries = [*os.scandir(path)]
    except NotADirectoryError:
        _note(path, state)
        return
    except OSError:
        return  # it is not there, or not ours to read: then its coming is the change
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        try:
            folder = entry.is_dir()
            link = entry.is_symlink()
        except OSError:
            continue
        if not folder:
            _note(entry.path, state)
        elif entry.name not in _SKIPPED and not link:
            _look(entry.path, state)


def _note(path: str, state: dict[str, tuple[int, int]]) -> None:
    try:
        found = Path(path).stat()
    except OSError:
        return
    state[path] = (found.st_mtime_ns, found.st_size)


def wait_for_change(paths: Iterable[Path], before: State, sleep: Callable[[float], object] = time.sleep) -> State:
    """Return the new state of files once they differ from `before` and have come to rest.

    It looks again and again instead of asking the system to be told: that works the same on every system, on network
    drives and in containers, where such notices get lost (MkDocs' own preview looks, too, for this reason).

    Args:
        paths: files and folders.
        before: their state that is known.
        sleep: waits for a number of seconds.
    """
    paths = list(paths)
    seen = before
    while True:
        began = time.monotonic()
        now = state_of(paths)
        if now != before and now == seen:
            return now
        seen = now
        sleep(max(_LEAST_WAIT, _SHARE * (time.monotonic() - began)) if now == before else _REST)
