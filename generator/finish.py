"""The last step of every build: what is made of the whole site, once all its pages are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

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
from generator.render.search_index import asks_once

CHANGED = (SEARCH_INDEX, PAGE_SCRIPT, WORKER)
"""The files that this step changes, and that it must find as they were to be done again."""


def finish_site(site: Path, entries: Sequence[Any] | None, offline: bool | None) -> None:
    """Write the search index, then ready the site for no network.

    Args:
        site: the folder with everything else in it; files are written anew, never into.
        entries: the entries of the search index; None keeps Material's own, the asks in each page's first one alone.
        offline: whether readers' devices keep the site; None leaves that out.
    """
    if (site / SEARCH_INDEX).exists():
        index = (site / SEARCH_INDEX).read_text(encoding="utf-8")
        if entries is None:
            index = asks_once(index)
        else:
            index = json.dumps({**json.loads(index), "docs": entries}, separators=(",", ":"))
        put(site / SEARCH_INDEX, index.encode())
        put(site / SEARCH_SCRIPT, search_script(index).encode())
    if offline is None or not (site / WORKER).exists():
        return
    if offline:
        for path, content in offline_files(_files_of(site)).items():
            put(site / path, content)
    else:
        put(site / WORKER, retired_worker((site / WORKER).read_bytes()))


def put(path: Path, content: bytes) -> None:
    """Write a file anew: one that is linked to the last site keeps its content there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _files_of(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        if path.is_file() and path != site / MANIFEST:
            yield path.relative_to(site).as_posix(), path.read_bytes()
