"""Keeps HTML that is finished out of the hands of the Markdown converter.

A page's template writes most of it as HTML already. Python-Markdown would read every tag of that, only to give it back
as it was; MkDocs then reads it once more for its anchors. So each block is put aside, with a comment in its place.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^<(div|ul|ol|dl|p|table|section|aside|nav|figure|form|details)(?=[\s>])", re.MULTILINE)
_AFTER = re.compile(r"[ \t]*(?=\n[ \t]*(?:\n|<)|\n?\Z)")
_OTHER_RULES = re.compile(r"<!--|<(?:script|style|textarea)\b", re.IGNORECASE)
"""Where these stand in a block, a tag in it may be no tag."""
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
MARK = re.compile(r"<!--guide-block ([0-9]+)-->")
"""What stands in the place of a block."""
_ELEMENT = re.compile(r"<([a-z]+-[a-z-]+)")
_ANCHOR = re.compile(r'<[a-z][^>]*?\s(?:id|name)="([^"]*)"', re.IGNORECASE)


def lift(markdown: str) -> tuple[str, list[str]]:
    """Return a page's Markdown with comments in the place of its HTML blocks, and the blocks.

    A block begins after an empty line and ends with the tag that closes it. What is not plainly such a block stays.
    """
    # What Python-Markdown does to every text before it looks for blocks.
    text = markdown.replace("\u0002", "").replace("\u0003", "").replace("\r\n", "\n").replace("\r", "\n")
    text = text.expandtabs(4)
    # Looking first spares most pages the search, which is half of the work here.
    text = re.sub(r"(?<=\n) +\n", "\n", text) if "\n " in text and " \n" in text else text
    if MARK.search(text):
        return markdown, []
    kept: list[str] = []
    blocks: list[str] = []
    done = 0
    while (start := _BLOCK.search(text, done)) is not None:
        before = text[done : start.start()]
        follows = bool(blocks) and before == "\n" and kept[-1].startswith("<!--guide-block")
        end = _end(text, start) if follows or not before.strip() or before.endswith("\n\n") else None
        if end is None:
            line = text.find("\n", start.start())
            line = len(text) if line < 0 else line
            kept.append(text[done:line])
            done = line
            continue
        kept += [before, f"<!--guide-block {len(blocks)}-->"]
        blocks.append(text[start.start() : end].rstrip())
        done = end
    kept.append(text[done:])
    skeleton = "".join(kept)
    # In a code block a comment is no comment.
    return (markdown, []) if _FENCE.search(skeleton) else (skeleton, blocks)


def _end(text: str, start: re.Match[str]) -> int | None:
    """Return where the block that begins at a tag ends, None where that is not plain to see."""
    name = start[1]
    depth = 0
    for tag in _tags(name).finditer(text, start.start()):
        depth += -1 if tag[0].startswith("</") else 1
        if depth == 0:
            if _AFTER.match(text, tag.end()) is None or _OTHER_RULES.search(text, start.start(), tag.end()):
                return None
            return tag.end()
    return None


_TAGS: dict[str, re.Pattern[str]] = {}


def _tags(name: str) -> re.Pattern[str]:
    if name not in _TAGS:
        _TAGS[name] = re.compile(rf"<{name}(?=[\s>])|</{name}>")
    return _TAGS[name]


def put_back(html: str, blocks: list[str]) -> str:
    """Return the converted page with its HTML blocks in their places again."""
    return MARK.sub(lambda mark: blocks[int(mark[1])], html) if blocks else html


def anchors(blocks: list[str]) -> set[str]:
    """Return the ids and names in HTML blocks, which links may lead to."""
    return {anchor for block in blocks for anchor in _ANCHOR.findall(block)}


def elements(blocks: list[str]) -> set[str]:
    """Return the names of the custom elements in HTML blocks, which the theme loads scripts for."""
    return {name for block in blocks for name in _ELEMENT.findall(block)}
