"""`coaching-guide import`: an article becomes a project that builds, and nothing of an author's is touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import load_guide
from generator.importing.names import Ids, title_of
from generator.importing.writing import plain, value
from generator.markdown import plain_text, read_blocks
from tests.article_figures import ARTICLES
from tests.support import ROOT

HOSTILE = """\
# {{ 7 * 7 }} and {% raw %}

## ../../etc/passwd

Read [this](javascript:alert(1)) <script>alert(1)</script> [@burt2004] &lt;b&gt; {#id} *now*.

!!! warning
    Write a note to thank them: "quoted".

## CON

Ask “What is {{ this }}?” today.

## index

- [ ] Send a box {#box}

## yes

Keep: it # short.

## 2025

## 日本語

### Try it

### Reflect

### Overview

Walk home.

## Zweite Überschrift: ja

### Overview

> # Not a heading
"""


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def article(folder: Path, text: str, name: str = "article.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("source", sorted(p for p in ARTICLES.iterdir() if p.suffix != ".yml"), ids=lambda p: p.name)
def test_every_labelled_article_makes_a_project_without_problems(source: Path, tmp_path: Path) -> None:
    done = run("import", str(source), "--to", str(tmp_path / "guide"))
    assert done.returncode == 0, done.stderr
    for drafts in (True, False):
        checked = load_guide(tmp_path / "guide/content", drafts=drafts)
        assert checked.diagnostics == ()
    assert run("import", str(source), "--to", str(tmp_path / "again")).returncode == 0
    assert files_in(tmp_path / "guide") == files_in(tmp_path / "again")


def test_a_project_builds_at_once_with_and_without_its_drafts(tmp_path: Path) -> None:
    source = ARTICLES / "retrospective.html"
    assert run("import", str(source), "--to", "guide", folder=tmp_path).returncode == 0
    for arguments in (["build", "--strict", "guide"], ["build", "--strict", "--drafts", "guide"]):
        done = run(*arguments, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "guide/site/lessons/run-it/index.html").read_text(encoding="utf-8")
    assert "What surprised you this month?" in page
    assert (tmp_path / "guide/site/assets/guide.css").is_file()
    assert (tmp_path / "guide/site/checklists/run-it/run-it-a4.pdf").is_file()


def test_sections_become_lessons_and_parts_keep_their_heading(tmp_path: Path) -> None:
    assert run("import", str(ARTICLES / "retrospective.html"), "--to", str(tmp_path / "g")).returncode == 0
    guide = load_guide(tmp_path / "g/content", drafts=True).guide
    assert guide is not None
    assert [lesson.title for lesson in guide.lessons] == ["Prepare", "Run it", "Afterwards", "When it goes wrong"]
    assert dict(guide.lesson("run-it").covers) == {
        "Run it": "opening",
        "Set the stage": "set-the-stage",
        "Gather what happened": "gather-what-happened",
        "Find the causes": "find-the-causes",
    }


def test_items_and_messages_keep_the_place_of_their_sentence(tmp_path: Path) -> None:
    assert run("import", str(ARTICLES / "retrospective.html"), "--to", str(tmp_path / "g")).returncode == 0
    checklist = (tmp_path / "g/content/checklists/prepare.md").read_text(encoding="utf-8")
    assert "- [ ] Pick a room with a wall. {#pick-a-room-with-a}\n      From retrospective.html, line 12:" in checklist
    assert "[Otherwise, thank them and ask them to wait.](../messages/thank.md)" in checklist
    message = (tmp_path / "g/content/messages/thank.md").read_text(encoding="utf-8")
    assert "\n# retrospective.html, line 14: Otherwise, thank them and ask them to wait.\nlesson: prepare\n" in message


def test_everything_that_was_made_up_is_a_draft(tmp_path: Path) -> None:
    assert run("import", str(ARTICLES / "lab-policy.txt"), "--to", str(tmp_path / "g")).returncode == 0
    pages = sorted((tmp_path / "g/content").glob("*/*.md"))
    assert len(pages) > 10
    assert [page.name for page in pages if "\ndraft: true\n" not in page.read_text(encoding="utf-8")] == []


def test_an_article_full_of_marks_becomes_words_and_safe_names(tmp_path: Path) -> None:
    done = run("import", str(article(tmp_path, HOSTILE)), "--to", str(tmp_path / "g"))
    assert done.returncode == 0, done.stderr
    checked = load_guide(tmp_path / "g/content", drafts=True)
    assert checked.diagnostics == ()
    assert checked.guide is not None
    assert [lesson.id for lesson in checked.guide.lessons] == [
        "etc-passwd",
        "lesson-con",
        "lesson-index",
        "yes",
        "2025",
        "lesson-6",
        "zweite-uberschrift-ja",
    ]
    assert checked.guide.settings.title == "{{ 7 * 7 }} and {% raw %}"
    assert "Overview (Zweite Überschrift: ja)" in checked.guide.lessons[-1].covers
    done = run("build", "--drafts", str(tmp_path / "g"))
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "the fonts for paper have no '日'" not in line] == []
    page = (tmp_path / "g/site/lessons/etc-passwd/index.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page


def test_a_folder_that_is_a_file_or_holds_a_guide_is_refused(tmp_path: Path) -> None:
    source = article(tmp_path, HOSTILE)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "guide/content/lessons").mkdir(parents=True)
    (tmp_path / "guide/content/lessons/own.md").write_text("mine", encoding="utf-8")
    for name, said in (("file", "this is a file; name a new folder"), ("guide", "it holds a guide already")):
        before = files_in(tmp_path)
        done = run("import", str(source), "--to", str(tmp_path / name))
        assert done.returncode == 2
        assert said in done.stderr
        assert files_in(tmp_path) == before


def test_files_that_are_there_are_kept_and_named(tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    (tmp_path / "g/mkdocs.yml").write_text("site_name: Mine\n", encoding="utf-8")
    done = run("import", str(article(tmp_path, HOSTILE)), "--to", str(tmp_path / "g"))
    assert done.returncode == 0
    assert f"kept as it was: {tmp_path / 'g/mkdocs.yml'}" in done.stdout
    assert (tmp_path / "g/mkdocs.yml").read_text(encoding="utf-8") == "site_name: Mine\n"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "g").mkdir()
    (tmp_path / "g/content").symlink_to(tmp_path / "elsewhere")
    done = run("import", str(article(tmp_path, HOSTILE)), "--to", str(tmp_path / "g"))
    assert (done.returncode, list((tmp_path / "elsewhere").iterdir())) == (2, [])
    (tmp_path / "h").mkdir()
    (tmp_path / "h/mkdocs.yml").symlink_to(tmp_path / "elsewhere/mkdocs.yml")
    assert run("import", str(article(tmp_path, HOSTILE)), "--to", str(tmp_path / "h")).returncode == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_section_with_more_parts_than_a_lesson_holds_is_refused_with_the_mend(tmp_path: Path) -> None:
    text = "# A title\n\n## One\n\n" + "".join(f"### Part number {n} of a long row\n\nText.\n\n" for n in range(900))
    done = run("import", str(article(tmp_path, text)), "--to", str(tmp_path / "g"))
    assert (done.returncode, (tmp_path / "g").exists()) == (1, False)
    assert "the section 'One' has 900 parts, more than a lesson holds; make sections of some of them" in done.stderr


def test_a_broken_record_of_the_last_edition_is_said(tmp_path: Path) -> None:
    project = tmp_path / "g"
    project.mkdir()
    (project / "import.yml").write_bytes(b"\xff\x00\x81")
    done = run("import", str(article(tmp_path, HOSTILE)), "--to", str(project))
    assert done.returncode == 1
    assert "no edition can be compared; import into a new folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.txt", "--to", "g"], 1, "none.txt: there is no such file"),
        (["tests", "--to", "g"], 1, "tests: this is a folder; name the file of the article"),
        (["README.md"], 2, "the following arguments are required: --to"),
        (["README.md", "--to", "g", "--language", "xx"], 2, "articles cannot be imported in the language 'xx'"),
    ],
)
def test_a_wrong_call_is_answered_in_one_line(arguments: list[str], status: int, said: str) -> None:
    done = run("import", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (status, 1)
    assert said in done.stderr
    assert not (ROOT / "g").exists()


def test_an_outline_is_written_first_and_read_the_second_time(tmp_path: Path) -> None:
    source = ARTICLES / "first-bees.txt"
    outline = tmp_path / "outline.txt"
    call = ["import", str(source), "--to", str(tmp_path / "g"), "--outline", str(outline)]
    first = run(*call)
    assert (first.returncode, (tmp_path / "g").exists()) == (0, False)
    assert "23 headings; correct it, then call the same again" in first.stdout
    outline.write_text(outline.read_text(encoding="utf-8").replace("part       Pollination", "section  Pollination"))
    assert run(*call).returncode == 0
    guide = load_guide(tmp_path / "g/content", drafts=True).guide
    assert guide is not None
    assert [lesson.title for lesson in guide.lessons][:3] == [
        "Why People Keep Bees",
        "Pollination",
        "What Beekeeping Costs",
    ]


def test_a_wrong_outline_makes_nothing(tmp_path: Path) -> None:
    outline = article(tmp_path, "3  chapter  Why People Keep Bees\n", "o.txt")
    done = run("import", str(ARTICLES / "first-bees.txt"), "--to", str(tmp_path / "g"), "--outline", str(outline))
    assert (done.returncode, (tmp_path / "g").exists()) == (1, False)
    assert "o.txt:1:1: error[bad-outline]: 'chapter' is no kind of heading" in done.stderr


def test_a_new_edition_says_what_it_changed_and_touches_nothing(tmp_path: Path) -> None:
    text = (ARTICLES / "first-bees.txt").read_text(encoding="utf-8")
    source = article(tmp_path, text, "bees.txt")
    project = tmp_path / "g"
    call = ["import", str(source), "--to", str(project)]
    assert run(*call).returncode == 0
    lesson = project / "content/lessons/why-people-keep-bees.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("pollination", "fruit"), encoding="utf-8")
    before = files_in(project)
    assert "bees.txt says what it said when" in run(*call).stdout
    text = text.replace("fifteen jars", "twelve jars").replace("Winter Rest\n", "Winter Rest and Sleep\n")
    text = re.sub(r"Water\n.*\n", "", text).replace("Harvest\n", "Honey Thieves\nWasps come in September.\nHarvest\n")
    source.write_text(text, encoding="utf-8")
    done = run(*call)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "added    line 31: Honey Thieves",
        "removed  Water (content/lessons/finding-a-place-for-the-hive.md#water)",
        "renamed  Winter Rest -> Winter Rest and Sleep (content/lessons/a-year-at-the-hive.md#winter-rest)",
        "changed  line 5: Honey and Wax (content/lessons/why-people-keep-bees.md#honey-and-wax)",
        "",
        "to revisit:",
        "  content/lessons/a-year-at-the-hive.md",
        "  content/lessons/finding-a-place-for-the-hive.md",
        "  content/lessons/why-people-keep-bees.md",
        "",
        "content/outline.yml lists the headings of the old edition; bring it up to date by hand",
        "",
        "no file was touched; when the guide says what this edition says, add --accept",
    ]
    assert files_in(project) == before
    assert run(*call, "--accept").returncode == 0
    assert {path for path, data in files_in(project).items() if before[path] != data} == {"import.yml"}
    assert "says what it said when" in run(*call).stdout


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- b",
        "1. c",
        "> d",
        "!!! note",
        "*a* _b_ `c`",
        "[x](y) [@z]",
        "a &amp; <b>",
        "~~~",
        "\\",
        "{#id}",
        "a\\",
        "| a |",
    ],
)
def test_words_of_an_article_stay_words_in_markdown(text: str) -> None:
    tokens = read_blocks(plain(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert plain_text(tokens) == text


@pytest.mark.parametrize(
    "text", ["yes", "2025", "a: b", "# c", "'d'", '"e"', "~", "- f", "{g}", "x\x00y", "12:30", "=", "<<"]
)
def test_words_of_an_article_stay_text_in_yaml(text: str) -> None:
    import yaml

    assert yaml.safe_load(f"key: {value(text)}") == {"key": text.replace("\x00", "")}


def test_titles_lose_their_number_and_their_capitals() -> None:
    titles = [
        "1. Look first",
        "3.1 Dead wood",
        "IV. Rest",
        "Chapter 3: Go",
        "THE FIRST YEAR",
        "2025 in short",
        "Step 2 - Ask",
    ]
    assert [title_of(text) for text in titles] == [
        "Look first",
        "Dead wood",
        "Rest",
        "Go",
        "The first year",
        "2025 in short",
        "Ask",
    ]


def test_ids_are_safe_and_given_once() -> None:
    ids = Ids("part")
    assert [ids.give(text) for text in ("Über uns", "Über uns", "...", "con", "opening", "a" * 80)] == [
        "uber-uns",
        "uber-uns-2",
        "part-3",
        "part-con",
        "part-opening",
        "a" * 48,
    ]
