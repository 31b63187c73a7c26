"""The times that messages name, and the sequences that `next` and `send` make."""

from __future__ import annotations

import pytest

from generator.diagnostics import Log
from generator.model import Guide
from generator.parse import Source, read_guide
from generator.schedule import RHYTHMS, Delay, Sequence, read_delay, sequence
from tests.support import MESSAGE, tiny_guide


@pytest.mark.parametrize(
    ("send", "delay"),
    [
        ("1 day after meeting", Delay(1, 1, "day", "after", "meeting")),
        ("within 2 days of the talk", Delay(2, 2, "day", "after", "the talk")),
        ("within a few days of knowing how it went", Delay(3, 3, "day", "after", "knowing how it went")),
        ("2 to 4 weeks after your last message, or the day", Delay(2, 4, "week", "after", "your last message")),
        ("2 to 5 days before the event, or the evening before", Delay(2, 5, "day", "before", "the event")),
        ("two weeks or more before you need it", Delay(2, 2, "week", "before", "you need it")),
        ("1 week after a good first conversation, or later", Delay(1, 1, "week", "after", "a good first conversation")),
        ("1 day after the last time it happened, when calm", Delay(1, 1, "day", "after", "the last time it happened")),
        ("A Week After the Talk or when it suits", Delay(1, 1, "week", "after", "the Talk")),
        ("3 months later", Delay(3, 3, "month", "after", "")),
        ("once a quarter", Delay(1, 1, "quarter", "", "")),
        ("4-2 days after it", Delay(4, 4, "day", "after", "it")),
        ("the same day or the day after", Delay(0, 0, "day", "", "")),
        ("the same day; report again 2 weeks later", Delay(0, 0, "day", "", "")),
        ("2 weeks later, or the same day", Delay(2, 2, "week", "after", "")),
        ("as soon as you notice", None),
        ("in your last week, while your address still works", None),
    ],
)
def test_the_first_time_that_send_names_is_read(send: str, delay: Delay | None) -> None:
    assert read_delay(send) == delay


def guide_of(*messages: tuple[str, str, str, str]) -> Guide:
    """Return a guide with messages: id, send, next, repeat."""
    files = {path.removeprefix("content/"): text for path, text in tiny_guide().items()}
    for id, send, next, repeat in messages:
        text = MESSAGE.replace("send: 1 day after the help", f"send: {send}")
        keys = [f"{key}: {value}\n" for key, value in (("next", next), ("repeat", repeat)) if value]
        files[f"messages/{id}.md"] = text.replace("asks:", "".join(keys) + "asks:")
    log = Log()
    guide = read_guide(Source("content", files), log)
    assert guide is not None
    assert log.sorted() == ()
    return guide


def steps(plan: Sequence) -> list[tuple[str, int, int]]:
    return [(step.message.id, step.days, step.months) for step in plan.steps]


THANKS = ("thank", "1 day after meeting", "share", "")
SHARE = ("share", "2 to 4 weeks after your last message", "hello", "")
HELLO = ("hello", "the day something reminds you", "share", "quarterly")


def test_a_chain_of_next_is_a_sequence_that_ends_with_the_message_that_comes_back() -> None:
    guide = guide_of(THANKS, SHARE, HELLO)
    plan = sequence(guide, guide.message("thank"))
    assert plan.event == "meeting"
    assert not plan.ahead
    assert steps(plan) == [("thank", 1, 0), ("share", 14, 0), ("hello", 0, 3)]
    assert [step.rhythm for step in plan.steps] == [None, None, RHYTHMS["quarterly"]]
    assert not any(step.loose for step in plan.steps)


def test_a_message_that_comes_back_follows_on_itself() -> None:
    guide = guide_of(THANKS, SHARE, HELLO)
    plan = sequence(guide, guide.message("hello"))
    assert plan.event == ""
    assert steps(plan) == [("hello", 0, 0), ("share", 14, 0), ("hello", 0, 3)]
    guide = guide_of(THANKS, SHARE, ("hello", "any day", "", "fortnightly"))
    assert steps(sequence(guide, guide.message("hello"))) == [("hello", 0, 0), ("hello", 14, 0)]


def test_a_ring_of_messages_ends_before_it_begins_again() -> None:
    guide = guide_of(THANKS, SHARE, ("hello", "a month later", "share", ""))
    assert steps(sequence(guide, guide.message("thank"))) == [("thank", 1, 0), ("share", 14, 0), ("hello", 0, 1)]
    assert steps(sequence(guide, guide.message("share"))) == [("share", 14, 0), ("hello", 0, 1)]


def test_what_follows_a_message_before_an_event_counts_from_the_event() -> None:
    guide = guide_of(("before", "2 to 5 days before the event", "thank", ""), THANKS, SHARE, HELLO)
    plan = sequence(guide, guide.message("before"))
    assert (plan.event, plan.ahead) == ("the event", True)
    assert steps(plan)[:3] == [("before", -5, 0), ("thank", 1, 0), ("share", 14, 0)]


@pytest.mark.parametrize("send", ["within 2 days of hearing the outcome", "2 weeks before the talk", "when you know"])
def test_a_step_whose_time_cannot_be_counted_is_set_a_month_later_and_marked(send: str) -> None:
    guide = guide_of(("thank", "1 day after meeting", "report", ""), ("report", send, "", ""))
    step = sequence(guide, guide.message("thank")).steps[1]
    assert (step.days, step.months, step.loose) == (0, 1, True)


def test_a_message_without_a_time_or_a_next_is_one_step_on_a_day_of_choice() -> None:
    guide = guide_of(("thank", "any weekday", "", ""))
    assert steps(sequence(guide, guide.message("thank"))) == [("thank", 0, 0)]


def test_years_that_no_calendar_has_are_cut() -> None:
    guide = guide_of(("thank", "999 years after the flood", "", ""))
    assert steps(sequence(guide, guide.message("thank"))) == [("thank", 0, 120)]


@pytest.mark.parametrize(
    ("send", "clause"), [("2 days after they asked", True), ("2 days after the talk", False), ("today", False)]
)
def test_an_event_is_known_to_be_a_clause_or_a_thing(send: str, clause: bool) -> None:
    guide = guide_of(("thank", send, "", ""))
    assert sequence(guide, guide.message("thank")).event_is_clause is clause
