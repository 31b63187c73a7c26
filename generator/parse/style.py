"""Reads style.yml: how the guide's prose is to be written."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Log, Place
from generator.schema import ListOf, Record, TextValue, WholeNumber
from generator.yaml_nodes import Text

_LEAST, _MOST = WholeNumber(1, 100_000, meaning="At least."), WholeNumber(1, 100_000, meaning="At most.")


def _range(meaning: str) -> Record:
    return Record({"least": _LEAST, "most": _MOST}, meaning=meaning)


_EXCEPTION = Record(
    {
        "file": TextValue("lessons/x.md", meaning="The file, as seen from the content folder."),
        "rule": TextValue("banned-phrase", meaning="The code of the rule."),
        "text": TextValue("a part of the sentence", meaning="A part of what the rule would name."),
        "reason": TextValue("It is the name of a book.", meaning="Why the rule does not hold there."),
    }
)
STYLE = Record(
    {
        "grade": WholeNumber(
            1, 20, meaning="Reading grade (Flesch-Kincaid) of a lesson, at most; in English guides alone."
        ),
        "sentence_words": WholeNumber(5, 100, meaning="Words in a sentence of a lesson, at most."),
        "lesson_words": _range("Words in a lesson."),
        "items": _range("Items on a checklist."),
        "item_characters": WholeNumber(20, 500, meaning="Characters in an item, at most."),
        "banned": ListOf(
            TextValue("game-changer"), at_least=0, meaning="Words and phrases that do not belong in the guide."
        ),
        "verbs": ListOf(TextValue("write"), meaning="The verbs that items begin with."),
        "exceptions": ListOf(_EXCEPTION, at_least=0, meaning="Places where a rule does not hold, with the reason."),
    },
    meaning="How the guide is to be written: the rules of 'check --prose'.",
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
