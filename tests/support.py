"""What several tests share: a small guide, and a way to put it on disk."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from generator.export.headers import HOSTS_FILE

ROOT = Path(__file__).parent.parent

FOCUS_ON_TOP = """() => {
  const here = document.activeElement;
  const { left, top, height } = here.getClientRects()[0];
  return here.contains(document.elementFromPoint(left + 8, top + height / 2));
}"""
"""Whether what has the focus is seen where it stands, in the browser's language."""

GUIDE = """\
id: tiny
title: {title}
tagline: A tagline.
description: A description.
language: en
edition: "2026-11"
promise: [A promise.]
for_whom: [You.]
start_here:
  - need: A need
    page: messages/thank
stages:
  - {{id: start, title: Start, summary: First steps.}}
lessons: [first]
situations:
  - {{id: after, title: After}}
fields:
  first_name: {{label: Their first name, example: Noor, max: 20}}
paths:
  - id: short
    title: The short way
    for: You have little time.
    outcome: You wrote to one person.
    steps: [{{lesson: first, why: It is the first.}}]
    checklists: [before]
    messages: [thank]
"""
LESSON = """\
---
title: The first lesson
stage: start
minutes: 5
objective: You can do one thing.
asks: [how do I begin]
key_points: [One thing is enough.]
covers: {One Heading: only}
---
An opening.

## The only part {#only}

Some prose with [a checklist](../checklists/before.md), a citation [@burt2004] and [a message](../messages/thank.md).

!!! evidence "What is known"
    A box [@burt2004].

### Try it (5 minutes)

1. Do it.

### Reflect

- What did you do?
"""
CHECKLIST = """\
---
title: Before it
when: The day before.
minutes: 5
lesson: first
situation: after
---
## Things

- [ ] Do the first thing. {#first-thing}
      Because [it is explained](../lessons/first.md#only).
- [ ] Send the [thanks](../messages/thank.md). {#send}
"""
MESSAGE = """\
---
title: Say thanks
when: Somebody helped.
not_when: Nobody did.
lesson: first
situation: after
send: 1 day after the help
asks: [thank you]
fields:
  thing: {label: What they did, example: the lift, max: 30}
---
## Email

Subject: Thank you for {thing}

Hi {first_name},

Thank you for {thing}. [[It came at the right time.]]

## Text message

Hi {first_name}, thanks for {thing}!
"""
OUTLINE = """\
article: An article
headings:
  - heading: One Heading
"""
REFERENCES = """\
burt2004:
  authors: Ronald S. Burt
  year: 2004
  title: Structural Holes and Good Ideas
  where: American Journal of Sociology 110(2)
  doi: 10.1086/421787
  kind: survey
  finding: A finding.
  limit: A limit.
"""
MKDOCS = """\
site_name: Tiny
site_url: https://tiny.example/
docs_dir: content
edit_uri: https://forge.example/edit/main/content/
theme: {name: material, custom_dir: "THEME", font: false, features: [content.action.edit]}
plugins: [coaching-guide, search]
"""


def tiny_guide(**changes: str) -> dict[str, str]:
    """Return the files of a small valid guide by path; a change replaces the file of that name (guide, lesson, ...)."""
    files = {
        "guide": GUIDE.format(title="Tiny"),
        "outline": OUTLINE,
        "references": REFERENCES,
        "lesson": LESSON,
        "checklist": CHECKLIST,
        "message": MESSAGE,
        "mkdocs": MKDOCS.replace("THEME", str(ROOT / "templates" / "theme")),
    }
    files.update(changes)
    paths = {
        "guide": "content/guide.yml",
        "outline": "content/outline.yml",
        "references": "content/references.yml",
        "lesson": "content/lessons/first.md",
        "checklist": "content/checklists/before.md",
        "message": "content/messages/thank.md",
        "mkdocs": "mkdocs.yml",
    }
    return {paths[name]: text for name, text in files.items()}


def write_project(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder and return the folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def settle(page: Page) -> None:
    """Wait until a page has come to rest after its width changed: Material fades its tabs in."""
    page.evaluate(
        """async () => {
          for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
          await Promise.allSettled(document.getAnimations().map((one) => one.finished));
        }"""
    )


_AXE = {
    # The rest is all of the page once more, which takes longer to hand over than to look at.
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # Off as axe comes: one because WCAG 2.2 is young, the others because they may be mistaken.
    "rules": {
        name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch", "css-orientation-lock")
    },
}


def axe_faults(page: Page, context: str | None = None) -> list[str]:
    """Return what axe finds on a page as it stands, against WCAG 2.2 AA and its best practices.

    Args:
        page: the page, come to rest.
        context: the CSS selector of the part to look at; the whole page when not given.
    """
    results = Axe().run(page, context=context, options=_AXE)
    return [f"{v['id']}: {node['html'][:160]}" for v in results.response["violations"] for node in v["nodes"]]


class _Host(http.server.SimpleHTTPRequestHandler):
    """A host of files, which sends the headers it is told to, and what is text compressed when it is told to."""

    def __init__(self, *args: Any, headers: Mapping[str, str], compressed: bool, directory: str) -> None:
        self._sent = headers
        self._compressed = compressed
        if compressed:
            # As a host does: one connection for many files.
            self.protocol_version = "HTTP/1.1"
        super().__init__(*args, directory=directory)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output free of requests."""

    def end_headers(self) -> None:
        for name, value in self._sent.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if not self._compressed or path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless a browser left before it had its answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


COMPRESSED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".ics")
"""What hosts compress."""


@contextlib.contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None, *, compressed: bool = False) -> Iterator[str]:
    """Serve a folder on this machine; give its address with a slash at its end.

    Args:
        folder: the site.
        headers: sent with every answer.
        compressed: whether text is sent with gzip.
    """
    handler = functools.partial(_Host, headers=headers or {}, compressed=compressed, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def headers_of(site: Path) -> dict[str, str]:
    """Return the headers that a host which reads the site's own file sends with everything."""
    rules = (site / HOSTS_FILE).read_text(encoding="utf-8").partition("\n/*\n")[2].partition("\n/")[0]
    return dict(line.strip().split(": ", 1) for line in rules.splitlines())
