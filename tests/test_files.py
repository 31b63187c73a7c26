"""Files that cannot be read, or that hold what no author wrote by hand: there is always an answer, and it is quick."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import Checked, load_guide
from generator.diagnostics import report
from generator.export.guide_json import guide_json
from generator.files import LARGEST_DATA, LARGEST_PAGE
from generator.render.pages import pages_of
from generator.render.templates import PageWriter
from generator.template_folders import packaged_templates
from tests.diagnostic_cases import GUIDE

FILES = sorted(str(path.relative_to(GUIDE)) for path in GUIDE.rglob("*.*"))
EXTRA = ("claims.yml", "published.yml", "style.yml")
LONGEST = 5.0
"""Seconds of computing for a small guide with bad files, on a slow machine; usual is a tenth of one."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GUIDE, tmp_path / "content"))


def codes(checked: Checked) -> list[str]:
    return [diagnostic.code for diagnostic in checked.diagnostics]


def check(content: Path) -> Checked:
    """Load a guide, and hold the answer against what is true of every answer."""
    began = time.process_time()
    checked = load_guide(content, "content", prose=(content / "style.yml").exists())
    assert time.process_time() - began < LONGEST
    lines = report(checked.diagnostics).splitlines()
    assert len(lines) == len(checked.diagnostics) + 1 or not checked.diagnostics
    assert all(line.isprintable() for line in lines)
    assert [d.place.path for d in checked.diagnostics] == sorted(d.place.path for d in checked.diagnostics)
    assert all(d.place.line >= 1 and d.place.column >= 1 for d in checked.diagnostics)
    if checked.guide is None:
        assert any(diagnostic.severity == "error" for diagnostic in checked.diagnostics)
    return checked


@pytest.fixture
def unreadable_content(content: Path) -> Iterator[Path]:
    """Leave no room for another open file: the one way to make reading fail for root too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    yield content
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_folder_that_cannot_be_read_is_said_once(unreadable_content: Path) -> None:
    assert report(load_guide(unreadable_content, "content").diagnostics).splitlines() == [
        "content:1:1: error[unreadable]: the folder cannot be read: Too many open files",
        "1 error in 1 file",
    ]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(content: Path) -> None:
    (content / "guide.yml").unlink()
    os.mkfifo(content / "guide.yml")
    assert codes(check(content)) == ["not-a-file"]


def test_a_name_that_is_no_text_is_said(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content / "lessons") + b"/caf\xe9.md")).write_text("x", encoding="utf-8")
    assert codes(check(content)) == ["bad-id"]


def test_hidden_files_and_the_copies_of_editors_are_passed_over(content: Path) -> None:
    for name in (".DS_Store", ".first.md.swp", "first.md~"):
        (content / "lessons" / name).write_bytes(b"\0\xff")
    assert codes(check(content)) == []


def test_files_for_mkdocs_to_copy_are_passed_over(content: Path) -> None:
    (content / "robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    (content / "images").mkdir()
    assert codes(check(content)) == []


NASTY = [
    "[",
    "![",
    "[a](",
    "**a",
    "_a ",
    "`",
    "{",
    "{a} ",
    "[[",
    "> ",
    "- ",
    "# a\n",
    "## a {#a}\n",
    "- [ ] a\n",
    "  - a\n",
]
NASTY += ["[@a] ", "!!! note\n", "? ", "a: {", "'", "\\", "<", "---\n", " ", "{#", "## Email\n", "[x](y.md) "]


@pytest.mark.parametrize("scrap", NASTY)
def test_a_page_of_nothing_but_one_scrap_is_read_quickly(content: Path, scrap: str) -> None:
    many = scrap * (4_000 // len(scrap))
    for file in ("lessons/first.md", "checklists/prepare.md", "messages/thank.md"):
        path = content / file
        path.write_text(path.read_text(encoding="utf-8") + many, encoding="utf-8")
    (content / "outline.yml").write_text(f"article: {many}\n", encoding="utf-8")
    check(content)


@pytest.mark.parametrize(("file", "largest"), [("lessons/first.md", LARGEST_PAGE), ("guide.yml", LARGEST_DATA)])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(content: Path, file: str, largest: int) -> None:
    path = content / file
    path.write_bytes(path.read_bytes().rstrip(b"\n").ljust(largest, b"\n"))
    assert codes(check(content)) == []
    path.write_bytes(path.read_bytes() + b"\n")
    assert codes(check(content)) == ["too-large"]


SCRAPS = [
    *"\n\t :-#[]{}!&*'\"|>@`%?,.\\_x0é\u2028\ufeff\x00",
    "---\n",
    "- [ ] ",
    "{#a}",
    "[[",
    "]]",
    "## ",
    "### Reflect\n",
]
SCRAPS += [
    "!!! note\n",
    "title: ",
    "  - ",
    "[a](b.md#c)",
    "[@x]",
    "null",
    "yes",
    "1e3",
    "2026-01-01",
    "<<",
    "first",
    "../",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(FILES),
        st.floats(0, 1),
        st.integers(0, 12),
        st.lists(st.sampled_from(SCRAPS), max_size=3).map("".join),
    ),
    min_size=1,
    max_size=3,
)
# Each example leaves the folder as it found it; on a busy machine an example may take its time.
ANY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@ANY
@given(file=st.sampled_from([*FILES, *EXTRA]), data=st.binary(max_size=200))
def test_any_bytes_in_any_file_get_an_answer(content: Path, file: str, data: bytes) -> None:
    path = content / file
    original = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    check(content)
    if original is None:
        path.unlink()
    else:
        path.write_bytes(original)


@ANY
@given(changes=CHANGES)
def test_any_change_of_a_right_guide_gets_an_answer_and_no_error_means_that_it_can_be_written(
    content: Path, changes: list[tuple[str, float, int, str]]
) -> None:
    for file, where, removed, added in changes:
        path = content / file
        text = path.read_text(encoding="utf-8")
        at = int(where * len(text))
        path.write_bytes((text[:at] + added + text[at + removed :]).encode())
    guide = check(content).guide
    if guide is not None:
        writer = PageWriter(guide, [packaged_templates() / "pages"])
        for page in pages_of(guide):
            writer.write(page)
        guide_json(guide)
    for file in {change[0] for change in changes}:
        shutil.copy(GUIDE / file, content / file)
