"""A page that is looked up is the page as it was read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import Checked, load_guide
from generator.kept_pages import OUTLINE, KeptPages
from generator.memo import KeptPage
from generator.texts import MessageText, Prose
from tests.support import ROOT, tiny_guide, write_project


def _in_full(value: object) -> Any:
    """A value with everything that is in it, the places too."""
    if isinstance(value, Prose):
        return value.place, [token.as_dict() for token in value.tokens]
    if isinstance(value, MessageText):
        return value.source, _in_full(value.pieces), value.blanks
    if is_dataclass(value):
        return [type(value).__name__, *(_in_full(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, tuple):
        return [_in_full(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _in_full(one) for name, one in value.items()}
    return value


def _again(checked: Checked, content: Path, change: Callable[[KeptPage], KeptPage] = lambda page: page) -> Checked:
    # As from a file.
    pages = {file: replace(page, page=json.loads(json.dumps(page.page))) for file, page in checked.pages.pages.items()}
    kept = {file: change(page) for file, page in pages.items()}
    return load_guide(content, kept=KeptPages(kept, checked.pages.ways))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_project(tmp_path, tiny_guide()) / "content"


def test_every_page_of_the_guide_here_is_the_same_when_it_is_looked_up() -> None:
    read = load_guide(ROOT / "content")
    found = _again(read, ROOT / "content")
    assert read.guide is not None
    assert found.guide is not None
    assert len(found.pages.pages) == len(read.guide.lessons + read.guide.checklists + read.guide.messages)
    assert all(map(found.pages.is_known, found.pages.pages))
    for kind in ("lessons", "checklists", "messages"):
        for one, other in zip(getattr(read.guide, kind), getattr(found.guide, kind), strict=True):
            assert _in_full(one) == _in_full(other), one.id
    assert found.pages.mentions == read.pages.mentions
    assert found.pages.inputs() == read.pages.inputs()


def test_a_changed_page_is_read_and_the_others_are_looked_up(content: Path) -> None:
    read = load_guide(content)
    path = content / "messages/thank.md"
    path.write_text(path.read_text(encoding="utf-8").replace("It came", "It really came"), encoding="utf-8")
    found = _again(read, content)
    assert found.guide is not None
    assert "really" in found.guide.message("thank").variants[0].body.source
    assert [file for file in found.pages.pages if not found.pages.is_known(file)] == ["messages/thank.md"]
    now, then = found.pages.inputs(), read.pages.inputs()
    assert [name for name in now if now[name] != then[name]] == ["content/messages/thank.md"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("messages/thank.md", "title: Say thanks", "title: Say your thanks"),
        ("messages/thank.md", "## Text message", "## Text message, warm"),
        ("lessons/first.md", "{#only}", "{#lonely}"),
        ("lessons/first.md", "## The only part", "## The one part"),
        ("lessons/first.md", "(5 minutes)", "(6 minutes)"),
        ("checklists/before.md", "{#send}", "{#send-it}"),
        ("guide.yml", "A tagline.", "Another tagline."),
        ("references.yml", "A finding.", "Another finding."),
    ],
)
def test_what_can_show_on_other_pages_is_in_the_outline(content: Path, file: str, old: str, new: str) -> None:
    before = load_guide(content).pages.inputs()[OUTLINE]
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert load_guide(content).pages.inputs()[OUTLINE] != before


@pytest.mark.parametrize(("old", "new"), [("max: 20", "max: 21"), ("language: en", "language: de")])
def test_what_pages_are_read_with_makes_all_of_them_be_read(content: Path, old: str, new: str) -> None:
    read = load_guide(content)
    path = content / "guide.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = _again(read, content)
    assert not any(map(found.pages.is_known, found.pages.pages))


def test_a_page_with_something_to_say_of_it_is_not_kept(content: Path) -> None:
    path = content / "messages/thank.md"
    long = "So many words. " * 200
    path.write_text(path.read_text(encoding="utf-8").replace("It came", f"{long}It came"), encoding="utf-8")
    read = load_guide(content)
    assert [one.code for one in read.diagnostics] == ["too-long-to-send"]
    assert "messages/thank.md" not in read.pages.pages
    assert [one.code for one in _again(read, content).diagnostics] == ["too-long-to-send"]


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one, max_size=4))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("small"), tiny_guide()) / "content"


@given(half=st.sampled_from(["page", "rest"]), strange=st.lists(_JSON, max_size=20))
def test_whatever_stands_in_the_place_of_a_page_the_guide_is_the_one_of_the_files(
    small: Path, half: str, strange: list[Any]
) -> None:
    read = load_guide(small)
    found = _again(
        read, small, lambda page: replace(page, page=strange) if half == "page" else replace(page, rest=strange)
    )
    assert read.guide is not None
    assert found.guide is not None
    for kind in ("lessons", "checklists", "messages"):
        assert _in_full(getattr(found.guide, kind)) == _in_full(getattr(read.guide, kind))
