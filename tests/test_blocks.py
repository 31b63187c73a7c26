"""HTML blocks that are put aside while Markdown is converted."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import load_guide
from generator.generate import Settings, generate
from generator.render.blocks import anchors, lift, put_back
from tests.support import ROOT

_EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list"]
_LINES = [
    "",
    "",
    "# Heading",
    "## Heading {#id}",
    "Words and *more* words.",
    "<div>",
    "</div>",
    '<div class="a" id="b">',
    "<p>One line.</p>",
    "<ul>",
    "<li>Item</li>",
    "</ul>",
    "<p>a</p> b",
    "<b>inline</b>",
    "```",
    "    code",
    "- item",
    "<!-- a comment -->",
    "<hr>",
    "\tindented",
]


def _converted(text: str) -> str:
    return markdown.Markdown(extensions=_EXTENSIONS).convert(text)


def test_every_page_of_the_guide_is_converted_as_if_nothing_had_been_put_aside() -> None:
    made = generate(load_guide(ROOT / "content"), Path("nowhere"), Settings("https://x.example/", exports=False))
    for one in made.pages:
        skeleton, blocks = lift(one.body)

        assert put_back(_converted(skeleton), blocks) == _converted(one.body), one.page.uri
        assert blocks, one.page.uri


@given(st.lists(st.sampled_from(_LINES), max_size=14).map("\n".join))
def test_no_block_is_lost(text: str) -> None:
    skeleton, blocks = lift(text)
    html = put_back(_converted(skeleton), blocks)

    assert "guide-block" not in html
    assert all(html.count(block) >= 1 for block in blocks)


@pytest.mark.parametrize(
    "text",
    [
        "Words\n<div>a</div>",
        "<div>a</div> b",
        "<div>\n\na",
        "<div><script>'</div>'</script></div>",
        "<div><!-- </div> --></div>",
        "```\n\n<div>a</div>\n\n```",
        "<!--guide-block 0-->\n\n<div>a</div>",
    ],
)
def test_what_is_not_plainly_a_block_stays(text: str) -> None:
    assert lift(text) == (text, [])


def test_links_may_lead_into_a_block() -> None:
    assert anchors(['<div id="a"><a name="b">c</a></div>']) == {"a", "b"}
