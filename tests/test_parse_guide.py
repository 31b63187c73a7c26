"""What is read from guide.yml and the other files of a whole guide, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import load_guide
from generator.diagnostics import Log
from generator.files import read_source
from generator.model import Guide, Settings
from generator.parse import read_guide
from generator.parse.guide_file import read_guide_file
from tests.diagnostic_cases import GUIDE

SETTINGS = (GUIDE / "guide.yml").read_text(encoding="utf-8")


def settings(text: str) -> Settings:
    log = Log()
    read_settings = read_guide_file("content/guide.yml", text, log)
    assert log.sorted() == ()
    return read_settings


@pytest.fixture(scope="module")
def guide() -> Guide:
    checked = load_guide(GUIDE, "content")
    assert checked.guide is not None
    return checked.guide


class TestGuideFile:
    """Facts about guide.yml."""

    def test_it_gives_its_values(self) -> None:
        found = settings(SETTINGS)
        assert (found.id, found.title, found.language, found.edition) == (
            "small-guide",
            "A small guide",
            "en",
            "2026-11",
        )
        assert [stage.id for stage in found.stages] == ["start", "keep"]
        assert found.lessons == ("first", "second")
        assert [situation.title for situation in found.situations] == ["Before you meet", "After you met"]
        assert [(need.need, need.page) for need in found.start_here] == [("Somebody helped me", "messages/thank")]

    def test_a_path_has_steps_checklists_and_messages(self) -> None:
        (path,) = settings(SETTINGS).paths
        assert (path.id, path.audience) == ("short", "You have little time.")
        assert [(step.lesson, step.why) for step in path.steps] == [("first", "It is where you begin.")]
        assert (path.checklists, path.messages) == (("prepare",), ("thank",))

    def test_paths_fields_and_start_here_may_be_left_out(self) -> None:
        keys = ("start_here:", "fields:", "paths:")
        lines, keep = [], True
        for line in SETTINGS.splitlines(keepends=True):
            keep = not line.startswith(keys) if line[0] != " " else keep
            lines += [line] if keep else []
        found = settings("".join(lines))
        assert (found.paths, found.fields, found.start_here) == ((), {}, ())


class TestGuide:
    """Facts about the whole guide."""

    def test_lessons_stand_in_the_order_of_guide_yml(self, guide: Guide) -> None:
        assert [found.id for found in guide.lessons] == ["first", "second"]

    def test_checklists_and_messages_stand_by_situation_then_title(self, guide: Guide) -> None:
        assert [found.id for found in guide.checklists] == ["prepare", "review"]
        assert [found.title for found in guide.messages] == ["Ask how they are", "Say thank you"]

    def test_headings_stand_in_the_order_of_the_article(self, guide: Guide) -> None:
        assert [(heading.text, heading.level) for heading in guide.headings] == [
            ("First Steps", 1),
            ("Say Hello", 2),
            ("Staying Close", 1),
        ]

    def test_a_file_with_the_line_ends_of_windows_reads_like_any_other(self, tmp_path: Path, guide: Guide) -> None:
        for path in GUIDE.rglob("*.*"):
            target = tmp_path / "content" / path.relative_to(GUIDE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        log = Log()
        found = read_guide(read_source(tmp_path / "content", log), log)
        assert log.sorted() == ()
        assert [lesson.parts[0].place for lesson in found.lessons] == [
            lesson.parts[0].place for lesson in guide.lessons
        ]
        assert [message.variants[0].body for message in found.messages] == [
            message.variants[0].body for message in guide.messages
        ]
