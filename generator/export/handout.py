"""The built site as one archive to hand out: unpacked, it reads from the file system, with JavaScript on or off."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from html import escape, unescape
from urllib.parse import unquote

from generator.export.archive import zip_archive
from generator.export.offline import MANIFEST, WORKER, retired_worker

_INDEX = "index.html"
_LINK = re.compile(r'(<a\b[^<>]*?\shref=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)(")')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?", re.IGNORECASE)
# Only for hosts: headers, the page for lost visitors, and the edition of the offline copy, whose hashes fit it no more.
_FOR_HOSTS = frozenset({"404.html", "_headers", "headers.nginx.conf", MANIFEST})
_PACKED = frozenset({"epub", "gz", "pdf", "png", "zip"})


def handout(site: Mapping[str, bytes], folder: str) -> bytes:
    """Return a site as a zip archive, the same bytes for the same site.

    A link to a folder leads to its index.html: without a host, and without a script to lead it, nothing else would.

    Args:
        site: path and content of every file of the built site.
        folder: the name of the folder that the archive unpacks to.
    """
    files = {}
    for path in sorted(site):
        if path in _FOR_HOSTS or path.endswith(".gz") or any(part.startswith(".") for part in path.split("/")):
            continue
        content = site[path]
        if path.endswith(".html"):
            content = with_whole_links(content.decode(), path, site.keys()).encode()
        elif path == WORKER:
            # Served from a host after all, it must not keep what it does not know.
            content = retired_worker(content)
        files[f"{folder}/{path}"] = content
    return zip_archive(files, frozenset(path for path in files if path.rpartition(".")[2] in _PACKED))


def with_whole_links(html: str, path: str, files: Collection[str]) -> str:
    """Return a page whose links to folders of the site lead to the index.html in them.

    Args:
        html: the page.
        path: where it stands in the site.
        files: the paths of all files of the site.
    """

    def whole(match: re.Match[str]) -> str:
        return match[1] + escape(_whole(unescape(match[2]), path, files)) + match[3]

    return _REFRESH.sub(whole, _LINK.sub(whole, html))


def _whole(link: str, path: str, files: Collection[str]) -> str:
    if not link or _ELSEWHERE.match(link):
        return link
    end = next((number for number, sign in enumerate(link) if sign in "?#"), len(link))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link[:end])))
    index = _INDEX if target == "." else f"{target}/{_INDEX}"
    return f"{link[:end].rstrip('/')}/{_INDEX}{link[end:]}" if index in files else link
