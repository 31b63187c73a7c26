"""Kinds of single values that front matter and the YAML files may hold, and how each is read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from generator.diagnostics import Log, nearest, quote
from generator.names import INVISIBLE, SLUG, no_id
from generator.yaml_nodes import Broken, Mapping, Node, Scalar, Text, describe

_LONGEST_TEXT = 2000
"""Characters in one value; prose belongs below the front matter."""
_LONGEST_EXAMPLE = 60
"""Characters of an author's own text that a message shows put right."""

_END = r"\Z"


class Kind(Protocol):
    """A kind of value; where its name does not say so, its declaration says in a sentence what it means."""

    @property
    def meaning(self) -> str:
        """What the value is for, as manuals and editors show it."""
        ...

    @property
    def in_words(self) -> str:
        """What an author has to write: "text", "id", "list of ids"."""
        ...

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema (draft 7, which editors know best)."""
        ...

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


def ecma(pattern: re.Pattern[str]) -> str:
    """Return a pattern that matches a whole text as JSON Schema writes it: ECMA's form, searched for in the text."""
    return f"^{pattern.pattern.removesuffix(_END)}$"


def described(kind: Kind, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema with the meaning of its kind where there is one."""
    return {"description": kind.meaning, **schema} if kind.meaning else schema


def wrong(node: Node, name: str, expected: str, log: Log) -> None:
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
    meaning: str = field(default="", kw_only=True)
    pattern: re.Pattern[str] | None = field(default=None, kw_only=True)
    """The form of the text, for editors; whoever reads the value checks it and says what is wrong."""

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return "text"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        form = {"pattern": ecma(self.pattern)} if self.pattern else {"pattern": r"\S"}
        return described(self, {"type": "string", "maxLength": self.longest, **form, "examples": [self.bare_example]})

    @property
    def bare_example(self) -> str:
        """The example as a value, without the quotes it may need in the file."""
        quoted = len(self.example) > 1 and self.example[0] == self.example[-1] == '"'
        return self.example[1:-1] if quoted else self.example

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | None:
        """Return the text with its place."""
        expected = f"text, like: {before}{self.example}"
        if isinstance(node, Mapping):
            example = _as_one_text(node) or self.example
            message = f"{name} is read as a key with a value; put a text with ': ' or braces in quotes"
            log.error(node.place, "wrong-type", f'{message}, like: {before}"{example}"')
            return None
        if not isinstance(node, Scalar) or node.type == "nothing":
            wrong(node, name, expected, log)
            return None
        if node.type != "text":
            message = f'{name} is {node.type} to YAML; put it in quotes: {before}"{node.text}"'
            log.error(node.place, "wrong-type", message)
            return None
        text = " ".join(node.text.split())
        if not text:
            wrong(Scalar(node.place, "", "nothing"), name, expected, log)
            return None
        invisible = INVISIBLE.search(text)
        if invisible is not None:
            message = f"{name} holds the invisible character U+{ord(invisible[0]):04X}; remove it"
            log.error(node.place, "control-character", message)
            return None
        if len(text) > self.longest:
            log.error(
                node.place, "too-long", f"{name} has {len(text):,} characters; at most {self.longest:,}: shorten it"
            )
            return None
        return Text.at(text, node.place)


def _as_one_text(node: Mapping) -> str | None:
    """Return the text that an author may have meant by a key with a value."""
    if len(node.entries) != 1:
        return None
    key, value = node.entries[0]
    text = f"{key}: {value.text}" if isinstance(value, Scalar) and value.text else f"{{{key}}}"
    return text if text.isprintable() and len(text) <= _LONGEST_EXAMPLE and '"' not in text else None


@dataclass(frozen=True, slots=True)
class Slug:
    """An id: lower-case words with hyphens."""

    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return "id"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        return described(self, {"type": "string", "maxLength": _LONGEST_TEXT, "pattern": ecma(SLUG)})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | None:
        """Return the id with its place."""
        text = TextValue("write-first").read(node, name, log, before)
        if text is not None and not SLUG.match(text):
            log.error(node.place, "bad-id", no_id(text))
            return None
        return text


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]
    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return f"one of: {', '.join(self.words)}"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        return described(self, {"enum": list(self.words)})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> Text | None:
        """Return the word with its place."""
        expected = f"one of: {', '.join(self.words)}; like: {before}{self.words[0]}"
        if not isinstance(node, Scalar) or node.type == "nothing":
            wrong(node, name, expected, log)
            return None
        text = " ".join(node.text.split())
        if text in self.words:
            return Text.at(text, node.place)
        near = nearest(text, self.words)
        meant = f"did you mean {quote(near)}? Write: {before}{near}" if near else f"expected {expected}"
        log.error(node.place, "unknown-value", f"{name} is {quote(text)}; {meant}")
        return None


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `least` to `most`."""

    least: int
    most: int
    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return f"whole number, {self.least} to {self.most}"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        return described(self, {"type": "integer", "minimum": self.least, "maximum": self.most})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> int | None:
        """Return the number."""
        expected = f"a whole number from {self.least} to {self.most}, like: {before}{self.example}"
        if not isinstance(node, Scalar) or node.type == "nothing":
            wrong(node, name, expected, log)
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
class Flag:
    """Yes or no, written `true` or `false`."""

    meaning: str = field(default="", kw_only=True)

    @property
    def in_words(self) -> str:
        """What an author has to write."""
        return "true or false"

    def json_schema(self) -> dict[str, Any]:
        """Return the kind as a JSON Schema."""
        return described(self, {"type": "boolean"})

    def read(self, node: Node, name: str, log: Log, before: str = "") -> bool | None:
        """Return whether it is true."""
        if not isinstance(node, Scalar) or node.text not in ("true", "false"):
            wrong(node, name, f"true or false, like: {before}true", log)
            return None
        return node.text == "true"
