"""What was published does not vanish in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.build import load_guide
from tests.support import CHECKLIST, ROOT, tiny_guide, write_project


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _project(folder: Path, register: str = "") -> Path:
    files = tiny_guide()
    if register:
        files["content/published.yml"] = register
    return write_project(folder, files)


def _found(project: Path) -> list[str]:
    return [str(diagnostic) for diagnostic in load_guide(project / "content").diagnostics]


def test_the_register_of_the_real_guide_is_complete() -> None:
    done = _run("register", "--check", str(ROOT))
    assert (done.returncode, done.stderr) == (0, "")


def test_register_writes_every_page_and_item_once(tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert _run("register", str(project)).returncode == 0
    first = (project / "content/published.yml").read_text(encoding="utf-8")
    assert first.split("published:\n")[1].split() == [
        "-", "checklists/before", "-", "checklists/before#first-thing", "-", "checklists/before#send",
        "-", "lessons/first", "-", "messages/thank", "-", "paths/short",
    ]  # fmt: skip
    assert _run("register", str(project)).stdout.strip().endswith("every page and item is registered")
    assert (project / "content/published.yml").read_text(encoding="utf-8") == first


def test_an_item_that_vanishes_is_an_error_until_it_is_renamed_or_retired(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _run("register", str(project))
    changed = CHECKLIST.replace("{#first-thing}", "{#first-step}")
    (project / "content/checklists/before.md").write_text(changed, encoding="utf-8")
    (found,) = _found(project)
    assert (
        "content/published.yml:7:5: error[vanished]: 'checklists/before#first-thing' was published and is gone" in found
    )
    assert found.endswith("did you mean 'checklists/before#first-step'?")
    register = project / "content/published.yml"
    text = register.read_text(encoding="utf-8")
    line = "  checklists/before#first-thing: checklists/before#first-step\n"
    register.write_text(text.replace("renamed: {}\n", f"renamed:\n{line}"), encoding="utf-8")
    assert _found(project) == []


def test_what_is_renamed_must_lead_somewhere_and_be_gone(tmp_path: Path) -> None:
    register = "renamed:\n  messages/old: messages/than\n  messages/thank: lessons/first\npublished: []\n"
    found = _found(_project(tmp_path, register))
    assert [line.partition("error")[2] for line in found] == [
        (
            "[unknown-address]: 'messages/old' is renamed to 'messages/than', which is not there; "
            "did you mean 'messages/thank'?"
        ),
        "[still-there]: 'messages/thank' is listed as renamed, but it is still there; remove the line",
    ]


def test_a_renamed_page_sends_its_readers_on_and_a_retired_one_to_its_index(tmp_path: Path) -> None:
    register = (
        "renamed:\n  messages/old: messages/thank\nretired:\n  lessons/gone: It was out of date.\n"
        "published: [messages/old, lessons/gone]\n"
    )
    project = _project(tmp_path, register)
    done = _run("build", "--strict", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    assert 'content="0; url=../thank/"' in (project / "site/messages/old/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../"' in (project / "site/lessons/gone/index.html").read_text(encoding="utf-8")
    assert "old/" not in (project / "site/sitemap.xml").read_text(encoding="utf-8")
