"""The authors' manual as its readers get it: rendered, with its code blocks in their order."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from html.parser import HTMLParser

import markdown

from generator.cli import parser
from generator.manual import chapters, manual_pages
from generator.template_folders import packaged_templates

NAMES = [chapter.name for _, chapter in chapters()]


@dataclass(frozen=True)
class Block:
    """A block of code: its words, its language ("" for none), and the paragraph that stands before it."""

    text: str
    language: str
    before: str

    @property
    def commands(self) -> list[tuple[str, str]]:
        """What is typed, each line with what the manual says it prints."""
        typed: list[tuple[str, str]] = []
        for line in self.text.splitlines(keepends=True):
            if line.startswith("$ "):
                typed.append((line[2:].rstrip("\n"), ""))
            elif typed:
                typed[-1] = (typed[-1][0], typed[-1][1] + line)
        return typed


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.inline: list[str] = []
        self._open: list[str] = []
        self._text = self._paragraph = self._language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag in ("p", "h2", "h3"):
            self._paragraph = ""
        if tag == "code":
            self._text = ""
            self._language = (dict(attrs).get("class") or "").removeprefix("language-")

    def handle_data(self, data: str) -> None:
        if "code" in self._open:
            self._text += data
        if "p" in self._open:
            self._paragraph += data

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "code" and "pre" in self._open:
            self.blocks.append(Block(self._text, self._language, " ".join(self._paragraph.split())))
            self._paragraph = ""
        elif tag == "code":
            self.inline.append(self._text)


@functools.cache
def pages() -> dict[str, str]:
    """Return the Markdown of every page by its name."""
    templates = packaged_templates()
    written = manual_pages([templates / "manual"], templates / "pages", parser(), guide_title="A guide")
    return {uri.removeprefix("manual/").removesuffix(".md"): body for uri, (_, body) in written.items()}


@functools.cache
def html(name: str) -> str:
    """Return a page as MkDocs makes it: with its default extensions and the one that the guide's pages need."""
    return markdown.markdown(pages()[name], extensions=["toc", "tables", "fenced_code", "attr_list"])


@functools.cache
def code(name: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of code of a page, and the code inside its lines."""
    reader = _Reader()
    reader.feed(html(name))
    return reader.blocks, reader.inline
