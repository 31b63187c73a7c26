"""`serve`: a real preview of a small guide, looked at over HTTP and in a browser while its files change."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support import LESSON, MKDOCS, ROOT, tiny_guide, write_project

_TRIES = 20
"""How often a page is looked at before a change counts as lost; each look waits for the preview's next state."""


class Preview:
    """A running preview."""

    def __init__(self, project: Path, temp: Path) -> None:
        self.project = project
        self.temp = temp
        temp.mkdir(exist_ok=True)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temp)}
        command = [sys.executable, "-m", "generator", "serve", "--address", "127.0.0.1:0", str(project)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.process.stdout.readline())
        assert found, self.process.communicate()
        self.url = found[0]

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it; return its exit code and what it said on stderr."""
        self.process.send_signal(how)
        _, said = self.process.communicate()
        return self.process.returncode, said

    def get(self, page: str) -> tuple[int, str]:
        """Return status and text of a page."""
        try:
            with urllib.request.urlopen(self.url + page) as answer:  # noqa: S310  # our own preview
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def wait(self, page: str, holds: Callable[[str], bool]) -> str:
        """Return a page as soon as something holds of it."""
        for _ in range(_TRIES):
            text = self.get(page)[1]
            if holds(text):
                return text
            state = re.search(r'const state = "([^"]+)"', text)
            assert state, text
            # Answered when there is a newer state than the one that was just looked at.
            self.get(f".preview/{state[1]}")
        pytest.fail(f"the preview never came to show it; the last page was:\n{text}")

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file as an editor does: write it aside, then put it in its place."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        aside = path.with_name(path.name + "~")
        aside.write_text(text.replace(old, new), encoding="utf-8")
        aside.replace(path)


PLAIN = MKDOCS.replace(', custom_dir: "THEME"', "")
OWN_TEMPLATE = {"templates/pages/path.md.j2": "# {{ page.title | md }}\n\nFirst words of the template.\n"}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    running = Preview(write_project(folder / "guide", tiny_guide(mkdocs=PLAIN) | OWN_TEMPLATE), folder / "temp")
    yield running
    running.end()


@pytest.mark.parametrize(
    ("file", "old", "new", "page"),
    [
        ("content/lessons/first.md", "An opening.", "Another opening.", "lessons/first/"),
        ("templates/pages/path.md.j2", "First words", "Other words", "paths/short/"),
        ("content/guide.yml", "You have little time.", "You have an hour.", "paths/"),
        ("mkdocs.yml", "site_name: Tiny", "site_name: Larger", ""),
    ],
)
def test_a_change_of_a_file_shows_on_its_page(preview: Preview, file: str, old: str, new: str, page: str) -> None:
    word = new.removeprefix("site_name: ")
    assert word not in preview.get(page)[1]
    preview.edit(file, old, new)
    assert word in preview.wait(page, lambda text: word in text)


BROKEN = [
    (
        "content/lessons/first.md",
        "stage: start",
        "stage: <b>",
        "content/lessons/first.md:3:8: error[bad-id]: &#39;&lt;b&gt;&#39; is no id",
    ),
    (
        "templates/pages/path.md.j2",
        "{{ page.title",
        "{{ page.titel.x",
        "templates/pages/path.md.j2:1:1: error[template]",
    ),
    ("mkdocs.yml", "theme: {", "theme: {{", "mkdocs.yml"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "said"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_mistake_leaves_the_last_good_page_and_is_shown_over_it(
    preview: Preview, file: str, right: str, wrong: str, said: str
) -> None:
    preview.wait("lessons/first/", lambda text: "The only part" in text and 'role="alert"' not in text)
    preview.edit(file, right, wrong)
    text = preview.wait("lessons/first/", lambda text: said in text)
    assert "The only part" in text
    assert "Traceback" not in text
    preview.edit(file, wrong, right)
    preview.wait("lessons/first/", lambda text: "The only part" in text and 'role="alert"' not in text)


def test_a_browser_shows_the_mistake_and_then_the_mended_page_by_itself(
    preview: Preview, context: BrowserContext
) -> None:
    page = context.new_page()
    preview.wait("lessons/first/", lambda text: "The only part" in text and 'role="alert"' not in text)
    page.goto(preview.url + "lessons/first/")
    preview.edit("content/lessons/first.md", "## The only part", "## The <i>best</i> part")
    preview.edit("content/lessons/first.md", "minutes: 5", "minutes: five")
    alert = page.get_by_role("alert", name="What is wrong with the content")
    expect(alert).to_contain_text(
        "content/lessons/first.md:4:10: error[wrong-type]: 'minutes' is 'five'", timeout=60_000
    )
    expect(page.get_by_role("heading", name="The only part")).to_be_visible()
    preview.edit("content/lessons/first.md", "minutes: five", "minutes: 5")
    expect(page.get_by_role("heading", name="The <i>best</i> part")).to_be_visible(timeout=60_000)
    expect(alert).to_have_count(0)


def test_the_links_of_the_preview_lead_to_the_preview(preview: Preview) -> None:
    assert f'<link rel="canonical" href="{preview.url}lessons/">' in preview.get("lessons/")[1]


@pytest.mark.parametrize("page", ["nowhere/", "assets/", "../guide/mkdocs.yml", "%2e%2e/%2e%2e/guide/mkdocs.yml"])
def test_what_is_no_page_of_the_site_is_answered_with_its_own_page_for_that(preview: Preview, page: str) -> None:
    status, text = preview.get(page)
    assert status == 404
    assert "site_url" not in text


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_guide_that_is_wrong_from_the_start_is_served_as_its_mistakes_and_the_end_is_clean(
    tmp_path: Path, how: signal.Signals
) -> None:
    files = tiny_guide(mkdocs=PLAIN, lesson=LESSON.replace("minutes: 5", "minutes: five"))
    running = Preview(write_project(tmp_path / "guide", files), tmp_path / "temp")
    status, text = running.get("lessons/first/")
    assert status == 503
    assert "content/lessons/first.md:4:10: error[wrong-type]" in text
    if how is signal.SIGTERM:
        running.edit("content/lessons/first.md", "minutes: five", "minutes: 5")
        running.wait("lessons/first/", lambda text: "The only part" in text)
    code, said = running.end(how)
    assert code == 0
    assert "Traceback" not in said
    assert list(running.temp.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("8000", "'8000' is no address; expected host and port, like 127.0.0.1:8000"),
        ("localhost:http", "'localhost:http' is no address"),
        ("127.0.0.1:99999", "'127.0.0.1:99999' is no address"),
        ("TAKEN", "cannot be used: Address already in use; name another: --address 127.0.0.1:8001"),
    ],
)
def test_an_address_that_cannot_be_used_is_a_wrong_call(tmp_path: Path, address: str, said: str) -> None:
    project = write_project(tmp_path, tiny_guide())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = address.replace("TAKEN", f"127.0.0.1:{taken.getsockname()[1]}")
        command = [sys.executable, "-m", "generator", "serve", "--address", address, str(project)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
