"""Kinds of values that front matter and the YAML files may hold, and how each is read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as AbcMapping
from dataclasses import dataclass
from typing import Any, Protocol

from generator.diagnostics import Log, Place, hint, quote
from generator.yaml_nodes import Mapping, Node, Scalar, Sequence, Text, describe

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_EXAMPLE = "lower-case letters, digits and single hyphens, like 'write-first'"
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LONGEST_TEXT = 2000
"""Characters in one value; prose belongs below the front matter."""


class Kind(Protocol):
    """A kind of value."""

    def read(self, node: Node, name: str, log: Log) -> Any:
        """Return the value of `node`, None after noting what is wrong with it; `name` says what it is for."""
        ...


def _wrong(node: Node, name: str, expected: str, log: Log) -> None:
    """Note that a node is not what it should be."""
    if isinstance(node, Scalar) and node.type == "nothing":
        log.error(node.place, "empty-value", f"'{name}' has no value; expected {expected}")
    else:
        log.error(node.place, "wrong-type", f"'{name}' is {describe(node)}; expected {expected}")


@dataclass(frozen=True, slots=True)
class TextValue:
    """A text on one line; `example` shows a right one."""

    example: str = "some text"
    longest: int = _LONGEST_TEXT

    def read(self, node: Node, name: str, log: Log) -> Text | None:
        """Return the text with its place."""
        if not isinstance(node, Scalar) or node.type == "nothing":
            _wrong(node, name, f"text, like: {name}: {self.example}", log)
            return None
        if node.type != "text":
            log.error(
                node.place,
                "wrong-type",
                f"'{name}' is {node.type} to YAML; put it in quotes: {name}: \"{node.text}\"",
            )
            return None
        text = " ".join(node.text.split())
        if not text:
            _wrong(Scalar(node.place, "", "nothing"), name, f"text, like: {name}: {self.example}", log)
            return None
        control = next((c for c in text if not c.isprintable()), None)
        if control is not None:
            log.error(
                node.place,
                "control-character",
                f"'{name}' holds the invisible character U+{ord(control):04X}; remove it",
            )
            return None
        if len(text) > self.longest:
            log.error(node.place, "too-long", f"'{name}' has {len(text)} characters; at most {self.longest}")
            return None
        return Text.at(text, node.place)


@dataclass(frozen=True, slots=True)
class Slug:
    """An id: lower-case words with hyphens."""

    def read(self, node: Node, name: str, log: Log) -> Text | None:
        """Return the id with its place."""
        text = TextValue("write-first").read(node, name, log)
        if text is not None and not SLUG.match(text):
            log.error(node.place, "bad-id", f"{quote(text)} is no id; expected {SLUG_EXAMPLE}")
            return None
        return text


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, name: str, log: Log) -> int | None:
        """Return the number."""
        expected = f"a whole number from {self.least} to {self.most}"
        if not isinstance(node, Scalar) or not re.fullmatch(r"[0-9]{1,9}", node.text):
            if isinstance(node, Scalar) and node.type == "text":
                log.error(node.place, "wrong-type", f"'{name}' is {quote(node.text)}; expected {expected}")
                return None
            _wrong(node, name, expected, log)
            return None
        number = int(node.text)
        if not self.least <= number <= self.most:
            log.error(node.place, "out-of-range", f"'{name}' is {number}; expected {expected}")
            return None
        return number


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind."""

    kind: Kind
    at_least: int = 1

    def read(self, node: Node, name: str, log: Log) -> tuple[Any, ...] | None:
        """Return the values that are right."""
        if not isinstance(node, Sequence):
            _wrong(node, name, "a list, each entry on a line of its own after '- '", log)
            return None
        if len(node.items) < self.at_least:
            log.error(
                node.place,
                "empty-list",
                f"'{name}' is an empty list; expected at least {self.at_least} entries"
                if self.at_least > 1
                else f"'{name}' is an empty list; expected at least one entry",
            )
            return None
        values = (self.kind.read(item, name, log) for item in node.items)
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names chosen by the author, each with a value of one kind."""

    kind: Kind
    example: str

    def read(self, node: Node, name: str, log: Log) -> dict[Text, Any] | None:
        """Return the values by name, in the order written."""
        if not isinstance(node, Mapping):
            _wrong(node, name, f"names with values, like: {self.example}", log)
            return None
        values = ((key, self.kind.read(value, str(key), log)) for key, value in node.entries)
        return {key: value for key, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class OneOf:
    """A short text, or a record: the long form of the same thing."""

    text: TextValue
    record: Record

    def read(self, node: Node, name: str, log: Log) -> Any:
        """Return the text or the record's values."""
        return (self.record if isinstance(node, Mapping) else self.text).read(node, name, log)


class Values(AbcMapping[str, Any]):
    """The values of a record that are right, and the place of the whole and of each key."""

    def __init__(self, place: Place, values: dict[str, Any], places: dict[str, Place], complete: bool) -> None:
        self.place = place
        self.complete = complete
        self._values = values
        self._places = places

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def place_of(self, key: str) -> Place:
        """Return where a key stands, the record's own place when it does not."""
        return self._places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Record:
    """Fixed keys, each with its kind; a key in `optional` may be left out."""

    keys: dict[str, Kind]
    optional: frozenset[str] = frozenset()

    def read(self, node: Node, name: str, log: Log) -> Values | None:
        """Return the values; None when the node holds no keys at all."""
        if not isinstance(node, Mapping):
            example = next(iter(self.keys))
            _wrong(node, name, f"keys with values, like: {example}: ...", log)
            return None
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        complete = True
        for key, value_node in node.entries:
            kind = self.keys.get(key)
            if kind is None:
                log.error(key.place, "unknown-key", f"{quote(key)} is no key of {name}{hint(key, self.keys)}")
                continue
            places[key] = key.place
            value = kind.read(value_node, str(key), log)
            if value is None:
                complete = False
            else:
                values[key] = value
        for required in self.keys.keys() - places.keys() - self.optional:
            complete = False
            log.error(
                node.place, "missing-key", f"{name} has no '{required}'; add: {_example(required, self.keys[required])}"
            )
        return Values(node.place, values, places, complete)


def _example(key: str, kind: Kind) -> str:
    if isinstance(kind, TextValue):
        return f"{key}: {kind.example}"
    if isinstance(kind, WholeNumber):
        return f"{key}: {max(kind.least, min(10, kind.most))}"
    if isinstance(kind, Slug):
        return f"{key}: some-id"
    if isinstance(kind, MapOf):
        return f"{key}: {{{kind.example}}}"
    return f"{key}: [...]" if isinstance(kind, ListOf) else f"{key}: ..."
