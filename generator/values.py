"""The values that a record of a content file holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Place
from generator.yaml_nodes import Text


class Values(Mapping[str, Any]):
    """The values of a record that are right, and the place of the whole and of each key.

    `complete` tells whether every value that must be there is there; `doubts` names the keys with a mistake anywhere
    in their values, or without a value that they must have.
    """

    def __init__(self, place: Place, values: dict[str, Any], places: dict[str, Place], doubts: frozenset[str]) -> None:
        self.place = place
        self.doubts = doubts
        self.complete = doubts <= values.keys()
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

    def text(self, key: str) -> Text:
        """Return a text, an empty one where it is missing or wrong."""
        value = self._values.get(key)
        return value if isinstance(value, Text) else Text.at("", self.place_of(key))

    def number(self, key: str) -> int:
        """Return a number, 0 where it is missing or wrong."""
        return int(self._values.get(key, 0))

    def entries(self, key: str) -> tuple[Any, ...]:
        """Return the right entries of a list, none where it is missing or wrong."""
        return tuple(self._values.get(key, ()))
