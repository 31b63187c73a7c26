"""Random documents with hostile fragments in random places: an answer always, and pages of nothing but known markup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.build import load_guide
from generator.diagnostics import report
from generator.export.guide_json import guide_json
from generator.render.pages import pages_of
from generator.render.templates import PageWriter
from generator.site_settings import EXTENSIONS
from generator.template_folders import packaged_templates
from tests.diagnostic_cases import GUIDE
from tests.hostile_guide import fragments

_MKDOCS_EXTENSIONS = ("toc", "tables", "fenced_code")
"""What MkDocs itself switches on."""
_HOSTILE = [*fragments("texts").values(), *fragments("prose").values()]
_ADDED = st.lists(
    st.one_of(
        st.sampled_from(_HOSTILE),
        st.sampled_from(
            [
                "\n",
                "\n\n",
                "    ",
                "> ",
                "- ",
                "1. ",
                "`",
                "```\n",
                "<",
                "&",
                "*",
                "[",
                "](",
                ")",
                "{",
                "}",
                "\\",
                '"',
                "'",
                "!!! note\n    ",
            ]
        ),
        st.text(max_size=8),
    ),
    min_size=1,
    max_size=6,
).map("".join)
_PLACES = {
    "lessons/first.md": ("Before you begin.", "Say hello.", "Whom did you meet?"),
    "checklists/prepare.md": ("\n- [ ] ",),
    "messages/thank.md": ("\n\nHi ", "title: "),
}
_PROSE = frozenset(
    "a aside blockquote br code em h1 h2 h3 hr li ol p pre strong ul".split()  # noqa: SIM905 - a list of words
)
_ATTRIBUTES = frozenset({"href", "class", "id", "start"})
_LOOK = """(pages) => pages.flatMap((html) => {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "template") visit(element.content);
      const names = element.getAttributeNames();
      for (const name of names.length ? names : [""]) found.push(`${element.localName} ${name}`);
      for (const name of ["href", "src", "action"]) {
        const value = element.getAttribute(name);
        const known = /^(https?:\\/\\/|mailto:|[#.]|[a-z0-9-]+[/.])/i;
        if (value !== null && !known.test(value)) found.push(`! ${name} ${value}`);
      }
    }
  };
  visit(new DOMParser().parseFromString(html, "text/html"));
  return [...new Set(found)];
})"""


@pytest.fixture(scope="module")
def parser(browser: Browser) -> Iterator[Page]:
    """A browser as the HTML parser: none is more exact, and the pages are made for it."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GUIDE, tmp_path / "content"))


def _html(content: Path) -> list[str] | None:
    """The pages of a guide as MkDocs turns them into HTML; None when it has errors, each with its place."""
    checked = load_guide(content, "content")
    assert all(line.isprintable() for line in report(checked.diagnostics).splitlines())
    if checked.guide is None:
        assert any(d.severity == "error" and d.place.line >= 1 for d in checked.diagnostics)
        return None
    writer = PageWriter(checked.guide, [packaged_templates() / "pages"])
    assert "<" not in guide_json(checked.guide)
    bodies = (writer.write(page)[1] for page in pages_of(checked.guide))
    return [markdown.markdown(body, extensions=[*_MKDOCS_EXTENSIONS, *EXTENSIONS]) for body in bodies]


@pytest.fixture(scope="module")
def known(parser: Page) -> set[str]:
    """The elements and attributes of the guide as it is."""
    plain = _html(GUIDE)
    assert plain is not None
    return set(parser.evaluate(_LOOK, plain))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.sampled_from(sorted(_PLACES)), st.integers(0, 9), _ADDED), min_size=1, max_size=3))
def test_random_content_gets_a_diagnostic_or_makes_no_markup_but_that_of_prose(
    content: Path, parser: Page, known: set[str], changes: list[tuple[str, int, str]]
) -> None:
    for file, number, added in changes:
        path = content / file
        text = path.read_text(encoding="utf-8")
        mark = _PLACES[file][number % len(_PLACES[file])]
        path.write_bytes(text.replace(mark, mark + added, 1).encode("utf-8", "surrogatepass"))
    pages = _html(content)
    for file in _PLACES:
        shutil.copy(GUIDE / file, content / file)
    if pages is None:
        return
    strange = {pair for pair in parser.evaluate(_LOOK, pages) if pair not in known}
    for pair in strange:
        tag, attribute = pair.split(" ", 1)
        assert tag in _PROSE, pair
        assert not attribute or attribute in _ATTRIBUTES, pair
