"""Content that must be refused, and files that must not be followed: what is said, with bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.refused_cases import read_cases
from tests.support import ROOT, tiny_guide, write_project

CASES = read_cases()
SECRET = "SECRET-OF-THE-MACHINE"  # noqa: S105  # a word to look for


@pytest.fixture(scope="module")
def answers() -> dict[str, list[str]]:
    """What is said in every case, by name; all of them in one process with little memory."""
    command = [sys.executable, "-m", "tests.refused_cases"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", CASES)
def test_it_is_said_where_it_stands(answers: dict[str, list[str]], name: str) -> None:
    case: dict[str, Any] = CASES[name]
    found = [line.removeprefix(f"{case['file']} ") for line in answers[name] if line.startswith(f"{case['file']} ")]
    # A case gives the line and the code, or the code where the line is not what it is about.
    found += [line.partition(" ")[2] for line in found]
    assert [line for line in case["said"] if line not in found] == []


def _link(path: str, target: str) -> Callable[[Path], None]:
    return lambda project: (project / path).symlink_to(target)


def _make(path: str, text: str = "x") -> Callable[[Path], None]:
    def make(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")

    return make


def _pipe(path: str) -> Callable[[Path], None]:
    return lambda project: os.mkfifo(project / path)


def _nested(project: Path) -> None:
    (project / "content/pictures/deep").mkdir(parents=True)
    (project / "content/pictures/deep/leak.png").symlink_to(project.parent / "secret.txt")


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "link-to-a-file": (_link("content/leak.txt", "../../secret.txt"), "outside"),
    "link-to-a-folder": (_link("content/leak", "../.."), "outside"),
    "link-to-the-root": (_link("content/leak", "/"), "outside"),
    "link-to-devices": (_link("content/zero.png", "/dev/zero"), "outside"),
    "hidden-link-to-a-folder": (_link("content/.leak", "/"), "outside"),
    "link-deep-inside": (_nested, "outside"),
    "link-of-a-page": (_link("content/lessons/leak.md", "../../../secret.txt"), "outside"),
    "link-of-a-page-beside": (_link("content/leak.md", "../../secret.txt"), "outside"),
    "link-round-in-a-circle": (_link("content/circle", "."), "not-a-folder"),
    "link-up-to-the-project": (_link("content/circle", ".."), "outside"),
    "link-to-itself": (_link("content/self.png", "self.png"), "not-a-file"),
    "link-to-nowhere": (_link("content/gone.png", "nowhere"), "not-a-file"),
    "pipe-as-picture": (_pipe("content/pipe.png"), "not-a-file"),
    "pipe-as-page": (_pipe("content/pipe.md"), "not-a-file"),
    "pipe-as-lesson": (_pipe("content/lessons/pipe.md"), "not-a-file"),
    "template-link-out": (_link("templates/theme/leak.txt", "../../../secret.txt"), "outside"),
    "template-link-of-a-page": (_link("templates/pages/home.md.j2", "../../../secret.txt"), "outside"),
    "template-folder-link-out": (_link("templates/theme/leak", "/etc"), "outside"),
    "print-template-link-out": (_link("templates/print/leak.typ", "../../../secret.txt"), "outside"),
    "name-with-other-case": (_make("content/lessons/First.md"), "bad-id"),
    "name-composed-otherwise": (_make("content/lessons/cafe\u0301.md"), "bad-id"),
    "name-with-a-line-feed": (_make("content/lessons/a\nb.md"), "bad-id"),
    "name-that-turns-round": (_make("content/lessons/a\u202eb.md"), "bad-id"),
    "name-of-a-device": (_make("content/lessons/com1.md"), "bad-id"),
    "name-with-a-dot-at-its-end": (_make("content/lessons/first..md"), "bad-id"),
    "name-with-markup": (_make("content/lessons/<b onclick=x>.md"), "bad-id"),
    "name-of-two-hundred": (_make(f"content/lessons/{'a' * 200}.md"), "bad-id"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_it_seems_stops_the_build_before_anything_is_written(tmp_path: Path, name: str) -> None:
    from generator.build import load_guide
    from generator.stray_links import stray_links

    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    project = write_project(tmp_path / "project", tiny_guide())
    for kind in ("pages", "print", "theme"):
        (project / "templates" / kind).mkdir(parents=True)
    make, code = FILES[name]
    make(project)
    found = (*load_guide(project / "content").diagnostics, *stray_links(project))
    assert code in {diagnostic.code for diagnostic in found if diagnostic.severity == "error"}


def test_what_could_run_in_a_browser_is_not_copied_from_the_content_and_nothing_else_is_written(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", tiny_guide())
    page = f"# Hi\n\n<script>{SECRET}</script>\n"
    left_out = {
        **{f"content/{name}": page for name in ("evil.html", "evil.HTM", "evil.xhtml", "evil.svg", "evil.xml", "evil")},
        **{f"content/{name}": page for name in ("page.md", "page2.markdown", "sub/page.md", "sub/index.mkd")},
        **{f"content/{name}": page for name in ("lessons/evil.html", "lessons/sub/page.md", "evil.md~", "evil.wasm")},
        **{f"content/assets/{name}": SECRET for name in ("guide.js", "guide.css", "favicon.svg", "anywhere.js")},
        **{
            f"content/{name}": SECRET
            for name in ("service-worker.js", "edition.json", "_headers", "sitemap.xml", "404.html")
        },
        "content/search/search_index.json": SECRET,
    }
    write_project(project, {**left_out, "content/pictures/kept.png": "kept", "content/CNAME": "kept"})
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (project / "site").mkdir()
    (project / "site/.gitignore").symlink_to(tmp_path / "secret.txt")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").write_text("", encoding="utf-8")
    (elsewhere / "kept.txt").write_text("kept", encoding="utf-8")
    (project / ".site-leftover").symlink_to(elsewhere)
    (project / ".cache").symlink_to(elsewhere)
    (project / "hard.txt").write_text("kept", encoding="utf-8")
    os.link(project / "hard.txt", project / "content/hard.txt")

    command = [sys.executable, "-m", "generator", "build", str(project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    site = project / "site"
    leaks = [
        str(path.relative_to(site))
        for path in site.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert leaks == []
    assert (site / "pictures/kept.png").read_text(encoding="utf-8") == "kept"
    assert (site / "hard.txt").read_text(encoding="utf-8") == "kept"
    # The look has its own files in their place.
    assert all((site / "assets" / name).stat().st_size > 100 for name in ("guide.js", "guide.css", "favicon.svg"))
    assert sorted(path.name for path in elsewhere.iterdir()) == ["kept.txt", "lock"]
    said = done.stderr + done.stdout
    assert "content/assets/guide.js:1:1: warning[not-copied]" in said
    assert "content/sub/page.md:1:1: warning[unknown-file]" in said


def test_thousands_of_files_are_read_with_one_answer_each(tmp_path: Path) -> None:
    from generator.build import load_guide

    project = write_project(tmp_path, tiny_guide())
    for number in range(3000):
        (project / f"content/messages/m{number}.md").write_text("x", encoding="utf-8")
    found = load_guide(project / "content").diagnostics
    assert sum(d.code == "no-front-matter" for d in found) == 3000


def test_no_pattern_of_the_generator_is_slowed_down_by_a_long_run_of_anything() -> None:
    # A net, not a measure: a pattern whose steps grow with the square of a text takes many times the limit.
    command = [sys.executable, "-m", "tests.slow_patterns"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"slow: {done.stdout.splitlines()[-1:]}"
