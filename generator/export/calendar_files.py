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
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vRecur

from generator.links import calendar_url, page_url
from generator.model import Guide, Message, Settings
from generator.schedule import RHYTHMS, Rhythm, message_lines, rhythm, routine_lines
from generator.words import Words

PRODUCT = "-//coaching-guide//reminders 1//EN"

_EDITION = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?!\d)")
_NO_DATE = date(2024, 1, 1)
"""Where reminders begin when the edition names no month: a Monday."""


@dataclass(frozen=True, slots=True)
class _Reminder:
    """What a file says; `uri` is the page it leads to."""

    uid: str
    title: str
    lines: tuple[str, ...]
    page_key: str
    uri: str
    rhythm: Rhythm


def calendar_files(guide: Guide, site_url: str, directory_urls: bool = True) -> dict[str, bytes]:
    """Return the reminders of all messages and routines by their addresses.

    Args:
        guide: a guide without errors.
        site_url: the site's address with a slash at its end, "" when it is not known; the reminders lead to the pages.
        directory_urls: whether a page's address ends in a slash (else in .html).
    """
    settings = guide.settings
    files = {}
    for reminder in (*(_of_message(message, guide.words) for message in guide.messages), *_routines(guide)):
        page = site_url + page_url(reminder.uri, directory_urls) if site_url else ""
        files[calendar_url(reminder.uri)] = _calendar(settings, guide.words, reminder, page).to_ical()
    return files


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
        f"messages/{message.id}.md",
        RHYTHMS[message.repeat] if message.repeat else rhythm(message.send, words),
    )


def _routines(guide: Guide) -> Iterable[_Reminder]:
    for checklist in guide.checklists:
        if checklist.repeat:
            yield _Reminder(
                f"routine-{checklist.id}",
                checklist.title,
                (guide.words("reminder.routine"), *routine_lines(checklist, guide.words)),
                "reminder.list",
                f"checklists/{checklist.id}.md",
                RHYTHMS[checklist.repeat],
            )


def _calendar(settings: Settings, words: Words, reminder: _Reminder, page: str) -> Calendar:
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
