"""Pages as values for JSON, by the types of their fields, and back.

Such a value may come from anyone: whatever does not have the type that the model gives it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from generator.body import Body
from generator.channels import Channel
from generator.diagnostics import Place
from generator.markdown import read_document, read_lines_of, read_words
from generator.message_text import read_pieces
from generator.texts import MessageText, Prose
from generator.yaml_nodes import Text

_T = TypeVar("_T")
_Write = Callable[[Any, "Rest"], Any]
_Read = Callable[[Any, "Rest"], Any]
_OF_THE_FILE = (read_document, read_lines_of)
"""What reads prose out of the text of a whole file; `read_words` is given its own."""


class Rest:
    """What stands beside an outline: places and bodies, in the order of the fields they belong to."""

    def __init__(
        self,
        values: Iterable[Any] = (),
        path: str = "",
        text: str = "",
        channels: Mapping[str, Channel] | None = None,
    ) -> None:
        """Take what was written.

        Args:
            values: what `write_value` left here.
            path: the file that all of it stands in.
            text: the text of this file.
            channels: the channels of the guide by id.
        """
        self.values = [*values]
        self.path = path
        self.text = text
        self.channels = channels or {}
        self._values = iter(self.values)
        self._bodies: dict[tuple[int, int], Body[Any]] = {}

    def next(self, kind: type[_T]) -> _T:
        """Return the next value.

        Raises:
            TypeError: it is of another kind, or there is none.
        """
        return _checked(kind, next(self._values, None))

    def place(self) -> Place:
        """Return the next place."""
        # Most of what is read back are places.
        line, column = next(self._values, None), next(self._values, None)
        if type(line) is not int or type(column) is not int:
            raise TypeError(f"{line!r}:{column!r}: expected a place")
        return Place(self.path, line, column)

    def body(self, how: int, start: Place) -> Body[Any]:
        """Return the body that prose is a part of; all prose that begins at one place of a file shares one."""
        if how >= len(_OF_THE_FILE):
            return Body(read_words, self.next(str), start)
        key = how, start.line
        if key not in self._bodies:
            self._bodies[key] = Body(_OF_THE_FILE[how], self.text, start)
        return self._bodies[key]


def write_value(kind: type[_T], value: _T, rest: Rest) -> Any:
    """Return a value for JSON; what is no part of its outline goes to `rest`."""
    write, _ = _codec(kind)  # type: ignore[arg-type]  # mypy: a type is hashable
    return write(value, rest)


def read_value(kind: type[_T], data: Any, rest: Rest) -> _T:
    """Return the value that was written.

    Raises:
        TypeError, ValueError, LookupError: it is none of this kind.
    """
    _, read = _codec(kind)  # type: ignore[arg-type]
    value: _T = read(data, rest)
    return value


@cache
def _codec(kind: Any) -> tuple[_Write, _Read]:
    if kind in _OWN:
        return _OWN[kind]
    origin = get_origin(kind)
    arguments = get_args(kind)
    if is_dataclass(kind):
        return _of_class(kind)
    if origin is tuple:
        write, read = _codec(arguments[0])
        return (
            lambda value, rest: [write(one, rest) for one in value],
            lambda data, rest: tuple([read(one, rest) for one in _checked(list, data)]),
        )
    if origin is Literal:
        return lambda value, _: value, lambda data, _: arguments[arguments.index(data)]
    if origin is frozenset:
        return (
            lambda value, _: sorted(value),
            lambda data, _: frozenset(_checked(str, one) for one in _checked(list, data)),
        )
    if origin is not None and issubclass(origin, Mapping):
        return _of_mapping(*arguments)
    if origin is UnionType and arguments[1] is NoneType:
        write, read = _codec(arguments[0])
        return (
            lambda value, rest: None if value is None else [write(value, rest)],
            lambda data, rest: None if data is None else read(_checked(list, data)[0], rest),
        )
    raise TypeError(f"{kind}: a page holds nothing like it")


def _of_class(kind: Any) -> tuple[_Write, _Read]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    codecs = [_codec(hints[name]) for name in names]
    writers = [(name, write) for name, (write, _) in zip(names, codecs, strict=True)]
    readers = [read for _, read in codecs]

    def write(value: Any, rest: Rest) -> Any:
        return [write(getattr(value, name), rest) for name, write in writers]

    def read(data: Any, rest: Rest) -> Any:
        return kind(*[read(one, rest) for read, one in zip(readers, _checked(list, data), strict=True)])

    return write, read


def _of_mapping(key: Any, value: Any) -> tuple[_Write, _Read]:
    write_key, read_key = _codec(key)
    write_one, read_one = _codec(value)

    def read(data: Any, rest: Rest) -> dict[Any, Any]:
        found = {}
        for one, other in _checked(list, data):
            name = read_key(one, rest)
            found[name] = read_one(other, rest)
        return found

    return lambda value, rest: [[write_key(one, rest), write_one(other, rest)] for one, other in value.items()], read


def _checked(kind: type[_T], data: Any) -> _T:
    if type(data) is not kind:
        raise TypeError(f"{data!r}: expected {kind.__name__}")
    return data


def _of_plain(kind: type) -> tuple[_Write, _Read]:
    return lambda value, _: value, lambda data, _: _checked(kind, data)


def _write_place(place: Place, rest: Rest) -> None:
    rest.values += (place.line, place.column)


def _write_text(text: Text, rest: Rest) -> str:
    _write_place(text.place, rest)
    return str(text)


def _write_prose(prose: Prose, rest: Rest) -> None:
    read = prose.body.read
    how = _OF_THE_FILE.index(read) if read in _OF_THE_FILE else len(_OF_THE_FILE)
    rest.values += (how, prose.place.line, prose.place.column, prose.begin, prose.end)
    if how == len(_OF_THE_FILE):
        rest.values.append(prose.body.text)


def _read_prose(_: None, rest: Rest) -> Prose:
    how, place, begin, end = rest.next(int), rest.place(), rest.next(int), rest.next(int)
    return Prose(rest.body(how, place), place, begin, end)


def _write_message_text(text: MessageText, rest: Rest) -> None:
    _write_place(text.body.start, rest)
    rest.values.append(text.body.text)


def _read_message_text(_: None, rest: Rest) -> MessageText:
    place = rest.place()
    return MessageText(Body(read_pieces, rest.next(str), place))


_OWN: dict[Any, tuple[_Write, _Read]] = {
    str: _of_plain(str),
    int: _of_plain(int),
    bool: _of_plain(bool),
    Text: (_write_text, lambda data, rest: Text.at(_checked(str, data), rest.place())),
    Place: (_write_place, lambda _, rest: rest.place()),
    Channel: (lambda channel, _: channel.id, lambda data, rest: rest.channels[data]),
    Prose: (_write_prose, _read_prose),
    MessageText: (_write_message_text, _read_message_text),
}
