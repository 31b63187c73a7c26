"""No word that the generator prints is written into its templates or its code.

The second guide, which is German, is built with the English catalogue, every text of it between « and ». So a word that
stands on a page, on paper, in the e-book or in a calendar file outside of these marks is the author's, the theme's, or
one that somebody forgot to put into the catalogue.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar
from pypdf import PdfReader

from generator.build import load_guide
from generator.diagnostics import Place
from generator.markdown import plain_text
from generator.texts import MessageText, Prose
from generator.words import Words, english
from tests.second_guide import build_strictly, copy_of_second

AUTHORS = frozenset({"channel", "format", "language"})
"""Sections whose words stand in the content itself: authors head messages and exercises with them."""
MORE = {
    "references.yml": """\
mueller2020:
  authors: Jana Müller, Omar Said und andere
  year: 2020
  title: Ein erfundener Titel nur für diesen Test
  where: Zeitschrift ohne Namen
  kind: Umfrage
  finding: Gefunden wurde etwas Ausgedachtes.
  limit: Es gilt nirgends.
""",
    "claims.yml": """\
title: Was man oft hört
intro: Sätze, die nicht halten.
claims:
  - says: Reparieren lohnt sich nie
    honest: Es kommt darauf an
    why: Das zeigt eine Umfrage
    cites: [mueller2020]
""",
    "published.yml": """\
renamed:
  messages/dank: messages/danke-sagen
published:
  - messages/dank
""",
}
"""What the guide does not have and pages can show."""
# Material's own German words, and the names of formats and of a paper.
THEME = frozenset(
    re.findall(
        r"\w+",
        "zum inhalt suche suchbegriff eingeben wird initialisiert zurücksetzen teilen navigation hauptnavigation "
        "weiter inhaltsverzeichnis zurück seitenanfang fusszeile kopfzeile letter pdf epub ics csv zip json doi",
    )
)
NAMES = frozenset({"id", "stage", "lesson", "situation", "next", "repeat", "kind", "key", "page", "field", "language"})
"""Attributes of the guide's values that hold ids and not words."""
MARKED = re.compile(r"«[^«»]*»")
WORD = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"(?:https://)?reparatur-treff\.example[^\s«»]*")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of_second(tmp_path_factory.mktemp("marked") / "guide")
    content = folder / "content"
    for name, text in MORE.items():
        (content / name).write_text(text, encoding="utf-8")
    lesson = content / "lessons" / "dranbleiben.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("zwei Zeilen.", "zwei Zeilen [@mueller2020]."), encoding="utf-8")
    draft = content / "messages" / "verschieben.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    words: dict[str, dict[str, object]] = {}
    for key, entry in english().texts.items():
        section, _, name = key.partition(".")
        if section not in AUTHORS:
            marked = f"«{entry}»" if isinstance(entry, str) else {form: f"«{one}»" for form, one in entry.items()}
            words.setdefault(section, {})[name] = marked
    (content / "words.yml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return build_strictly(project, "--drafts")


def written(value: object) -> Iterator[str]:
    """Every text of an author in a value of the guide."""
    if isinstance(value, Prose):
        yield plain_text(value.tokens)
        yield from (str(token.meta.get("title", "")) for token in value.tokens if token.type == "admonition_title_open")
    elif isinstance(value, MessageText):
        yield value.source
        yield from written(value.pieces)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for inner in value.values() for text in written(inner))
    elif isinstance(value, tuple):
        yield from (text for inner in value for text in written(inner))
    elif dataclasses.is_dataclass(value) and not isinstance(value, Words | Place):
        for one in dataclasses.fields(value):
            if one.name not in NAMES:
                yield from written(getattr(value, one.name))


@pytest.fixture(scope="module")
def authors(project: Path) -> frozenset[str]:
    """Every word that the author wrote."""
    guide = load_guide(project / "content", drafts=True).guide
    assert guide is not None
    texts = "\n".join((*written(guide), (project / "mkdocs.yml").read_text(encoding="utf-8")))
    return frozenset(word.casefold() for word in WORD.findall(texts))


def strange(text: str, authors: frozenset[str]) -> list[str]:
    """Lines outside of the marks with a word that is neither the author's nor the theme's."""
    text = ADDRESS.sub("", text)
    # Marks stand within marks where words are put into others.
    while MARKED.search(text):
        text = MARKED.sub("\n", text)
    known = authors | THEME
    return [line for line in text.split("\n") if {word.casefold() for word in WORD.findall(line)} - known]


class _Shown(HTMLParser):
    """The texts of a page that somebody sees or hears."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        """All of it, a text a line."""
        return "\n".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "template"):
            self.inside.append(tag)
        values = dict(attrs)
        names = [
            "aria-label",
            "title",
            "alt",
            "placeholder",
            "data-saved",
            "data-no-day",
            "data-none",
            "data-link-label",
        ]
        if values.get("name") == "description" or str(values.get("property", "")).startswith("og:desc"):
            names.append("content")
        self.texts += [str(values[name]) for name in names if values.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        # The sheets of /print/ stand in templates; the plan's data are no text.
        if self.inside in ([], ["template"]) and not data.lstrip().startswith("{"):
            self.texts.append(data)


def test_the_marked_catalogue_is_on_every_page(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 25
    assert [path for path in pages if "«" not in path.read_text(encoding="utf-8")] == []


def test_no_word_on_a_page_is_outside_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    pages = {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    found = {name: strange(_Shown(html).text, authors) for name, html in pages.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_search_engines_are_told_in_words_of_the_catalogue(site: Path) -> None:
    html = (site / "lessons/dranbleiben/index.html").read_text(encoding="utf-8")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    resource, crumbs = data["@graph"]
    assert (resource["learningResourceType"], resource["inLanguage"]) == ("«lesson»", "de")
    assert crumbs["itemListElement"][1]["name"] == "«Lessons»"


def test_no_word_on_paper_is_outside_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    papers = sorted(site.rglob("*.pdf"))
    assert len(papers) > 15
    found = {}
    for path in papers:
        reader = PdfReader(path)
        # A soft mark parts a page number from its dots.
        text = "\n".join(page.extract_text() for page in reader.pages).replace("\u2060", "")
        title = str(reader.metadata.title if reader.metadata else "")
        found[path.name] = strange(f"{text}\n{title}", authors)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_word_in_the_e_book_is_outside_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    archive = zipfile.ZipFile(io.BytesIO((site / "reparatur-treff.epub").read_bytes()))
    found = {}
    for name in archive.namelist():
        if name.endswith(".xhtml"):
            found[name] = strange(_Shown(archive.read(name).decode()).text, authors)
    package = archive.read("EPUB/package.opf").decode()
    assert 'accessibilitySummary">«All of the book' in package
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_word_in_a_calendar_file_is_outside_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    files = sorted(site.rglob("*.ics"))
    assert len(files) == 7
    texts = [
        str(event[name])
        for path in files
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        for name in ("SUMMARY", "DESCRIPTION")
    ]
    assert strange("\n".join(texts), authors) == []
    assert all("«This reminder comes back." in text for text in texts[1::2])


def test_no_word_for_text_expanders_is_outside_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    archive = zipfile.ZipFile(io.BytesIO((site / "expanders/espanso.zip").read_bytes()))
    readme = next(archive.read(name).decode() for name in archive.namelist() if name.endswith("README.md"))
    assert strange(re.sub(r"`[^`]*`", "", readme), authors) == []


def test_the_list_of_files_is_in_words_of_the_catalogue(site: Path, authors: frozenset[str]) -> None:
    guide = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    assert strange("\n".join(one["title"] for one in guide["downloads"]), authors) == []


# Parts of the script whose literals hold words that nobody reads.
_LITERAL = r"""(?:"[^"]*"|`[^`]*`|'[^']*')"""
UNREAD = re.compile(
    rf"""throw new Error\(.*|"use strict"|class: {_LITERAL}"""
    rf"""|(?:querySelector(?:All)?|closest|matches)\({_LITERAL}|(?:one|all)\(\w+(?:\.\w+)*, {_LITERAL}"""
)


def test_no_word_that_the_scripts_say_is_outside_of_the_catalogue(site: Path) -> None:
    code = "".join(
        (site / "assets" / f"{name}.js").read_text(encoding="utf-8") for name in ("guide", "messages", "lists")
    )
    while MARKED.search(code):
        code = MARKED.sub("", code)
    literal = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
    sentence = re.compile(r"[A-Z][a-z]+ [a-z]+|[a-z]{3,} [a-z]{2,}|\b[A-Z][a-z]{3,}\b")
    said = [
        re.sub(r"\$\{[^}]*\}", "", one) for line in code.split("\n") for one in literal.findall(UNREAD.sub("", line))
    ]
    # Selectors, classes, the name of a paper, names of keys, what a link is to the page it opens.
    unread = re.compile(r"[`\"](?:\.?guide-|(?:Letter|Enter|Escape|noopener noreferrer)\")")
    assert {one for one in said if sentence.search(one) and not unread.match(one)} == set()
