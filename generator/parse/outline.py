"""Reads outline.yml: the headings of the source article."""

from __future__ import annotations

from generator.diagnostics import Log, Place
from generator.model import Heading
from generator.schema import ListOf, Record, TextValue
from generator.yaml_nodes import read_yaml

_SECTION = Record(
    {"heading": TextValue("Building Connections"), "parts": ListOf(TextValue("Follow Up"))},
    optional=frozenset({"parts"}),
)
OUTLINE = Record({"article": TextValue("The title of the article"), "headings": ListOf(_SECTION)})


def read_outline(path: str, text: str, log: Log) -> tuple[Heading, ...]:
    """Read outline.yml; the headings that are right, in the order of the article."""
    node = read_yaml(text, Place(path), log)
    values = OUTLINE.read(node, "outline.yml", log) if node is not None else None
    headings: list[Heading] = []
    for section in values.get("headings", ()) if values else ():
        if "heading" in section:
            headings.append(Heading(section["heading"], 1))
        headings.extend(Heading(part, 2) for part in section.get("parts", ()))
    seen: dict[str, int] = {}
    for heading in headings:
        if heading.text in seen:
            log.error(
                heading.text.place,
                "duplicate-heading",
                f"the heading '{heading.text}' stands on line {seen[heading.text]} already; tell the two apart",
            )
        seen.setdefault(heading.text, heading.text.place.line)
    return tuple(headings)
