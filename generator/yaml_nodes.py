"""YAML read into nodes that know their line and column, and nothing that YAML could execute or multiply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from generator.diagnostics import Log, Place

# libyaml where the wheel brings it (all published wheels do): about eight times faster than the Python reader.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TYPES = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "a whole number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "a date",
}
_DEEPEST = 20


class Text(str):
    """A text from a content file that remembers where it stands."""

    __slots__ = ("place",)
    place: Place

    @classmethod
    def at(cls, text: str, place: Place) -> Text:
        """Return `text` standing at `place`."""
        located = cls(text)
        located.place = place
        return located


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; `type` is what YAML takes it for, in words an author knows."""

    place: Place
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written."""

    place: Place
    entries: tuple[tuple[Text, Node], ...]

    def get(self, key: str) -> Node | None:
        """Return the value of a key, None when it is not there."""
        return next((node for name, node in self.entries if name == key), None)

    def keys(self) -> Iterator[Text]:
        """Iterate over the keys."""
        return (name for name, _ in self.entries)


Node = Scalar | Sequence | Mapping
_Where = Callable[[yaml.Mark], Place]


def describe(node: Node) -> str:
    """Return what a node is, in an author's words: text, a list, a whole number."""
    if isinstance(node, Mapping):
        return "keys with values"
    return "a list" if isinstance(node, Sequence) else node.type


def read_yaml(text: str, start: Place, log: Log) -> Node | None:
    """Read one YAML document.

    Args:
        text: the YAML.
        start: the place of its first character in the file.
        log: takes what is wrong: broken syntax, a tag, an anchor, a key written twice.

    Returns:
        The top node, None when there is none or the syntax is broken.
    """

    def place(mark: yaml.Mark) -> Place:
        return Place(start.path, start.line + mark.line, mark.column + 1)

    loader = _Loader(text)
    try:
        if _uses_anchors(text, place, log):
            return None
        root = loader.get_single_node()
        return None if root is None else _convert(root, place, log, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark) if mark else start
        log.error(where, "bad-yaml", f"this is not valid YAML: {_reason(error)}")
    except (yaml.YAMLError, RecursionError) as error:
        log.error(start, "bad-yaml", f"this is not valid YAML: {str(error).splitlines()[0] or 'nested too deep'}")
    finally:
        loader.dispose()
    return None


def _reason(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "unreadable"
    if "mapping values are not allowed" in problem:
        return "a second ': ' on one line; put the value in quotes"
    if "could not find expected ':'" in problem:
        return "a key without ': ' behind it"
    if "did not find expected key" in problem or "block end" in problem:
        return "a line that is not indented like its neighbours, or a quote that is not closed"
    if "cannot start any token" in problem:
        return f"{problem.replace('found character that', 'a character that')}; put the value in quotes"
    return problem


def _uses_anchors(text: str, place: _Where, log: Log) -> bool:
    """Refuse anchors and aliases before they are composed: with them ten lines can hold a billion values."""
    if "&" not in text and "*" not in text:
        return False
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            anchor = getattr(event, "anchor", None)
            if anchor is not None:
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                log.error(
                    place(event.start_mark),
                    "yaml-feature",
                    f"'{sign}{anchor}' is a YAML reference, which content files do not use; write the value out, "
                    "or put it in quotes if it is text",
                )
                return True
    finally:
        loader.dispose()
    return False


def _convert(node: yaml.Node, place: _Where, log: Log, depth: int) -> Node | None:
    here = place(node.start_mark)
    if depth > _DEEPEST:
        log.error(here, "bad-yaml", f"nested deeper than {_DEEPEST} levels")
        return None
    if isinstance(node, yaml.ScalarNode):
        if node.tag not in _TYPES:
            log.error(here, "yaml-feature", f"'{node.tag}' is a YAML tag, which content files do not use; remove it")
            return None
        return Scalar(here, node.value, _TYPES[node.tag])
    if node.tag not in ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"):
        log.error(here, "yaml-feature", f"'{node.tag}' is a YAML tag, which content files do not use; remove it")
        return None
    if isinstance(node, yaml.SequenceNode):
        items = (_convert(item, place, log, depth + 1) for item in node.value)
        return Sequence(here, tuple(item for item in items if item is not None))
    entries: dict[str, tuple[Text, Node]] = {}
    for key_node, value_node in node.value:
        key = _convert(key_node, place, log, depth + 1)
        value = _convert(value_node, place, log, depth + 1)
        if not isinstance(key, Scalar):
            log.error(place(key_node.start_mark), "bad-yaml", "a key must be a single word or text")
        elif key.text in entries:
            first = entries[key.text][0].place.line
            log.error(key.place, "duplicate-key", f"'{key.text}' stands here again; it is set on line {first} already")
        elif value is not None:
            entries[key.text] = (Text.at(key.text, key.place), value)
    return Mapping(here, tuple(entries.values()))
