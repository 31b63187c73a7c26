"""What a page says below its front matter: read when it is asked for, and noted, so that nothing is made anew in vain.

Whatever is made of a guide rests on what was read while it was made. A build notes that (`noting`), and makes a thing
anew only when something of it has changed (`memo.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from generator.diagnostics import Place

T = TypeVar("T")

_noted: list[set[str]] = []
"""What has been read since each `noting` that goes on, the innermost last."""


class Body(Generic[T]):
    """A text and what is read from it.

    `text` is what `read` is given, with `start`, the place where what is read begins; its path is what is noted.
    """

    __slots__ = ("_value", "read", "start", "text")

    def __init__(self, read: Callable[[str, Place], T], text: str, start: Place, value: T | None = None) -> None:
        """Take a text; `value` is what was read from it already."""
        self.read = read
        self.text = text
        self.start = start
        self._value = value

    @property
    def value(self) -> T:
        """What stands in the text."""
        note(self.start.path)
        if self._value is None:
            self._value = self.read(self.text, self.start)
        return self._value

    def __eq__(self, other: object) -> bool:
        """Whether the same stands in both, wherever they stand."""
        return isinstance(other, Body) and bool(self.value == other.value)

    def __hash__(self) -> int:
        """Return the same for all: what is equal may stand in texts that are not."""
        return hash(Body)

    def with_value(self, value: T) -> Body[T]:
        """Return what was made of what stands in the text."""
        return Body(self.read, self.text, self.start, value)


def note(name: str) -> None:
    """Note that something is read."""
    if _noted:
        _noted[-1].add(name)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collect the names of all that is read meanwhile."""
    read: set[str] = set()
    _noted.append(read)
    try:
        yield read
    finally:
        _noted.pop()
        if _noted:
            _noted[-1] |= read
