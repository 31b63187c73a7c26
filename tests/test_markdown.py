"""Markdown that is read in two steps is the same as Markdown read in one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import read_blocks, read_lines, split_blocks

_PIECES = (
    "# ",
    "- [ ] ",
    "1. ",
    "*",
    "_",
    "`",
    "[a](b.md)",
    "[@key]",
    "&amp;",
    "<b>",
    "\\",
    "\n",
    "\n\n",
    "    ",
    "!!! ",
)


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=20).map("".join))
def test_lines_that_are_read_later_are_the_same(text: str) -> None:
    assert [read_lines(token) for token in split_blocks(text)] == read_blocks(text)
