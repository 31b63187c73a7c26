"""YAML read into nodes that know their line and column, and nothing that YAML could execute or multiply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from generator.diagnostics import Log, Place, quote
from generator.yaml_faults import mend

# libyaml where the wheel brings it (all published wheels do): about eight times faster than the Python reader.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TYPES = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "a whole number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "a date",
    # "=" and "<<", which mean something special in other programs only.
    "tag:yaml.org,2002:value": "text",
    "tag:yaml.org,2002:merge": "text",
}
_COLLECTIONS = ("!", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
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


@dataclass(frozen=True, slots=True)
class Broken:
    """A value that cannot be read; what is wrong with it has been noted."""

    place: Place


Node = Scalar | Sequence | Mapping | Broken


def describe(node: Node) -> str:
    """Return what a node is, in an author's words: text, a list, a whole number."""
    if isinstance(node, Scalar):
        return node.type
    return "keys with values" if isinstance(node, Mapping) else "a list"


def read_yaml(text: str, start: Place, log: Log) -> Node | None:
    """Read one YAML document.

    Args:
        text: the YAML.
        start: the place of its first character in the file.
        log: takes what is wrong: broken syntax, a tag, an anchor, a key written twice.

    Returns:
        The top node, None when there is none or the syntax is broken.
    """
    loader = _Loader(text)
    try:
        return _Reader(loader, start, log).document()
    except _TooDeep as fault:
        log.error(fault.place, "bad-yaml", f"lists or keys are nested deeper than {_DEEPEST} levels here")
    except yaml.YAMLError as error:
        line, column, message = mend(error, text)
        log.error(Place(start.path, start.line + line, column + 1), "bad-yaml", message)
    finally:
        loader.dispose()
    return None


class _TooDeep(Exception):  # noqa: N818  # it stops the reading; it is no error of this program
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Reader:
    """Builds nodes from the parser's events.

    Events and not PyYAML's own nodes: ten lines of references can stand for a billion nodes, and nodes nested a
    hundred thousand deep overrun the stack.
    """

    def __init__(self, loader: Any, start: Place, log: Log) -> None:
        self._loader = loader
        self._start = start
        self._log = log
        self._refused: set[str] = set()

    def document(self) -> Node | None:
        self._loader.get_event()  # the stream begins
        if self._loader.check_event(yaml.StreamEndEvent):
            return None
        self._loader.get_event()  # the document begins
        node = self._node(self._loader.get_event(), 0)
        self._loader.get_event()  # the document ends
        if self._loader.check_event(yaml.StreamEndEvent):
            return node
        place = self._place(self._loader.peek_event())
        self._log.error(place, "bad-yaml", "a line '---' or '...' begins a second text here; remove it")
        return None

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._start.path, self._start.line + mark.line, mark.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        if depth > _DEEPEST:
            raise _TooDeep(place)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(place, "reference", f"'*{event.anchor}' is a YAML reference; put it in quotes if it is text")
            return Broken(place)
        if event.anchor is not None:
            self._refuse(place, "reference", f"'&{event.anchor}' is a YAML reference; put it in quotes if it is text")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        usable = event.tag is None or event.tag in _COLLECTIONS
        if isinstance(event, yaml.SequenceStartEvent):
            node: Node = Sequence(place, tuple(self._inside(yaml.SequenceEndEvent, depth)))
        else:
            node = self._mapping(place, depth)
        return node if usable else self._refuse_tag(event.tag, place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Node:
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        kind = _TYPES.get(tag)
        return Scalar(place, event.value, kind) if kind else self._refuse_tag(tag, place)

    def _inside(self, end: type[yaml.Event], depth: int) -> Iterator[Node]:
        event = self._loader.get_event()
        while not isinstance(event, end):
            yield self._node(event, depth + 1)
            event = self._loader.get_event()

    def _mapping(self, place: Place, depth: int) -> Mapping | Broken:
        nodes = self._inside(yaml.MappingEndEvent, depth)
        entries: dict[str, tuple[Text, Node]] = {}
        whole = True
        for key in nodes:
            value = next(nodes)
            if not isinstance(key, Scalar):
                whole = False
                if not isinstance(key, Broken):
                    message = "a key must be text on one line; put a text that begins with '[' or '{' in quotes"
                    self._log.error(key.place, "bad-yaml", message)
            elif key.text in entries:
                first = entries[key.text][0].place.line
                message = f"{quote(key.text)} stands here again; it is set on line {first} already"
                self._log.error(key.place, "duplicate-key", message)
            else:
                entries[key.text] = (Text.at(key.text, key.place), value)
        return Mapping(place, tuple(entries.values())) if whole else Broken(place)

    def _refuse(self, place: Place, what: str, message: str) -> None:
        """Note a feature of YAML that content files do not use, each once in a file."""
        if what not in self._refused:
            self._refused.add(what)
            self._log.error(place, "yaml-feature", message)

    def _refuse_tag(self, tag: str, place: Place) -> Broken:
        written = tag.replace("tag:yaml.org,2002:", "!!", 1)
        self._refuse(place, f"tag {tag}", f"{quote(written)} is a YAML tag; put it in quotes if it is text")
        return Broken(place)
