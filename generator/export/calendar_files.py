"""Calendar files: a reminder for every message and every routine, made when the site is built.

A reader loads such a file on a day that nobody knows when the site is built, so the file cannot say "tomorrow"; a
single event on a fixed day would already be over, and most calendars would put it there without a word. The page makes
dated reminders in the browser (`calendar.js`). What a built file can do without JavaScript is a habit: an all-day
event that comes back, and asks whether somebody is waiting for this message, or whether it is time for this list.
Wherever and whenever it is loaded, the next turn lies ahead, and the reader can move that one turn to the right day or
delete the rest. For the same reason it has no end, even where a routine says how many `times` it goes on.

How often it comes back is what `repeat` says. For a message without one it follows from what `send` says. "1 day after
meeting" is of use only when somebody looks at least once a week; "within 2 weeks" needs a look every two weeks; "3
months later" one every three months. Where `send` names no time that can be read, the reminder comes once a month. It
begins on the first Monday of the edition, the only date that the same content always gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from generator.links import calendar_url, page_url
from generator.model import Checklist, Guide, Message, Settings
from generator.schedule import RHYTHMS, Rhythm, message_lines, rhythm, routine_lines
from generator.words import Words

if TYPE_CHECKING:
    from icalendar import Calendar

PRODUCT = "-//coaching-guide//reminders 1//EN"

_EDITION = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?!\d)")
_NO_DATE = date(2024, 1, 1)
"""Where reminders begin when the edition names no month: a Monday."""


@dataclass(frozen=True, slots=True)
class _Reminder:
    """What a file says."""

    uid: str
    title: str
    lines: tuple[str, ...]
    page_key: str
    rhythm: Rhythm


def calendar_files(guide: Guide, site_url: str, directory_urls: bool = True) -> dict[str, bytes]:
    """Return the reminders of all messages and routines by their addresses.

    Args:
        guide: a guide without errors.
        site_url: the site's address with a slash at its end, "" when it is not known; the reminders lead to the pages.
        directory_urls: whether a page's address ends in a slash (else in .html).
    """
    return {uri: make().encode() for uri, make in calendar_makers(guide, site_url, directory_urls).items()}


def calendar_makers(guide: Guide, site_url: str, directory_urls: bool = True) -> dict[str, Callable[[], str]]:
    """Return what makes each reminder, by the reminder's address; see `calendar_files`."""

    def make(uri: str, reminder: Callable[[], _Reminder]) -> str:
        page = site_url + page_url(uri, directory_urls) if site_url else ""
        made: bytes = _calendar(guide.settings, guide.words, reminder(), page).to_ical()
        return made.decode()

    messages = {f"messages/{one.id}.md": partial(_of_message, one, guide.words) for one in guide.messages}
    routines = {
        f"checklists/{one.id}.md": partial(_of_routine, one, guide.words) for one in guide.checklists if one.repeat
    }
    return {calendar_url(uri): partial(make, uri, reminder) for uri, reminder in (messages | routines).items()}


def first_day(edition: str) -> date:
    """Return the first Monday of the month, or of the year, that an edition names, such as "2026-11"."""
    match = _EDITION.search(edition)
    try:
        day = date(int(match[1]), int(match[2] or 1), 1) if match else _NO_DATE
        return day + timedelta(days=-day.weekday() % 7)
    except (ValueError, OverflowError):
        return _NO_DATE


def _of_message(message: Message, words: Words) -> _Reminder:
    return _Reminder(
        f"message-{message.id}",
        message.title,
        (words("reminder.message"), *message_lines(message, words)),
        "reminder.words",
        RHYTHMS[message.repeat] if message.repeat else rhythm(message.send, words),
    )


def _of_routine(checklist: Checklist, words: Words) -> _Reminder:
    return _Reminder(
        f"routine-{checklist.id}",
        checklist.title,
        (words("reminder.routine"), *routine_lines(checklist, words)),
        "reminder.list",
        RHYTHMS[checklist.repeat],
    )


def _calendar(settings: Settings, words: Words, reminder: _Reminder, page: str) -> Calendar:
    # Imported late: an edit, which mostly makes none anew, need not wait for it.
    from icalendar import Alarm, Calendar, Event, vRecur  # noqa: PLC0415

    start = first_day(settings.edition)
    event = Event()
    # Stable, so that loading a file twice, or a newer edition of it, replaces the reminder and does not double it.
    event.add("uid", f"{reminder.uid}@{settings.id}.coaching-guide")
    event.add("sequence", start.year * 100 + start.month)
    event.add("dtstamp", datetime(start.year, start.month, start.day, tzinfo=UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(days=1))
    monday = {"BYDAY": "1MO"} if reminder.rhythm.frequency == "MONTHLY" else {}
    event.add("rrule", vRecur({**reminder.rhythm.rule, **monday}))
    event.add("transp", "TRANSPARENT")
    event.add("summary", reminder.title)
    lines = (
        *reminder.lines,
        words(reminder.page_key, link=page or f"{settings.title}, {reminder.title}"),
        words("reminder.comes_back"),
    )
    event.add("description", "\n".join(lines))
    if page:
        event.add("url", page)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.title)
    # Nine in the morning of the day; at its start, which is midnight, a telephone would ring in the night.
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar
