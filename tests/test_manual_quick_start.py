"""The quick start of the authors' manual, word for word: its own code blocks, in an empty folder, with the wheel."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.installed import Installed
from tests.manual import Block, code, html

SAVE = re.compile(r"Save as (\S+):")
CHANGE = re.compile(r"In (\S+), change this line:")
ADDRESS = "127.0.0.1:8000"


class Author:
    """Somebody who does what the quick start says; `said` holds what each command printed, by the command."""

    def __init__(self, installed: Installed, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._environment = installed.environment
        self._line: tuple[Path, str] | None = None
        self._preview: subprocess.Popen[str] | None = None

    def do(self, block: Block) -> None:
        """Do what one block says, and compare what is printed with what the manual says."""
        if match := SAVE.search(block.before):
            path = self.folder / match[1]
            assert path.parent.is_dir()
            path.write_text(block.text, encoding="utf-8")
        elif match := CHANGE.search(block.before):
            self._line = self.folder / match[1], block.text
        elif block.before == "to this:":
            assert self._line is not None
            path, old = self._line
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1
            path.write_text(text.replace(old, block.text), encoding="utf-8")
        else:
            assert block.language == "console", block
            for command, says in block.commands:
                if command.startswith("coaching-guide serve "):
                    assert self.start(command, len(says.splitlines())) == says
                else:
                    assert self.run(command) == says

    def run(self, command: str) -> str:
        """Return what a command prints."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.stdout

    def start(self, command: str, lines: int) -> str:
        """Start the preview; return its first lines. The port of the manual may be somebody else's here."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            here = f"127.0.0.1:{free.getsockname()[1]}"
        self._preview = subprocess.Popen(
            ["bash", "-c", f"exec {command} --address {here}"],
            cwd=self.folder,
            env=self._environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._preview.stdout is not None
        self.address = f"http://{here}/"
        return "".join(self._preview.stdout.readline() for _ in range(lines)).replace(here, ADDRESS)

    def stop(self) -> None:
        """Do as Ctrl-C does."""
        if self._preview is not None:
            self._preview.send_signal(signal.SIGINT)
            self._preview.communicate()


@pytest.fixture
def author(installed: Installed, tmp_path: Path) -> Iterator[Author]:
    somebody = Author(installed, tmp_path)
    yield somebody
    somebody.stop()


def blocks_by_step() -> list[list[Block]]:
    """Return the blocks of the quick start, those of a numbered step together."""
    blocks = iter(code("quick-start")[0])
    steps = re.split(r"<h2", html("quick-start"))[1:]
    return [[next(blocks) for _ in range(step.count("<pre>"))] for step in steps]


def test_the_quick_start_does_what_it_says_word_for_word(author: Author, page: Page, browser: Browser) -> None:
    article, draft, see, lesson, checklist, message, guide, mistake, build, onward = blocks_by_step()
    assert onward == []
    for block in [*article, *draft, *see]:
        author.do(block)
    page.goto(author.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lend a Tool, Meet a Neighbour")
    page.goto(author.address + "lessons/start-small/")
    main = page.get_by_role("main")
    expect(main.get_by_text("Draft", exact=True).first).to_be_visible()
    # The lesson in the browser changes by itself, and loses the word "Draft".
    for block in lesson:
        author.do(block)
    expect(page.get_by_role("heading", level=1)).to_have_text("Start with five houses", timeout=30_000)
    expect(main.get_by_text("Draft", exact=True)).to_have_count(0)
    for block in [*checklist, *message, *guide]:
        author.do(block)
    # The last good page stays, with the mistake above it.
    for block in mistake[:3]:
        author.do(block)
    expect(page.get_by_text("unknown-stage")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Start with five houses")
    for block in [*mistake[3:], *build]:
        author.do(block)
    context = browser.new_context()
    built = context.new_page()
    built.goto((author.folder / "tool-sharing/site/index.html").as_uri())
    expect(built.get_by_role("heading", level=1)).to_have_text("Lend a Tool, Meet a Neighbour")
    site = author.folder / "tool-sharing/site"
    assert (site / "checklists/start-small/start-small-a4.pdf").is_file()
    built.goto((site / "messages/invite/index.html").as_uri())
    expect(built.get_by_role("button", name="Copy").first).to_be_visible()
    context.close()
