"""A page's Markdown as HTML, with all that a build wants to know of it; made where the page is written.

So two processes share that work, too. What MkDocs' settings or another plugin change later is noticed by whoever uses
it: `skeleton` and `search` say what it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.render.blocks import anchors, elements, lift, put_back
from generator.render.headings import Heading, convert
from generator.render.search_index import search_entries

STRUCTURED_DATA = "structured_data"
Search = tuple[str, str, list[str] | None, float | None]
"""What the search entries of a page are made with besides its own part: address, title, asks, boost."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A page that holds nothing to convert but headings and HTML blocks.

    `skeleton` is its Markdown with marks in the place of its blocks, `html` the same as HTML, `headings` those in it;
    `content` is the HTML with the blocks, `anchors` are the ids in these. `frame` is the hash of what can show on other
    pages. `entries` are its search entries, made with `search`; None when it is not to be found.
    """

    skeleton: str
    html: str
    headings: list[Heading]
    content: str
    anchors: set[str]
    frame: str
    search: Search | None
    entries: list[Any]


def convert_page(meta: Mapping[str, Any], body: str, url: str) -> Converted | None:
    """Convert a page, where that takes no Markdown converter; None where it does.

    Args:
        meta: its front matter.
        body: its Markdown.
        url: its address from the root of the site, "" for the home page.
    """
    skeleton, blocks = lift(body)
    converted = convert(skeleton)
    if converted is None:
        return None
    html, headings = converted
    content = put_back(html, blocks)
    search = search_of(url, "", meta)
    entries = search_entries(content, *search) if search is not None else []
    inside = anchors(blocks)
    frame = frame_of_page(meta, skeleton, inside, elements(blocks))
    return Converted(skeleton, html, headings, content, inside, frame, search, entries)


def frame_of_page(meta: Mapping[str, Any], skeleton: str, anchors: set[str], elements: set[str]) -> str:
    """Return a hash of what can show of a page on another one, see `rebuild.splice.frame_of`.

    Args:
        meta: its front matter.
        skeleton: its Markdown with marks in the place of its HTML blocks.
        anchors: the ids in these.
        elements: the custom elements in these.
    """
    shown = {key: value for key, value in meta.items() if key != STRUCTURED_DATA}
    text = json.dumps([shown, skeleton, sorted(anchors), sorted(elements)], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def search_of(url: str, title: str, meta: Mapping[str, Any]) -> Search | None:
    """Return what the search entries of a page are made with, None when it is not to be found."""
    search = meta.get("search") or {}
    if search.get("exclude"):
        return None
    tags = meta.get("tags")
    asks = [str(tag) for tag in tags if tag and isinstance(tag, str | int | float)] if isinstance(tags, list) else None
    return url, str(meta.get("title", title)), asks, search.get("boost")
