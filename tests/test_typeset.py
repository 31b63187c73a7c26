"""Typesetting: what is kept for the next build, and what is said about templates that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Log
from generator.export import paper, typeset
from generator.export.paper import about, qr_svg
from generator.export.sheets import typeset_sheets
from generator.export.typeset import Typesetter
from generator.words import english
from tests.papers import PRINT, SHEET_A4, SITE, drawn_boxes, guide_of, listing, papers_of, read, words_of
from tests.support import MESSAGE

OWN_WORDS = 'json("data.json").words'
OTHER_WORDS = f'{OWN_WORDS} + (name: "Who")'


def count_typesetting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    import typst

    calls: list[int] = []
    real: Any = typst.compile

    def counted(*args: Any, **more: Any) -> Any:
        calls.append(1)
        return real(*args, **more)

    monkeypatch.setattr(typst, "compile", counted)
    return calls


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A cache that holds the papers of the small guide, with a list that is too long."""
    papers_of(guide_of(checklist=listing(60)), cache=tmp_path)
    return tmp_path


def test_an_unchanged_guide_is_not_typeset_again(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    files, _ = papers_of(guide_of(checklist=listing(60)), cache=filled)
    assert len(files) == 6
    assert calls == []


def test_a_warning_comes_again_from_the_cache(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    assert len(papers_of(guide_of(checklist=listing(60)), cache=filled)[1]) == 2
    assert calls == []


def test_a_qr_code_is_drawn_only_for_a_paper_that_is_typeset(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(url: str) -> str:
        drawn.append(url)
        return qr_svg(url)

    monkeypatch.setattr(paper, "qr_svg", draw)

    papers_of(guide_of(checklist=listing(60)), cache=filled)
    assert drawn == []
    papers_of(guide_of(checklist=listing(3)), cache=filled)
    assert drawn


def test_papers_are_typeset_again_when_qr_codes_are_drawn_otherwise(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = count_typesetting(monkeypatch)
    monkeypatch.setattr(paper, "_maker", lambda: "another version")
    papers_of(guide_of(checklist=listing(60)), cache=filled)
    assert len(calls) == 6


def test_a_picture_is_kept_and_made_anew_in_another_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cover = {"words": english().section("paper"), "guide": about(guide_of()), "tagline": "A tagline."}
    calls = count_typesetting(monkeypatch)
    first = Typesetter(PRINT, tmp_path).draw("cover.typ", cover, 100)

    assert Typesetter(PRINT, tmp_path).draw("cover.typ", cover, 100) == first
    assert len(calls) == 1
    assert Typesetter(PRINT, tmp_path).draw("cover.typ", cover, 50) != first


def test_a_changed_checklist_is_typeset_again(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_typesetting(monkeypatch)
    files, _ = papers_of(guide_of(checklist=listing(3)), cache=filled)
    assert len(calls) == 4
    assert drawn_boxes(read(files[SHEET_A4]).pages[0]) == 3


def test_a_change_of_a_message_leaves_the_sheets_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers_of(guide_of(), cache=tmp_path)
    calls = count_typesetting(monkeypatch)
    papers_of(guide_of(message=MESSAGE.replace("Hi {first_name},", "Dear {first_name},")), cache=tmp_path)
    assert len(calls) == 4  # cards and workbook, each on two papers


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"sha256": "0", "facts": {}, "missing": []}\n%PDF', b"\xff\n\xff"])
def test_a_damaged_entry_is_made_again(filled: Path, damage: bytes) -> None:
    guide = guide_of(checklist=listing(60))
    good, _ = papers_of(guide, cache=filled)
    for entry in filled.iterdir():
        entry.write_bytes(damage)
    assert papers_of(guide, cache=filled)[0] == good


def test_the_cache_does_not_grow_with_every_edit(filled: Path) -> None:
    for count in range(1, 7):
        papers_of(guide_of(checklist=listing(count)), cache=filled)
    sheets = [entry.name for entry in filled.iterdir() if "before-a4" in entry.name]
    assert 0 < len(sheets) <= 3
    assert not [entry for entry in filled.iterdir() if entry.name.startswith(".")]


def test_a_cache_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(papers_of(guide_of(), cache=tmp_path / "file")[0]) == 6


def test_a_changed_template_is_used_at_once(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    first = typeset_sheets(guide_of(), templates, SITE, tmp_path / "cache", Log())
    common = templates / "common.typ"
    common.write_text(common.read_text().replace(OWN_WORDS, OTHER_WORDS))
    second = typeset_sheets(guide_of(), templates, SITE, tmp_path / "cache", Log())
    assert first[SHEET_A4] != second[SHEET_A4]
    assert "who" in words_of(read(second[SHEET_A4]))


def _copy_templates(folder: Path) -> Path:
    templates = folder / "templates" / "print"
    templates.mkdir(parents=True)
    for source in PRINT.glob("*.typ"):
        (templates / source.name).write_bytes(source.read_bytes())
    return templates


def test_a_project_changes_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "common.typ").write_text((PRINT / "common.typ").read_text().replace(OWN_WORDS, OTHER_WORDS))
    files = typeset_sheets(guide_of(), [tmp_path, PRINT], SITE, None, Log())
    assert "who" in words_of(read(files[SHEET_A4]))


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    (templates / "checklist.typ").write_text('#import "common.typ": *\n\n#let checklist = nothing-of-this-name\n')
    with pytest.raises(typeset.TypesetError) as fault:
        typeset_sheets(guide_of(), templates, SITE, None, Log())
    assert str(fault.value) == "templates/print/checklist.typ:3:18: unknown variable: nothing-of-this-name"


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    templates = _copy_templates(tmp_path)
    (templates / "workbook.typ").unlink()
    with pytest.raises(typeset.TypesetError, match=r"templates/print/workbook\.typ:1:1: there is no such template"):
        typeset_sheets(guide_of(), templates, SITE, None, Log())
