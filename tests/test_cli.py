"""The command line, called as an author calls it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.explanations import EXPLANATIONS
from tests.support import MESSAGE, ROOT, tiny_guide, write_project


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_real_guide_has_no_problems() -> None:
    done = run("check", "--prose")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


def test_check_prints_all_mistakes_sorted_by_file_and_line_and_a_count(tmp_path: Path) -> None:
    message = MESSAGE.replace("Hi {first_name},\n", "Hi {frist_name},\n").replace("send: ", "sent: ")
    project = write_project(tmp_path, tiny_guide(message=message, checklist=""))
    done = run("check", str(project))
    places = [tuple(line.split(":")[:2]) for line in done.stderr.splitlines()[:-1]]
    assert done.returncode == 1
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))
    assert "error[unknown-field]: 'frist_name' is not declared; did you mean 'first_name'?" in done.stderr
    assert re.search(r"\n\d+ errors(?: and \d+ warnings?)? in \d+ files?\n\Z", done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["chekc"], "invalid choice: 'chekc'"),
        (["check", "no-such-folder"], "no-such-folder: no folder 'content' here; name the folder that holds it"),
        (["build", "no-such-folder"], "no-such-folder: no mkdocs.yml here"),
        (["serve", "no-such-folder"], "no-such-folder: no mkdocs.yml here"),
        (["render"], "the following arguments are required: --out"),
        (["render", "--out", "tests"], "tests: not an empty folder; name a new one"),
        (["explain", "unknown-feild"], "no code 'unknown-feild'; did you mean 'unknown-field'?"),
    ],
)
def test_a_wrong_call_is_answered_in_one_line(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_explain_tells_why_and_shows_a_right_example() -> None:
    done = run("explain", "unknown-field")
    assert done.returncode == 0
    assert done.stdout.startswith("unknown-field: ")
    assert "Like this:" in done.stdout


def test_explain_lists_every_code_when_none_is_named() -> None:
    listed = [line.split()[0] for line in run("explain").stdout.splitlines()]
    assert listed == sorted(EXPLANATIONS)


def test_render_writes_the_pages_as_plain_files(tmp_path: Path) -> None:
    project = write_project(tmp_path / "guide", tiny_guide())
    out = tmp_path / "out"
    done = run("render", str(project), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert (out / "docs/lessons/first.md").read_text(encoding="utf-8").startswith("---\ntitle: The first lesson\n")
    guide = json.loads((out / "docs/guide.json").read_text(encoding="utf-8"))
    assert guide["schema"] == 1
    assert {entry["url"]: (out / "docs" / entry["url"]).stat().st_size for entry in guide["downloads"]} == {
        entry["url"]: entry["bytes"] for entry in guide["downloads"]
    }
    assert (out / "docs/tiny.epub").is_file()
    assert done.stdout.endswith(f" files to {out}; build them: zensical build --config-file {out}/mkdocs.yml\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["guide", "out"]


def test_render_writes_nothing_when_the_content_is_wrong(tmp_path: Path) -> None:
    project = write_project(tmp_path / "guide", tiny_guide(lesson=""))
    assert run("render", str(project), "--out", str(tmp_path / "out")).returncode == 1
    assert not (tmp_path / "out").exists()


def test_build_keeps_the_last_good_site_and_what_makes_its_folder_stay(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide() | {"site/.gitignore": "*\n"})
    assert run("build", str(project)).returncode == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    assert project / "site/.gitignore" in before
    (project / "content/guide.yml").write_text("title: [", encoding="utf-8")
    failed = run("build", str(project))
    assert failed.returncode == 1
    assert "content/guide.yml:2:1: error[bad-yaml]: " in failed.stderr
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".site")] == []


def test_an_output_that_nobody_reads_to_its_end_is_no_fault() -> None:
    command = f"{sys.executable} -m generator explain | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602  # our own words
    assert done.stderr == ""
