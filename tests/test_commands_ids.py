"""`ids`: missing ids get written, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.stamp import stamp_checklist, stamp_lesson
from tests.support import CHECKLIST, LESSON, tiny_guide, write_project

HEAD = CHECKLIST[: CHECKLIST.rindex("---\n") + 4]
LESSON_HEAD = LESSON[: LESSON.rindex("---\n") + 4]


def stamped(body: str, *taken: str) -> str:
    return stamp_checklist("x.md", HEAD + body, taken)[0].removeprefix(HEAD)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- [ ] Write down why you are going.\n", "- [ ] Write down why you are going. {#write-down-why-going}\n"),
        ("- [ ] Do it.\n      Because.\n", "- [ ] Do it. {#do}\n      Because.\n"),
        ("- [ ] Do it.\n- [ ] Do it.\n", "- [ ] Do it. {#do}\n- [ ] Do it. {#do-2}\n"),
        ("- [ ] One. {#do}\n- [ ] Do it.\n", "- [ ] One. {#do}\n- [ ] Do it. {#do-2}\n"),
        ("- [ ] Do it. {#}\n", "- [ ] Do it. {#do}\n"),
        ("- [ ] Do it.  \r\n- [ ] Go on.\r", "- [ ] Do it. {#do}  \r\n- [ ] Go on. {#go}\r"),
        (
            "- [ ] Send the [thanks](../messages/thank.md)",
            "- [ ] Send the [thanks](../messages/thank.md) {#send-thanks}",
        ),
        ("- [ ] 日本語\n", "- [ ] 日本語 {#item}\n"),
        ("- [ ] Opening\n", "- [ ] Opening {#opening-2}\n"),
        ("- [ ] This is it.\n", "- [ ] This is it. {#this-is-it}\n"),
        ("- [ ] Don't.\n", "- [ ] Don't. {#dont}\n"),
        ("- without a box\n", "- without a box\n"),
        ("- [ ] Kept {#Not-An-Id}\n", "- [ ] Kept {#Not-An-Id}\n"),
        ("- [ ] Twice {#a}\n- [ ] Twice {#a}\n", "- [ ] Twice {#a}\n- [ ] Twice {#a}\n"),
        ("- [ ] A `code\n      span` ends here.\n", "- [ ] A `code {#code}\n      span` ends here.\n"),
    ],
)
def test_an_item_without_an_id_gets_one_of_its_first_telling_words(body: str, expected: str) -> None:
    assert stamped(body) == expected


def test_an_id_that_was_published_once_is_not_used_again() -> None:
    assert stamped("- [ ] Do it.\n", "do", "do-2") == "- [ ] Do it. {#do-3}\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Hi.\n\n## Write first\n\nText.\n", "Hi.\n\n## Write first {#write-first}\n\nText.\n"),
        ("## Write first ##\n\nText.\n", "## Write first {#write-first} ##\n\nText.\n"),
        ("## One {#one}\n\nText.\n\n### Reflect\n\n- Who?\n", "## One {#one}\n\nText.\n\n### Reflect\n\n- Who?\n"),
    ],
)
def test_a_part_of_a_lesson_without_an_id_gets_one(body: str, expected: str) -> None:
    assert stamp_lesson("x.md", LESSON_HEAD + body)[0] == LESSON_HEAD + expected


@given(st.lists(st.text("ab `[](){}#\\*_<>-é日\t", max_size=30), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_without_what_was_written_the_file_is_what_it_was(items: list[str], end: str) -> None:
    text = HEAD.replace("\n", end) + "".join(f"- [ ] {item}{end}" for item in items)
    after, stamps = stamp_checklist("x.md", text)
    for stamp in stamps:
        after, count = re.subn(rf"(?: \{{#\}}[ \t]*)? \{{#{stamp.id}\}}", "", after, count=1)
        assert count == 1
    empty = r"[ \t]*\{#\}[ \t]*"
    assert re.sub(empty, "", after) == re.sub(empty, "", text)
    assert stamp_checklist("x.md", stamp_checklist("x.md", text)[0])[0] == stamp_checklist("x.md", text)[0]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    checklist = CHECKLIST.replace(" {#first-thing}", "")
    return write_project(tmp_path, tiny_guide(checklist=checklist, lesson=LESSON.replace(" {#only}", "")))


def test_ids_says_what_it_wrote_and_finds_nothing_the_second_time(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ids", str(tiny)]) == 0
    assert capsys.readouterr().out == (
        "content/checklists/before.md:10: {#do-first-thing}\ncontent/lessons/first.md:12: {#only-part}\n2 ids written\n"
    )
    assert main(["ids", str(tiny)]) == 0
    assert capsys.readouterr().out == "every item and part has an id\n"


def test_ids_with_check_writes_nothing_and_fails(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    assert main(["ids", "--check", str(tiny)]) == 1
    assert capsys.readouterr().err == "coaching-guide: 2 ids missing; write them with: coaching-guide ids\n"
    assert {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()} == before


def test_ids_keeps_line_ends_a_missing_last_one_and_a_byte_order_mark(tiny: Path) -> None:
    path = tiny / "content/checklists/before.md"
    text = path.read_text(encoding="utf-8").rstrip("\n").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert main(["ids", str(tiny)]) == 0
    expected = text.replace("first thing.", "first thing. {#do-first-thing}")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_ids_passes_over_what_is_no_checklist_or_cannot_be_read(tiny: Path) -> None:
    write_project(tiny, {"content/checklists/empty.md": "", "content/checklists/note.txt": "- [ ] Do it\n"})
    (tiny / "content/checklists/latin.md").write_bytes(b"- [ ] caf\xe9\n")
    assert main(["ids", str(tiny)]) == 0
    assert (tiny / "content/checklists/note.txt").read_text(encoding="utf-8") == "- [ ] Do it\n"
