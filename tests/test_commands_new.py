"""`new` and `schemas`: what an author gets to begin with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import load_guide
from generator.cli import main
from generator.diagnostics import report
from generator.scaffold import NotListedError, new_guide, title_of, with_lesson
from tests.support import GUIDE, tiny_guide, write_project


def problems(project: Path) -> str:
    return report(load_guide(project / "content").diagnostics)


def settings_of(project: Path, name: str) -> Any:
    """Return settings of VS Code, which may hold comments."""
    text = (project / ".vscode" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_project(tmp_path, tiny_guide())


def new(project: Path, *words: str) -> int:
    return main(["new", *words, "--project", str(project)])


def test_a_new_guide_has_no_problems_and_its_title_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "how-to-bake"
    assert main(["new", "guide", str(folder)]) == 0
    assert problems(folder) == "no problems"
    assert load_guide(folder / "content").guide.settings.title == "How to bake"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["2026", "no", "null", "Ein Führer: für alle", "日本語", "it's {odd} #1"])
def test_a_new_guide_is_right_under_any_name(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path, new_guide(name))
    assert problems(project) == "no problems"
    assert yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"]


def test_a_new_guide_goes_into_an_empty_folder_and_into_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty/.git").mkdir(parents=True)
    assert main(["new", "guide", str(tmp_path / "empty")]) == 0
    assert not [path for path in (tmp_path / "empty").iterdir() if path.name.startswith(".new-")]
    assert main(["new", "guide", str(tmp_path / "empty")]) == 2
    assert capsys.readouterr().err.endswith("empty: not an empty folder; name a new one\n")


def test_a_new_guide_tells_editors_where_its_schemas_are(tmp_path: Path) -> None:
    project = write_project(tmp_path, new_guide("x"))
    for path in (project / "content").glob("*.yml"):
        mark = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
        assert mark, path
        assert "properties" in json.loads((path.parent / mark[1]).read_text(encoding="utf-8"))
    assert all((project / name).is_file() for name in settings_of(project, "settings")["yaml.schemas"])


def test_the_task_for_editors_finds_place_and_words_in_what_check_prints(tmp_path: Path) -> None:
    project = write_project(tmp_path, new_guide("x"))
    (project / "content/lessons/first-lesson.md").write_text("", encoding="utf-8")
    pattern = settings_of(project, "tasks")["tasks"][0]["problemMatcher"]["pattern"]["regexp"]
    found = re.search(pattern, problems(project).splitlines()[0])
    assert found
    assert found.groups()[:5] == ("content/lessons/first-lesson.md", "1", "1", "error", "empty-file")


@pytest.mark.parametrize("kind", ["lesson", "checklist", "message"])
@pytest.mark.parametrize("id", ["follow-up", "2026", "no"])
def test_a_new_page_brings_no_error_and_has_its_title_from_its_id(tiny: Path, kind: str, id: str) -> None:
    before = problems(tiny)
    assert new(tiny, kind, id) == 0
    assert "error" not in problems(tiny)
    assert (before, problems(tiny).count("warning[")) == ("no problems", 2 if kind == "lesson" else 0)
    head = yaml.safe_load((tiny / f"content/{kind}s/{id}.md").read_text(encoding="utf-8").split("---\n")[1])
    assert head["title"] == title_of(id)


def test_a_new_lesson_is_listed_and_everything_else_in_the_file_stays(tiny: Path) -> None:
    path = tiny / "content/guide.yml"
    old = "# A comment.\r\n" + GUIDE.format(title="Tiny").replace(
        "lessons: [first]", "lessons:  # in order\n   - first # 1"
    )
    path.write_bytes(old.encode())
    assert new(tiny, "lesson", "second") == 0
    assert path.read_bytes().decode() == old.replace("   - first # 1\n", "   - first # 1\n   - second\n")


@pytest.mark.parametrize(
    ("lessons", "before", "expected"),
    [
        ("lessons:\n  - one\n  - two\n", None, "lessons:\n  - one\n  - two\n  - new\n"),
        ("lessons:\n  - one\n  - two\n", "two", "lessons:\n  - one\n  - new\n  - two\n"),
        ("lessons:\r\n- one\r\n", None, "lessons:\r\n- one\r\n- new\r\n"),
        ("lessons:\n  - one", None, "lessons:\n  - one\n  - new"),
        ("lessons: [one, two]\n", None, "lessons: [one, two, new]\n"),
        ("lessons: [one, two]\n", "one", "lessons: [new, one, two]\n"),
        ("lessons: [\n  one,  # first\n]\n", None, "lessons: [\n  one, new,  # first\n]\n"),
        ("lessons:\n  - 'one'   # why\n\n# the end\n", None, "lessons:\n  - 'one'   # why\n  - new\n\n# the end\n"),
        ('x: "- one"\nlessons: ["one"]\n', None, 'x: "- one"\nlessons: ["one", new]\n'),
    ],
)
def test_a_lesson_is_put_into_the_list_as_the_list_is_written(lessons: str, before: str | None, expected: str) -> None:
    assert with_lesson(lessons, "new", before) == expected


@pytest.mark.parametrize("lessons", ["lessons: []\n", "lessons:\n", "lessons: one\n", "other: [one]\n", "[one]\n"])
def test_a_list_that_leaves_no_place_is_left_alone(lessons: str) -> None:
    with pytest.raises(NotListedError):
        with_lesson(lessons, "new", None)


def test_a_new_lesson_of_an_earlier_stage_stands_before_those_of_later_ones(tiny: Path) -> None:
    path = tiny / "content/guide.yml"
    text = path.read_text(encoding="utf-8")
    stage = "  - {id: start, title: Start, summary: First steps.}\n"
    path.write_text(text.replace(stage, stage.replace("start", "zero") + stage), encoding="utf-8")
    assert new(tiny, "lesson", "earlier", "--stage", "zero") == 0
    assert "lessons: [earlier, first]" in path.read_text(encoding="utf-8")
    assert "error" not in problems(tiny)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lesson", "Follow Up"], "'Follow Up' is no id; expected lower-case letters, digits and single hyphens"),
        (["message", "../thank"], "'../thank' is no id"),
        (["checklist", "index"], "'index' is the page that lists all checklists; choose another id"),
        (["message", "thank"], "thank.md: there is such a message already; choose another id"),
        (["lesson", "two", "--stage", "strat"], "there is no stage 'strat'; did you mean 'start'?"),
        (["checklist", "two", "--lesson", "frist"], "there is no lesson 'frist'; did you mean 'first'?"),
        (["message", "two", "--situation", "befor"], "there is no situation 'befor'; known: after"),
    ],
)
def test_a_wrong_call_writes_nothing(
    tiny: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    assert new(tiny, *words) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()} == before


def test_in_a_guide_whose_settings_cannot_be_read_nothing_is_added(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "content/guide.yml").write_text("title: [", encoding="utf-8")
    assert new(tiny, "lesson", "two") == 1
    assert "content/guide.yml:2:1: error[bad-yaml]" in (said := capsys.readouterr().err)
    assert "guide.yml first: the new lesson takes its place from it" in said
    assert not (tiny / "content/lessons/two.md").exists()


def test_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    assert main(["schemas", "--out", str(tmp_path / "a/b")]) == 0
    assert (
        json.loads((tmp_path / "a/b/lesson.json").read_text(encoding="utf-8"))["title"]
        == "The front matter of a lesson"
    )
