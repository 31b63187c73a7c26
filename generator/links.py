"""Where links of authors lead, and how pages link to each other."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from generator.model import Variant
from generator.names import slug_of

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class External:
    """An address outside the guide; `safe` when a page may link to it."""

    address: str
    safe: bool


def split_target(target: str, here: str) -> External | tuple[str, str]:
    """Tell where a link in a content file leads.

    Args:
        target: the link as written.
        here: the file it stands in, relative to the content folder.

    Returns:
        The external address, or the content file it leads to and the anchor in it.
    """
    if _SCHEME.match(target):
        return External(target, bool(_SAFE.match(target)))
    path, _, anchor = unquote(target).partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here), anchor


def page_url(uri: str, directory_urls: bool = True) -> str:
    """Return the address of a page, relative to the site's root: 'lessons/x.md' becomes 'lessons/x/'."""
    path = uri.removesuffix(".md")
    if posixpath.basename(path) == "index":
        folder = posixpath.dirname(path)
        return (folder + "/" if folder else "") if directory_urls else f"{path}.html"
    return f"{path}/" if directory_urls else f"{path}.html"


def calendar_url(uri: str) -> str:
    """Return the address of the calendar file that belongs to a page: 'messages/x.md' has 'messages/x/x.ics'."""
    path = uri.removesuffix(".md")
    return f"{path}/{path.rpartition('/')[2]}.ics"


def relative_url(target: str, here: str) -> str:
    """Return the link to one address from another, both relative to the site's root; an anchor stays."""
    path, hash, anchor = target.partition("#")
    there, folder = _folders(path), _folders(posixpath.dirname(here))
    # `posixpath.relpath` would ask the system for the working directory, twice for each link.
    same = len(posixpath.commonprefix((there, folder)))
    link = "/".join([*(".." for _ in folder[same:]), *there[same:]]) or "."
    if path.endswith("/") or not path:
        link += "/"
    return link + hash + anchor


def _folders(path: str) -> list[str]:
    return [name for name in posixpath.normpath(path).split("/") if name != "."]


def variant_anchor(variant: Variant) -> str:
    """Return the anchor of a variant: its channel's id, with the tone where there is one.

    A tone in letters that cannot stand in an address is there as a hash, so that two of them never share an anchor.
    """
    tone = slug_of(variant.tone) or hashlib.sha256(variant.tone.encode()).hexdigest()[:6]
    return variant.way.id + (f"-{tone}" if variant.tone else "")


def doi_url(doi: str) -> str:
    """Return the address of a DOI ("" for ""), with what cannot stand in an address encoded."""
    return f"https://doi.org/{quote(doi, safe='/:;().-_')}" if doi else ""
