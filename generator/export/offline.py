"""The site without a network: what the service worker keeps, and the names by which it knows an edition."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from generator.export.headers import HOSTS_FILE, NGINX_FILE
from generator.site_files import integrity
from generator.words import Words, english

WORKER = "service-worker.js"
PAGE_SCRIPT = "assets/guide.js"
MANIFEST = "edition.json"
SEARCH_INDEX = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"

# What is fetched with the first visit: what pages are made of, and calendar files, which weigh next to nothing. Paper
# and data for other programs are larger than all pages together and seldom wanted without a network; they are kept
# once they have been opened.
_PARTS = frozenset(
    "avif css gif html ico ics jpeg jpg js otf png svg ttf webp woff woff2".split()  # noqa: SIM905 - a list of words
)
_NEVER = frozenset({"gz", "map"})
_EDITION = re.compile(rb'const EDITION ?= ?"[^"]*";')
_LUNR = "assets/javascripts/lunr/"


def search_script(index: str) -> str:
    """Return the search index as a script: what Material reads where a page may not fetch, in a folder on disk."""
    return f"var __index = {index}"


def offline_files(
    site: Iterable[tuple[str, int, str]], read: Callable[[str], bytes], words: Words | None = None
) -> dict[str, bytes]:
    """Return the files that make a built site work without a network; they take the place of the theme's.

    The manifest holds the hash of every file, and the service worker the hash of the manifest: one changed byte
    anywhere is another edition, and no browser takes a file of another edition for one of this.

    Args:
        site: path, size in bytes and hash of every file of the finished site.
        read: returns what stands in a file.
        words: those of the guide's language; English when not given.
    """
    files: dict[str, str] = {}
    downloads: dict[str, str] = {}
    own: dict[str, bytes] = {}
    size = paper = 0
    languages = {"en"}
    lunr: list[tuple[str, int, str]] = []
    for path, length, hash in site:
        if path in (WORKER, PAGE_SCRIPT):
            own[path] = read(path)
        elif path in (MANIFEST, SEARCH_SCRIPT, HOSTS_FILE, NGINX_FILE) or _hidden(path):
            continue
        elif path.startswith(_LUNR):
            lunr.append((path, length, hash))
        elif _is_part(path):
            files[_address(path)] = hash
            size += length
        else:
            downloads[_address(path)] = hash
            paper += length
        if path == SEARCH_INDEX:
            languages = set(json.loads(read(path))["config"]["lang"])
    if WORKER not in own:
        return {}
    for path, length, hash in lunr:
        if _speaks(path, languages):
            files[path] = hash
            size += length
    made: dict[str, bytes] = {}
    if PAGE_SCRIPT in own:
        made[PAGE_SCRIPT] = _stamped(own[PAGE_SCRIPT], {"COPY_SIZE": ("0", str(size)), "PAPER_SIZE": ("0", str(paper))})
        files[PAGE_SCRIPT] = integrity(made[PAGE_SCRIPT])
    manifest = {"files": dict(sorted(files.items())), "downloads": dict(sorted(downloads.items()))}
    made[MANIFEST] = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()
    made[WORKER] = _stamped(
        own[WORKER],
        {
            "EDITION": ('""', f'"{integrity(made[MANIFEST])}"'),
            "NOT_KEPT": ('""', json.dumps((words or english())("missing.not_kept"), ensure_ascii=False)),
        },
    )
    return made


def retired_worker(worker: bytes) -> bytes:
    """Return a service worker that removes itself and what it kept: for a site that is no longer kept offline."""
    return _EDITION.sub(b'const EDITION="off";', worker, count=1)


def _address(path: str) -> str:
    """Return the path under which a file is asked for: hosts send readers of index.html on to its folder."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def _hidden(path: str) -> bool:
    return path.rpartition(".")[2] in _NEVER or any(part.startswith(".") for part in path.split("/"))


def _is_part(path: str) -> bool:
    # Instant navigation knows the pages of a site by its sitemap.
    return path in (SEARCH_INDEX, "sitemap.xml") or path.rpartition(".")[2].lower() in _PARTS


def _speaks(path: str, languages: set[str]) -> bool:
    """Whether the search loads this word list of Material's for one of the languages; English is built in."""
    others = languages - {"en"}
    name = path.removeprefix(_LUNR)
    wanted = {f"min/lunr.{language}.min.js" for language in others}
    if others or len(languages) > 1:
        wanted |= {"min/lunr.stemmer.support.min.js"}
    if len(languages) > 1:
        wanted |= {"min/lunr.multi.min.js"}
    if "ja" in others:
        wanted |= {"tinyseg.js"}
    if others & {"hi", "th"}:
        wanted |= {"wordcut.js"}
    return name in wanted


def _stamped(code: bytes, values: dict[str, tuple[str, str]]) -> bytes:
    text = code.decode()
    for name, (empty, full) in values.items():
        # As it stands in the theme, or as the build has made it smaller.
        if found := re.search(rf"\bconst {name} ?= ?{empty};", text):
            text = f"{text[: found.start()]}const {name}={full};{text[found.end() :]}"
    return text.encode()
