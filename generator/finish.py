"""The last step of every build: what is made of the whole site, once all its pages are there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.export.headers import HOSTS_FILE, NGINX_FILE, header_files
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
from generator.site_files import Look, SiteFiles, put
from generator.words import Words

_CHANGED = (SEARCH_INDEX, PAGE_SCRIPT, WORKER, HOSTS_FILE, NGINX_FILE)
"""The files that this step changes, or makes only where there are none: it must find them as they were to be done
again."""


_WRITTEN = (*_CHANGED, SEARCH_SCRIPT, MANIFEST)
"""The files that this step writes; what the last build knew of them is not to be relied on."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What the last step found: the pages that hold a script which may not run, and what is known of each file."""

    strange: list[str]
    looks: dict[str, Look]


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


def finish_site(
    site: Path,
    entries: Sequence[Any] | None,
    how: Finishing,
    words: Words,
    known: Mapping[str, Look] | None = None,
) -> Finished:
    """Write the search index and the headers for hosts, then ready the site for no network.

    Args:
        site: the folder with everything else in it; files are written anew, never into.
        entries: the entries of the search index; None keeps Material's own, the asks in each page's first one alone.
        how: what else to do.
        words: the words of the guide's language.
        known: what the last build found of files that are the same in this one.

    Returns:
        The pages that hold a script which may not run, and what was found of each file.
    """
    files = SiteFiles(site, {name: look for name, look in (known or {}).items() if name not in _WRITTEN})
    if SEARCH_INDEX in files.names:
        index = files.read(SEARCH_INDEX).decode()
        if entries is None:
            index = asks_once(index)
        else:
            index = json.dumps({**json.loads(index), "docs": entries}, separators=(",", ":"))
        files.put(SEARCH_INDEX, index.encode())
        files.put(SEARCH_SCRIPT, search_script(index).encode())
    if how.scripts is not None or how.offline:
        # All at once, which two processes share.
        files.look_at(name for name in files.names if name not in _WRITTEN)
    # Before the worker, which is to know the site as it is served.
    strange = _write_headers(files, re.compile(how.scripts)) if how.scripts is not None else []
    if how.offline and WORKER in files.names:
        for path, content in offline_files(_for_readers(files, manual=how.manual), files.read, words).items():
            files.put(path, content)
    elif how.offline is False and WORKER in files.names:
        files.put(WORKER, retired_worker(files.read(WORKER)))
    return Finished(strange, files.looks)


def _write_headers(files: SiteFiles, own: re.Pattern[str]) -> list[str]:
    """Write the headers for hosts; return the pages with a script that `own` does not match."""
    pages = [name for name in files.names if name.endswith(".html")]
    found = {script for name in pages for script in files.look(name).scripts}
    # Of the others the last build said that they may run.
    barred = {script for script, code in files.scripts.items() if own.fullmatch(code) is None}
    for name, text in header_files(found - barred).items():
        # What the author put there is the author's.
        if name not in files.names:
            files.put(name, text.encode())
    return [name for name in pages if not barred.isdisjoint(files.look(name).scripts)]


def _for_readers(files: SiteFiles, *, manual: bool) -> Iterator[tuple[str, int, str]]:
    """Yield path, size and hash of every file of a site, without the manual where it has one."""
    for name in files.names:
        if name != MANIFEST and not (manual and name.startswith(MANUAL)):
            look = files.look(name)
            yield name, look.bytes, look.integrity
