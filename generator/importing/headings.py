"""Finds the headings of plain text: which lines are headings, and of which form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.importing.language import Language
from generator.importing.text_units import Unit

_MOST_WORDS, _MOST_CHARACTERS = 14, 100
_END = re.compile(r"[.!,;:…][\"')\]”’»]*\Z")
_TWO_SENTENCES = re.compile(r"[.!?]\s+[A-Z]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|^\W+\Z|^[\d\W]+\Z")
_SPEAKER = re.compile(r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)?:\s")
_DECIMAL = re.compile(r"§?\s*(\d{1,3}(?:\.\d{1,3}){0,4})[.):]?\s+(?=\S)")
_ROMAN = re.compile(r"([IVXL]{1,6})[.):]\s+(?=\S)")
_LETTER = re.compile(r"([A-Z])[.)]\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be a heading.

    `form` tells how it shows: ("underline", its mark), ("word", "chapter"), ("number", how deep), ("roman",),
    ("letter",), ("capitals",), ("strong",) or ("plain",). `body` counts the units up to the next candidate.
    """

    unit: Unit
    index: int
    form: tuple[str, ...]
    body: int = 0
    question: bool = False
    titled: bool = False
    """Whether its words are written with capitals, as in a title."""


def find_candidates(units: Sequence[Unit], language: Language) -> list[Candidate]:
    """Return the units that are headings by their form and by what stands around them, in order."""
    ended = [unit for unit in units if len(unit.text.split()) > _MOST_WORDS]
    regular = sum(bool(re.search(r"[.!?:…][\"')\]”’»]*\Z", unit.text)) for unit in ended) >= 0.8 * len(ended)
    shaped = [_candidate(unit, index, language, regular=regular) for index, unit in enumerate(units)]
    found = [candidate for candidate in shaped if candidate is not None]
    found = _without_lists(found, units)
    return _with_bodies(found, len(units))


def _candidate(unit: Unit, index: int, language: Language, *, regular: bool) -> Candidate | None:
    text = unit.text
    words = text.split()
    if unit.item or not unit.short or not words:
        return None
    form = _form(unit, language)
    marked = form[0] not in ("plain", "strong")
    bare = _bare(text)
    if len(words) > _MOST_WORDS + 4 * marked or len(text) > _MOST_CHARACTERS + 40 * marked:
        return None
    if form[0] == "underline":
        return Candidate(unit, index, form)
    end = _END.search(text)
    if end and not (form[0] in ("capitals", "strong") and end[0].startswith((":", "!", "."))):
        return None
    if _TWO_SENTENCES.search(bare) or _ADDRESS.search(text) or language.no_heading.fullmatch(text):
        return None
    if bare[:1].islower() or (_SPEAKER.match(bare) and form[0] == "plain" and not _is_titled(bare, language)):
        return None
    question = text.rstrip("\"'”’»)").endswith("?")
    titled = _is_titled(bare, language)
    # A short line in the case of a sentence is a heading only where sentences end with a mark.
    if form[0] == "plain" and not titled and not question and not (regular and bare[:1].isupper()):
        return None
    if question and (bare[:1] in '"“«‘' or len(words) > _MOST_WORDS):
        return None
    return Candidate(unit, index, form, question=question, titled=titled)


def _bare(text: str) -> str:
    """Return a heading without its number."""
    for pattern in (_DECIMAL, _ROMAN, _LETTER):
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text


def _form(unit: Unit, language: Language) -> tuple[str, ...]:
    text = unit.text
    if unit.underline:
        return ("underline", unit.underline)
    if match := _DECIMAL.match(text):
        return ("number", str(match[1].count(".") + 1))
    first = text.split()[0].lower().rstrip(".:")
    numbered = re.match(r"\w+\s+(?:\d{1,3}|[ivxlIVXL]{1,6}|[a-z]{3,9})\b\s*(?:[.:–—-]|\Z)", text, re.IGNORECASE)
    if first in language.numbering and numbered:
        return ("word", first)
    if _ROMAN.match(text) and not text.startswith("I. "):
        return ("roman",)
    if match := _LETTER.match(text):
        return ("roman",) if match[1] == "I" else ("letter",)
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 2 and all(c.isupper() for c in letters if c.upper() != c.lower()):
        return ("capitals",)
    return ("strong",) if unit.strong else ("plain",)


def _is_titled(text: str, language: Language) -> bool:
    words = [word for word in _WORD.findall(text) if word.lower().replace("’", "'") not in language.small]
    capital = sum(word[0].isupper() for word in words)
    return bool(words) and capital >= 0.7 * len(words) and text[:1].upper() == text[:1]


def _without_lists(found: list[Candidate], units: Sequence[Unit]) -> list[Candidate]:
    """Leave out lines that stand together without text between them, as in a list without marks or an address.

    Up to three may: title, section and part. So may numbers of which each lies deeper than the one above.
    """
    kept: list[Candidate] = []
    group: list[Candidate] = []

    def end_group() -> None:
        last = group[-1] if group else None
        if last is not None and last.index == len(units) - 1:
            group.pop()  # nothing stands under it
        plain = [c for c in group if c.form[0] in ("plain", "strong")]
        questions = [c for c in group if c.question]
        numbers = [c for c in group if c.form[0] == "number"]
        rising = all(a.form < b.form for a, b in pairwise(numbers))
        if len(numbers) > 1 and not rising:
            # "1 Apples", "2 Pears": entries; the last one may still be a heading with its text.
            dropped = set(map(id, numbers[:-1])) if len(numbers) < 3 else set(map(id, numbers))
            kept.extend(c for c in group if id(c) not in dropped)
        elif len(plain) > (3 if group and group[0].index == 0 else 2) or len(questions) > 1:
            kept.extend(c for c in group if c not in plain)
        else:
            kept.extend(group)
        group.clear()

    for candidate in found:
        if group and candidate.index != group[-1].index + 1:
            end_group()
        group.append(candidate)
    end_group()
    return kept


def _with_bodies(found: list[Candidate], end: int) -> list[Candidate]:
    ends = [candidate.index for candidate in found[1:]] + [end] * bool(found)
    return [
        Candidate(c.unit, c.index, c.form, stop - c.index - 1, c.question, c.titled)
        for c, stop in zip(found, ends, strict=True)
    ]
