"""The words that the generator itself prints for readers: one catalogue for each language, in this folder.

A catalogue is a YAML file of sections with keys. A guide may replace words of its language, or bring a language that is
not here, in a file of its own (`parse/words.py`). English is the measure: its keys are the keys of all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from markupsafe import Markup, escape

from generator.names import LANGUAGE
from generator.words.plurals import PLURAL_RULES

__all__ = [
    "Entry",
    "MissingWordError",
    "Words",
    "catalogue",
    "english",
    "known_languages",
    "nearest_language",
    "placeholders",
    "variants_of",
]

Entry = str | Mapping[str, str]
"""A text, or its forms by number ("one", "other"; see plurals.py)."""

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
NUMBER = "n"
"""The placeholder by which a form is chosen; a form may leave it out ("one checklist")."""
GRAMMAR = ("send", "search")
"""The sections that hold no texts but lists of words that are looked for."""
_FOLDER = Path(__file__).parent


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    """Return what stands between the placeholders of a text, and their names in every second place, as plain text."""
    return tuple(PLACEHOLDER.split(text))


class MissingWordError(LookupError):
    """A key or a value that a text needs is not there; a mistake of who asks, never of a reader."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language.

    `language` is the code as the guide says it ("de-AT"); `catalogue` the code of the catalogue they come from, "" for
    one that the guide brings; `texts` holds the entries by section and key ("message.send_when"); `grammar` the
    sections `send` and `search`.
    """

    language: str
    catalogue: str
    texts: Mapping[str, Entry]
    grammar: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text with its placeholders filled in.

        It is markup, and everything else in it is escaped, as soon as one of the values is.

        Args:
            key: section and key, such as "message.send_when".
            values: what the placeholders stand for; the number `n` chooses among forms.

        Raises:
            MissingWordError: there is no such key, or a placeholder has no value.
        """
        entry = self.texts.get(key)
        if entry is None:
            raise MissingWordError(f"there is no word '{key}' in the catalogue of '{self.language}'")
        text = entry if isinstance(entry, str) else self._form(key, entry, values)
        pieces = _pieces(text)
        if not values and len(pieces) == 1:
            return pieces[0]
        missing = [name for name in pieces[1::2] if name not in values]
        if missing:
            raise MissingWordError(f"the word '{key}' needs a value for '{missing[0]}'")
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup().join(escape(values[p] if odd % 2 else p) for odd, p in enumerate(pieces))
        return "".join(str(values[piece]) if odd % 2 else piece for odd, piece in enumerate(pieces))

    def _form(self, key: str, entry: Mapping[str, str], values: Mapping[str, object]) -> str:
        number = values.get(NUMBER)
        if not isinstance(number, int):
            raise MissingWordError(f"the word '{key}' has forms and needs a number '{NUMBER}'")
        form = PLURAL_RULES[str(self.texts["language.plural"])].form_of(number)
        return entry[form]

    def forms(self, key: str) -> dict[str, str]:
        """Return all forms of a text, for a script that chooses among them."""
        entry = self.texts[key]
        return {"other": entry} if isinstance(entry, str) else dict(entry)

    def section(self, name: str) -> dict[str, Entry]:
        """Return the entries of a section by their keys in it."""
        start = f"{name}."
        return {key.removeprefix(start): entry for key, entry in self.texts.items() if key.startswith(start)}

    def several(self, key: str) -> tuple[str, ...]:
        """Return the parts of a text that semicolons divide."""
        return tuple(part.strip() for part in self(key).split(";") if part.strip())

    @property
    def direction(self) -> str:
        """The direction of the script: "ltr" or "rtl"."""
        return self("language.direction")

    @property
    def base(self) -> str:
        """The language without its region or script: "de" of "de-AT"."""
        return self.language.partition("-")[0].lower()

    def decimal(self, number: float) -> str:
        """Return a number with one digit behind the mark that the language has."""
        return f"{number:.1f}".replace(".", self("language.decimal"))

    def minutes(self, number: int) -> str:
        """Return minutes in words: "20 minutes"."""
        return self("count.minutes", n=number)

    def duration(self, minutes: int) -> str:
        """Return a time in words, from two hours on in hours: "2 hours 5 minutes"."""
        if minutes < 120:
            return self.minutes(minutes)
        hours = self("count.hours", n=minutes // 60)
        return (
            self("count.hours_and_minutes", hours=hours, minutes=self.minutes(minutes % 60)) if minutes % 60 else hours
        )

    def citation(self, names: str, year: int) -> str:
        """Return what stands in the text for a study."""
        return self("cite.short", names=names, year=year)


@cache
def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue here."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yml")))


def variants_of(language: str) -> tuple[str, ...]:
    """Return a code and those it is a variant of, the nearest first: "de-AT", "de"."""
    parts = language.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def nearest_language(language: str) -> str | None:
    """Return the known language that a code stands for or is a variant of, None when there is none."""
    if not LANGUAGE.match(language):
        return None
    return next((code for code in variants_of(language) if code in known_languages()), None)


@lru_cache(maxsize=16)
def catalogue(code: str, language: str = "") -> Words:
    """Return the words of a known language.

    Args:
        code: one of `known_languages()`.
        language: the code that the guide says, `code` when not given.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((_FOLDER / f"{code}.yml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # a SafeLoader
    texts: dict[str, Entry] = {
        f"{section}.{key}": entry
        for section, entries in data.items()
        if section not in GRAMMAR
        for key, entry in entries.items()
    }
    return Words(language or code, code, MappingProxyType(texts), {name: data[name] for name in GRAMMAR})


def english() -> Words:
    """Return the words of English, the measure of all."""
    return catalogue("en")


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(PLACEHOLDER.findall(text))
