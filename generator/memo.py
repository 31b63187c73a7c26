"""What was made of a guide, kept for the next build: made anew only when something that was read for it has changed.

It rests on two facts. What is made here depends on nothing but the guide, the settings and the templates; and every
body of a page that is read for it is noted (`body.py`). All else in a guide counts as one thing, its outline: when that
changes, or a setting or a template, everything is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from generator.body import note, noting
from generator.second_process import share

Kept = tuple[str, list[str]]
"""What was made, and the names of what was read for it."""


@dataclass(slots=True)
class KeptPage:
    """A page as it was read (see `kept_pages.py`).

    `digest` is the hash of its file's text, `outline` that of `page`, which holds all that can show on other pages; in
    `rest` is everything else.
    """

    digest: str
    outline: str
    page: list[Any]
    rest: list[Any]


@dataclass(slots=True)
class Memory:
    """What a build leaves: `inputs` are the hashes of all that could be read, `made` is by name what was made."""

    inputs: dict[str, str] = field(default_factory=dict)
    made: dict[str, Kept] = field(default_factory=dict)


class Memo:
    """What one build makes, with what the last one made."""

    def __init__(self, inputs: Mapping[str, str] | None = None, last: Memory | None = None) -> None:
        """Take what can be read.

        Args:
            inputs: a hash of everything that can be read, by name.
            last: what the last build left, where its outline, its settings and its templates were the same.
        """
        self._inputs = {**(inputs or {})}
        self._last = last or Memory()
        self._made: dict[str, Kept] = {}

    def add_inputs(self, inputs: Mapping[str, str]) -> None:
        """Take more that can be read; it was made in this build."""
        self._inputs |= inputs

    def keep(self, name: str, make: Callable[[], str]) -> str:
        """Return what `make` returns, without calling it where it would only return the same as last time."""
        kept = self._last.made.get(name)
        if kept is not None and self._is_right(kept):
            for one in kept[1]:
                note(one)
        else:
            with noting() as read:
                made = make()
            kept = made, sorted(read)
        self._made[name] = kept
        return kept[0]

    def keep_all(self, makes: Mapping[str, Callable[[], str]]) -> dict[str, str]:
        """Return what each of them returns by its name, as `keep` does; in two processes where nothing is known."""
        if self.knows_anything:
            return {name: self.keep(name, make) for name, make in makes.items()}
        names = [*makes]

        def make(number: int) -> dict[str, Kept]:
            before = self.made
            self.keep(names[number], makes[names[number]])
            return self.made_after(before)

        for made in share(len(names), make):
            self.take(made)
        for name in names:
            for one in self._made[name][1]:
                note(one)
        return {name: self._made[name][0] for name in names}

    def _is_right(self, kept: Kept) -> bool:
        then, now = self._last.inputs, self._inputs
        return all(name in now and now[name] == then.get(name) for name in kept[1])

    @property
    def knows_anything(self) -> bool:
        """Whether the last build left anything."""
        return bool(self._last.made)

    @property
    def made(self) -> int:
        """How much was made so far."""
        return len(self._made)

    def made_after(self, number: int) -> dict[str, Kept]:
        """Return all but the first so many that were made."""
        return dict(islice(self._made.items(), number, None))

    def take(self, made: Mapping[str, Kept]) -> None:
        """Take what was made elsewhere of the same inputs."""
        self._made |= made

    @property
    def memory(self) -> Memory:
        """What the next build may use again."""
        # What was not asked for, because something that it is a part of was still right, is right too.
        rest = {name: kept for name, kept in self._last.made.items() if name not in self._made and self._is_right(kept)}
        return Memory(self._inputs, {**rest, **self._made})
