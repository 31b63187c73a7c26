"""How a guide is written is checked by rules that its author sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import load_guide
from generator.readability import grade, sentences, syllables
from tests.support import LESSON, ROOT, tiny_guide, write_project

STYLE = """\
grade: 8
sentence_words: 20
lesson_words: {least: 5, most: 60}
items: {least: 2, most: 3}
item_characters: 30
banned: [synergy]
verbs: [do, send]
exceptions: EXCEPTIONS
"""


def _found(folder: Path, exceptions: str = "[]", **changes: str) -> list[str]:
    project = write_project(folder, tiny_guide(**changes))
    (project / "content/style.yml").write_text(STYLE.replace("EXCEPTIONS", exceptions), encoding="utf-8")
    return [str(diagnostic) for diagnostic in load_guide(project / "content", prose=True).diagnostics]


def test_the_real_guide_is_written_by_its_own_rules() -> None:
    assert load_guide(ROOT / "content", prose=True).diagnostics == ()


def test_a_guide_within_its_rules_has_nothing_wrong(tmp_path: Path) -> None:
    assert _found(tmp_path) == []


def test_a_banned_phrase_is_found_as_a_whole_word_in_any_case(tmp_path: Path) -> None:
    lesson = LESSON.replace("An opening.", "Asynergy is no word.\nSynergy is one.")
    (found,) = _found(tmp_path, lesson=lesson)
    assert found.startswith("content/lessons/first.md:10:1: error[banned-phrase]: 'synergy' says nothing here")


def test_a_long_sentence_is_quoted_with_its_words_counted(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, lesson=LESSON.replace("An opening.", "So " + "it goes " * 10 + "on."))
    assert "error[long-sentence]: a sentence of 22 words; at most 20: 'So it goes" in found


def test_an_item_must_begin_with_a_known_verb(tmp_path: Path) -> None:
    checklist = tiny_guide()["content/checklists/before.md"].replace("Do the first thing.", "Be bold.")
    (found,) = _found(tmp_path, checklist=checklist)
    assert "error[no-verb]: the item begins with 'Be'" in found


def test_hard_words_raise_the_grade(tmp_path: Path) -> None:
    hard = "Interdisciplinary organisational considerations necessitate institutional accountability. " * 3
    (found,) = _found(tmp_path, lesson=LESSON.replace("An opening.", hard))
    assert "error[hard-to-read]: the lesson reads at grade " in found


def test_an_exception_with_its_reason_covers_one_place_and_an_idle_one_is_named(tmp_path: Path) -> None:
    lesson = LESSON.replace("An opening.", "Synergy is one.")
    exception = '[{file: lessons/first.md, rule: banned-phrase, text: "Synergy is", reason: It is quoted.}]'
    assert _found(tmp_path / "used", exception, lesson=lesson) == []
    (found,) = _found(tmp_path / "idle", exception)
    assert "content/style.yml:8:14: warning[unused-exception]" in found


@pytest.mark.parametrize(
    ("word", "number"),
    [("the", 1), ("people", 2), ("asked", 1), ("invited", 3), ("maybe", 2), ("introduction", 4), ("you're", 1)],
)
def test_syllables_are_counted_about_as_spoken(word: str, number: int) -> None:
    assert abs(syllables(word) - number) <= (1 if word in ("maybe", "invited") else 0)


def test_the_grade_of_a_plain_sentence_is_low_and_of_none_is_zero() -> None:
    assert grade("The cat sat on the mat.") < 2
    assert grade("") == 0.0
    assert sentences('One. Two? "Three!" Four') == ["One.", "Two?", '"Three!"', "Four"]
