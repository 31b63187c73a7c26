"""Links inside the built site, and the list of those that lead out of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.sitelinks import broken_links
from tests.support import CHECKLIST, LESSON, MESSAGE, ROOT, tiny_guide, write_project

TINY = "https://tiny.example/"
REGISTER = "renamed: {lessons/zero: lessons/first}\nretired: {messages/old: Gone.}\npublished: [lessons/zero]\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_link_inside_the_site_leads_to_a_file_and_an_anchor(site: Path) -> None:
    assert broken_links(site, "https://good-company.example/") == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a page that was renamed and one that was retired."""
    project = write_project(tmp_path_factory.mktemp("small"), tiny_guide() | {"content/published.yml": REGISTER})
    done = run("build", str(project))
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_every_page_that_was_ever_published_leads_on(small: Path) -> None:
    assert broken_links(small, TINY) == []
    for old in ("lessons/zero", "messages/old"):
        assert 'http-equiv="refresh"' in (small / old / "index.html").read_text(encoding="utf-8")


# What is taken away, and two of the places that must then be named.
@pytest.mark.parametrize(
    ("gone", "places"),
    [
        (
            "lessons/first/index.html",
            {"lessons/zero/index.html: ../first/", "checklists/before/index.html: ../../lessons/first/#only"},
        ),
        (
            "messages/thank/index.html",
            {"messages/thank/thank.ics: " + TINY + "messages/thank/", "sitemap.xml: " + TINY + "messages/thank/"},
        ),
        ("checklists/before/before-a4.pdf", {"guide.json: checklists/before/before-a4.pdf"}),
        ("checklists/before/index.html", {"checklists/before/before-a4.pdf: " + TINY + "checklists/before/"}),
        ("assets/guide.css", {"index.html: assets/guide.css", "edition.json: assets/guide.css"}),
        ("tiny.epub", {"downloads/index.html: ../tiny.epub", "guide.json: tiny.epub"}),
    ],
)
def test_what_is_missing_is_found_wherever_it_is_linked(
    small: Path, tmp_path: Path, gone: str, places: set[str]
) -> None:
    site = shutil.copytree(small, tmp_path / "site")
    (site / gone).unlink()
    assert places <= set(broken_links(site, TINY))


def test_an_anchor_that_is_missing_is_found(small: Path, tmp_path: Path) -> None:
    site = shutil.copytree(small, tmp_path / "site")
    lesson = site / "lessons/first/index.html"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace('id="only"', 'id="other"'), encoding="utf-8")
    assert "checklists/before/index.html: ../../lessons/first/#only: no such anchor" in broken_links(site, TINY)


# ---- links that lead out of the guide -----------------------------------------------------------------------------


class _Web(BaseHTTPRequestHandler):
    """A small web: every path names the answer to HEAD and, after a hyphen, the one to GET."""

    def do_HEAD(self) -> None:
        self._answer(self.path[1:].partition("-")[0])

    def do_GET(self) -> None:
        self._answer(self.path[1:].partition("-")[2])

    def _answer(self, status: str) -> None:
        self.send_response(int(status))
        if status.startswith("3"):
            self.send_header("Location", "/404" if status == "301" else "/200")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output free of requests."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Web) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _guide(folder: Path, web: str = "https://web.example/") -> str:
    files = tiny_guide(
        lesson=LESSON.replace("Some prose", f"[A page]({web}200), [moved](<{web}302>).\n\nSome prose"),
        checklist=CHECKLIST.replace("Because", f"Because [a picky host]({web}405-200) says, and"),
        message=MESSAGE.replace("Hi {first_name},\n", f"Hi {{first_name}}, see {web}404-404.\n", 1),
    )
    files["content/references.yml"] = files["content/references.yml"].replace("  doi: 10.1086/421787\n", "")
    return str(write_project(folder, files))


def test_external_links_are_listed_by_file_and_line(tmp_path: Path) -> None:
    project = _guide(tmp_path)
    Path(project, "content/references.yml").write_text(tiny_guide()["content/references.yml"], encoding="utf-8")
    done = run("links", project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "content/checklists/before.md:11: https://web.example/405-200",
        "content/lessons/first.md:14: https://web.example/200",
        "content/lessons/first.md:14: https://web.example/302",
        "content/messages/thank.md:16: https://web.example/404-404",
        "content/references.yml:6: https://doi.org/10.1086/421787",
        "5 external links; links --check asks each one",
    ]


def test_a_dead_link_is_named_with_its_answer_and_fails_the_check(tmp_path: Path, web: str) -> None:
    done = run("links", _guide(tmp_path, web), "--check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"content/messages/thank.md:16: dead: {web}404-404 (404 Not Found)",
        "4 external links, asked: 3 fine, 0 unsure, 0 unreached, 1 dead",
    ]


def test_without_a_network_the_check_says_so_in_one_line(tmp_path: Path) -> None:
    done = run("links", _guide(tmp_path, "http://127.0.0.1:9/"), "--check")
    assert (done.returncode, done.stderr) == (1, "coaching-guide: no address answered; is there a network?\n")
