"""What the importer knows of a language: word lists and the phrases of drafts, one data file each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).parent / "words"
STARTERS = Path(__file__).parent / "starters"


@dataclass(frozen=True, slots=True)
class Language:
    """A language; see `words/en.yml` for what each list is for."""

    code: str
    small: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    numbering: tuple[str, ...]
    no_heading: re.Pattern[str]
    before: frozenset[str]
    negations: tuple[str, ...]
    clauses: frozenset[str]
    tense: frozenset[str]
    verbs: frozenset[str]
    either: frozenset[str]
    objects: frozenset[str]
    obligation: re.Pattern[str]
    no_obligation: re.Pattern[str]
    abbreviations: frozenset[str]
    writing: tuple[tuple[str, re.Pattern[str]], ...]
    phrases: dict[str, Any]

    def says(self, phrase: str, **values: object) -> str:
        """Return a phrase of drafts with its values filled in."""
        text: str = self.phrases[phrase]
        # Not str.format: a heading of the article may hold braces.
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that articles can be imported in."""
    return tuple(sorted(path.stem for path in WORDS.glob("*.yml")))


@cache
def language(code: str) -> Language:
    """Return a language by its code, one of `languages()`."""
    data = yaml.safe_load((WORDS / f"{code}.yml").read_text(encoding="utf-8"))

    def words(key: str) -> frozenset[str]:
        return frozenset(data[key].replace(",", " ").split())

    def any_of(*keys: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for key in keys for pattern in data[key]), re.IGNORECASE)

    obligations = [*(rf"\b{p}\b" for p in data["obligations"]), *(rf"\b{p}\b" for p in data["reader_obligations"])]
    return Language(
        code,
        small=words("small"),
        opening=frozenset(data["opening"]),
        closing=frozenset(entry.strip() for entry in data["closing"].split(",")),
        numbering=tuple(data["numbering"]),
        no_heading=any_of("no_heading"),
        before=words("before"),
        negations=tuple(data["negations"]),
        clauses=words("clauses"),
        tense=words("tense"),
        verbs=words("verbs"),
        either=words("either") - words("verbs"),
        objects=words("objects"),
        obligation=re.compile("|".join(obligations), re.IGNORECASE),
        no_obligation=any_of("no_obligation"),
        abbreviations=frozenset(data["abbreviations"]),
        writing=tuple((entry["message"], re.compile(entry["says"], re.IGNORECASE)) for entry in data["writing"]),
        phrases=data["phrases"],
    )
