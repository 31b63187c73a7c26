"""Turns an author's prose into a tree of plain values, which a template of another language can walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from generator.texts import Prose

Node = dict[str, Any]
"""One piece of prose: `t` says what it is, `text`, `body` or `items` what stands in it."""

Resolve = Callable[[str], Node]
"""Gives the `to` (a place in the same paper) or `href` (an address elsewhere) of a link as the author wrote it."""

Cite = Callable[[str], Node]
"""Gives the `words` of a citation and the `to` of the study, from its key."""

_WRAPS = {"em": "em", "strong": "strong"}


def blocks(prose: Prose, resolve: Resolve, cite: Cite) -> list[Node]:
    """Return prose as a list of blocks.

    Args:
        prose: block tokens, or the inline tokens of one line (they become one paragraph).
        resolve: where a link leads.
        cite: how a study is cited.
    """
    return _Walker(prose.tokens, resolve, cite).blocks_until("")


def inlines(prose: Prose, resolve: Resolve, cite: Cite) -> list[Node]:
    """Return prose of one paragraph as a list of inline nodes; paragraphs, if there are more, are run together."""
    found: list[Node] = []
    for block in blocks(prose, resolve, cite):
        if found:
            found.append({"t": "text", "text": " "})
        found.extend(block.get("body", ()))
    return found


class _Walker:
    """Goes through block tokens once, from the first to the last."""

    def __init__(self, tokens: Sequence[Token], resolve: Resolve, cite: Cite) -> None:
        self._tokens = tokens
        self._next = 0
        self._resolve = resolve
        self._cite = cite

    def blocks_until(self, closing: str) -> list[Node]:
        """Return the blocks before the token of type `closing`, which is passed over; "" reads to the end."""
        found: list[Node] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            node = self._block(token)
            if node is not None:
                found.append(node)
        return found

    def _block(self, token: Token) -> Node | None:
        kind = token.type
        if kind == "paragraph_open":
            inside = self.blocks_until("paragraph_close")
            return inside[0] if inside else None
        if kind == "inline":
            return {"t": "paragraph", "body": self._inline(token.children or [])}
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._list(token)
        if kind == "blockquote_open":
            return {"t": "quote", "body": self.blocks_until("blockquote_close")}
        if kind == "admonition_open":
            return self._box(token)
        if kind == "heading_open":
            inside = self.blocks_until("heading_close")
            return {"t": "heading", "body": inside[0]["body"] if inside else []}
        if kind in ("fence", "code_block"):
            return {"t": "code", "text": token.content.rstrip("\n")}
        return {"t": "rule"} if kind == "hr" else None

    def _list(self, token: Token) -> Node:
        closing = token.type.replace("_open", "_close")
        items: list[list[Node]] = []
        while self._next < len(self._tokens):
            inner = self._tokens[self._next]
            self._next += 1
            if inner.type == closing:
                break
            if inner.type == "list_item_open":
                items.append(self.blocks_until("list_item_close"))
        ordered = token.type == "ordered_list_open"
        return {"t": "list", "ordered": ordered, "start": int(token.attrGet("start") or 1), "items": items}

    def _box(self, token: Token) -> Node:
        title: list[Node] = []
        if self._next < len(self._tokens) and self._tokens[self._next].type == "admonition_title_open":
            self._next += 1
            inside = self.blocks_until("admonition_title_close")
            title = inside[0]["body"] if inside else []
        return {
            "t": "box",
            "kind": str(token.meta.get("tag", "")),
            "title": title,
            "body": self.blocks_until("admonition_close"),
        }

    def _inline(self, tokens: Sequence[Token]) -> list[Node]:
        stack: list[Node] = [{"body": []}]
        for token in tokens:
            name = token.type.removesuffix("_open")
            if token.type == "link_open":
                stack.append({"t": "link", **self._resolve(str(token.attrGet("href") or "")), "body": []})
            elif token.nesting == 1:
                stack.append({"t": _WRAPS.get(name, "span"), "body": []})
            elif token.nesting == -1:
                if len(stack) > 1:
                    done = stack.pop()
                    stack[-1]["body"].append(done)
            else:
                stack[-1]["body"].extend(self._leaf(token))
        return _joined(stack[0]["body"])

    def _leaf(self, token: Token) -> list[Node]:
        if token.type == "softbreak":
            return [{"t": "text", "text": " "}]
        if token.type == "hardbreak":
            return [{"t": "break"}]
        if token.type == "citation":
            return [{"t": "cite", **self._cite(token.content)}]
        if token.type == "code_inline":
            return [{"t": "code", "text": token.content}]
        return [{"t": "text", "text": token.content}] if token.content else []


def _joined(nodes: list[Node]) -> list[Node]:
    """Return nodes with neighbouring texts made one."""
    found: list[Node] = []
    for each in nodes:
        node = {**each, "body": _joined(each["body"])} if "body" in each else each
        if found and node["t"] == "text" and found[-1]["t"] == "text":
            found[-1] = {"t": "text", "text": found[-1]["text"] + node["text"]}
        else:
            found.append(node)
    return found
