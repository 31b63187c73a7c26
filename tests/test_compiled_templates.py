"""Templates that stay compiled: what is kept is used only where it gives the same page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.compiled_templates import folder, keep_compiled
from generator.jinja_templates import environment
from generator.template_folders import packaged_templates

_TEMPLATE = "_parts.html.j2"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that compiled templates are kept in, still without any."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "compiled"))
    return folder()


def _compile() -> jinja2.Template:
    return environment([packaged_templates() / "pages"]).get_template(_TEMPLATE)


def _files(kept: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in kept.iterdir()}


def test_a_template_is_compiled_once_for_all_builds(kept: Path) -> None:
    _compile()
    [before] = kept.iterdir()
    number = before.stat().st_ino

    _compile()

    assert [(path, path.stat().st_ino) for path in kept.iterdir()] == [(before, number)]


@pytest.mark.parametrize("harm", [lambda old: old[:0], lambda old: old[:-9], lambda old: old[:-9] + b"x" * 9])
def test_a_harmed_file_is_compiled_anew_and_put_right(kept: Path, harm: Callable[[bytes], bytes]) -> None:
    _compile()
    whole = _files(kept)
    for name, content in whole.items():
        (kept / name).write_bytes(harm(content))

    _compile()

    assert _files(kept) == whole


def test_a_template_of_an_author_is_not_kept(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / _TEMPLATE).write_text("{{ 1 + 1 }}", encoding="utf-8")

    assert environment([tmp_path / "mine"]).get_template(_TEMPLATE).render() == "2"
    assert not _files(kept)


def test_code_made_under_other_options_is_not_used(kept: Path) -> None:
    _compile()
    other = environment([packaged_templates() / "pages"])
    other.trim_blocks = False
    other.get_template(_TEMPLATE)

    assert len(_files(kept)) == 2


def test_where_no_folder_can_be_made_templates_are_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "file"))
    bare = jinja2.Environment(autoescape=True)
    keep_compiled(bare)

    assert bare.bytecode_cache is None


def test_who_wants_nothing_compiled_kept_gets_nothing_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    _compile()

    assert not kept.exists()
