"""What is read from lessons, checklists and messages, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from generator.diagnostics import Log
from generator.markdown import plain_text
from generator.model import Checklist, Lesson, Message
from generator.parse.checklist import read_checklist
from generator.parse.lesson import read_lesson
from generator.parse.message import read_message
from generator.texts import Prose
from tests.diagnostic_cases import GUIDE

Page = TypeVar("Page", Lesson, Checklist, Message)
LESSON = (GUIDE / "lessons" / "first.md").read_text(encoding="utf-8")
CHECKLIST = (GUIDE / "checklists" / "prepare.md").read_text(encoding="utf-8")
MESSAGE = (GUIDE / "messages" / "thank.md").read_text(encoding="utf-8")


def read(reader: Callable[[str, str, str, Log], Page | None], text: str) -> Page:
    log = Log()
    page = reader("x", "content/x.md", text, log)
    assert log.sorted() == ()
    assert page is not None
    return page


def lesson(body: str) -> Lesson:
    return read(read_lesson, LESSON.split("---\n")[1].join(("---\n", "---\n")) + body)


def checklist(body: str) -> Checklist:
    return read(read_checklist, CHECKLIST.split("---\n")[1].join(("---\n", "---\n")) + body)


def words(prose: Prose) -> str:
    return plain_text(prose.tokens)


class TestLesson:
    """Facts about lessons."""

    def test_the_front_matter_gives_its_values(self) -> None:
        found = read(read_lesson, LESSON)
        assert (found.id, found.title, found.stage, found.minutes) == ("x", "Begin with one person", "start", 5)
        assert found.objective == "You can say hello to one person."
        assert found.key_points == ("One person is enough.",)
        assert found.covers == {"First Steps": "opening", "Say Hello": "say-hello"}

    def test_a_value_knows_its_line_and_column(self) -> None:
        found = read(read_lesson, LESSON)
        assert str(found.stage.place) == "content/x.md:3:8"
        heading = next(iter(found.covers))
        assert (str(heading.place), str(found.covers[heading].place)) == ("content/x.md:9:3", "content/x.md:9:16")

    def test_a_value_over_several_lines_is_one_line(self) -> None:
        text = LESSON.replace("objective: You can", "objective: >-\n  You can\n ")
        assert read(read_lesson, text).objective == "You can say hello to one person."

    def test_text_before_the_first_part_is_the_opening(self) -> None:
        found = read(read_lesson, LESSON)
        assert [words(section.prose) for section in found.opening] == ["Before you begin."]

    def test_a_part_has_id_title_and_the_line_of_its_heading(self) -> None:
        (part,) = read(read_lesson, LESSON).parts
        assert (part.id, part.title, str(part.place)) == ("say-hello", "Say hello", "content/x.md:14:1")

    def test_a_lesson_without_opening_has_none(self) -> None:
        assert lesson("## One {#one}\n\nText.\n").opening == ()

    def test_the_parts_stand_in_order_and_keep_their_own_text(self) -> None:
        found = lesson("## One {#one}\n\nFirst.\n\n## Two {#two}\n\nSecond.\n")
        assert [(part.id, words(part.sections[0].prose)) for part in found.parts] == [
            ("one", "First."),
            ("two", "Second."),
        ]

    def test_an_exercise_has_minutes(self) -> None:
        (part,) = lesson("## One {#one}\n\n### Try it (12 minutes)\n\n1. Do it.\n").parts
        assert [(section.kind, section.minutes) for section in part.sections] == [("exercise", 12)]

    def test_an_exercise_may_take_one_minute(self) -> None:
        (part,) = lesson("## One {#one}\n\n### Try it (1 minute)\n\n1. Do it.\n").parts
        assert part.sections[0].minutes == 1

    def test_a_reflection_has_its_questions(self) -> None:
        (part,) = lesson("## One {#one}\n\n### Reflect\n\n- Who?\n- What, and\n  why?\n").parts
        assert part.sections[0].kind == "reflection"
        assert [words(question) for question in part.sections[0].questions] == ["Who?", "What, and why?"]

    def test_another_heading_inside_a_part_is_prose_with_a_title(self) -> None:
        (part,) = lesson("## One {#one}\n\n### An example\n\nText.\n").parts
        assert [(section.kind, section.title) for section in part.sections] == [("prose", "An example")]

    def test_the_parts_of_a_part_stand_in_order(self) -> None:
        (part,) = lesson("## One {#one}\n\nText.\n\n### Try it (5 minutes)\n\nA.\n\n### Reflect\n\n- Who?\n").parts
        assert [section.kind for section in part.sections] == ["prose", "exercise", "reflection"]

    def test_a_heading_in_a_fence_is_no_part(self) -> None:
        found = lesson("## One {#one}\n\n```\n## Two\n```\n")
        assert [part.id for part in found.parts] == ["one"]

    def test_a_line_of_hyphens_in_the_text_does_not_end_the_front_matter_again(self) -> None:
        found = lesson("## One {#one}\n\nText.\n\n---\n\nMore.\n")
        assert words(found.parts[0].sections[0].prose) == "Text. More."

    def test_a_file_read_with_mistakes_still_gives_what_is_right_in_it(self) -> None:
        log = Log()
        found = read_lesson("x", "content/x.md", LESSON.replace("minutes: 5", "minutes: five"), log)
        assert found is not None
        assert (found.minutes, str(found.stage), set(found.doubts)) == (0, "start", {"minutes"})
        assert [diagnostic.code for diagnostic in log.sorted()] == ["wrong-type"]


class TestChecklist:
    """Facts about checklists."""

    def test_the_front_matter_gives_its_values(self) -> None:
        found = read(read_checklist, CHECKLIST)
        assert (found.title, found.when) == ("The evening before", "You meet somebody tomorrow.")
        assert (found.minutes, found.lesson, found.situation, found.asks) == (10, "first", "before", ())

    def test_a_heading_begins_a_group(self) -> None:
        found = checklist("## A\n\n- [ ] One. {#one}\n\n## B\n\n- [ ] Two. {#two}\n- [ ] Three. {#three}\n")
        assert [(group.title, [item.id for item in group.items]) for group in found.groups] == [
            ("A", ["one"]),
            ("B", ["two", "three"]),
        ]

    def test_items_without_heading_are_one_group_without_title(self) -> None:
        assert [group.title for group in checklist("- [ ] One. {#one}\n").groups] == [""]

    def test_text_before_the_first_group_is_the_introduction(self) -> None:
        assert words(checklist("Take a pen.\n\n- [ ] One. {#one}\n").intro) == "Take a pen."

    def test_an_item_has_text_id_and_line(self) -> None:
        item = read(read_checklist, CHECKLIST).items[1]
        assert (words(item.text), item.id, str(item.place)) == (
            "Charge your phone.",
            "charge-phone",
            "content/x.md:12:1",
        )

    def test_the_lines_behind_the_id_say_why(self) -> None:
        (item,) = checklist("- [ ] One. {#one}\n      Because\n      of it.\n").items
        assert (words(item.text), words(item.why), item.why.place.line) == ("One.", "Because of it.", 9)

    def test_an_item_without_why_has_an_empty_one(self) -> None:
        assert not checklist("- [ ] One. {#one}\n").items[0].why

    def test_the_text_of_an_item_may_go_over_several_lines_up_to_its_id(self) -> None:
        (item,) = checklist("- [ ] One\n      and two. {#one}\n      Because.\n").items
        assert (words(item.text), words(item.why)) == ("One and two.", "Because.")

    def test_the_why_may_stand_behind_an_empty_line(self) -> None:
        (item,) = checklist("- [ ] One. {#one}\n\n      Because.\n").items
        assert (words(item.why), item.why.place.line) == ("Because.", 10)

    @pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]", "[]"])
    def test_a_ticked_box_is_a_box(self, box: str) -> None:
        assert checklist(f"- {box} One. {{#one}}\n").items[0].id == "one"

    @pytest.mark.parametrize("mark", ["-", "*", "+"])
    def test_every_mark_of_a_list_will_do(self, mark: str) -> None:
        assert checklist(f"{mark} [ ] One. {{#one}}\n").items[0].id == "one"


class TestMessage:
    """Facts about messages."""

    def test_the_front_matter_gives_its_values(self) -> None:
        found = read(read_message, MESSAGE)
        assert (found.title, found.when, found.not_when) == ("Say thank you", "Somebody helped you.", "Nobody did.")
        assert (found.lesson, found.situation, found.send) == ("first", "after", "the day after")
        assert (found.next, found.asks) == ("check-in", ())

    def test_next_may_be_left_out(self) -> None:
        assert read(read_message, MESSAGE.replace("next: check-in\n", "")).next is None

    def test_a_field_has_label_example_longest_length_and_place(self) -> None:
        field = read(read_message, MESSAGE).own_fields["help"]
        assert (field.label, field.example, field.max, str(field.place)) == (
            "What they did",
            "the lift",
            30,
            "content/x.md:10:3",
        )

    def test_each_channel_has_a_text_with_the_line_of_its_heading(self) -> None:
        variants = read(read_message, MESSAGE).variants
        assert [(v.channel, v.tone, v.place.line) for v in variants] == [("Email", "", 12), ("Chat message", "", 22)]

    def test_a_word_behind_a_comma_is_the_tone(self) -> None:
        variants = read(read_message, MESSAGE.replace("## Chat message", "## Chat message, short ##")).variants
        assert (variants[1].channel, variants[1].tone) == ("Chat message", "short")

    def test_the_subject_is_no_part_of_the_text(self) -> None:
        variant = read(read_message, MESSAGE).variants[0]
        assert variant.subject is not None
        assert variant.subject.source == "Thank you for {help}"
        assert variant.body.source.startswith("Hi {first_name},\n\nThank you")

    def test_a_line_that_begins_with_subject_later_is_text(self) -> None:
        text = MESSAGE.replace("Hi {first_name}, thank you", "Hi.\nSubject: {first_name}, thank you")
        assert "Subject: {first_name}" in read(read_message, text).variants[1].body.source

    def test_the_fields_of_subject_and_text_know_their_lines(self) -> None:
        variant = read(read_message, MESSAGE).variants[0]
        assert variant.subject is not None
        blanks = (*variant.subject.blanks, *variant.body.blanks)
        assert [(name, place.line, place.column) for name, place in blanks] == [
            ("help", 14, 25),
            ("first_name", 16, 5),
            ("help", 18, 16),
            ("your_name", 20, 2),
        ]

    def test_spaces_at_the_ends_of_lines_and_empty_lines_at_the_end_are_no_part_of_the_text(self) -> None:
        text = MESSAGE.replace("Hi {first_name},\n", "Hi {first_name},   \n") + "\n\n"
        variants = read(read_message, text).variants
        assert variants[0].body.source.startswith("Hi {first_name},\n\n")
        assert variants[1].body.source.endswith("{your_name}")
