"""What the search finds of a page: the entries of Material's own search plugin, made in a third of the time.

Material reads each page tag by tag with Python's HTML parser; here one pattern finds the tags. What counts as a
section, what is left out and how words are written is Material's (material/plugins/search/plugin.py, 9.x), down to its
ways with nested elements: `tests/test_search_index.py` compares the two, so that a change there is noticed.

One thing is put right: Material repeats a page's tags, which its asks are, in the entry of every section, and a
question that an ask answers would find every section of that page. Here the first entry alone has them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_KEEP = frozenset("p code pre li ol ul sub sup".split())  # noqa: SIM905
_RAW = ("object", "script", "style")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>\"']*(?:\"[^\"]*\"[^<>\"']*)*)>")
_INSIDE = re.compile(r"((?:\s+[^\s\"'<>/=]+(?:=\"[^\"]*\")?)*)\s*(/?)")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:=\"([^\"]*)\")?")
_NOT_PLAIN = re.compile(r"<(?:[!?]|script\b|style\b|textarea\b|title\b)", re.IGNORECASE)

_TEMPLATE = re.compile(r"(<template\b[^<>]*>)[^<]*(?:<(?!/?template\b)[^<]*)*(?=</template>)")
"""What a page holds back until a script asks for it: on the page of sheets to print that is nearly all of the guide."""

_OUT = float("inf")


class _Section:
    def __init__(self, tag: str, depth: float = 0, excluded: bool = False) -> None:
        self.tag = tag
        self.depth = depth
        self.excluded = excluded
        self.id: str | None = None
        self.title: list[str] = []
        self.text: list[str] = []


class _Reader:
    """Divides a page into sections, tag by tag."""

    def __init__(self) -> None:
        self.sections: list[_Section] = []
        self._section: _Section | None = None
        # By name alone, as Material compares elements: an inner element of the same name ends what is left out.
        self._left_out = set(_RAW)
        self._open: list[str] = []
        self._headerlinks = 0
        self._links: list[bool] = []

    def start(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _VOID:
            return
        self._open.append(tag)
        if tag == "a":
            self._links.append(attributes.get("class") == "headerlink")
            self._headerlinks += self._links[-1]
        if tag in _HEADINGS and "id" in attributes:
            depth = len(self._open)
            if tag != "h1" and not self.sections:
                self.sections.append(_Section("hx", depth))
            self._section = _Section(tag, depth, "data-search-exclude" in attributes)
            if self.sections:
                self._section.id = attributes["id"]
            self.sections.append(self._section)
        section = self._at_least_one()
        if "data-search-exclude" in attributes or attributes.get("class") == "linenodiv":
            self._left_out.add(tag)
        elif tag in _KEEP and self._left_out.isdisjoint(self._open):
            (section.title if section.tag in self._open else section.text).append(f"<{tag}>")

    def end(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            return
        section = self._at_least_one()
        if section.depth > len(self._open):
            for earlier in reversed(self.sections):
                if earlier.depth <= len(self._open):
                    section.depth = _OUT
                    self._section = section = earlier
                    break
        self._open.pop()
        if tag == "a":
            self._headerlinks -= self._links.pop()
        if tag in self._left_out:
            if tag not in _RAW:
                self._left_out.remove(tag)
        elif tag in _KEEP and self._left_out.isdisjoint(self._open):
            words = section.title if section.tag in self._open else section.text
            first = words.index(f"<{tag}>")
            if all(word.isspace() for word in words[first + 1 :]):
                del words[first:]
            else:
                words.append(f"</{tag}>")

    def text(self, text: str) -> None:
        if not self._left_out.isdisjoint(self._open):
            return
        blank = text.isspace()
        pre = "pre" in self._open
        if not pre:
            text = " " if blank else text.replace("\n", " ")
        section = self._at_least_one()
        if section.tag in self._open:
            if not self._headerlinks:
                section.title.append(escape(text, quote=False))
        elif blank:
            if pre or not section.text or not section.text[-1].isspace():
                section.text.append(text)
        else:
            section.text.append(escape(text, quote=False))

    def _at_least_one(self) -> _Section:
        if self._section is None:
            self._section = _Section("hx")
            self.sections.append(self._section)
        return self._section


class _Slow(HTMLParser):
    """Reads pages in which a tag may stand that is none."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self._reader = reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._reader.start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._reader.end(tag)

    def handle_data(self, data: str) -> None:
        self._reader.text(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    if _NOT_PLAIN.search(html) is None and _read_plain(html, reader):
        return reader
    reader = _Reader()
    slow = _Slow(reader)
    slow.feed(html)
    slow.close()
    return reader


def _read_plain(html: str, reader: _Reader) -> bool:
    """Read a page whose tags are all as a serializer writes them; False when one is not, with the reader half way."""
    first, *rest = _TAG.split(html)
    if not _read_text(first, reader):
        return False
    for closing, name, inside, text in zip(rest[0::4], rest[1::4], rest[2::4], rest[3::4], strict=True):
        tag = name.lower()
        if closing:
            if inside.strip():
                return False
            reader.end(tag)
        elif not inside:
            reader.start(tag, {})
        else:
            read = _read_inside(inside)
            if read is None:
                return False
            reader.start(tag, read[0])
            if read[1]:
                reader.end(tag)
        if text and not _read_text(text, reader):
            return False
    return True


def _read_text(text: str, reader: _Reader) -> bool:
    if "<" in text:
        return False
    if text:
        reader.text(unescape(text) if "&" in text else text)
    return True


@lru_cache(maxsize=4096)
def _read_inside(inside: str) -> tuple[dict[str, str | None], bool] | None:
    """Return the attributes of a tag and whether it ends itself; None when it is not as a serializer writes it.

    Most tags of a site are the same few: remembering them makes the whole twice as fast.
    """
    whole = _INSIDE.fullmatch(inside)
    if whole is None:
        return None
    return {
        key.lower(): unescape(value) if "&" in value else value for key, value in _ATTRIBUTE.findall(whole[1])
    }, bool(whole[2])


def search_entries(html: str, url: str, title: str, asks: Sequence[str] | None, boost: float | None) -> list[Any]:
    """Return the entries of a page, as values for JSON.

    Args:
        html: the page's own part, without what is the same on all pages.
        url: its address from the root of the site, "" for the home page.
        title: what a section without a heading is called.
        asks: what readers would type to find it, None when the page says nothing about that.
        boost: how much it counts, None for as much as others.
    """
    entries: list[dict[str, Any]] = []
    for section in _read(_TEMPLATE.sub(r"\1", html)).sections:
        if section.excluded:
            continue
        entry: dict[str, Any] = {
            "location": f"{url}#{section.id}" if section.id else url,
            "title": "".join(section.title or [title]).strip(),
            "text": "".join(section.text).strip(),
        }
        if asks is not None and "#" not in entry["location"]:
            entry["tags"] = list(asks)
        if boost is not None:
            entry["boost"] = boost
        entries.append(entry)
    return entries


_MARK = re.compile(r"data-search-\w+=\"[^\"]+\"")


def without_search_marks(html: str) -> str:
    """Return a page's own part without what it says to the search, as Material takes it away once it has read it."""
    kept: list[str] = []
    done = 0
    for mark in _MARK.finditer(html):
        # The space before it goes, too; asked for by the pattern, it would be looked for at every character.
        begin = mark.start() - (mark.start() > done and html[mark.start() - 1].isspace())
        kept.append(html[done:begin])
        done = mark.end()
    return "".join((*kept, html[done:]))


def asks_once(index: str) -> str:
    """Return a search index that Material wrote, with the asks of each page in its first entry only."""
    data = json.loads(index)
    for entry in data["docs"]:
        if "#" in entry["location"]:
            entry.pop("tags", None)
    return json.dumps(data, separators=(",", ":"))
