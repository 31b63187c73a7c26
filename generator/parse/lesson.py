"""Reads a lesson file."""

from __future__ import annotations

from generator.diagnostics import Log
from generator.model import Lesson
from generator.parse.front_matter import read_document
from generator.parse.prose import read_parts
from generator.schema import ListOf, MapOf, Record, Slug, TextValue, WholeNumber

LESSON = Record(
    {
        "title": TextValue("Follow up so that people remember you"),
        "stage": Slug(),
        "minutes": WholeNumber(1, 1440),
        "objective": TextValue("You can send a follow-up that gets an answer."),
        "asks": ListOf(TextValue("what do I write after meeting someone")),
        "key_points": ListOf(TextValue("Write while the conversation is fresh.")),
        "covers": MapOf(Slug(), "Follow Up: write-first"),
    },
    optional=frozenset({"asks"}),
)


def read_lesson(id: str, path: str, text: str, log: Log) -> Lesson | None:
    """Read one lesson; None when what is wrong with it leaves nothing to work with."""
    document = read_document(path, text, log)
    if document is None:
        return None
    values = LESSON.read(document.keys, "a lesson", log)
    opening, parts = read_parts(document, log)
    if values is None:
        return None
    return Lesson(
        id,
        values.text("title"),
        values.text("stage"),
        values.number("minutes"),
        values.text("objective"),
        values.entries("asks"),
        values.entries("key_points"),
        values.get("covers", {}),
        opening,
        parts,
        document.keys.place,
        values.doubts,
    )
