"""Calendar files made at build time, read by a library and line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

import pytest
import vobject
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from generator.diagnostics import Log
from generator.export.calendar_files import calendar_files, first_day
from generator.model import Guide
from generator.parse import Source, read_guide
from generator.schedule import RHYTHMS, rhythm
from tests.support import CHECKLIST, MESSAGE, tiny_guide

SITE = "https://tiny.example/"
URI = "messages/thank/thank.ics"
ROUTINE = "checklists/before/before.ics"
WEEKLY = CHECKLIST.replace("situation: after", "situation: after\nrepeat: weekly")
LONG = MESSAGE.replace("when: Somebody helped.", f'when: "Semi;colon, comma \\\\ and {"näh-नमस्ते " * 20}"')


def guide_of(**changes: str) -> Guide:
    files = {path.removeprefix("content/"): text for path, text in tiny_guide(**changes).items()}
    guide = read_guide(Source("content", files), Log())
    assert guide is not None
    return guide


def file_of(site: str = SITE, **changes: str) -> bytes:
    return calendar_files(guide_of(**changes), site)[URI]


def routine_of(site: str = SITE, **changes: str) -> bytes:
    return calendar_files(guide_of(**{"checklist": WEEKLY, **changes}), site)[ROUTINE]


def event_of(data: bytes) -> Any:
    (event,) = cast("Any", Calendar.from_ical(data)).walk("VEVENT")
    return event


def lines_of(data: bytes) -> list[str]:
    """The content lines, unfolded by hand."""
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_every_message_and_every_routine_has_a_file_of_its_own() -> None:
    assert list(calendar_files(guide_of(), SITE)) == [URI]
    assert list(calendar_files(guide_of(checklist=WEEKLY), SITE)) == [URI, ROUTINE]


@pytest.mark.parametrize("data", [file_of(), file_of(message=LONG), routine_of()])
def test_lines_end_in_crlf_and_are_folded_by_octets(data: bytes) -> None:
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() or line == b""
        assert line != b" "


@pytest.mark.parametrize("data", [file_of(), routine_of()])
def test_the_file_says_each_thing_that_is_required_once(data: bytes) -> None:
    lines = lines_of(data)
    names = [line.partition(":")[0].partition(";")[0] for line in lines]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    for name in (
        "VERSION",
        "PRODID",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "RRULE",
        "SUMMARY",
        "TRANSP",
        "ACTION",
        "TRIGGER",
    ):
        assert names.count(name) == 1, name
    assert "VERSION:2.0" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "METHOD" not in names


def test_the_reminder_lasts_one_whole_day_and_takes_no_time() -> None:
    event = event_of(file_of())
    assert event.decoded("dtstart") == date(2026, 11, 2)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert "DTSTART;VALUE=DATE:20261102" in lines_of(file_of())
    assert "DTSTAMP:20261102T000000Z" in lines_of(file_of())


def test_one_alarm_is_shown_at_nine_in_the_morning() -> None:
    (alarm,) = event_of(file_of()).walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"] == "Say thanks"
    assert alarm.decoded("trigger") == timedelta(hours=9)
    assert "TRIGGER:PT9H" in lines_of(file_of())


def test_the_reminder_says_when_to_send_and_where_the_words_are() -> None:
    event = event_of(file_of())
    assert event["summary"] == "Say thanks"
    assert "How soon: 1 day after the help" in event["description"]
    assert "Send it when: Somebody helped." in event["description"]
    assert "https://tiny.example/messages/thank/" in event["description"]
    assert event["url"] == "https://tiny.example/messages/thank/"


def test_an_unknown_site_leaves_no_address_behind() -> None:
    event = event_of(file_of(site=""))
    assert "url" not in event
    assert "http" not in event["description"]
    assert "Tiny, Say thanks" in event["description"]


def test_text_comes_back_as_it_was_written() -> None:
    message = guide_of(message=LONG).messages[0]
    assert f"Send it when: {message.when}\n" in event_of(file_of(message=LONG))["description"]


def test_loading_a_file_twice_or_a_newer_edition_does_not_double_it() -> None:
    guide = guide_of()
    newer = replace(guide, settings=replace(guide.settings, edition="2027-03"))
    old, new = (event_of(calendar_files(each, SITE)[URI]) for each in (guide, newer))
    moved = event_of(calendar_files(guide, "https://elsewhere.example/guide/")[URI])
    assert old["uid"] == new["uid"] == moved["uid"] == "message-thank@tiny.coaching-guide"
    assert old["sequence"] < new["sequence"]


def test_the_same_guide_gives_the_same_bytes() -> None:
    assert file_of() == file_of()


@pytest.mark.parametrize(
    ("send", "rule"),
    [
        ("1 day after meeting", "FREQ=WEEKLY"),
        ("within 2 days of the talk", "FREQ=WEEKLY"),
        ("within a few days of knowing", "FREQ=WEEKLY"),
        ("within a week of learning it", "FREQ=WEEKLY"),
        ("1 to 2 weeks before the event", "FREQ=WEEKLY"),
        ("2 weeks after your question", "FREQ=WEEKLY;INTERVAL=2"),
        ("two weeks or more before you need it", "FREQ=WEEKLY;INTERVAL=2"),
        ("3 months later", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("once a quarter", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("a month later", "FREQ=MONTHLY;BYDAY=1MO"),
        ("45 days later", "FREQ=MONTHLY;BYDAY=1MO"),
        ("as soon as you notice", "FREQ=MONTHLY;BYDAY=1MO"),
        ("0 days later", "FREQ=WEEKLY"),
        ("999 years later", "FREQ=MONTHLY;INTERVAL=12;BYDAY=1MO"),
    ],
)
def test_a_reminder_comes_back_as_often_as_the_message_needs_a_look(send: str, rule: str) -> None:
    assert f"RRULE:{rule}" in lines_of(file_of(message=MESSAGE.replace("1 day after the help", send)))


@pytest.mark.parametrize("send", ["1 day after", "2 weeks after", "any time", "3 months later"])
def test_the_next_turn_is_never_further_away_than_the_rhythm_says(send: str) -> None:
    event = event_of(file_of(message=MESSAGE.replace("1 day after the help", send)))
    start = event.decoded("dtstart")
    rule = rhythm(send)
    longest = rule.interval * (7 if rule.frequency == "WEEKLY" else 35)
    turns = rrulestr(event["rrule"].to_ical().decode(), dtstart=_at_noon(start)).xafter(
        _at_noon(start), count=30, inc=True
    )
    days = [turn.date() for turn in turns]
    assert days[0] == start
    assert all(0 < (later - earlier).days <= longest for earlier, later in pairwise(days))


def _at_noon(day: date) -> Any:
    from datetime import datetime, time

    return datetime.combine(day, time(12))


@pytest.mark.parametrize(
    ("edition", "day"),
    [
        ("2026-11", date(2026, 11, 2)),
        ("2026-11-20", date(2026, 11, 2)),
        ("Edition 2027", date(2027, 1, 4)),
        ("second", date(2024, 1, 1)),
        ("2026-13", date(2024, 1, 1)),
        ("9999-12", date(9999, 12, 6)),
    ],
)
def test_reminders_begin_on_the_first_monday_of_the_edition(edition: str, day: date) -> None:
    assert first_day(edition) == day
    assert day.weekday() == 0


# ---- what comes back -------------------------------------------------------------------------------------------------

RULES = {
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY;BYDAY=1MO",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO",
    "half-yearly": "FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO",
    "yearly": "FREQ=MONTHLY;INTERVAL=12;BYDAY=1MO",
}


def test_every_word_for_how_often_is_a_rule() -> None:
    files: Mapping[str, bytes] = {
        word: routine_of(checklist=WEEKLY.replace("repeat: weekly", f"repeat: {word}")) for word in RHYTHMS
    }
    rules = {word: [line[6:] for line in lines_of(data) if line.startswith("RRULE:")] for word, data in files.items()}
    assert rules == {word: [rule] for word, rule in RULES.items()}


def test_what_a_message_says_about_coming_back_counts_more_than_its_time() -> None:
    data = file_of(message=MESSAGE.replace("asks:", "repeat: quarterly\nasks:"))
    assert f"RRULE:{RULES['quarterly']}" in lines_of(data)


def test_the_reminder_of_a_routine_says_when_how_long_and_where_the_list_is() -> None:
    event = event_of(routine_of())
    assert event["summary"] == "Before it"
    assert event["uid"] == "routine-before@tiny.coaching-guide"
    assert event["url"] == "https://tiny.example/checklists/before/"
    assert event["description"].splitlines() == [
        "Is it time for this list?",
        "When: The day before.",
        "It takes 5 minutes.",
        "The list: https://tiny.example/checklists/before/",
        "This reminder comes back. Move it to the day that suits you; delete it when you no longer need it.",
    ]


def test_a_routine_of_some_turns_has_no_end_in_a_built_file() -> None:
    """The file begins on a day that may be long past; with an end it would be over before it is loaded."""
    data = routine_of(checklist=WEEKLY.replace("repeat: weekly", "repeat: weekly\ntimes: 4"))
    assert "RRULE:FREQ=WEEKLY" in lines_of(data)
    assert "It takes 5 minutes in all, over 4 turns." in event_of(data)["description"]


def test_a_page_without_a_folder_of_its_own_is_led_to_by_its_right_address() -> None:
    (data,) = calendar_files(guide_of(), SITE, directory_urls=False).values()
    assert event_of(data)["url"] == "https://tiny.example/messages/thank.html"


@pytest.mark.parametrize("data", [file_of(), file_of(message=LONG), routine_of()])
def test_a_second_library_reads_the_same(data: bytes) -> None:
    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    (event,) = calendar.vevent_list
    (alarm,) = event.valarm_list
    first = event_of(data)
    assert event.summary.value == first["summary"]
    assert event.description.value == first["description"]
    assert event.dtstart.value == first.decoded("dtstart")
    assert alarm.trigger.value == timedelta(hours=9)
