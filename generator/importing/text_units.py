"""Plain text as units: paragraphs, entries of lists, and lines that may be headings, with what surrounds each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_BULLET = re.compile(r"\s*(?:[-*•·‣◦▪–—]|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]|\d{1,2})\))\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){0,4})[.):]?\s+(?=\S)")
_RULE = re.compile(r"\s*([=\-~^*#_+.])\1{2,}\s*\Z")
_HASH = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_END_MARK = re.compile(r"[.!?…:;,][\"')\]”’»]*\Z")
_WRAP_AT = (45, 110)
"""Between how many characters lines are broken by hand or by a mail program."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together.

    `above` and `below` count the empty lines around it; `underline` is the character it is underlined with, or "#"s
    that stand before it; `short` tells that it is one line, with room for the next word where lines are broken.
    """

    text: str
    line: int
    item: int = 0
    above: int = 0
    below: int = 0
    underline: str = ""
    short: bool = True
    strong: bool = False
    numbered: bool = False


def units_of(lines: Sequence[str]) -> tuple[Unit, ...]:
    """Return the units of a text.

    Args:
        lines: its lines, in order.
    """
    width = _wrap_width(lines)
    units: list[Unit] = []
    empty = 0
    run: list[tuple[int, str]] = []

    def end_run() -> None:
        nonlocal empty
        if run:
            made = _units_of_run(run, width)
            units.extend([replace(made[0], above=empty), *made[1:]] if made else [])
            run.clear()
            empty = 0

    for number, line in enumerate(lines, 1):
        if line.strip():
            run.append((number, line))
            continue
        end_run()
        empty += 1
    end_run()
    units = [unit for unit in units if unit.text]
    return tuple(
        replace(unit, below=units[number + 1].above if number + 1 < len(units) else 1)
        for number, unit in enumerate(units)
    )


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which the lines of paragraphs are broken, 0 when each line is a paragraph."""
    pairs = [
        (above.rstrip(), below.strip())
        for above, below in pairwise(lines)
        if above.strip() and below.strip() and not _BULLET.match(below)
    ]
    broken = [above for above, below in pairs if not _END_MARK.search(above) or above.endswith(",")]
    going_on = [above for above, below in pairs if below[:1].islower()]
    if len(pairs) < 3 or len(going_on) < len(pairs) / 5 or not broken:
        return 0
    longest = sorted(len(line) for line in going_on)[int(len(going_on) * 0.9)]
    return longest if _WRAP_AT[0] <= longest <= _WRAP_AT[1] else 0


def _units_of_run(run: list[tuple[int, str]], width: int) -> list[Unit]:
    """Return the units of lines without an empty one between them."""
    units: list[Unit] = []
    for index, (number, line) in enumerate(run):
        text = line.strip()
        rule = _RULE.match(line)
        if rule:
            if units and units[-1].short and not units[-1].item and units[-1].line == number - 1:
                units[-1] = replace(units[-1], underline=rule[1])
            continue
        hashes = _HASH.match(text)
        if hashes and hashes[2]:
            units.append(Unit(hashes[2], number, underline=hashes[1]))
            continue
        bullet = _BULLET.match(line)
        if bullet:
            indent = len(line) - len(line.lstrip())
            units.append(Unit(line[bullet.end() :].strip(), number, item=1 + min(indent // 2, 8)))
            continue
        starts = not units or units[-1].underline or not width or _breaks_before(run, index, width)
        indented = line[:1] in " \t" and units and units[-1].item
        if units and (indented or not starts) and not units[-1].underline:
            units[-1] = replace(units[-1], text=f"{units[-1].text} {text}", short=False)
        else:
            units.append(Unit(text, number, numbered=bool(_NUMBERED.match(line))))
    return units


def _breaks_before(run: list[tuple[int, str]], index: int, width: int) -> bool:
    """Tell whether the line above a line ends a unit: the next word would have had room, and it looks complete."""
    above, line = run[index - 1][1].rstrip(), run[index][1].strip()
    room = len(above) + 1 + len(line.split()[0]) <= width - 2
    return room and not line[:1].islower() and (bool(_END_MARK.search(above)) or index == 1)
