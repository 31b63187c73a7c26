"""When things are due: the times that messages name, how often routines come back, and what follows a message.

This is the only reader of the words in `send`; pages and calendar files get numbers from here. What these words are in
a language stands in its catalogue, under `send`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.model import Checklist, Guide, Message
from generator.words import Words, english

_UNITS = ("day", "week", "month", "quarter", "year")

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_MONTHS = 120
"""A delay that is longer, such as 999 years, is a slip; a date has only four digits for the year."""
_NO_TIME_MONTHS = 1
"""How long after the step before a step is set whose time cannot be counted; the same pace as `rhythm` has for it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something comes back: `frequency` and `interval` as in a recurrence rule."""

    frequency: Literal["WEEKLY", "MONTHLY"]
    interval: int

    @property
    def rule(self) -> dict[str, str | int]:
        """The parts of a recurrence rule (RFC 5545, 3.3.10) that do not depend on the first day."""
        return {"FREQ": self.frequency, **({"INTERVAL": self.interval} if self.interval > 1 else {})}

    @property
    def days_and_months(self) -> tuple[int, int]:
        """The time from one turn to the next."""
        return (7 * self.interval, 0) if self.frequency == "WEEKLY" else (0, self.interval)


RHYTHMS = {
    "weekly": Rhythm("WEEKLY", 1),
    "fortnightly": Rhythm("WEEKLY", 2),
    "monthly": Rhythm("MONTHLY", 1),
    "quarterly": Rhythm("MONTHLY", 3),
    "half-yearly": Rhythm("MONTHLY", 6),
    "yearly": Rhythm("MONTHLY", 12),
}
"""What `repeat` of a checklist or a message may say."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A time that `send` names: "2 to 4 weeks after your last message" has least 2, most 4, unit "week".

    `relation` is "after" or "before" the `event`, or "" when neither is said.
    """

    least: int
    most: int
    unit: str
    relation: Literal["after", "before", ""]
    event: str


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a sequence, so many days and months from what comes before it; days before it are negative.

    `loose` marks a step whose time cannot be counted, such as "when you know how it went". `rhythm` is how often it
    comes back, None when it is sent once.
    """

    message: Message
    days: int = 0
    months: int = 0
    loose: bool = False
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """What a message sets going: itself as the first step, then the chain of `next`.

    The first step counts from the day of `event`, or is due on a day of the reader's choice when `event` is "".
    Where it lies `ahead` of the event, what follows counts from the event; else each step counts from the one before.
    """

    event: str
    ahead: bool
    steps: tuple[Step, ...]
    event_is_clause: bool = False
    """Whether the event is a clause ("they asked"), and not a thing ("the talk")."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of `send` in one language, ready to be looked for."""

    numbers: Mapping[str, int]
    units: Mapping[str, str]
    before: frozenset[str]
    delay: re.Pattern[str]
    same_day: re.Pattern[str]
    event_ends: re.Pattern[str]
    article: re.Pattern[str]
    own_message: re.Pattern[str]
    clause: re.Pattern[str]


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words, the longest first; one that nothing fits where there is none."""
    found = sorted((" ".join(word.split()) for word in words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) or "(?!)"


@lru_cache(maxsize=16)
def _grammar(words: Words) -> _Grammar:
    lists = words.grammar["send"]
    numbers = {word.lower(): number for word, number in lists["numbers"].items()}
    units = {word.lower(): unit for unit in _UNITS for word in lists[unit]}
    number = rf"\d{{1,3}}|{_one_of(numbers)}"
    own, things = _one_of(lists["own"]), _one_of(lists["own_things"])
    return _Grammar(
        numbers,
        units,
        frozenset(word.lower() for word in lists["before"]),
        re.compile(
            rf"\b(?P<least>{number})(?:\s*(?:{_one_of(lists['ranges'])}|-|–)\s*(?P<most>{number}))?"
            rf"\s+(?P<unit>{_one_of(units)})\b(?:\s+(?:{_one_of(lists['hedges'])}))?"
            rf"(?:\s+(?P<relation>{_one_of([*lists['after'], *lists['before']])})\b\s*(?P<event>[^,;:.]*))?",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{_one_of(lists['same_day'])})\b", re.IGNORECASE),
        re.compile(rf"\s+(?:{_one_of(lists['event_ends'])})\s"),
        re.compile(rf"(?:{_one_of(lists['articles'])})\s+", re.IGNORECASE),
        re.compile(rf"(?:{own})\b.*\b(?:{things})\b", re.IGNORECASE),
        re.compile(rf"(?:{_one_of(lists['clauses'])})\s", re.IGNORECASE),
    )


def read_delay(send: str, words: Words | None = None) -> Delay | None:
    """Return the first time that `send` names, None when it names none.

    Args:
        send: what a message says about its time.
        words: those of the guide's language; English when not given.
    """
    grammar = _grammar(words or english())
    match = grammar.delay.search(send)
    same_day = grammar.same_day.search(send)
    if same_day is not None and (match is None or same_day.start() < match.start()):
        return Delay(0, 0, "day", "", "")
    if match is None:
        return None
    least = _number(match["least"], grammar)
    most = max(least, _number(match["most"], grammar)) if match["most"] else least
    word = _plain(match["relation"] or "")
    relation: Literal["after", "before", ""] = "before" if word in grammar.before else "after" if word else ""
    event = grammar.event_ends.split((match["event"] or "").strip(), maxsplit=1)[0].strip()
    return Delay(least, most, grammar.units[_plain(match["unit"])], relation, event)


def rhythm(send: str, words: Words | None = None) -> Rhythm:
    """Return how often somebody has to look whether a message is due, from what it says about its time.

    Args:
        send: what the message says.
        words: those of the guide's language; English when not given.
    """
    delay = read_delay(send, words)
    if delay is None:
        return RHYTHMS["monthly"]
    number = max(1, delay.least)
    if delay.unit in _MONTHS:
        return Rhythm("MONTHLY", min(12, number * _MONTHS[delay.unit]))
    weeks = number * _DAYS[delay.unit] // 7
    return Rhythm("WEEKLY", max(1, weeks)) if weeks <= 4 else RHYTHMS["monthly"]


def sequence(guide: Guide, message: Message) -> Sequence:
    """Return what a message sets going.

    The chain ends with a message that comes back (`repeat`), or before one that is in it already. A message that comes
    back also follows on itself.
    """
    words = guide.words
    grammar = _grammar(words)
    delay = read_delay(message.send, words)
    event = delay.event if delay and delay.relation else ""
    ahead = bool(event) and delay is not None and delay.relation == "before"
    clause = bool(grammar.clause.match(event))
    named = event if clause else grammar.article.sub("", event, count=1) if grammar.article.match(event) else event
    steps = [_step(message, delay) if delay and event else Step(message)]
    seen = set()
    current = message
    while current.next is not None and current.next not in seen:
        current = guide.message(current.next)
        if current.id == message.id:
            break
        seen.add(current.id)
        steps.append(_following(current, ahead and len(steps) == 1, words))
        if current.repeat:
            return Sequence(named, ahead, tuple(steps), clause)
    if message.repeat:
        steps.append(_following(message, False, words))
    return Sequence(named, ahead, tuple(steps), clause)


def message_lines(message: Message, words: Words) -> tuple[str, ...]:
    """Return what a reminder of a message says about it."""
    return (
        words("reminder.send_when", when=message.when),
        words("reminder.not_when", when=message.not_when),
        words("reminder.how_soon", when=message.send),
    )


def routine_lines(checklist: Checklist, words: Words) -> tuple[str, ...]:
    """Return what a reminder of a routine says about it."""
    minutes = words.minutes(checklist.minutes)
    # A list that is spread over several turns takes its minutes over all of them.
    takes = (
        words("reminder.takes_in_all", minutes=minutes, n=checklist.times)
        if checklist.times
        else words("reminder.takes", minutes=minutes)
    )
    return (words("reminder.when", when=checklist.when), takes)


def rhythm_words(repeat: str, words: Words) -> str:
    """Return in words how often something comes back, from what `repeat` says."""
    return words(f"rhythm.{repeat.replace('-', '_')}")


def _following(message: Message, after_event: bool, words: Words) -> Step:
    delay = read_delay(message.send, words)
    back = RHYTHMS[message.repeat] if message.repeat else None
    own_message = _grammar(words).own_message
    counts = after_event or (delay is not None and (not delay.event or bool(own_message.match(delay.event))))
    if delay is not None and delay.relation != "before" and counts:
        return _step(message, delay, back)
    if back is not None:
        days, months = back.days_and_months
        return Step(message, days, months, rhythm=back)
    return Step(message, months=_NO_TIME_MONTHS, loose=True)


def _step(message: Message, delay: Delay, back: Rhythm | None = None) -> Step:
    """Return the step on the first day that the delay allows."""
    number = -delay.most if delay.relation == "before" else delay.least
    if delay.unit in _DAYS:
        return Step(message, days=number * _DAYS[delay.unit], rhythm=back)
    months = number * _MONTHS[delay.unit]
    return Step(message, months=max(-_MOST_MONTHS, min(_MOST_MONTHS, months)), rhythm=back)


def _number(word: str, grammar: _Grammar) -> int:
    return grammar.numbers[_plain(word)] if _plain(word) in grammar.numbers else int(word)


def _plain(word: str) -> str:
    return " ".join(word.lower().split())
