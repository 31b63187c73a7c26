"""Reads a lesson file."""

from __future__ import annotations

from generator.diagnostics import Log
from generator.model import Lesson
from generator.parse.front_matter import read_document
from generator.parse.prose import read_parts
from generator.schema import Flag, ListOf, MapOf, Record, Slug, TextValue, WholeNumber
from generator.words import Words, english

LESSON = Record(
    {
        "title": TextValue("Follow up so that people remember you", meaning="What the lesson is called."),
        "draft": Flag(meaning="Whether it is left out of the site: true until it is ready."),
        "stage": Slug(meaning="The stage it belongs to: an id under 'stages' in guide.yml."),
        "minutes": WholeNumber(1, 1440, meaning="How long it takes to read and do."),
        "objective": TextValue(
            "You can send a follow-up that gets an answer.", meaning="What the reader can do when it is done."
        ),
        "asks": ListOf(
            TextValue("what do I write after meeting someone"), meaning="What readers would type to find it."
        ),
        "key_points": ListOf(
            TextValue("Write while the conversation is fresh."), meaning="What to keep of it, a sentence each."
        ),
        "covers": MapOf(
            Slug(),
            "Follow Up: write-first",
            meaning="Headings of the article, each with the id of the part that takes it up, or 'opening'.",
        ),
    },
    optional=frozenset({"draft", "asks"}),
)


def read_lesson(id: str, path: str, text: str, log: Log, words: Words | None = None) -> Lesson | None:
    """Read one lesson; None when what is wrong with it leaves nothing to work with.

    Args:
        id: the file's name without its ending.
        path: the file, for diagnostics.
        text: what stands in it.
        log: takes what is wrong.
        words: those of the guide's language, in which exercises and reflections may be headed; English when not given.
    """
    document = read_document(path, text, log)
    if document is None:
        return None
    values = LESSON.read(document.keys, "a lesson", log)
    opening, parts = read_parts(document, log, words or english())
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
        values.get("draft", False),
    )
