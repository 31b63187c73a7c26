"""Converts Markdown that holds nothing but headings and marks, which is all that most pages leave to be converted.

Python-Markdown takes two to three thousandths of a second to prepare itself and to read such a page; here it is a few
lines, which are proved against it (`tests/test_headings.py`).
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from generator.render.blocks import MARK
from generator.render.escape import PLAIN

_BETWEEN = re.compile(r"\n\n+")
_HEADING = re.compile(
    rf"(?P<level>#{{1,6}}) (?P<title>{PLAIN}*(?:&#[0-9]+;{PLAIN}*)*)"
    r"(?: \{#(?P<id>[a-z0-9-]+)(?P<excluded> data-search-exclude='true')?\})?"
)


class Heading(NamedTuple):
    """A heading: its level from 1 to 6, its id, its text as HTML."""

    level: int
    id: str
    title: str


def convert(markdown: str) -> tuple[str, list[Heading]] | None:
    """Return Markdown as HTML with its headings, None where it holds something else.

    Args:
        markdown: what `blocks.lift` leaves of a page.
    """
    # Imported late: an edit, which need not wait for it, has nothing to convert.
    from markdown.extensions.toc import slugify, unique  # noqa: PLC0415

    parts = _BETWEEN.split(markdown.strip("\n"))
    found = {part: _HEADING.fullmatch(part) for part in parts if MARK.fullmatch(part) is None}
    if not all(one and one["title"].strip() == one["title"] != "" for one in found.values()):
        return None
    used = {one["id"] for one in found.values() if one and one["id"]}
    html: list[str] = []
    headings: list[Heading] = []
    for part in parts:
        one = found.get(part)
        if one is None:
            html.append(f"{part}\n\n")
            continue
        title = " ".join(one["title"].split())
        id = one["id"] or unique(slugify(unescape(title), "-"), used)
        headings.append(Heading(len(one["level"]), id, title))
        tag = f"h{len(one['level'])}"
        mark = ' data-search-exclude="true"' if one["excluded"] else ""
        html.append(f'<{tag}{mark} id="{id}">{one["title"]}</{tag}>\n')
    return "".join(html).rstrip("\n"), headings
