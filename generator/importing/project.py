"""Writes a drafted project to disk: only new files, only inside its folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.importing.blocks import ImportFault
from generator.parse import FOLDERS, GUIDE_FILE, OUTLINE_FILE

_CONTENT = "content"


def check_target(folder: Path) -> None:
    """Tell whether a project can be written into a folder.

    Raises:
        ImportFault: it is a file, holds a guide of its own, or has a link where a folder belongs.
    """
    if not folder.exists():
        if folder.is_symlink():
            raise ImportFault("this is a link that leads nowhere; name a folder")
        return
    if not folder.is_dir():
        raise ImportFault("this is a file; name a new folder")
    for inside in (_CONTENT, *(f"{_CONTENT}/{name}" for name in FOLDERS)):
        path = folder / inside
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise ImportFault(f"'{inside}' in it is a link or a file; name a new folder")
    pages = [
        path for name in FOLDERS if (folder / _CONTENT / name).is_dir() for path in (folder / _CONTENT / name).iterdir()
    ]
    own = [name for name in (GUIDE_FILE, OUTLINE_FILE) if (folder / _CONTENT / name).exists()]
    if pages or own:
        found = f"{_CONTENT}/{own[0]}" if own else pages[0].relative_to(folder).as_posix()
        raise ImportFault(f"it holds a guide already ({found}), which was not made by import; name a new folder")


def write_project(folder: Path, files: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Write the files of a project.

    A new folder is written aside and then put in its place; into one that is there only what is missing is written.

    Args:
        folder: the project's folder, as `check_target` allows it.
        files: text by path, with slashes, inside the folder.

    Returns:
        The files that were written, and those that were there and were kept.
    """
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for path, text in files.items():
                _write_new(aside / path, text)
            aside.chmod(0o755)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return list(files), []
    written: list[str] = []
    kept: list[str] = []
    for path, text in files.items():
        (written if _write_new(folder / path, text) else kept).append(path)
    return written, kept


def replace_file(path: Path, text: str) -> None:
    """Write a file aside, then put it in its place; a link there is replaced, not followed."""
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; a link in its place is not followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(path, flags, 0o644)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return True
