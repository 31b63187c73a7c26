"""Reads style.yml: how the guide's prose is to be written."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Log, Place
from generator.schema import ListOf, Record, TextValue, WholeNumber
from generator.yaml_nodes import Text

_RANGE = Record({"least": WholeNumber(1, 100_000), "most": WholeNumber(1, 100_000)})
_EXCEPTION = Record(
    {
        "file": TextValue("lessons/x.md"),
        "rule": TextValue("banned-phrase"),
        "text": TextValue("a part of the sentence"),
        "reason": TextValue("It is the name of a book."),
    }
)
STYLE = Record(
    {
        "grade": WholeNumber(1, 20),
        "sentence_words": WholeNumber(5, 100),
        "lesson_words": _RANGE,
        "items": _RANGE,
        "item_characters": WholeNumber(20, 500),
        "banned": ListOf(TextValue("game-changer"), at_least=0),
        "verbs": ListOf(TextValue("write")),
        "exceptions": ListOf(_EXCEPTION, at_least=0),
    }
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A place where a rule of style does not hold: `text` is a part of what the rule would name."""

    file: str
    rule: str
    text: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Style:
    """The rules of style: numbers are the most allowed, ranges are least and most."""

    grade: int
    sentence_words: int
    lesson_words: tuple[int, int]
    items: tuple[int, int]
    item_characters: int
    banned: tuple[Text, ...]
    verbs: frozenset[str]
    exemptions: tuple[Exemption, ...]


def read_style(path: str, text: str, log: Log) -> Style | None:
    """Read style.yml; None when what is wrong with it leaves nothing to work with."""
    values = STYLE.read_file(path, text, log)
    if values.doubts:
        return None
    return Style(
        values["grade"],
        values["sentence_words"],
        (values["lesson_words"]["least"], values["lesson_words"]["most"]),
        (values["items"]["least"], values["items"]["most"]),
        values["item_characters"],
        values["banned"],
        frozenset(verb.lower() for verb in values["verbs"]),
        tuple(
            Exemption(entry["file"], entry["rule"], entry["text"], entry["reason"], entry.place)
            for entry in values["exceptions"]
        ),
    )
