"""Checks what prose points to: pages, their parts and items, studies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from generator.diagnostics import NEAR, Log, Place, hint, nearest, quote
from generator.links import External, split_target
from generator.markdown import citations, links
from generator.model import Checklist, Guide, Lesson, Message
from generator.parse import CLAIMS_FILE, FOLDERS, REFERENCES_FILE, Source
from generator.parse.references import REFERENCE_KEY
from generator.texts import Prose
from generator.yaml_nodes import Text

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def prose_of(page: Lesson | Checklist) -> Iterator[Prose]:
    """Iterate over all prose of a page."""
    if isinstance(page, Lesson):
        for sections in (page.opening, *(part.sections for part in page.parts)):
            yield from (section.prose for section in sections)
    else:
        yield page.intro
        for item in page.items:
            yield item.text
            yield item.why


def _files(guide: Guide) -> Iterator[str]:
    """Iterate over the files in the content folder that hold prose."""
    yield from (f"lessons/{lesson.id}.md" for lesson in guide.lessons)
    yield from (f"checklists/{checklist.id}.md" for checklist in guide.checklists)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is written, with the words that it stands under."""

    target: Text
    words: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the body of a page names: links, the keys of studies, the fields of a message."""

    links: tuple[Link, ...] = ()
    citations: tuple[Text, ...] = ()
    fields: tuple[Text, ...] = ()


def mentions_of(page: Lesson | Checklist | Message, text: str) -> Mentions:
    """Return what a page names; `text` is its file."""
    if isinstance(page, Message):
        texts = [text for variant in page.variants for text in (variant.subject, variant.body) if text]
        return Mentions(fields=tuple(Text.at(name, place) for one in texts for name, place in one.blanks))
    lines = text.split("\n")
    found: list[Link] = []
    cited: list[Text] = []
    for prose in prose_of(page):
        for target, words, line in links(prose.tokens):
            near = Place(page.place.path, prose.place.line + line)
            found.append(Link(Text.at(target, _find(f"]({target}", lines, near, begins=f"[{words}")), words))
        for key, line in citations(prose.tokens):
            near = Place(page.place.path, prose.place.line + line)
            cited.append(Text.at(key, _find(f"[@{key}]", lines, near)))
    return Mentions(tuple(found), tuple(cited))


def check_links(guide: Guide, source: Source, mentions: Mapping[str, Mentions], log: Log) -> None:
    """Note links that lead nowhere, or where no page may link to; `mentions` are what each file points to."""
    known = frozenset(f"{folder}/{id}.md" for folder in FOLDERS for id in source.ids(folder))
    anchors = _anchors(guide)
    for here in _files(guide):
        for link in mentions[here].links:
            _check_link(link, here, known, anchors, log)


def _find(text: str, lines: list[str], place: Place, begins: str = "") -> Place:
    """Return where a text stands in the line of a place, the place itself when it is not found.

    `begins` is what the text is the end of: then the place is that of the nearest one before it.
    """
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    column = line.find(text)
    if column < 0:
        return place
    begin = line.rfind(begins, 0, column + 1)
    return Place(place.path, place.line, (begin if begins and begin >= 0 else column) + 1)


def _anchors(guide: Guide) -> dict[str, frozenset[str]]:
    """Return the anchors of every page by its file; pages whose anchors are not all known are left out."""
    anchors: dict[str, frozenset[str]] = {}
    for lesson in guide.lessons:
        anchors[f"lessons/{lesson.id}.md"] = frozenset(part.id for part in lesson.parts)
    for checklist in guide.checklists:
        anchors[f"checklists/{checklist.id}.md"] = frozenset(item.id for item in checklist.items)
    for message in guide.messages:
        anchors[f"messages/{message.id}.md"] = frozenset()
    return {file: ids for file, ids in anchors.items() if "" not in ids}


def _check_link(link: Link, here: str, known: frozenset[str], anchors: dict[str, frozenset[str]], log: Log) -> None:
    target, place = link.target, link.target.place
    if not link.words.strip():
        message = f"the link to {quote(target)} has no words; write in its square brackets what it leads to"
        log.error(place, "empty-link", message)
    split = split_target(target, here)
    if isinstance(split, External):
        if not split.safe:
            message = f"{quote(target)} is no address a page may link to; expected one with https:// or mailto:"
            log.error(place, "unsafe-link", message)
        return
    file, anchor = split
    if file not in known:
        log.error(place, "broken-link", _no_page(target, file, here, known))
    elif anchor and file in anchors and anchor not in anchors[file]:
        if file.startswith("messages/"):
            message = f"a link to a message leads to the whole page; remove '#{anchor}'"
        else:
            message = f"{file} has no {quote('#' + anchor)}{hint(anchor, anchors[file])}"
        log.error(place, "broken-anchor", message)


def _no_page(target: str, file: str, here: str, known: frozenset[str]) -> str:
    written = unquote(target).partition("#")[0]
    if written.lower().endswith(_IMAGES):
        return f"{quote(written)} is no page; a guide holds no images: say in words what it shows"
    meant = nearest_page(file.removesuffix(".md"), {path.removesuffix(".md") for path in known})
    if meant:
        shown = posixpath.relpath(f"{meant}.md", posixpath.dirname(here))
        return f"there is no page {quote(written)}; did you mean '{shown}'?"
    others = sorted(known - {here}, key=lambda path: (posixpath.dirname(path) != posixpath.dirname(file), path))
    example = next(iter(others), "lessons/first.md")
    shown = posixpath.relpath(example, posixpath.dirname(here))
    return f"there is no page {quote(written)}; expected a file of the content folder, like: {shown}"


def nearest_page(page: str, pages: Iterable[str], alike: float = NEAR) -> str | None:
    """Return the page or item ("messages/thank", "checklists/prepare#why") that one not there is most likely a slip of.

    It has the same name in another folder, or nearly the same name in the same folder; whole paths are not compared,
    because within a folder all of them begin alike.
    """
    mark = "#" if "#" in page else "/"
    folder, _, name = page.rpartition(mark)
    ids = {other: other.rpartition(mark) for other in sorted(pages) if ("#" in other) == (mark == "#")}
    elsewhere = next((other for other, (_, _, id) in ids.items() if id == name), None)
    if elsewhere is not None:
        return elsewhere
    meant = nearest(name, (id for beside, _, id in ids.values() if beside == folder), alike)
    return f"{folder}{mark}{meant}" if meant else None


def check_citations(guide: Guide, source: Source, mentions: Mapping[str, Mentions], log: Log) -> None:
    """Note citations of studies that references.yml does not hold, and studies that nothing cites."""
    # A references.yml that is there but gave no study has errors of its own.
    readable = bool(guide.references) or not source.has(REFERENCES_FILE)
    # The uses of a key that cannot be one, and the study that a misspelt key means, are no mistakes of their own.
    badly_named = {key for key in guide.references if not REFERENCE_KEY.match(key)}
    cited: set[str] = set(badly_named)

    def note(key: Text) -> None:
        if readable and key not in guide.references:
            meant = nearest(key, guide.references)
            cited.add(meant or key)
            if meant not in badly_named:
                near = hint(key, guide.references)
                log.error(key.place, "unknown-reference", f"there is no study {quote(key)} in references.yml{near}")
        cited.add(key)

    for here in _files(guide):
        for key in mentions[here].citations:
            note(key)
    for claim in guide.claims.claims if guide.claims else ():
        for key in claim.cites:
            note(key)
    every_page_read = len(guide.lessons) == len(source.ids("lessons")) and (
        len(guide.checklists) == len(source.ids("checklists"))
    )
    if every_page_read and (guide.claims or not source.has(CLAIMS_FILE)):
        for known, reference in guide.references.items():
            if known not in cited and reference.title:
                message = f"nothing cites {quote(known)}; cite it in a lesson as [@{known}] or remove it"
                log.warning(reference.place, "uncited-reference", message)
