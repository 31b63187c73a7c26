"""Files in the content folder that the guide does not read: which of them MkDocs may copy to the site."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.diagnostics import Log, Place

_COPIED = frozenset(
    {
        *("avif", "gif", "ico", "jpeg", "jpg", "png", "webp"),
        *("aac", "flac", "m4a", "mp3", "ogg", "opus", "wav", "mp4", "webm", "vtt"),
        *("csv", "docx", "epub", "ics", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"),
        *("otf", "ttf", "woff", "woff2"),
    }
)
"""Endings of files in which a browser looks for no script when it opens them from the site."""
_COPIED_NAMES = frozenset({"CNAME"})
"""Files without an ending that hosts ask for: GitHub Pages reads the site's name from CNAME."""
NO_PAGE = "this page is not part of the guide; pages stand in 'lessons', 'checklists' and 'messages'"
_SPECIAL = "this is no ordinary file; put the file itself here, or remove it"
_NOWHERE = "this is a link that leads nowhere; put the file itself here"
_OUTSIDE = "this is a link to a place outside the content folder; put what it leads to here"
_FOLDER_LINK = "this is a link to a folder; put the folder itself here"


def is_copied(path: str) -> bool:
    """Tell whether a file of the content folder that is no content may stand on the site as it is.

    Content can come from anyone. A page, a script, a style, a drawing that holds scripts would run on the site with
    all that its readers keep there; such files of the site's owner stand in templates/theme/.

    Args:
        path: relative to the content folder.
    """
    name = path.rpartition("/")[2]
    return name in _COPIED_NAMES or ("." in name[1:] and name.rpartition(".")[2].lower() in _COPIED)


def check_extra(base: Path, relative: str, place_of: Callable[[str], Place], log: Log, *, said: bool = False) -> None:
    """Note what is wrong with a file or folder that the guide does not read, and with all that stands in it.

    MkDocs copies such files, and follows every link as it looks for them.

    Args:
        base: the content folder, with no link in its own path.
        relative: the file or folder, relative to it.
        place_of: gives the place in the content of a relative path.
        log: takes a link out of the folder, a file that no one can read, a file that is left out.
        said: whether the author knows already that nothing of it is published; then only what stops a build is noted.
    """
    for path in _with_all_in_it(base / relative):
        name = path.relative_to(base).as_posix()
        # No hidden file is published, and some of editors are links to nowhere. A folder is looked into all the same.
        passed_over = path.name.startswith(".") or path.name.endswith("~")
        place = place_of(name)
        if path.is_symlink():
            if path.is_dir():
                inside = path.resolve().is_relative_to(base)
                log.error(place, "not-a-folder" if inside else "outside", _FOLDER_LINK if inside else _OUTSIDE)
            elif not passed_over and not path.exists():
                log.error(place, "not-a-file", _NOWHERE)
            elif not passed_over and not path.resolve().is_relative_to(base):
                log.error(place, "outside", _OUTSIDE)
        elif not path.is_dir() and not passed_over:
            if not stat.S_ISREG(path.lstat().st_mode):
                log.error(place, "not-a-file", _SPECIAL)
            elif said or is_copied(name):
                continue
            elif name.endswith(".md"):
                log.warning(place, "unknown-file", NO_PAGE)
            else:
                message = (
                    "this file is left out of the site: what could run in a reader's browser is not copied from here; "
                    "if it is your own, put it into 'templates/theme'"
                )
                log.warning(place, "not-copied", message)


def _with_all_in_it(path: Path) -> Iterator[Path]:
    yield path
    if path.is_dir() and not path.is_symlink():
        for folder, inside, files in os.walk(path):
            yield from (Path(folder, name) for name in sorted([*inside, *files]))
