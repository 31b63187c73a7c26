"""What is wrong with the content: where, what was found, what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]

_QUOTED_AT_MOST = 60
"""Characters of an author's text that a message quotes; a longer text is cut."""
NEAR = 0.75
"""How alike two names must be to be taken for a slip (difflib's ratio): 'titel' and 'title' are, 0.8."""
RENAMED = 0.6
"""How alike an old and a new name often are: 'first-thing' and 'first-step' are, 0.67."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a content file: path relative to the project, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def moved(self, lines: int, column: int = 1) -> Place:
        """Return the place `lines` further down."""
        return Place(self.path, self.line + lines, column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One mistake in the content."""

    place: Place
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {self.message}"


class Log:
    """Collects diagnostics, so that the first mistake never hides the second."""

    def __init__(self) -> None:
        self._found: set[Diagnostic] = set()

    def error(self, place: Place, code: str, message: str) -> None:
        """Note a mistake that keeps the guide from being built."""
        self._found.add(Diagnostic(place, code, message, "error"))

    def warning(self, place: Place, code: str, message: str) -> None:
        """Note something that the guide can be built with, but should not be published with."""
        self._found.add(Diagnostic(place, code, message, "warning"))

    def add(self, other: Log) -> None:
        """Note what another one has."""
        self._found |= other._found

    @property
    def noted(self) -> int:
        """How much has been noted; unchanged behind a step that found nothing wrong."""
        return len(self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return everything noted, by file and line."""
        # By a key: comparing the objects themselves takes ten times as long.
        return tuple(sorted(self._found, key=_order))


def _order(found: Diagnostic) -> tuple[str, int, int, str, str]:
    return found.place.path, found.place.line, found.place.column, found.code, found.message


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether one of the diagnostics is an error."""
    return any(d.severity == "error" for d in diagnostics)


def quote(text: str) -> str:
    """Return an author's text as a message quotes it: one line, printable, not too long."""
    shown = "".join(c if c.isprintable() else " " for c in text).strip()
    if len(shown) > _QUOTED_AT_MOST:
        shown = shown[: _QUOTED_AT_MOST - 3] + "..."
    return f"'{shown}'"


def nearest(found: str, known: Iterable[str], alike: float = NEAR) -> str | None:
    """Return the known name that `found` is most likely a slip of, None when none is as alike as `alike` (0 to 1)."""
    by_form = {_form(name): name for name in sorted(known, reverse=True)}
    near = get_close_matches(_form(found[:200]), by_form, n=1, cutoff=alike)
    return by_form[near[0]] if near else None


def _form(name: str) -> str:
    """Return a name without what people vary in writing it: capitals, and how its words are joined."""
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def hint(found: str, known: Iterable[str], listed: int = 8) -> str:
    """Return '; did you mean ...?' with the nearest known name; the known names when at most `listed`; or nothing."""
    names = sorted(set(known))
    near = nearest(found, names)
    if near is not None:
        return f"; did you mean {quote(near)}?"
    if 0 < len(names) <= listed:
        return "; known: " + ", ".join(quote(name)[1:-1] for name in names)
    return ""


def counted(number: int, noun: str) -> str:
    """Return '1 error' or '2 errors'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def report(diagnostics: Iterable[Diagnostic]) -> str:
    """Return all diagnostics, one a line, and a last line that counts them."""
    found = list(diagnostics)
    if not found:
        return "no problems"
    errors = sum(d.severity == "error" for d in found)
    counts = [counted(n, noun) for n, noun in ((errors, "error"), (len(found) - errors, "warning")) if n]
    files = len({d.place.path for d in found})
    lines = [str(d) for d in found]
    lines.append(f"{' and '.join(counts)} in {counted(files, 'file')}")
    return "\n".join(lines)
