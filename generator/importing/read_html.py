"""Reads an article in HTML.

With a scanner of its own, because `html.parser` takes quadratic time on broken markup in Python versions that this
package supports (CPython issues 135462 and 153030): this one looks at each character a bounded number of times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.importing.blocks import Block, BlockKind

_NAME = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_MARK = re.compile(r"[<>\"']")
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]{1,32};?")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"})
"""Elements whose content is no markup; none of it is the article's text."""
_UNSEEN = frozenset(
    {"head", "template", "noscript", "object", "svg", "math", "nav", "footer", "aside", "form", "button", "select"}
    | {"canvas", "audio", "video", "dialog", "figcaption"}
)
"""Elements whose content is not read: none of the article, or not for the eye."""
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "body", "html", "ul", "ol", "li", "dl", "dt", "dd", "table"}
    | {"tr", "td", "th", "caption", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure", "address"}
)
_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th", "dd"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
)


def read_html(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks that a reader would see; scripts, styles, comments, navigation and forms are passed over.

    Where the page has a `main` or an `article`, only what stands in it.
    """
    builder = _Builder()
    line, counted = first_line, 0
    for kind, value, position in _scan(text):
        line, counted = line + text.count("\n", counted, position), position
        if kind == "text":
            builder.text(value, line)
        elif kind == "open":
            builder.open(value, line)
        else:
            builder.close(value)
    builder.flush()
    inside = tuple(block for block, in_main in builder.blocks if in_main)
    return inside or tuple(block for block, _ in builder.blocks)


def _scan(text: str) -> Iterator[tuple[str, str, int]]:
    """Iterate over ("text" | "open" | "close", value, position)."""
    position, size = 0, len(text)
    missing: set[str] = set()
    """What has been looked for in vain: it is not looked for again."""

    def find(what: str, start: int) -> int:
        if what in missing:
            return -1
        found = text.find(what, start)
        if found < 0:
            missing.add(what)
        return found

    lower = text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
    while position < size:
        mark = text.find("<", position)
        if mark < 0:
            mark = size
        if mark > position:
            yield "text", _unescaped(text[position:mark]), position
        if mark == size:
            return
        if text.startswith("<!--", mark):
            end = find("-->", mark + 4)
            position = size if end < 0 else end + 3
            continue
        if text.startswith(("<!", "<?"), mark):
            end = find(">", mark)
            position = size if end < 0 else end + 1
            continue
        name = _NAME.match(text, mark + 1)
        end = _end_of_tag(text, name.end(), find) if name else -1
        if name is None or end < 0:
            yield "text", "<", mark
            position = mark + 1
            continue
        tag = name[2].lower()
        position = end + 1
        if name[1]:
            yield "close", tag, mark
        elif tag in _RAW:
            closing = f"</{tag}"
            end = -1 if closing in missing else lower.find(closing, position)
            if end < 0:
                missing.add(closing)
                position = size
            else:
                position = end
        elif tag not in _VOID or tag in ("br", "hr"):
            yield "open", tag, mark
            if text[end - 1] == "/" and ":" in tag:
                yield "close", tag, mark


def _end_of_tag(text: str, start: int, find: Callable[[str, int], int]) -> int:
    """Return where the tag ends, -1 when another begins before; a '>' inside quotes does not end it."""
    position = start
    while (mark := _MARK.search(text, position)) is not None:
        if mark[0] == ">":
            return mark.start()
        if mark[0] == "<":
            return -1
        end = find(mark[0], mark.end())
        position = mark.end() if end < 0 else end + 1
    return -1


def _unescaped(text: str) -> str:
    # Not the whole at once: html.unescape raises on a number of more than 4,300 digits.
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


@dataclass
class _Builder:
    """Gathers blocks while tags open and close; a tag that was never opened closes nothing."""

    blocks: list[tuple[Block, bool]] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _line: int = 0
    _open: dict[str, int] = field(default_factory=dict)
    _heading: int = 0
    _item: bool = False
    _breaks: int = 0
    _weak: bool = False
    _begun: bool = False
    """Whether a word has been gathered, and not only spaces."""
    _unseen: int = 0
    """How many elements are open that are not read."""

    def _in(self, *names: str) -> bool:
        return any(self._open.get(name) for name in names)

    def text(self, text: str, line: int) -> None:
        if self._unseen:
            return
        if not text.strip():
            self._words.append(" ")
            return
        if not self._begun:
            self._begun = True
            self._words.clear()
            self._line = line + text[: len(text) - len(text.lstrip())].count("\n")
        self._weak |= not self._in("b", "strong")
        self._breaks = 0
        self._words.append(text)

    def open(self, tag: str, line: int) -> None:
        if tag == "br":
            self._breaks += 1
            self._words.append("\n" if self._in("pre") else " ")
            if self._breaks > 1:
                self.flush()
            return
        if tag in _BLOCKS:
            self.flush()
            self._line = line
        if tag == "p" and self._heading:
            return
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = int(tag[1:])
        self._item = tag == "li" or (self._item and tag not in _BLOCKS) or (tag == "p" and self._item)
        self._open[tag] = self._open.get(tag, 0) + 1
        self._unseen += tag in _UNSEEN
        if tag in _CELLS or tag == "dt":
            self._item = True

    def close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = 0
        if tag == "li" or tag in _LISTS or tag in _CELLS:
            self._item = False
        if self._open.get(tag):
            self._open[tag] -= 1
            self._unseen -= tag in _UNSEEN

    def flush(self) -> None:
        """End the block that is being gathered."""
        if not self._words:
            return
        raw = "".join(self._words)
        self._words.clear()
        self._begun = False
        strong, self._weak = not self._weak, False
        code = self._in("pre")
        words = raw.strip("\n") if code else " ".join(raw.split())
        if not words.strip():
            return
        kind: BlockKind = "paragraph"
        level = 0
        if self._heading:
            kind, level = "heading", self._heading
        elif code:
            kind = "code"
        elif self._item:
            kind, level = "item", max(1, self._open.get("ul", 0) + self._open.get("ol", 0))
        elif self._in("blockquote"):
            kind = "quote"
        block = Block(kind, words, self._line, level, strong and kind == "paragraph")
        self.blocks.append((block, self._in("main", "article")))
