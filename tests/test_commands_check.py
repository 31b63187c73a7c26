"""`check` for programs, and `check --watch`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.diagnostics import Diagnostic, Place
from generator.report_formats import as_github, as_json
from generator.watch import state_of, wait_for_change
from tests.support import LESSON, ROOT, tiny_guide, write_project

ODD = Diagnostic(Place("content/a,b:c%.md", 3, 7), "bad-id", "100% wrong:\r\nit, ends", "error")


def test_a_diagnostic_for_github_is_a_command_with_its_marks_escaped() -> None:
    assert as_github([ODD], "guides/x") == (
        "::error file=guides/x/content/a%2Cb%3Ac%25.md,line=3,col=7,title=bad-id::100%25 wrong:%0D%0Ait, ends\n"
        "1 error in 1 file"
    )


def test_without_diagnostics_github_is_told_so() -> None:
    assert as_github([]) == "no problems"


def test_diagnostics_as_json_are_one_document_on_one_line() -> None:
    text = as_json([ODD, Diagnostic(Place("content/b.md"), "unused-field", "x", "warning")])
    assert "\n" not in text
    assert json.loads(text) == {
        "version": 1,
        "diagnostics": [
            {
                "path": "content/a,b:c%.md",
                "line": 3,
                "column": 7,
                "severity": "error",
                "code": "bad-id",
                "message": "100% wrong:\r\nit, ends",
            },
            {
                "path": "content/b.md",
                "line": 1,
                "column": 1,
                "severity": "warning",
                "code": "unused-field",
                "message": "x",
            },
        ],
        "count": {"errors": 1, "warnings": 1},
    }


@pytest.mark.parametrize(("lesson", "status"), [(LESSON, 0), (LESSON.replace("@burt2004", "@burt"), 1)])
@pytest.mark.parametrize("form", ["json", "github", "text"])
def test_every_form_has_the_same_exit_code(tmp_path: Path, form: str, lesson: str, status: int) -> None:
    project = write_project(tmp_path, tiny_guide(lesson=lesson))
    assert main(["check", str(project), "--format", form]) == status


def test_github_is_told_the_path_in_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path / "guides/tiny", tiny_guide(lesson=""))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "guides/tiny", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=guides/tiny/content/lessons/first.md,line=1,col=1,title=")


def test_the_state_of_a_folder_tells_new_changed_and_removed_files(tmp_path: Path) -> None:
    file = tmp_path / "lessons" / "x.md"
    states = [state_of([tmp_path])]
    write_project(tmp_path, {"lessons/x.md": "a"})
    states.append(state_of([tmp_path]))
    file.write_text("ab", encoding="utf-8")
    states.append(state_of([tmp_path]))
    file.unlink()
    states.append(state_of([tmp_path]))
    assert [len(state) for state in states] == [0, 1, 1, 0]
    assert states[1] != states[2]


def test_what_programs_and_editors_leave_behind_is_no_change(tmp_path: Path) -> None:
    write_project(tmp_path, {".x.md.swp": "a", "x.md~": "a", "site/index.html": "a", ".cache/y": "a"})
    (tmp_path / "loop").symlink_to(tmp_path)
    assert state_of([tmp_path, tmp_path / "nowhere"]) == {}


def test_a_change_is_told_when_the_files_have_come_to_rest(tmp_path: Path) -> None:
    sizes = iter(["ab", "abc", "abc", "abc"])
    naps: list[float] = []

    def write_on(seconds: float) -> None:
        naps.append(seconds)
        (tmp_path / "x.md").write_text(next(sizes), encoding="utf-8")
        os.utime(tmp_path / "x.md", (1, 1))

    (tmp_path / "x.md").write_text("a", encoding="utf-8")
    state = wait_for_change([tmp_path], state_of([tmp_path]), write_on)
    assert [size for _, size in state.values()] == [3]
    assert len(naps) == 3


def test_watch_prints_the_new_state_after_a_change_and_ends_cleanly_with_ctrl_c(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    command = [sys.executable, "-m", "generator", "check", "--watch", str(project)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        lines = iter(watch.stdout.readline, "")
        assert [next(lines) for _ in range(3)] == ["checking\n", "no problems\n", "waiting for changes (Ctrl-C ends)\n"]
        (project / "content/lessons/first.md").write_text("", encoding="utf-8")
        assert next(lines) == "checking\n"
        assert next(lines).startswith("content/lessons/first.md:1:1: error[empty-file]: ")
        assert next(line for line in lines if line.startswith("waiting"))
        watch.send_signal(signal.SIGINT)
        out, err = watch.communicate()
    assert (watch.returncode, out, err) == (0, "", "")
