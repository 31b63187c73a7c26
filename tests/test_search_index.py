"""The entries of the search index are those that Material would write."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.search_index import asks_once, search_entries, without_search_marks

_PARTS = [
    "words ",
    " ",
    "\n",
    "a &amp; b &lt;c&gt; &#39;",
    '<h1 id="top">Title<a class="headerlink" href="#top">¶</a></h1>',
    '<h2 id="two">Two <code>x</code></h2>',
    '<h2 id="out" data-search-exclude="true">Left out</h2>',
    "<h3>Without an id</h3>",
    "<p>",
    "</p>",
    "<p data-search-exclude>",
    "<div data-search-exclude>",
    "<div>",
    "</div>",
    "<ul><li>",
    "</li></ul>",
    "<li> </li>",
    "<pre>\n  code </pre>",
    "<br>",
    '<input type="checkbox" checked>',
    '<img src="a.png" alt="1 > 0"/>',
    '<span title="&quot;q&quot;">s</span>',
    "<!-- a comment -->",
    "<script>if (a < b) {}</script>",
    "1 < 2",
    '<div class="linenodiv">9</div>',
]


def _material(html: str) -> list[Any]:
    # The plugin of Material, asked as MkDocs asks it.
    from material.plugins.search.plugin import SearchIndex

    index = SearchIndex()
    page = SimpleNamespace(content=html, toc=[], url="page/", title="Page", meta={"search": {"boost": 2}})
    index.add_entry_from_context(page)
    entries: list[Any] = index.entries
    return entries


@given(st.lists(st.sampled_from(_PARTS), max_size=16).map("".join))
def test_random_pages_have_the_entries_that_material_writes(html: str) -> None:
    try:
        theirs = _material(html)
    except (ValueError, AttributeError):
        return  # Material itself cannot read it
    assert search_entries(html, "page/", "Page", None, 2) == theirs


def test_the_asks_of_a_page_are_in_its_first_entry_alone() -> None:
    html = '<h1 id="top">Title</h1><p>a</p><h2 id="two">Two</h2><p>b</p>'

    assert [entry.get("tags") for entry in search_entries(html, "page/", "Page", ["how"], None)] == [["how"], None]


@pytest.mark.parametrize("mark", ['data-search-exclude="true"', 'data-search-boost="2"'])
def test_what_a_page_says_to_the_search_is_not_published(mark: str) -> None:
    assert without_search_marks(f"<h2 {mark}>a</h2>") == "<h2>a</h2>"


def test_an_index_that_material_wrote_has_the_asks_once() -> None:
    index = '{"docs":[{"location":"a/","tags":["b"]},{"location":"a/#c","tags":["b"]}]}'

    assert asks_once(index) == '{"docs":[{"location":"a/","tags":["b"]},{"location":"a/#c"}]}'
