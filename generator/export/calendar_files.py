"""Calendar files: a reminder for every message, made when the site is built.

A reader loads such a file on a day that nobody knows when the site is built, so the file cannot say "tomorrow"; a
single event on a fixed day would already be over, and most calendars would put it there without a word. The page makes
dated reminders in the browser. What a built file can do without JavaScript is a habit: an all-day event that comes
back, and asks whether somebody is waiting for this message. Wherever and whenever it is loaded, the next turn lies
ahead, and the reader can move that one turn to the right day or delete the rest.

How often it comes back follows from what `send` says. "1 day after meeting" is of use only when somebody looks at
least once a week; "within 2 weeks" needs a look every two weeks; "3 months later" one every three months. Where `send`
names no time that can be read, the reminder comes once a month. It begins on the first Monday of the edition, the only
date that the same content always gives, and has no end.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vRecur

from generator.links import page_url
from generator.model import Guide, Message

PRODUCT = "-//coaching-guide//reminders 1//EN"

_EDITION = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?!\d)")
_NO_DATE = date(2024, 1, 1)
"""Where reminders begin when the edition names no month: a Monday."""

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "few": 3, "four": 4, "six": 6}
_DELAY = re.compile(
    r"\b(\d{1,3}|" + "|".join(_NUMBERS) + r")(?:\s*(?:to|or|-|–)\s*\w+)?\s+(day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 360}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def calendar_files(guide: Guide, site_url: str) -> dict[str, bytes]:
    """Return the reminder of every message by its address.

    Args:
        guide: a guide without errors.
        site_url: the site's address with a slash at its end, "" when it is not known; the reminders lead to the pages.
    """
    return {f"messages/{m.id}/{m.id}.ics": _calendar(guide, m, site_url).to_ical() for m in guide.messages}


def rhythm(send: str) -> dict[str, str | int]:
    """Return how often a reminder comes back, as a recurrence rule, from what a message says about its time."""
    match = _DELAY.search(send)
    if match is None:
        return {"FREQ": "MONTHLY", "BYDAY": "1MO"}
    word = match[1].lower()
    number = _NUMBERS[word] if word in _NUMBERS else max(1, int(word))
    unit = match[2].lower()
    if unit in _MONTHS:
        months = min(12, number * _MONTHS[unit])
        return {"FREQ": "MONTHLY", **({"INTERVAL": months} if months > 1 else {}), "BYDAY": "1MO"}
    weeks = number * _DAYS[unit] // 7
    if weeks > 4:
        return {"FREQ": "MONTHLY", "BYDAY": "1MO"}
    return {"FREQ": "WEEKLY", **({"INTERVAL": weeks} if weeks > 1 else {})}


def first_day(edition: str) -> date:
    """Return the first Monday of the month, or of the year, that an edition names, such as "2026-11"."""
    match = _EDITION.search(edition)
    try:
        day = date(int(match[1]), int(match[2] or 1), 1) if match else _NO_DATE
        return day + timedelta(days=-day.weekday() % 7)
    except (ValueError, OverflowError):
        return _NO_DATE


def _calendar(guide: Guide, message: Message, site_url: str) -> Calendar:
    settings = guide.settings
    start = first_day(settings.edition)
    stamp = datetime(start.year, start.month, start.day, tzinfo=UTC)
    page = site_url + page_url(f"messages/{message.id}.md") if site_url else ""
    event = Event()
    # Stable, so that loading a file twice, or a newer edition of it, replaces the reminder and does not double it.
    event.add("uid", f"message-{message.id}@{settings.id}.coaching-guide")
    event.add("sequence", start.year * 100 + start.month)
    event.add("dtstamp", stamp)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(days=1))
    event.add("rrule", vRecur(rhythm(message.send)))
    event.add("transp", "TRANSPARENT")
    event.add("summary", message.title)
    event.add("description", _description(guide, message, page))
    if page:
        event.add("url", page)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", message.title)
    # Nine in the morning of the day; at its start, which is midnight, a telephone would ring in the night.
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar


def _description(guide: Guide, message: Message, page: str) -> str:
    lines = [
        "Is somebody waiting for this message?",
        f"Send it when: {message.when}",
        f"Not when: {message.not_when}",
        f"How soon: {message.send}",
        f"The words: {page}" if page else f"The words: {guide.settings.title}, {message.title}",
        "This reminder comes back. Move it to the day that suits you; delete it when you no longer need it.",
    ]
    return "\n".join(lines)
