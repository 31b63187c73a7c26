"""The Markdown that authors write: read into tokens, with no way in for raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, entity
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.admon import admon_plugin

from generator.diagnostics import Place
from generator.names import INVISIBLE

_CITATION = re.compile(r"\[@([^\s\[\]]{1,80})\]")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


def _citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[1]
        token.markup = match[0]
    state.pos = match.end()
    return True


def _entity(state: StateInline, silent: bool) -> bool:
    """Leave a character reference as it is written where it stands for what no file may hold itself."""
    match = _ENTITY.match(state.src, state.pos)
    if match and (INVISIBLE.search(character := unescape(match[0])) or "\n" in character):
        return False
    return entity(state, silent)


def _reader() -> MarkdownIt:
    # Off: raw HTML and images (nothing foreign in the page), indented code and underlined headings (both are
    # nearly always slips of an author), link definitions (one way to write a link).
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    reader.disable(["html_block", "html_inline", "image", "code", "lheading", "reference", "autolink"])
    # Every link is read as one: which of them a page may hold, the check says, and the renderer holds to it.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    reader.inline.ruler.at("entity", _entity)
    reader.inline.ruler.before("link", "citation", _citation)
    return reader.use(admon_plugin)


_READER = _reader()
_BLOCK_READER = _reader().disable(["inline", "text_join"])


def read_blocks(text: str) -> list[Token]:
    """Return the block tokens of a text; a token's `map` counts lines from 0."""
    return _READER.parse(text)


def split_blocks(text: str) -> list[Token]:
    """Return the block tokens of a text whose lines are not read yet: their inline tokens have no children."""
    return _BLOCK_READER.parse(text)


def read_lines(token: Token) -> Token:
    """Return a block token of `split_blocks` as `read_blocks` gives it."""
    return token.copy(children=read_inline(token.content)[0].children) if token.type == "inline" else token


def read_document(text: str, start: Place) -> tuple[Token, ...]:
    """Return the tokens of what stands in a file from a place on."""
    return tuple(read_blocks(_from(text, start)))


def read_lines_of(text: str, start: Place) -> tuple[Token, ...]:
    """Return the same, read line by line."""
    return tuple(map(read_lines, split_blocks(_from(text, start))))


def read_words(text: str, start: Place) -> tuple[Token, ...]:  # noqa: ARG001  # as the others are called
    """Return the tokens of one line of text, none of an empty one."""
    return tuple(read_inline(text)) if text.strip() else ()


def _from(text: str, start: Place) -> str:
    return "\n".join(text.split("\n")[start.line - 1 :])


def read_inline(text: str) -> list[Token]:
    """Return the tokens of one line of text: a single inline token with children."""
    return _READER.parseInline(text)


def walk(tokens: tuple[Token, ...] | list[Token]) -> Iterator[tuple[Token, int]]:
    """Iterate over block tokens and the inline tokens in them, each with its line counted from 0."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        yield token, line
        inner = line
        for child in token.children or ():
            yield child, inner
            if child.type in ("softbreak", "hardbreak"):
                inner += 1


def plain_text(tokens: tuple[Token, ...] | list[Token]) -> str:
    """Return the words of tokens, without marks, links or citations; blocks are parted by a space."""
    words: list[str] = []
    for token, _ in walk(tokens):
        if token.type in ("text", "code_inline") or token.type in ("fence", "code_block"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak", "inline") or (token.nesting == 1 and token.block):
            words.append(" ")
        elif token.type == "citation" and words:
            # The space that parts a citation from its sentence goes with it.
            words[-1] = words[-1].rstrip()
    return " ".join("".join(words).split())


def links(tokens: tuple[Token, ...] | list[Token]) -> Iterator[tuple[str, str, int]]:
    """Iterate over the links: target, text, line counted from 0."""
    target, words = "", ""
    for token, line in walk(tokens):
        if token.type == "link_open":
            target, words = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close":
            yield target, words, line
        elif token.type in ("text", "code_inline"):
            words += token.content


def citations(tokens: tuple[Token, ...] | list[Token]) -> Iterator[tuple[str, int]]:
    """Iterate over the citations: key, line counted from 0."""
    return ((token.content, line) for token, line in walk(tokens) if token.type == "citation")


def options() -> OptionsDict:
    """Return the reader's options, which a renderer of its tokens needs."""
    return _READER.options
