"""Reads outline.yml: the headings of the source article."""

from __future__ import annotations

from generator.diagnostics import Log, quote
from generator.model import Heading
from generator.schema import ListOf, Record, TextValue

_SECTION = Record(
    {
        "heading": TextValue("Building Connections", meaning="A section of the article."),
        "parts": ListOf(TextValue("Follow Up"), meaning="The headings inside it."),
    },
    optional=frozenset({"parts"}),
)
OUTLINE = Record(
    {
        "article": TextValue("The title of the article", meaning="What the article is called."),
        "headings": ListOf(_SECTION, meaning="Its sections in their order; each is covered by a lesson."),
    },
    meaning="The headings of the article that the guide was made from.",
)


def read_outline(path: str, text: str, log: Log) -> tuple[Heading, ...]:
    """Read outline.yml; the headings in the order of the article, none when one of them cannot be read."""
    values = OUTLINE.read_file(path, text, log)
    if "headings" in values.doubts:
        return ()
    headings: list[Heading] = []
    for section in values.entries("headings"):
        headings.append(Heading(section["heading"], 1))
        headings.extend(Heading(part, 2) for part in section.get("parts", ()))
    seen: dict[str, int] = {}
    for heading in headings:
        if heading.text in seen:
            log.error(
                heading.text.place,
                "duplicate-heading",
                f"the heading {quote(heading.text)} stands on line {seen[heading.text]} already; tell the two apart",
            )
        seen.setdefault(heading.text, heading.text.place.line)
    return tuple(headings)
