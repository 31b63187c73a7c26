"""Reads an article in Markdown."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.importing.blocks import Block, BlockKind
from generator.importing.read_html import read_html

_LONGEST_INLINE = 20_000
"""Characters of a paragraph whose marks are read; in a longer one they stay, because marks that nest take long."""
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_HTML = re.compile(r"</?[A-Za-z!][^<>]{0,1000}>")


def _reader() -> MarkdownIt:
    # Deep enough for lists within lists that nobody writes by hand; only the structure is read at first.
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable("table")
    reader.core.ruler.disable("inline")
    return reader


_BLOCKS = _reader()
_INLINE = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(["autolink"])


def read_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in Markdown; front matter and HTML comments are passed over."""
    front = _FRONT_MATTER.match(text)
    skipped = text[: front.end()] if front else ""
    lines_before = skipped.count("\n")
    env: dict[str, object] = {}
    blocks: list[Block] = []
    depth = quoted = heading = 0
    in_item = False
    for token in _BLOCKS.parse(text[len(skipped) :], env):
        line = lines_before + (token.map[0] if token.map else 0) + 1
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type == "list_item_open":
            in_item = True
        elif token.type == "list_item_close":
            in_item = depth > 1
        elif token.type in ("heading_open", "heading_close"):
            heading = int(token.tag[1]) if token.nesting == 1 else 0
        elif token.type in ("fence", "code_block"):
            blocks.append(Block("code", token.content.rstrip("\n"), line))
        elif token.type == "html_block":
            blocks.extend(read_html(token.content, line))
        elif token.type == "inline":
            words, strong = _words(token)
            if words:
                kind: BlockKind = (
                    "heading" if heading and not depth and not quoted else "item" if in_item and depth else "paragraph"
                )
                if quoted and kind == "paragraph":
                    kind = "quote"
                if kind == "paragraph" and token.level > 2:
                    kind = "item"  # a cell of a table
                level = heading if kind == "heading" else max(1, depth) if kind == "item" else 0
                blocks.append(Block(kind, words, line, level, strong and kind == "paragraph"))
    return tuple(blocks)


def _words(token: Token) -> tuple[str, bool]:
    """Return the words of a paragraph without its marks, and whether all of them are bold."""
    content = token.content
    if len(content) > _LONGEST_INLINE:
        return " ".join(content.split()), False
    children = _INLINE.parseInline(_HTML.sub("", content))[0].children or []
    words: list[str] = []
    bold = 0
    weak = False
    for child in children:
        if child.type == "strong_open":
            bold += 1
        elif child.type == "strong_close":
            bold -= 1
        elif child.type in ("text", "code_inline"):
            words.append(child.content)
            weak |= not bold and bool(child.content.strip())
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return " ".join("".join(words).split()), not weak
