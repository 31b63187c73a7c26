"""Kinds of values that front matter and the YAML files may hold, and how each is read and checked."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.names import INVISIBLE, SLUG, no_id
from generator.values import Values
from generator.yaml_nodes import Broken, Mapping, Node, Scalar, Sequence, Text, describe, read_yaml

_LONGEST_TEXT = 2000
"""Characters in one value; prose belongs below the front matter."""


class Kind(Protocol):
    """A kind of value."""

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Any:
        """Return the value of a node.

        Args:
            node: the value as YAML.
            name: what it is, as a message says it: "'title'", "a lesson".
            log: takes what is wrong.
            before: what stands before the value in the file: "title: ", "- ".

        Returns:
            The value, None after noting what is wrong with it.
        """
        ...


def _wrong(node: Node, name: str, expected: str, log: Log) -> None:
    """Note that a node is not what it should be."""
    if isinstance(node, Broken):
        return
    if isinstance(node, Scalar) and node.type == "nothing":
        log.error(node.place, "empty-value", f"{name} has no value; expected {expected}")
    else:
        log.error(node.place, "wrong-type", f"{name} is {describe(node)}; expected {expected}")


@dataclass(frozen=True, slots=True)
class TextValue:
    """A text on one line; `example` shows a right one."""

    example: str = "some text"
    longest: int = _LONGEST_TEXT

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | None:
        """Return the text with its place."""
        expected = f"text, like: {before}{self.example}"
        if not isinstance(node, Scalar) or node.type == "nothing":
            _wrong(node, name, expected, log)
            return None
        if node.type != "text":
            message = f'{name} is {node.type} to YAML; put it in quotes: {before}"{node.text}"'
            log.error(node.place, "wrong-type", message)
            return None
        text = " ".join(node.text.split())
        if not text:
            _wrong(Scalar(node.place, "", "nothing"), name, expected, log)
            return None
        invisible = INVISIBLE.search(text)
        if invisible is not None:
            message = f"{name} holds the invisible character U+{ord(invisible[0]):04X}; remove it"
            log.error(node.place, "control-character", message)
            return None
        if len(text) > self.longest:
            log.error(node.place, "too-long", f"{name} has {len(text):,} characters; at most {self.longest:,}")
            return None
        return Text.at(text, node.place)


@dataclass(frozen=True, slots=True)
class Slug:
    """An id: lower-case words with hyphens."""

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | None:
        """Return the id with its place."""
        text = TextValue("write-first").read(node, name, log, before)
        if text is not None and not SLUG.match(text):
            log.error(node.place, "bad-id", no_id(text))
            return None
        return text


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, name: str, log: Log, before: str = "") -> int | None:
        """Return the number."""
        expected = f"a whole number from {self.least} to {self.most}, like: {before}{self.example}"
        if not isinstance(node, Scalar) or node.type == "nothing":
            _wrong(node, name, expected, log)
            return None
        if not re.fullmatch(r"[0-9]{1,9}", node.text):
            log.error(node.place, "wrong-type", f"{name} is {quote(node.text)}; expected {expected}")
            return None
        number = int(node.text)
        if not self.least <= number <= self.most:
            log.error(node.place, "out-of-range", f"{name} is {number}; expected {expected}")
            return None
        return number

    @property
    def example(self) -> int:
        """A right one."""
        return max(self.least, min(10, self.most))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind."""

    kind: Kind
    at_least: int = 1

    def read(self, node: Node, name: str, log: Log, before: str = "") -> tuple[Any, ...] | None:
        """Return the values that are right."""
        if not isinstance(node, Sequence):
            example = f"- {_inline(self.kind, nested=False)}"
            _wrong(node, name, f"a list, each entry on a line of its own, like: {example}", log)
            return None
        if len(node.items) < self.at_least:
            example = f"{before}[{_inline(self.kind, nested=True)}]"
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

    def read(self, node: Node, name: str, log: Log, before: str = "") -> dict[Text, Any] | None:  # noqa: ARG002  # Kind
        """Return the values by name, in the order written."""
        if not isinstance(node, Mapping):
            _wrong(node, name, f"names with values, like: {self.example}", log)
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

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Values | None:  # noqa: ARG002  # Kind
        """Return the values; None when the node holds no keys at all."""
        if not isinstance(node, Mapping):
            example = next(iter(self.keys))
            _wrong(node, name, f"keys with values, like: {example}: {_inline(self.keys[example], nested=False)}", log)
            return None
        values: dict[str, Any] = {}
        places = {str(key): key.place for key, _ in node.entries if key in self.keys}
        missing = [key for key in self.keys if key not in places and key not in self.optional]
        doubts = set(missing)
        for key, value_node in node.entries:
            kind = self.keys.get(key)
            if kind is None:
                meant = self._unknown(key, name, places.keys(), log)
                doubts.add(meant or "")
                missing = [other for other in missing if other != meant]
                continue
            before_it = log.noted
            value = kind.read(value_node, quote(key), log, f"{key}: ")
            if log.noted != before_it or value is None:
                doubts.add(str(key))
            if value is not None:
                values[key] = value
        for required in missing:
            example = f"{required}: {_inline(self.keys[required], nested=False)}"
            log.error(node.place, "missing-key", f"{name} has no '{required}'; add: {example}")
        return Values(node.place, values, places, frozenset(doubts & self.keys.keys()))

    def read_file(self, path: str, text: str, log: Log) -> Values:
        """Read a whole YAML file; without any values when nothing in it can be read."""
        values = _read_file(self, path, text, log)
        return values if isinstance(values, Values) else self.nothing(Place(path))

    def nothing(self, place: Place) -> Values:
        """Return a record without any values."""
        return Values(place, {}, {}, frozenset(self.keys))

    def _unknown(self, key: Text, name: str, used: Collection[str], log: Log) -> str | None:
        """Note an unknown key; return the one that it is a slip of, where that one is not there."""
        free = self.keys.keys() - set(used)
        meant = nearest(key, free)
        known = [meant] if meant else self.keys
        log.error(key.place, "unknown-key", f"{quote(key)} is no key of {name}{hint(key, known, len(self.keys))}")
        return meant


def _read_file(kind: Kind, path: str, text: str, log: Log) -> Any:
    before = log.noted
    node = read_yaml(text, Place(path), log)
    if node is None and log.noted == before:
        _say_empty(path, log)
    return None if node is None else kind.read(node, path.rpartition("/")[2], log)


def _say_empty(path: str, log: Log) -> None:
    log.error(Place(path), "empty-file", "the file holds no keys; write them or remove the file")


def _inline(kind: Kind, *, nested: bool) -> str:
    """Return a right value of a kind on one line; `nested` when it stands inside brackets."""
    if isinstance(kind, TextValue):
        plain = not nested or not set(kind.example) & set(",:[]{}#'\"")
        return kind.example if plain else f'"{kind.example}"'
    if isinstance(kind, WholeNumber):
        return str(kind.example)
    if isinstance(kind, MapOf):
        return f"{{{kind.example}}}"
    if isinstance(kind, ListOf):
        return f"[{_inline(kind.kind, nested=True)}]"
    if isinstance(kind, Record):
        pairs = (f"{key}: {_inline(inner, nested=True)}" for key, inner in kind.keys.items())
        return f"{{{', '.join(pairs)}}}"
    return "some-id"
