"""Calendar files made in the page, in a real browser: the preview, the dates, the files line by line."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import vobject
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar
from playwright.sync_api import Browser, Page, Route, expect

THANKS = "messages/thank-after-meeting/"
HELLO = "messages/check-in-no-agenda/"
BEFORE = "messages/hello-before-event/"
PLAN = "checklists/thirty-day-plan/"
TOOLS = "customElements.get('guide-sequence').tools"
NAMES = (
    "Ann7, Bo7; and \\Co7\\n",
    "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} \u05e9\u05dc\u05d5\u05dd7 \u0645\u0631\u062d7",
    "\u0928\u092e\u0938\u094d\u0924\u0947 " * 60,
    'END:VEVENT7:"x7"<b7>&amp7;',
)


@contextmanager
def opened(browser: Browser, url: str, now: str, zone: str = "Europe/Berlin") -> Iterator[Page]:
    """A page at a moment, given in UTC, in a time zone."""
    context = browser.new_context(timezone_id=zone, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto(url)
    yield page
    context.close()


@pytest.fixture
def thanks(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address + THANKS, "2026-11-24T10:00:00Z") as page:
        yield page


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save calendar file").click()
    return Path(download.value.path()).read_bytes()


def preview(page: Page) -> list[tuple[str, str]]:
    """The days and titles that the page shows."""
    boxes = page.locator("guide-sequence li:not([hidden])")
    return [
        (row.locator("time").get_attribute("datetime") or "", row.get_attribute("data-title") or "")
        for row in boxes.all()
    ]


def events(data: bytes) -> list[Any]:
    return list(cast("Any", Calendar.from_ical(data)).walk("VEVENT"))


def days(data: bytes) -> list[str]:
    return [event.decoded("dtstart").isoformat() for event in events(data)]


def uids(data: bytes) -> list[str]:
    return [str(event["uid"]) for event in events(data)]


def content_lines(data: bytes) -> list[str]:
    """The content lines, unfolded by hand, after everything is proved that holds for each line of a file."""
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert line != b" "
        # No character is split: each line is whole UTF-8 by itself.
        line.decode()
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def prove(data: bytes) -> None:
    """Prove what RFC 5545 and the calendars that read least want of every file; two libraries read it alike."""
    lines = content_lines(data)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coaching-guide//reminders 1//EN"]
    assert lines[-1] == "END:VCALENDAR"
    blocks = re.findall(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", "\n".join(lines), re.DOTALL)
    assert len(blocks) == lines.count("BEGIN:VEVENT") >= 1
    for block in blocks:
        before, alarm = re.fullmatch(r"(.*)\nBEGIN:VALARM\n(.*)\nEND:VALARM", block, re.DOTALL).groups()  # type: ignore[union-attr]
        names = [re.split("[:;]", line)[0] for line in before.split("\n")]
        required = ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "DESCRIPTION"]
        assert sorted(set(names)) == sorted(names)
        assert set(required) <= set(names) <= {*required, "RRULE", "URL"}
        assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z$", before, re.MULTILINE)
        assert re.search(r"^DTSTART;VALUE=DATE:\d{8}$", before, re.MULTILINE)
        summary = re.search(r"^SUMMARY:(.*)$", before, re.MULTILINE)
        assert summary is not None
        assert alarm.split("\n") == ["ACTION:DISPLAY", f"DESCRIPTION:{summary[1]}", "TRIGGER:PT9H"]
    found = events(data)
    assert len(set(uids(data))) == len(found) == len(blocks)
    other = vobject.readOne(data.decode())
    other.validate(raiseException=True)
    for mine, theirs in zip(found, other.vevent_list, strict=True):
        assert theirs.uid.value == mine["uid"]
        assert theirs.summary.value == mine["summary"]
        assert theirs.description.value == mine["description"]
        assert theirs.dtstart.value == mine.decoded("dtstart")
        assert theirs.dtend.value - theirs.dtstart.value == timedelta(days=1)
        if "rrule" in mine:
            # The first day fits the rule, or calendars count it twice or not at all.
            start = datetime.combine(mine.decoded("dtstart"), datetime.min.time())
            assert rrulestr(mine["rrule"].to_ical().decode(), dtstart=start)[0] == start


# ---- the sequence ----------------------------------------------------------------------------------------------------


def test_after_sending_today_the_file_holds_what_follows(thanks: Page) -> None:
    assert preview(thanks) == [
        ("2026-12-08", "Share something useful"),
        ("2027-03-08", "Say hello and ask for nothing"),
    ]
    data = saved(thanks)
    prove(data)
    assert days(data) == ["2026-12-08", "2027-03-08"]
    share, hello = events(data)
    assert "rrule" not in share
    assert hello["rrule"].to_ical() == b"FREQ=MONTHLY;INTERVAL=3;BYDAY=2MO"
    assert str(share["description"]).startswith("Send it when: ")
    assert "\nHow soon: 2 to 4 weeks after your last message" in share["description"]
    assert "comes back" not in share["description"]
    assert "\nIt comes back every three months; delete it when you no longer need it." in hello["description"]


def test_before_sending_the_file_begins_with_the_message_and_counts_from_the_meeting(thanks: Page) -> None:
    thanks.get_by_role("radio", name="I have not sent it yet").check()
    thanks.get_by_label("Day of meeting").fill("2026-11-25")
    data = saved(thanks)
    prove(data)
    assert days(data) == ["2026-11-26", "2026-12-10", "2027-03-10"]
    assert [(day, title) for day, title in preview(thanks)] == [
        (event.decoded("dtstart").isoformat(), event["summary"]) for event in events(data)
    ]


def test_what_follows_a_message_before_an_event_counts_from_the_event(browser: Browser, address: str) -> None:
    with opened(browser, address + BEFORE, "2026-11-24T10:00:00Z") as page:
        page.get_by_role("radio", name="I have not sent it yet").check()
        page.get_by_label("Day of the event").fill("2027-01-29")
        assert [day for day, _ in preview(page)] == ["2027-01-24", "2027-01-30", "2027-02-13", "2027-05-13"]
        page.get_by_role("radio", name="I sent this").check()
        expect(page.get_by_label("Day of the event")).to_have_value("2027-01-29")
        assert [day for day, _ in preview(page)] == ["2027-01-30", "2027-02-13", "2027-05-13"]


def test_a_message_that_comes_back_stands_in_the_file_twice_and_is_not_mixed_up(browser: Browser, address: str) -> None:
    with opened(browser, address + HELLO, "2026-11-24T10:00:00Z") as page:
        page.get_by_role("radio", name="I have not sent it yet").check()
        data = saved(page)
        prove(data)
        assert days(data) == ["2026-11-24", "2026-12-08", "2027-03-08"]


def test_a_day_that_is_past_becomes_today_and_what_follows_moves_along(thanks: Page) -> None:
    thanks.get_by_role("radio", name="I have not sent it yet").check()
    thanks.get_by_label("Day of meeting").fill("2026-10-01")
    thanks.get_by_label("Day of meeting").blur()
    assert [day for day, _ in preview(thanks)] == ["2026-11-24", "2026-12-08", "2027-03-08"]
    expect(thanks.get_by_text("That day is past, so it is set to today")).to_have_count(3)
    expect(thanks.get_by_text("That day is past, so it is set to today").filter(visible=True)).to_have_count(1)


def test_an_unticked_step_stays_out_and_moves_nothing(thanks: Page) -> None:
    thanks.get_by_role("checkbox", name="Share something useful").uncheck()
    assert days(saved(thanks)) == ["2027-03-08"]


def test_a_step_with_no_time_to_count_says_so(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}messages/thank-for-introduction/", "2026-11-24T10:00:00Z") as page:
        step = page.get_by_role("checkbox", name="Say thank you for advice and report what")
        expect(step).to_have_accessible_description(re.compile("There is no fixed day for it"))


def test_a_message_that_nothing_follows_is_one_reminder(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}messages/answer-late/", "2026-11-24T10:00:00Z") as page:
        expect(page.locator("guide-sequence").get_by_role("radio")).to_have_count(0)
        page.get_by_label("Day you want to send it").fill("2026-11-30")
        data = saved(page)
        prove(data)
        assert days(data) == ["2026-11-30"]


def test_a_routine_begins_on_the_day_chosen_and_ends_after_its_turns(
    browser: Browser, address: str, site: Path
) -> None:
    with opened(browser, address + PLAN, "2026-11-24T10:00:00Z") as page:
        page.get_by_label("Day you begin").fill("2026-11-23")
        data = saved(page)
        prove(data)
        (event,) = events(data)
        assert days(data) == ["2026-11-23"]
        assert event["rrule"].to_ical() == b"FREQ=WEEKLY;COUNT=4;INTERVAL=1"
        # Loading it after the built file replaces that one.
        (built,) = events((site / "checklists/thirty-day-plan/thirty-day-plan.ics").read_bytes())
        assert event["uid"] == built["uid"]
        assert event["sequence"] > built["sequence"]


# ---- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "now", "today", "following"),
    [
        # An hour before and after clocks change, late in the evening, far from Greenwich, at a year's end.
        ("America/New_York", "2026-03-08T06:30:00Z", "2026-03-08", "2026-03-22"),
        ("America/New_York", "2026-03-08T04:30:00Z", "2026-03-07", "2026-03-21"),
        ("Europe/Berlin", "2026-10-24T22:30:00Z", "2026-10-25", "2026-11-08"),
        ("Pacific/Kiritimati", "2026-12-31T11:00:00Z", "2027-01-01", "2027-01-15"),
        ("Pacific/Pago_Pago", "2027-01-01T10:30:00Z", "2026-12-31", "2027-01-14"),
        ("America/Santiago", "2026-09-06T03:30:00Z", "2026-09-05", "2026-09-19"),
        ("Asia/Kolkata", "2028-02-14T20:00:00Z", "2028-02-15", "2028-02-29"),
    ],
)
def test_today_is_the_readers_day_and_no_change_of_clocks_moves_a_step(
    browser: Browser, address: str, zone: str, now: str, today: str, following: str
) -> None:
    with opened(browser, address + THANKS, now, zone) as page:
        expect(page.get_by_label("Day you sent it")).to_have_value(today)
        assert preview(page)[0][0] == following
        data = saved(page)
        assert days(data)[0] == following
        assert events(data)[0].decoded("dtstamp") == datetime.fromisoformat(now).astimezone(UTC)


def test_months_are_counted_as_a_calendar_does_it(thanks: Page) -> None:
    first = date(2027, 1, 1)
    cases = [
        (first + timedelta(days=n), d, m) for n in range(800) for d, m in ((0, 1), (0, 3), (14, 0), (-5, 0), (0, 120))
    ]
    found = thanks.evaluate(
        f"cases => cases.map(([day, days, months]) => {TOOLS}.later(Date.parse(day), days, months))",
        [(day.isoformat(), d, m) for day, d, m in cases],
    )
    for (day, d, m), number in zip(cases, found, strict=True):
        wanted = day + relativedelta(months=m) + timedelta(days=d)
        assert datetime.fromtimestamp(number / 1000, UTC) == datetime.combine(wanted, datetime.min.time(), UTC)


def test_a_rule_leaves_out_no_quarter_whatever_the_day_it_begins(thanks: Page) -> None:
    starts = [date(2027, 8, 1) + timedelta(days=n) for n in range(366)]
    data = thanks.evaluate(
        f"""days => {TOOLS}.calendar(days.map((day, number) => ({{
          uid: `${{number}}@x`, day: Date.parse(day), rule: "FREQ=MONTHLY;INTERVAL=3", title: "t", lines: [], page: ""
        }})), 0)""",
        [day.isoformat() for day in starts],
    ).encode()
    for start, event in zip(starts, events(data), strict=True):
        at = datetime.combine(start, datetime.min.time())
        turns = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=at).xafter(at, count=5, inc=True))
        months = [turn.year * 12 + turn.month for turn in turns]
        assert turns[0] == at
        assert months == [months[0] + 3 * n for n in range(5)]


@pytest.mark.parametrize("day", ["", "1999-12-31", "2100-01-01"])
def test_without_a_day_that_can_be_used_no_file_is_made_and_the_page_says_why(thanks: Page, day: str) -> None:
    field = thanks.get_by_label("Day you sent it")
    field.fill(day)
    thanks.get_by_role("button", name="Save calendar file").click()
    expect(thanks.locator(".guide-sequence__problem")).to_have_text("Enter a day between 2000 and 2099.")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Enter a day between 2000 and 2099.")
    expect(thanks.get_by_role("status").filter(has_text="Enter a day between 2000 and 2099.")).to_have_count(1)
    field.fill("2026-11-24")
    assert len(days(saved(thanks))) == 2
    expect(thanks.locator(".guide-sequence__problem")).to_be_hidden()


def test_with_nothing_ticked_no_file_is_made_and_the_page_says_why(thanks: Page) -> None:
    for box in thanks.locator("guide-sequence li:not([hidden])").get_by_role("checkbox").all():
        box.uncheck()
    thanks.get_by_role("button", name="Save calendar file").click()
    expect(thanks.locator(".guide-sequence__problem")).to_have_text("Tick at least one step.")


# ---- two people, twice the same --------------------------------------------------------------------------------------


def test_the_same_person_and_day_give_the_same_ids_and_others_do_not(thanks: Page, address: str) -> None:
    def made(name: str, day: str) -> set[str]:
        thanks.get_by_label("Name or initials").fill(name)
        thanks.get_by_label("Day you sent it").fill(day)
        return set(uids(saved(thanks)))

    ann = made("Ann", "2026-11-24")
    others = [made("Bo", "2026-11-24"), made("", "2026-11-24"), made("Ann", "2026-11-23")]
    thanks.goto(address + THANKS)
    assert ann == made(" ann ", "2026-11-24")
    assert len(set.union(ann, *others)) == 8
    assert all(re.fullmatch(r"message-[a-z-]+-[0-9a-f]{1,14}@good-company\.coaching-guide", uid) for uid in ann)


def test_a_later_file_is_the_newer_one_and_has_the_same_ids(thanks: Page) -> None:
    first = saved(thanks)
    thanks.clock.set_fixed_time("2026-11-24T10:02:00Z")
    second = saved(thanks)
    assert uids(first) == uids(second)
    for old, new in zip(events(first), events(second), strict=True):
        assert old["sequence"] < new["sequence"]
        assert old.decoded("dtstamp") < new.decoded("dtstamp")


def test_a_name_is_in_the_file_only_when_the_reader_asks(thanks: Page) -> None:
    plain = [event["summary"] for event in events(saved(thanks))]
    for entered in NAMES:
        thanks.get_by_label("Name or initials").fill(entered)
        name = " ".join(thanks.get_by_label("Name or initials").input_value().split())
        without = saved(thanks)
        prove(without)
        lines = content_lines(without)
        assert not [line for line in lines if any(word in line for word in name.split() if not word.isalpha())]
        assert [event["summary"] for event in events(without)] == plain
        thanks.get_by_role("checkbox", name="Write the name into the calendar entries").check()
        named = saved(thanks)
        prove(named)
        assert uids(named) == uids(without)
        assert [event["summary"] for event in events(named)] == [f"{title}: {name}" for title in plain]
        thanks.get_by_role("checkbox", name="Write the name into the calendar entries").uncheck()


def test_any_text_comes_back_from_a_file_as_it_went_in(thanks: Page) -> None:
    texts = [
        "a\nb\r\nc\rd",
        "\\n \\, \\; \\\\",
        "x" * 300,
        "\u20ac" * 300,
        "\U0001f469\u200d\U0001f52c" * 60,
        "a\x00\x1bb",
        "\u2028",
        " ",
    ]
    data = thanks.evaluate(
        f"""texts => {TOOLS}.calendar(texts.map((text, number) => ({{
          uid: `${{number}}@x`, day: 0, rule: "", title: text, lines: [text, text], page: ""
        }})), 0)""",
        texts,
    ).encode()
    prove(data)
    wanted = ["a\nb\nc\nd", *texts[1:5], "ab", "\n", " "]
    assert [event["summary"] for event in events(data)] == wanted
    assert [event["description"] for event in events(data)] == [f"{text}\n{text}" for text in wanted]


# ---- wherever the page comes from ------------------------------------------------------------------------------------


def test_a_page_opened_from_a_folder_makes_the_file_and_does_not_tell_of_the_folder(
    browser: Browser, site: Path
) -> None:
    with opened(browser, (site / THANKS / "index.html").as_uri(), "2026-11-24T10:00:00Z") as page:
        data = saved(page)
        prove(data)
        assert "file:" not in data.decode()
        assert events(data)[0]["url"] == "https://good-company.example/messages/share-something-useful/"


def _served(site: Path) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        file = site / (path if path and not path.endswith("/") else f"{path}index.html")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])

    return answer


def test_a_page_on_plain_http_makes_the_file_and_leads_back_to_itself(page: Page, site: Path) -> None:
    page.route("http://guide.example/**", _served(site))
    page.goto(f"http://guide.example/{THANKS}")
    assert page.evaluate("isSecureContext") is False
    data = saved(page)
    prove(data)
    assert events(data)[0]["url"] == "http://guide.example/messages/share-something-useful/"


def test_without_javascript_the_built_file_is_there_and_the_form_is_not(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for uri, name in ((THANKS, "Calendar reminder that comes back (ICS,"), (PLAN, "a reminder every week (ICS,")):
        page.goto(address + uri)
        expect(page.get_by_role("link", name=name)).to_be_visible()
        expect(page.get_by_role("button", name="Save calendar file")).to_have_count(0)
    context.close()


def test_the_keyboard_is_enough_and_what_happened_is_said(thanks: Page) -> None:
    thanks.get_by_role("radio", name="I sent this").focus()
    thanks.keyboard.press("ArrowRight")
    expect(thanks.get_by_role("status").filter(has_text=re.compile(r"3 reminders, the first on .*25"))).to_have_count(1)
    thanks.get_by_role("checkbox", name="Thank someone").focus()
    thanks.keyboard.press("Space")
    thanks.get_by_label("Name or initials").focus()
    with thanks.expect_download() as download:
        thanks.keyboard.press("Enter")
    assert download.value.suggested_filename == "thank-after-meeting-2026-11-24.ics"
    assert len(events(Path(download.value.path()).read_bytes())) == 2
    expect(thanks.get_by_role("status").filter(has_text="Saved. Open the file")).to_have_count(1)


def test_the_messages_go_on_the_plan_only_when_the_reader_asks(thanks: Page, address: str) -> None:
    saved(thanks)
    assert thanks.evaluate("coachingGuide.store.all('follow/')") == []
    thanks.get_by_role("checkbox", name="Put these messages on my plan as well").check()
    saved(thanks)
    thanks.goto(f"{address}plan/")
    for title in ("Share something useful", "Say hello and ask for nothing"):
        expect(thanks.get_by_role("article").get_by_role("link", name=title)).to_be_visible()


def test_nothing_that_is_entered_is_kept(thanks: Page) -> None:
    thanks.get_by_label("Name or initials").fill("Quetzalcoatl")
    saved(thanks)
    assert "Quetzalcoatl" not in thanks.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])"
    )
