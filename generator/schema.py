"""Lists and records of values: what keys a content file has, and what stands behind each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.scalars import Flag, Kind, OneOf, Slug, TextValue, WholeNumber, described, ecma, wrong
from generator.values import Values
from generator.yaml_nodes import Mapping, Node, Sequence, Text, read_yaml

__all__ = ["Flag", "Kind", "ListOf", "MapOf", "OneOf", "Record", "Slug", "TextValue", "WholeNumber", "example_of"]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind."""

    kind: Kind
    at_least: int = 1
    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return f"list of {_many(self.kind.in_words)}"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        return described(self, {"type": "array", "items": self.kind.json_schema(), "minItems": self.at_least})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> tuple[Any, ...] | None:
        """Return the values that are right."""
        if not isinstance(node, Sequence):
            example = f"- {example_of(self.kind, nested=False)}"
            wrong(node, name, f"a list, each entry on a line of its own, like: {example}", log)
            return None
        if len(node.items) < self.at_least:
            example = f"{before}[{example_of(self.kind, nested=True)}]"
            log.error(
                node.place, "empty-list", f"{name} is an empty list; expected at least one entry, like: {example}"
            )
            return None
        values = (self.kind.read(item, f"an entry of {name}", log, "- ") for item in node.items)
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names chosen by the author, each with a value of one kind."""

    kind: Kind
    example: str
    meaning: str = field(default="", kw_only=True)
    names: re.Pattern[str] | None = field(default=None, kw_only=True)
    """The form of the names, for editors; whoever reads the values checks it and says what is wrong."""

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return f"names, each with {_one(self.kind.in_words)}"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        names = {"propertyNames": {"pattern": ecma(self.names)}} if self.names else {}
        return described(self, {"type": "object", "additionalProperties": self.kind.json_schema(), **names})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> dict[Text, Any] | None:  # noqa: ARG002  # Kind
        """Return the values by name, in the order written."""
        if not isinstance(node, Mapping):
            wrong(node, name, f"names with values, like: {self.example}", log)
            return None
        values = ((key, self._value(key, value, log)) for key, value in node.entries)
        return {key: value for key, value in values if value is not None}

    def _value(self, key: Text, node: Node, log: Log) -> Any:
        value = self.kind.read(node, quote(key), log, f"{key}: ")
        # A name with nothing right behind it is still declared: its uses are no mistakes of their own.
        return self.kind.nothing(node.place) if value is None and isinstance(self.kind, Record) else value

    def read_file(self, path: str, text: str, log: Log) -> dict[Text, Any]:
        """Read a whole YAML file; empty when nothing in it can be read, or nothing stands in it."""
        before = log.noted
        values: dict[Text, Any] = _read_file(self, path, text, log) or {}
        if not values and log.noted == before:
            _say_empty(path, log)
        return values


@dataclass(frozen=True, slots=True)
class Record:
    """Fixed keys, each with its kind; a key in `optional` may be left out."""

    keys: dict[str, Kind]
    optional: frozenset[str] = frozenset()
    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return "keys with values"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        schema = {
            "type": "object",
            "properties": {key: kind.json_schema() for key, kind in self.keys.items()},
            "required": [key for key in self.keys if key not in self.optional],
            "additionalProperties": False,
        }
        return described(self, schema)

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Values | None:  # noqa: ARG002  # Kind
        """Return the values; None when the node holds no keys at all."""
        if not isinstance(node, Mapping):
            example = next((key for key in self.keys if key not in self.optional), next(iter(self.keys)))
            wrong(node, name, f"keys with values, like: {example}: {example_of(self.keys[example], nested=False)}", log)
            return None
        values: dict[str, Any] = {}
        places = {str(key): key.place for key, _ in node.entries if key in self.keys}
        missing = [key for key in self.keys if key not in places and key not in self.optional]
        doubts = set(missing)
        slips = self._note_unknown(node, name, missing, places, log)
        for key, value_node in node.entries:
            kind = self.keys.get(key)
            if kind is None:
                continue
            before_it = log.noted
            value = kind.read(value_node, quote(key), log, f"{key}: ")
            if log.noted != before_it or value is None:
                doubts.add(str(key))
            if value is not None:
                values[key] = value
        for required in missing:
            if required not in slips:
                example = f"{required}: {example_of(self.keys[required], nested=False)}"
                log.error(node.place, "missing-key", f"{name} needs '{required}'; add: {example}")
        return Values(node.place, values, places, frozenset(doubts | slips))

    def _note_unknown(
        self, node: Mapping, name: str, missing: list[str], places: dict[str, Place], log: Log
    ) -> set[str]:
        """Note unknown keys; return the keys they are slips of, so that these are not said to be missing too."""
        unknown = [key for key, _ in node.entries if key not in self.keys]
        slips = set()
        for key in unknown:
            meant = nearest(key, self.keys.keys() - places.keys())
            if meant is None and len(unknown) == len(missing) == 1:
                meant = missing[0]
            if meant is None:
                near = hint(key, self.keys, len(self.keys))
            else:
                slips.add(meant)
                near = f"; did you mean '{meant}'?"
            log.error(key.place, "unknown-key", f"{quote(key)} is no key of {name}{near}")
        return slips

    def read_file(self, path: str, text: str, log: Log) -> Values:
        """Read a whole YAML file; without any values when nothing in it can be read."""
        values = _read_file(self, path, text, log)
        return values if isinstance(values, Values) else self.nothing(Place(path))

    def nothing(self, place: Place) -> Values:
        """Return a record without any values."""
        return Values(place, {}, {}, frozenset(self.keys))


def _read_file(kind: Kind, path: str, text: str, log: Log) -> Any:
    before = log.noted
    node = read_yaml(text, Place(path), log)
    if node is None and log.noted == before:
        _say_empty(path, log)
    return None if node is None else kind.read(node, path.rpartition("/")[2], log)


def _say_empty(path: str, log: Log) -> None:
    log.error(Place(path), "empty-file", "the file holds no keys; write them or remove the file")


def _many(words: str) -> str:
    return {"text": "texts", "id": "ids", "keys with values": "entries with keys"}.get(words, words)


def _one(words: str) -> str:
    return {"text": "a text", "id": "an id", "keys with values": "keys of its own"}.get(words, words)


def example_of(kind: Kind, *, nested: bool) -> str:
    """Return a right value of a kind on one line; `nested` when it stands inside brackets."""
    if isinstance(kind, TextValue):
        # An example may bring its own quotes, where YAML would take it for a date.
        plain = not nested or kind.example.startswith('"') or not set(kind.example) & set(",:[]{}#'\"")
        return kind.example if plain else f'"{kind.example}"'
    if isinstance(kind, OneOf):
        return kind.words[0]
    if isinstance(kind, Flag):
        return "true"
    if isinstance(kind, WholeNumber):
        return str(kind.example)
    if isinstance(kind, MapOf):
        return f"{{{kind.example}}}"
    if isinstance(kind, ListOf):
        return f"[{example_of(kind.kind, nested=True)}]"
    if isinstance(kind, Record):
        pairs = (f"{key}: {example_of(inner, nested=True)}" for key, inner in kind.keys.items())
        return f"{{{', '.join(pairs)}}}"
    return "some-id"
