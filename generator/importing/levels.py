"""Gives the headings of plain text their levels: by their forms where these differ, else by rhythm and words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from statistics import mean, pstdev

from generator.importing.headings import Candidate
from generator.importing.language import Language
from generator.importing.text_units import Unit

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_SUFFIXES = ("ations", "ation", "ings", "ions", "ing", "ion", "ers", "ies", "ed", "er", "es", "ly", "s")
_FEWEST_FOR_TWO_LEVELS = 8
_CHILDREN = {0: -2.6, 1: -2.4, 2: -0.5, 3: 0.2, 4: 0.3, 5: 0.1, 6: -0.3, 7: -0.8, 8: -1.4}
"""What a section gains by the number of its parts: sections with three to five are the common shape."""
_MOST_CHILDREN = 12


def levels_of(headings: Sequence[Candidate], units: Sequence[Unit], language: Language) -> list[int]:
    """Return the level of each heading, counted from 1."""
    forms = {heading.form for heading in headings}
    if len({form[:1] for form in forms}) > 1 or any(form[0] in ("number", "underline") for form in forms):
        return _by_form(headings, language)
    return _by_rhythm(headings, units, language)


def _by_form(headings: Sequence[Candidate], language: Language) -> list[int]:
    """Take a form that appears for the first time to lie one deeper than the heading above it, as docutils does.

    Numbers say themselves how deep they lie. Headings without a mark before the first number or behind the last
    section are sections, not parts of it: introductions and closing words are seldom numbered.
    """
    numbered = [number for number, heading in enumerate(headings) if heading.form[0] in ("number", "word", "roman")]
    first, last = (numbered[0], numbered[-1]) if numbered else (-1, len(headings))
    known: list[tuple[str, ...]] = []
    levels: list[int] = []
    for number, heading in enumerate(headings):
        form = heading.form[:1] if heading.form[0] == "number" else heading.form
        plain = form[0] in ("plain", "strong")
        if numbered and plain and (number < first or number > last) and form not in known:
            levels.append(1)
            continue
        if numbered and plain and (_closes(heading, language) or number > last):
            levels.append(1)
            continue
        if form not in known:
            above = next((known.index(_key(h)) for h in reversed(headings[:number]) if _key(h) in known), -1)
            known.insert(above + 1, form)
        depth = int(heading.form[1]) - 1 if heading.form[0] == "number" else 0
        levels.append(known.index(form) + 1 + depth)
    shallowest = min(levels)
    return [level - shallowest + 1 for level in levels]


def _key(heading: Candidate) -> tuple[str, ...]:
    return heading.form[:1] if heading.form[0] == "number" else heading.form


def _closes(heading: Candidate, language: Language) -> bool:
    return heading.unit.text.lower().strip(" .:!?") in language.closing | language.opening


def _by_rhythm(headings: Sequence[Candidate], units: Sequence[Unit], language: Language) -> list[int]:
    """Choose the division into sections and parts that is most like how articles are divided.

    The best of all divisions is found by dynamic programming; what a section gains or loses says `_gain`.
    """
    bodies = [heading.body for heading in headings]
    stacked = sum(heading.body == 0 for heading in headings)
    dense = sum(body <= 2 for body in bodies) >= 0.6 * len(bodies)
    if all(heading.question for heading in headings):
        return [1] * len(headings)
    if not stacked and (len(headings) < _FEWEST_FOR_TWO_LEVELS or not dense):
        return [1] * len(headings)
    features = _Features(headings, units, language)
    size = len(headings)
    best = [-math.inf] * (size + 1)
    best[size] = 0.0
    choice = [0] * size
    for start in range(size - 1, -1, -1):
        for children in range(min(_MOST_CHILDREN, size - start - 1) + 1):
            gain = features.gain(start, children) + best[start + children + 1]
            if gain > best[start]:
                best[start], choice[start] = gain, children
    levels: list[int] = []
    start = 0
    while start < size:
        levels += [1] + [2] * choice[start]
        start += choice[start] + 1
    return levels


class _Features:
    """What tells a section from a part when both look alike."""

    def __init__(self, headings: Sequence[Candidate], units: Sequence[Unit], language: Language) -> None:
        self._headings = headings
        self._language = language
        self._stems = [_stems(heading.unit.text, language) for heading in headings]
        self._intro = [
            _stems(units[h.index + 1].text, language) if h.body and h.index + 1 < len(units) else frozenset()
            for h in headings
        ]
        text = Counter(stem for unit in units for stem in _stem_list(unit.text, language))
        most = max(text.values(), default=1)
        self._weight = {stem: count / most for stem, count in text.items()}
        self._topic = {stem for stem, weight in self._weight.items() if weight >= 0.6}
        # Small words count half: they make a heading longer and its subject no wider.
        lengths = [
            0.5 * (len(heading.unit.text.split()) + len(_stem_list(heading.unit.text, language)))
            for heading in headings
        ]
        spread = pstdev(lengths) or 1.0
        self._length = [max(-1.5, min(1.5, (length - mean(lengths)) / spread)) for length in lengths]
        self._shape = [self._shape_of(heading) for heading in headings]

    def _shape_of(self, heading: Candidate) -> str:
        """Return the grammar of a heading: "-ing", an imperative, or its first word when that is a small one."""
        words = [word.lower() for word in _WORD.findall(heading.unit.text)]
        if not words:
            return ""
        if words[0] in ("not", "don't") and len(words) > 1:
            words = words[1:]
        if words[0].endswith("ing") and _stem(words[0]) not in self._topic:
            return "-ing"
        if words[0] in self._language.verbs:
            return "verb"
        return words[0] if words[0] in self._language.small else "noun"

    def gain(self, start: int, children: int) -> float:
        """Return how much like a section a heading with this many parts is."""
        heading = self._headings[start]
        own = self._alone(start) + (0.5 if self._intro[start] & self._topic else 0.0)
        around = {self._shape[number] for number in (start - 1, start + 1) if 0 <= number < len(self._headings)}
        if start and around == {self._shape[start]} != {"noun"}:
            own -= 1.6  # one of a row: "Asking", "Waiting", "Thanking"
        last = start + children + 1 >= len(self._headings)
        inside = range(start + 1, start + children + 1)
        if children == 0:
            closing = _closes(heading, self._language)
            long = heading.body >= 3
            cost = 0.0 if closing else -0.6 if last or long else _CHILDREN[0]
            return own + cost - (3.0 if heading.body == 0 else 0.0)
        gain = own + _CHILDREN.get(children, -2.0 - 0.4 * (children - 8))
        if any(_closes(self._headings[child], self._language) for child in inside):
            return gain - 4.0
        if any(self._headings[child].body == 0 for child in inside):
            gain -= 4.0
        if heading.body > 3:
            gain -= 0.8
        shapes = Counter(self._shape[child] for child in inside)
        alike = max(shapes.values()) / children
        gain += 0.6 * (alike - 0.6) if children > 1 else 0.0
        # Parts go on about what their section names; the topic of the whole article tells nothing.
        subject = (self._stems[start] | self._intro[start]) - self._topic
        near = sum(bool(subject & (self._stems[child] | self._intro[child])) for child in inside)
        gain += 0.5 * near / children
        gain -= 0.9 * sum(max(0.0, self._alone(child)) for child in inside) / math.sqrt(children)
        return gain

    def _alone(self, number: int) -> float:
        """Return how much a heading by itself looks like a section: longer, and about the topic of the article."""
        heading = self._headings[number]
        if _closes(heading, self._language):
            return 2.5
        topic = max((self._weight.get(stem, 0.0) for stem in self._stems[number]), default=0.0)
        stack = 2.5 if heading.body == 0 else 0.0
        return 0.9 * self._length[number] + 1.4 * (topic - 0.4) + stack


def _stem_list(text: str, language: Language) -> list[str]:
    return [
        _stem(word) for word in (w.lower().replace("’", "'") for w in _WORD.findall(text)) if word not in language.small
    ]


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(_stem_list(text, language))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix)
    return word
