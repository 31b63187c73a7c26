"""Drafts: what is left out of the site, and that nothing else breaks by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import load_guide
from tests.support import CHECKLIST, GUIDE, LESSON, MESSAGE, OUTLINE, ROOT, tiny_guide, write_project

SECOND = LESSON.replace("The first lesson", "The second lesson").replace("One Heading", "Two Headings")
TWO = GUIDE.format(title="Tiny").replace("lessons: [first]", "lessons: [first, second]")
DRAFT = "---\ndraft: true\n"


def draft(text: str) -> str:
    """Return a content file as a draft."""
    return text.replace("---\n", DRAFT, 1)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def two_lessons(folder: Path, **changes: str) -> Path:
    files = tiny_guide(guide=TWO, outline=OUTLINE + "  - heading: Two Headings\n", **changes)
    second = {
        "content/lessons/second.md": SECOND.replace("../checklists/before.md", "../checklists/later.md"),
        "content/checklists/later.md": CHECKLIST.replace("lesson: first", "lesson: second"),
        "content/messages/later.md": MESSAGE.replace("lesson: first", "lesson: second"),
    }
    return write_project(folder, files | second)


def test_a_guide_without_drafts_is_returned_as_it_is(tmp_path: Path) -> None:
    content = write_project(tmp_path, tiny_guide()) / "content"
    assert load_guide(content).guide is not None
    assert load_guide(content).drafts == ()


@pytest.mark.parametrize("kind", ["lesson", "checklist", "message"])
def test_a_page_that_says_draft_is_left_out_and_is_no_problem(tmp_path: Path, kind: str) -> None:
    source = {"lesson": LESSON, "checklist": CHECKLIST, "message": MESSAGE}[kind]
    checked = load_guide(two_lessons(tmp_path, **{kind: draft(source)}) / "content")
    assert checked.diagnostics == ()
    assert checked.guide is not None
    ids = {
        "lesson": [page.id for page in checked.guide.lessons],
        "checklist": [page.id for page in checked.guide.checklists],
        "message": [page.id for page in checked.guide.messages],
    }
    assert set(ids[kind]) <= {"second", "later"}
    assert len(checked.drafts) == 1


def test_what_belongs_to_a_draft_lesson_waits_for_it(tmp_path: Path) -> None:
    checked = load_guide(two_lessons(tmp_path, lesson=draft(LESSON)) / "content")
    assert checked.drafts == ("lessons/first",)
    assert checked.waiting == ("checklists/before", "messages/thank")
    assert checked.guide is not None
    assert [page.id for page in checked.guide.checklists] == ["later"]
    assert [page.id for page in checked.guide.messages] == ["later"]


def test_needs_steps_and_paths_that_name_drafts_go(tmp_path: Path) -> None:
    checked = load_guide(two_lessons(tmp_path, lesson=draft(LESSON)) / "content")
    assert checked.guide is not None
    settings = checked.guide.settings
    assert (settings.lessons, settings.start_here, settings.paths) == (("second",), (), ())


def test_drafts_are_checked_all_the_same(tmp_path: Path) -> None:
    content = (
        two_lessons(tmp_path, lesson=draft(LESSON.replace("../messages/thank.md", "../messages/none.md"))) / "content"
    )
    assert [found.code for found in load_guide(content).diagnostics] == ["broken-link"]


def test_with_drafts_nothing_is_left_out(tmp_path: Path) -> None:
    checked = load_guide(two_lessons(tmp_path, lesson=draft(LESSON)) / "content", drafts=True)
    assert checked.guide is not None
    assert [lesson.id for lesson in checked.guide.lessons] == ["first", "second"]


def test_check_lists_drafts_and_what_waits_for_them(tmp_path: Path) -> None:
    done = run("check", str(two_lessons(tmp_path, lesson=draft(LESSON))))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "no problems",
        "1 draft left out of the site unless --drafts:",
        "  lessons: first",
        "2 pages left out with the lesson, which is a draft:",
        "  checklists: before",
        "  messages: thank",
    ]


def test_build_leaves_drafts_out_and_turns_links_to_them_into_words(tmp_path: Path) -> None:
    project = two_lessons(tmp_path, checklist=draft(CHECKLIST))
    done = run("build", "--strict", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 page left out as drafts; --drafts puts them in" in done.stdout
    page = (project / "site/lessons/first/index.html").read_text(encoding="utf-8")
    assert not (project / "site/checklists/before").exists()
    assert "Some prose with a checklist, a citation" in page
    assert '<a href="../../messages/thank/">a message</a>' in page


def test_build_with_drafts_shows_that_they_are(tmp_path: Path) -> None:
    project = two_lessons(tmp_path, checklist=draft(CHECKLIST))
    done = run("build", "--strict", "--drafts", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    page = (project / "site/checklists/before/index.html").read_text(encoding="utf-8")
    assert '<span class="guide-chip">Draft</span>' in page
    assert "Draft</span>" not in (project / "site/lessons/first/index.html").read_text(encoding="utf-8")


def test_a_guide_of_drafts_alone_builds_and_says_so(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, tiny_guide(lesson=draft(LESSON), checklist=draft(CHECKLIST), message=draft(MESSAGE))
    )
    done = run("build", "--strict", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    assert "every lesson is a draft, so the site has none yet; see them with --drafts" in done.stdout
    assert (project / "site/index.html").is_file()
    assert not (project / "site/lessons/first").exists()


def test_register_adds_no_drafts(tmp_path: Path) -> None:
    project = two_lessons(tmp_path, checklist=draft(CHECKLIST))
    assert run("register", str(project)).returncode == 0
    published = (project / "content/published.yml").read_text(encoding="utf-8")
    assert "lessons/first" in published
    assert "checklists/before" not in published
