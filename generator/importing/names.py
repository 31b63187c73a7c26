"""Ids for what an article calls by headings: safe as file names and addresses, and each only once."""

from __future__ import annotations

import re

from generator.names import INDEX, slug_of
from generator.parse.prose import OPENING

_LONGEST_ID = 48
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""Names that Windows keeps for devices: no file can have them, whatever its ending."""
_NUMBER = re.compile(
    r"(?:§\s*)?(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[IVXL]{1,6}[.):]|[A-Z][.)])\s+(?=\S)|\w+\s+\d{1,3}\s*[:.–—-]\s+(?=\S)"
)


def title_of(heading: str) -> str:
    """Return a heading as the title of a page: without its number, and not in capitals."""
    match = _NUMBER.match(heading)
    title = heading[match.end() :] if match else heading
    letters = [c for c in title if c.isalpha()]
    if len(title.split()) > 1 and letters and all(c == c.upper() for c in letters) and title != title.lower():
        title = title.capitalize()
    return title[:1].upper() + title[1:]


class Ids:
    """Gives ids, none of them twice."""

    def __init__(self, otherwise: str, reserved: frozenset[str] = frozenset({INDEX, OPENING})) -> None:
        """Begin.

        Args:
            otherwise: what an id is made of when nothing in a text can stand in one: "lesson" gives "lesson-1".
            reserved: ids that mean something else.
        """
        self._otherwise = otherwise
        self._taken = set(reserved)
        self._given = 0

    def give(self, text: str) -> str:
        """Return an id made of a text."""
        self._given += 1
        id = slug_of(text)
        if len(id) > _LONGEST_ID:
            id = id[: _LONGEST_ID + 1].rpartition("-")[0] or id[:_LONGEST_ID].strip("-")
        if not id or _RESERVED.match(id) or id in (INDEX, OPENING):
            id = f"{self._otherwise}-{id or self._given}"
        chosen, number = id, 2
        while chosen in self._taken:
            chosen, number = f"{id}-{number}", number + 1
        self._taken.add(chosen)
        return chosen
