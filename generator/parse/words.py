"""Reads words.yml: words that a guide puts in the place of the generator's own, or brings for another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Log, Place, quote
from generator.names import LANGUAGE
from generator.scalars import Kind, described
from generator.schema import ListOf, MapOf, OneOf, Record, TextValue, WholeNumber
from generator.values import Values
from generator.words import (
    GRAMMAR,
    NUMBER,
    Entry,
    Words,
    catalogue,
    english,
    known_languages,
    nearest_language,
    placeholders,
)
from generator.words.plurals import CATEGORIES, PLURAL_RULES
from generator.yaml_nodes import Node, Text

_MOST_NAMED = 3
"""Missing words that a message names; there can be hundreds."""


@dataclass(frozen=True, slots=True)
class Word:
    """A text in the place of a word, or its forms by number where the English one has forms."""

    entry: Entry

    @property
    def meaning(self) -> str:
        """The English word."""
        return f"English: {self.entry if isinstance(self.entry, str) else self.entry['other']}"

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return "text" if isinstance(self.entry, str) else "forms by number, each a text"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        if isinstance(self.entry, str):
            return described(self, {"type": "string"})
        return described(self, {"type": "object", "propertyNames": {"enum": list(CATEGORIES)}})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | dict[str, str] | None:
        """Return the text, or the forms."""
        if isinstance(self.entry, str):
            return TextValue(f'"{self.entry}"').read(node, name, log, before)
        examples = {form: TextValue(f'"{self.entry.get(form, self.entry["other"])}"') for form in CATEGORIES}
        forms = Record({**examples}, optional=frozenset(examples)).read(node, name, log, before)
        return None if forms is None else {form: str(forms[form]) for form in forms}


def _kind_of(key: str, entry: Entry) -> Kind:
    if key == "language.direction":
        return OneOf(("ltr", "rtl"), meaning="The direction of the script.")
    if key == "language.plural":
        return OneOf(tuple(PLURAL_RULES), meaning="How numbers choose between the forms of a text.")
    return Word(entry)


def _format() -> Record:
    """Return the format of words.yml: every section and key of English, each of which may be left out."""
    words = english()
    sections: dict[str, dict[str, Kind]] = {}
    for name, entry in words.texts.items():
        section, _, key = name.partition(".")
        sections.setdefault(section, {})[key] = _kind_of(name, entry)
    for section in GRAMMAR:
        sections[section] = {
            key: MapOf(WholeNumber(0, 999), "two: 2", meaning="Numbers in words, each with its value.")
            if isinstance(value, Mapping)
            else ListOf(TextValue("after"), 0, meaning=f"In English: {', '.join(value) or 'none'}.")
            for key, value in words.grammar[section].items()
        }
    kinds: dict[str, Kind] = {
        name: Record(keys, optional=frozenset(keys), meaning=f"The words of '{name}'.")
        for name, keys in sections.items()
    }
    return Record(
        kinds,
        optional=frozenset(kinds),
        meaning="Words in the place of the generator's own, or those of a language that it does not have.",
    )


WORDS = _format()


def read_words(language: Text, path: str, text: str | None, log: Log) -> Words:
    """Return the words of a guide.

    Args:
        language: the language of the guide, as guide.yml says it; "" when it could not be read.
        path: the place of words.yml.
        text: what stands in it, None where the guide has none.
        log: takes what is wrong; what is missing or wrong is filled up, with English in the end.
    """
    code = nearest_language(language)
    base = catalogue(code, str(language)) if code else None
    # What is no tag of a language at all has been noted where it was read.
    if base is None and text is None and LANGUAGE.match(language):
        known = ", ".join(known_languages())
        message = (
            f"there are no words for the language {quote(language)}; known: {known}. "
            "For another one, bring all words in words.yml beside guide.yml"
        )
        log.error(language.place, "unknown-language", message)
    if text is None:
        return base or english()
    values = WORDS.read_file(path, text, log)
    measure = base or english()
    texts = dict(measure.texts)
    plural = str(_within(values, "language").get("plural", "" if base is None else measure.texts["language.plural"]))
    forms = PLURAL_RULES[plural or "one-is-1"].forms
    given: set[str] = set()
    for name, entry, place in _entries(values):
        given.add(name)
        fault = _fault(english().texts[name], entry, forms)
        if fault:
            log.error(place, "wrong-placeholder", f"{quote(name)} {fault}")
        else:
            texts[name] = entry
    if base is None and LANGUAGE.match(language):
        _check_complete(values.place, str(language), given, log)
    grammar = {name: {**_ground(measure, base, name), **_plain(_within(values, name))} for name in GRAMMAR}
    return Words(str(language), code or "", texts, grammar)


def _within(values: Mapping[str, object], name: str) -> Values | dict[str, object]:
    found = values.get(name)
    return found if isinstance(found, Values) else {}


def _entries(values: Values) -> Iterator[tuple[str, Entry, Place]]:
    for section in values:
        inside = _within(values, section)
        if section in GRAMMAR or not isinstance(inside, Values):
            continue
        for key, entry in inside.items():
            yield f"{section}.{key}", entry if isinstance(entry, dict) else str(entry), inside.place_of(key)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {key: values[key] for key in values}


def _ground(measure: Words, base: Words | None, name: str) -> Mapping[str, object]:
    """Return the word lists to begin with: those of the same language, or empty ones."""
    lists = measure.grammar[name]
    return lists if base else {key: type(value)() for key, value in lists.items()}


def _fault(wanted: Entry, entry: Entry, forms: tuple[str, ...]) -> str:
    """Return in words why an entry cannot stand in for the English one, "" when it can."""
    is_text = isinstance(wanted, str)
    needed = placeholders(wanted if isinstance(wanted, str) else wanted["other"])
    if isinstance(entry, str):
        found = {"": entry}
    else:
        missing = [form for form in forms if form not in entry]
        if missing:
            return f"lacks the form '{missing[0]}'; this language has: {', '.join(forms)}"
        found = dict(entry)
    for text in found.values():
        have = placeholders(text)
        strange = sorted(have - needed)
        lacking = sorted(needed - have - (frozenset() if is_text else {NUMBER}))
        if strange:
            known = ", ".join(f"{{{name}}}" for name in sorted(needed)) or "none"
            return f"has the placeholder {{{strange[0]}}}, which nothing fills in; known here: {known}"
        if lacking:
            return f"lacks the placeholder {{{lacking[0]}}}, so that what belongs there is never printed"
    return ""


def _check_complete(place: Place, language: str, given: set[str], log: Log) -> None:
    missing = [name for name in english().texts if name not in given]
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (" and so on" if len(missing) > _MOST_NAMED else "")
        message = f"{len(missing)} words are missing for '{language}', a language the generator does not have: {named}"
        log.error(place, "missing-words", message)
