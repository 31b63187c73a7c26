"""The last step of every build: what is made of the whole site, once all its pages are there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.export.headers import HOSTS_FILE, NGINX_FILE, header_files, inline_scripts
from generator.export.offline import (
    MANIFEST,
    PAGE_SCRIPT,
    SEARCH_INDEX,
    SEARCH_SCRIPT,
    WORKER,
    offline_files,
    retired_worker,
    search_script,
)
from generator.names import MANUAL
from generator.render.search_index import asks_once
from generator.words import Words

_CHANGED = (SEARCH_INDEX, PAGE_SCRIPT, WORKER, HOSTS_FILE, NGINX_FILE)
"""The files that this step changes, or makes only where there are none: it must find them as they were to be done
again."""


@dataclass(frozen=True, slots=True)
class Finishing:
    """What the last step is told.

    `offline` is whether readers' devices keep the site, None to leave that as it is; `manual` whether the site has the
    authors' manual, which they do not keep; `scripts` the pattern of the inline scripts that may run, None for a site
    without headers, which is a preview.
    """

    offline: bool | None
    manual: bool
    scripts: str | None


def unfinished(site: Path) -> dict[str, str]:
    """Return the files that the last step changes, as they are before it; bytes that are no UTF-8 as surrogates."""
    return {
        name: (site / name).read_bytes().decode(errors="surrogateescape")
        for name in _CHANGED
        if (site / name).is_file()
    }


def set_back(site: Path, files: dict[str, str]) -> None:
    """Put a site in the state it was in before its last step.

    Args:
        site: the folder.
        files: what `unfinished` returned then.
    """
    for name in _CHANGED:
        if name in files:
            put(site / name, files[name].encode(errors="surrogateescape"))
        else:
            (site / name).unlink(missing_ok=True)


def finish_site(site: Path, entries: Sequence[Any] | None, how: Finishing, words: Words) -> list[str]:
    """Write the search index and the headers for hosts, then ready the site for no network.

    Args:
        site: the folder with everything else in it; files are written anew, never into.
        entries: the entries of the search index; None keeps Material's own, the asks in each page's first one alone.
        how: what else to do.
        words: the words of the guide's language.

    Returns:
        The pages that hold a script which may not run, once for each.
    """
    if (site / SEARCH_INDEX).exists():
        index = (site / SEARCH_INDEX).read_text(encoding="utf-8")
        if entries is None:
            index = asks_once(index)
        else:
            index = json.dumps({**json.loads(index), "docs": entries}, separators=(",", ":"))
        put(site / SEARCH_INDEX, index.encode())
        put(site / SEARCH_SCRIPT, search_script(index).encode())
    # Before the worker, which is to know the site as it is served.
    strange = _write_headers(site, re.compile(how.scripts)) if how.scripts is not None else []
    if how.offline is None or not (site / WORKER).exists():
        return strange
    if how.offline:
        for path, content in offline_files(_for_readers(site, manual=how.manual), words).items():
            put(site / path, content)
    else:
        put(site / WORKER, retired_worker((site / WORKER).read_bytes()))
    return strange


def _write_headers(site: Path, own: re.Pattern[str]) -> list[str]:
    """Write the headers for hosts; return the pages with a script that `own` does not match."""
    allowed: dict[str, bool] = {}
    strange = []
    for path in sorted(site.rglob("*.html")):
        for code in inline_scripts(path.read_text(encoding="utf-8")):
            if code not in allowed:
                allowed[code] = own.fullmatch(code) is not None
            if not allowed[code]:
                strange.append(path.relative_to(site).as_posix())
    for name, text in header_files(code for code, runs in allowed.items() if runs).items():
        # What the author put there is the author's.
        if not (site / name).exists():
            put(site / name, text.encode())
    return strange


def put(path: Path, content: bytes) -> None:
    """Write a file anew: one that is linked to the last site keeps its content there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _for_readers(site: Path, *, manual: bool) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of a site, without the manual where it has one."""
    for path in sorted(site.rglob("*")):
        uri = path.relative_to(site).as_posix()
        if path.is_file() and uri != MANIFEST and not (manual and uri.startswith(MANUAL)):
            yield uri, path.read_bytes()
