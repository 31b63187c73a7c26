"""Puts a finished folder in the place of another, so that at no moment there is neither the old one nor the new one.

What is built lies in a workshop beside the target: `.site-XXXXXXXX/`, with the new folder inside and a lock that its
process holds. A workshop whose lock is free was left behind by a build that was killed; the next one clears it away.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from generator.folders import names_below

try:
    import fcntl
except ImportError:  # Windows: one build at a time is the author's care there, and leftovers stay
    fcntl = None  # type: ignore[assignment]

MANIFEST = ".made-by-coaching-guide"
"""Lists, in the target, the files that a build made there: what else lies there belongs to somebody else."""

_LOCK = "lock"
_NEW = "new"
_KEPT = (".gitignore",)
"""Files at the top of the target that stay there through every build."""

_AT_CWD = -100
_LINUX_EXCHANGE = 2
_MAC_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2) on Linux and RENAME_SWAP of renamex_np(2) on macOS."""


class ForeignFilesError(Exception):
    """The target holds files that no build made."""

    def __init__(self, target: Path, files: list[str]) -> None:
        super().__init__(f"{target}: {', '.join(files)}")
        self.target = target
        self.files = files


class Workshop:
    """A folder beside the target in which a new one is made; only its own process clears it away."""

    def __init__(self, target: Path) -> None:
        """Make the workshop and take its lock.

        Args:
            target: the folder to be replaced; it need not exist.
        """
        self.target = target
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _clear_leftovers(target)
            self._folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
            self.lock = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            _take(self.lock)
        self.new = self._folder / _NEW
        self.new.mkdir(0o755)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _clear(self._folder)
        os.close(self.lock)

    def publish(self, replace_foreign: bool = False) -> None:
        """Put the new folder in the target's place, in one step.

        Args:
            replace_foreign: whether files that no build made may go.

        Raises:
            ForeignFilesError: the target holds such files, and they may not go.
            OSError: the file system refuses; the target is as it was.
        """
        made = sorted(names_below(self.new))
        (self.new / MANIFEST).write_text("".join(f"{name}\n" for name in made), encoding="utf-8")
        # One build at a time looks at the target and replaces it.
        with _locked(self.target):
            if not replace_foreign:
                foreign = foreign_files(self.target)
                if foreign:
                    raise ForeignFilesError(self.target, foreign)
            for name in _KEPT:
                # A link would put what it leads to on the site.
                if (self.target / name).is_file() and not (self.target / name).is_symlink():
                    shutil.copyfile(self.target / name, self.new / name)
            if self.target.exists():
                _exchange(self.new, self.target)
            else:
                self.new.rename(self.target)


def foreign_files(target: Path) -> list[str]:
    """Return the files in a folder that no build made, sorted; a folder that is not there has none."""
    if not target.is_dir():
        return [target.name] if target.exists() else []
    manifest = target / MANIFEST
    made = set(manifest.read_text(encoding="utf-8").splitlines()) if manifest.is_file() else set()
    made |= {MANIFEST, *_KEPT}
    return sorted({*names_below(target)} - made)


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keep other builds from looking at the target and at the workshops beside it."""
    if fcntl is None:
        yield
        return
    # The parent folder itself is locked: no file has to be made, and none is left behind.
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Take the lock of a workshop; False when a process holds it."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear_leftovers(target: Path) -> None:
    for folder in target.parent.glob(f".{target.name}-*"):
        if folder.is_symlink():
            continue  # no build makes one: what it leads to is not ours to clear away
        try:
            handle = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            # Somebody else's folder of a like name, unless it is empty: then a build was killed as it began or ended.
            with contextlib.suppress(OSError):
                folder.rmdir()
            continue
        try:
            if _take(handle):
                _put_back(folder, target)
                _clear(folder)
        finally:
            os.close(handle)


def _clear(folder: Path) -> None:
    """Remove a workshop, its lock last: a removal that is killed can be gone on with."""
    for entry in folder.iterdir():
        if entry.name != _LOCK:
            shutil.rmtree(entry, ignore_errors=True)
    with contextlib.suppress(OSError):
        (folder / _LOCK).unlink()
        folder.rmdir()


def _put_back(folder: Path, target: Path) -> None:
    """Bring the last good folder back that `_exchange_in_steps` had moved away when it was killed."""
    old = folder / "old"
    if old.is_dir() and not target.exists():
        old.rename(target)


def _exchange(new: Path, target: Path) -> None:
    swap = _exchange_call()
    # Not every file system can; then it is done in two steps.
    if swap is None or not swap(new, target):
        _exchange_in_steps(new, target)


def _exchange_call() -> Callable[[Path, Path], bool] | None:
    """Return the system's call that exchanges two folders in one step, None where there is none."""
    if sys.platform not in {"linux", "darwin"}:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        return lambda one, other: (
            not libc.renameat2(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _LINUX_EXCHANGE)
        )
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return lambda one, other: not libc.renamex_np(os.fsencode(one), os.fsencode(other), _MAC_EXCHANGE)
    return None


def _exchange_in_steps(new: Path, target: Path) -> None:
    """Exchange two folders where the file system cannot do it at once; killed in between, the next build mends it."""
    old = new.parent / "old"
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
