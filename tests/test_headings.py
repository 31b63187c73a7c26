"""Pages of headings and marks alone, which are converted without Python-Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import load_guide
from generator.generate import Settings, generate
from generator.render.blocks import lift
from generator.render.escape import markdown_words
from generator.render.headings import convert
from tests.support import ROOT

_TITLES = st.text(min_size=1, max_size=12).map(markdown_words) | st.sampled_from(["Same", "Same", "same", "Same&#95;1"])
_IDS = st.sampled_from(["", "", " {#id}", " {#same}", " {#id data-search-exclude='true'}", " {.class}", " {#Ä}"])
_HEADINGS = st.builds("{} {}{}".format, st.sampled_from(["#", "##", "###", "######"]), _TITLES, _IDS)
_PARTS = _HEADINGS | st.sampled_from(["<!--guide-block 0-->", "<!--guide-block 1-->", "Words.", "# a #", "#b", "- c"])
_BETWEEN = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n \n"])


def _by_python_markdown(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    converter: Any = markdown.Markdown(extensions=["toc", "tables", "fenced_code", "attr_list"])
    html = converter.convert(text)
    headings: list[tuple[int, str, str]] = []

    def note(tokens: list[dict[str, Any]]) -> None:
        for token in tokens:
            headings.append((token["level"], token["id"], token["name"]))
            note(token["children"])

    note(converter.toc_tokens)
    return html, headings


def test_the_pages_of_the_guide_are_such_pages() -> None:
    made = generate(load_guide(ROOT / "content"), Path("nowhere"), Settings("https://x.example/", exports=False))
    for one in made.pages:
        skeleton, _ = lift(one.body)

        assert convert(skeleton) == _by_python_markdown(skeleton), one.page.uri


@given(st.lists(st.tuples(_PARTS, _BETWEEN), max_size=6))
def test_what_is_converted_is_what_python_markdown_makes_of_it(parts: list[tuple[str, str]]) -> None:
    skeleton, _ = lift("".join(part + after for part, after in parts))
    converted = convert(skeleton)

    assert converted is None or converted == _by_python_markdown(skeleton)


@given(st.lists(_TITLES, min_size=1, max_size=3))
def test_words_of_an_author_do_not_make_another_page_of_it(titles: list[str]) -> None:
    skeleton = "\n\n".join(f"## {title} {{#id-{number}}}" for number, title in enumerate(titles))

    assert (convert(skeleton) is None) == any(title != title.strip() for title in titles)


@pytest.mark.parametrize("text", ["", "Words.", "# A *b*", "# A\nb", "# A\n# B", " # A", "# A {.b}", "# A #", "#A"])
def test_another_page_is_left_to_python_markdown(text: str) -> None:
    assert convert(text) is None
