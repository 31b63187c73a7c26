"""When things are due: the times that messages name, how often routines come back, and what follows a message.

This is the only reader of the English in `send`; pages and calendar files get numbers from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.model import Checklist, Guide, Message

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = r"\d{1,3}|" + "|".join(_NUMBERS)
_DELAY = re.compile(
    rf"\b(?P<least>{_NUMBER})(?:\s*(?:to|or|-|–)\s*(?P<most>{_NUMBER}))?\s+(?P<unit>day|week|month|quarter|year)s?\b"
    r"(?:\s+or\s+(?:more|less))?(?:\s+(?P<relation>after|before|of|from|later)\b\s*(?P<event>[^,;:.]*))?",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(r"\bthe same day\b", re.IGNORECASE)
_EVENT_ENDS = re.compile(r"\s+(?:or|when|while|if|at the)\s")
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_MONTHS = 120
"""A delay that is longer, such as 999 years, is a slip; a date has only four digits for the year."""
_OWN_MESSAGE = re.compile(
    r"(?:your|the (?:last|first|second|previous))\b.*\b(?:message|question|note|letter|e-?mail|invitation|reply)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:I|you|he|she|it|we|they|there|somebody|someone)\s", re.IGNORECASE)
_NO_TIME_MONTHS = 1
"""How long after the step before a step is set whose time cannot be counted; the same pace as `rhythm` has for it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something comes back: `frequency` and `interval` as in a recurrence rule, and in words."""

    frequency: Literal["WEEKLY", "MONTHLY"]
    interval: int
    words: str

    @property
    def rule(self) -> dict[str, str | int]:
        """The parts of a recurrence rule (RFC 5545, 3.3.10) that do not depend on the first day."""
        return {"FREQ": self.frequency, **({"INTERVAL": self.interval} if self.interval > 1 else {})}

    @property
    def days_and_months(self) -> tuple[int, int]:
        """The time from one turn to the next."""
        return (7 * self.interval, 0) if self.frequency == "WEEKLY" else (0, self.interval)


RHYTHMS = {
    "weekly": Rhythm("WEEKLY", 1, "every week"),
    "fortnightly": Rhythm("WEEKLY", 2, "every two weeks"),
    "monthly": Rhythm("MONTHLY", 1, "every month"),
    "quarterly": Rhythm("MONTHLY", 3, "every three months"),
    "half-yearly": Rhythm("MONTHLY", 6, "every six months"),
    "yearly": Rhythm("MONTHLY", 12, "every year"),
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

    @property
    def event_is_clause(self) -> bool:
        """Whether the event is a clause ("they asked"), and not a thing ("the talk")."""
        return bool(_CLAUSE.match(self.event))


def read_delay(send: str) -> Delay | None:
    """Return the first time that `send` names, None when it names none."""
    match = _DELAY.search(send)
    same_day = _SAME_DAY.search(send)
    if same_day is not None and (match is None or same_day.start() < match.start()):
        return Delay(0, 0, "day", "", "")
    if match is None:
        return None
    least = _number(match["least"])
    most = max(least, _number(match["most"])) if match["most"] else least
    word = (match["relation"] or "").lower()
    relation: Literal["after", "before", ""] = "before" if word == "before" else "after" if word else ""
    event = _EVENT_ENDS.split((match["event"] or "").strip(), maxsplit=1)[0].strip()
    return Delay(least, most, match["unit"].lower(), relation, event)


def rhythm(send: str) -> Rhythm:
    """Return how often somebody has to look whether a message is due, from what it says about its time."""
    delay = read_delay(send)
    if delay is None:
        return RHYTHMS["monthly"]
    number = max(1, delay.least)
    if delay.unit in _MONTHS:
        return Rhythm("MONTHLY", min(12, number * _MONTHS[delay.unit]), "")
    weeks = number * _DAYS[delay.unit] // 7
    return Rhythm("WEEKLY", max(1, weeks), "") if weeks <= 4 else RHYTHMS["monthly"]


def sequence(guide: Guide, message: Message) -> Sequence:
    """Return what a message sets going.

    The chain ends with a message that comes back (`repeat`), or before one that is in it already. A message that comes
    back also follows on itself.
    """
    delay = read_delay(message.send)
    event = delay.event if delay and delay.relation else ""
    ahead = bool(event) and delay is not None and delay.relation == "before"
    steps = [_step(message, delay) if delay and event else Step(message)]
    seen = set()
    current = message
    while current.next is not None and current.next not in seen:
        current = guide.message(current.next)
        if current.id == message.id:
            break
        seen.add(current.id)
        steps.append(_following(current, ahead and len(steps) == 1))
        if current.repeat:
            return Sequence(event, ahead, tuple(steps))
    if message.repeat:
        steps.append(_following(message, False))
    return Sequence(event, ahead, tuple(steps))


def message_lines(message: Message) -> tuple[str, ...]:
    """Return what a reminder of a message says about it."""
    return (f"Send it when: {message.when}", f"Not when: {message.not_when}", f"How soon: {message.send}")


def routine_lines(checklist: Checklist) -> tuple[str, ...]:
    """Return what a reminder of a routine says about it."""
    minutes = "1 minute" if checklist.minutes == 1 else f"{checklist.minutes} minutes"
    # A list that is spread over several turns takes its minutes over all of them.
    together = f" in all, over {checklist.times} turns" if checklist.times else ""
    return (f"When: {checklist.when}", f"It takes {minutes}{together}.")


def _following(message: Message, after_event: bool) -> Step:
    delay = read_delay(message.send)
    back = RHYTHMS[message.repeat] if message.repeat else None
    counts = after_event or (delay is not None and (not delay.event or _OWN_MESSAGE.match(delay.event) is not None))
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


def _number(word: str) -> int:
    return _NUMBERS[word.lower()] if word.lower() in _NUMBERS else int(word)
