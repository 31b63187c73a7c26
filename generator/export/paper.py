"""What every paper shares: addresses, QR codes, links that hold on paper, and a checklist as data for the templates."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import segno

from generator.export.prose_tree import Cite, Node, Resolve, blocks, inlines
from generator.export.typeset import Later
from generator.links import External, page_url, split_target
from generator.model import Checklist, Guide

Links = Callable[[str], Resolve]
"""Gives, for a content file such as "lessons/x.md", how its links are resolved."""


def paper_words(guide: Guide) -> dict[str, Any]:
    """Return the words that the templates of paper print, by name."""
    return guide.words.section("paper")


def about(guide: Guide) -> dict[str, Any]:
    """Return what the foot of every paper says about the guide."""
    settings = guide.settings
    parts = settings.language.split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    return {
        "title": settings.title,
        "language": guide.words.base,
        "region": region,
        "direction": guide.words.direction,
        "edition": settings.edition,
    }


def address(site_url: str, uri: str) -> dict[str, Any]:
    """Return the address of a page: in full, as it is printed, and as a QR code.

    Args:
        site_url: the site's address with a slash at its end, "" when it is not known.
        uri: the page, such as "checklists/x.md".
    """
    if not site_url:
        return {"url": "", "short": "", "qr": ""}
    url = site_url + page_url(uri)
    short = url.removeprefix("https://").removeprefix("http://")
    return {"url": url, "short": short.removesuffix("/"), "qr": Later(url, qr_svg, _maker())}


@cache
def _maker() -> str:
    """Return what changes when QR codes may be drawn otherwise: the version of segno, and this file."""
    return f"segno {segno.__version__} {sha256(Path(__file__).read_bytes()).hexdigest()}"


@cache
def qr_svg(url: str) -> str:
    """Return the QR code of an address as SVG, without a quiet zone: the template leaves white around it."""
    picture = io.BytesIO()
    code = segno.make(url, micro=False, error="m")
    code.save(picture, kind="svg", xmldecl=False, border=0, omitsize=True, svgclass=None, lineclass=None)
    return picture.getvalue().decode()


def links_to(places: Collection[str]) -> Links:
    """Return how links are resolved in a paper that holds some places of the guide.

    Args:
        places: the places in the paper, such as "lessons/x" and "lessons/x#part"; a link to anything else of the
            guide is printed as its words.
    """

    def links(here: str) -> Resolve:
        def resolve(target: str) -> Node:
            split = split_target(target, here)
            if isinstance(split, External):
                return {"href": split.address} if split.safe else {}
            file, anchor = split
            page = file.removesuffix(".md")
            return next(({"to": place} for place in (f"{page}#{anchor}", page) if place in places), {})

        return resolve

    return links


def no_citation(_: str) -> Node:
    """Return nothing for a citation: a sheet has no list of studies."""
    return {"words": "", "to": ""}


def checklist_data(
    guide: Guide, checklist: Checklist, site_url: str, links: Links, cite: Cite = no_citation
) -> dict[str, Any]:
    """Return a checklist as the template `checklist.typ` lays it out."""
    uri = f"checklists/{checklist.id}.md"
    resolve = links(uri)
    situation = next((s.title for s in guide.settings.situations if s.id == checklist.situation), "")
    return {
        "id": f"checklists/{checklist.id}",
        "title": checklist.title,
        "when": checklist.when,
        "minutes": checklist.minutes,
        "time": guide.words.duration(checklist.minutes),
        "situation": situation,
        "intro": blocks(checklist.intro, resolve, cite),
        "groups": [
            {
                "title": group.title,
                "items": [
                    {"text": inlines(item.text, resolve, cite), "why": inlines(item.why, resolve, cite)}
                    for item in group.items
                ],
            }
            for group in checklist.groups
        ],
        "address": address(site_url, uri),
    }
