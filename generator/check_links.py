"""Checks what prose points to: pages, their parts and items, studies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from generator.diagnostics import NEAR, Log, Place, hint, nearest, quote
from generator.links import External, split_target
from generator.markdown import citations, links
from generator.model import Checklist, Guide, Lesson, Prose
from generator.parse import CLAIMS_FILE, FOLDERS, REFERENCES_FILE, Source
from generator.parse.references import REFERENCE_KEY

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


def _pages(guide: Guide) -> Iterator[tuple[str, Lesson | Checklist]]:
    """Iterate over the pages that hold prose, each with its file in the content folder."""
    for folder, pages in (("lessons", guide.lessons), ("checklists", guide.checklists)):
        yield from ((f"{folder}/{page.id}.md", page) for page in pages)


def check_links(guide: Guide, source: Source, log: Log) -> None:
    """Note links that lead nowhere, or where no page may link to."""
    known = frozenset(f"{folder}/{id}.md" for folder in FOLDERS for id in source.ids(folder))
    anchors = _anchors(guide)
    for here, page in _pages(guide):
        lines = source.files[here].split("\n")
        for prose in prose_of(page):
            for target, words, line in links(prose.tokens):
                number = prose.place.line + line
                place = _find(f"]({target}", lines, Place(page.place.path, number), begins=f"[{words}")
                _check_link(target, words, here, known, anchors, place, log)


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


def _check_link(
    target: str,
    words: str,
    here: str,
    known: frozenset[str],
    anchors: dict[str, frozenset[str]],
    place: Place,
    log: Log,
) -> None:
    if not words.strip():
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


def check_citations(guide: Guide, source: Source, log: Log) -> None:
    """Note citations of studies that references.yml does not hold, and studies that nothing cites."""
    # A references.yml that is there but gave no study has errors of its own.
    readable = bool(guide.references) or not source.has(REFERENCES_FILE)
    # The uses of a key that cannot be one, and the study that a misspelt key means, are no mistakes of their own.
    badly_named = {key for key in guide.references if not REFERENCE_KEY.match(key)}
    cited: set[str] = set(badly_named)

    def note(key: str, place: Place) -> None:
        if readable and key not in guide.references:
            meant = nearest(key, guide.references)
            cited.add(meant or key)
            if meant not in badly_named:
                near = hint(key, guide.references)
                log.error(place, "unknown-reference", f"there is no study {quote(key)} in references.yml{near}")
        cited.add(key)

    for here, page in _pages(guide):
        lines = source.files[here].split("\n")
        for prose in prose_of(page):
            for key, line in citations(prose.tokens):
                note(key, _find(f"[@{key}]", lines, Place(page.place.path, prose.place.line + line)))
    for claim in guide.claims.claims if guide.claims else ():
        for key in claim.cites:
            note(key, key.place)
    every_page_read = len(guide.lessons) == len(source.ids("lessons")) and (
        len(guide.checklists) == len(source.ids("checklists"))
    )
    if every_page_read and (guide.claims or not source.has(CLAIMS_FILE)):
        for key, reference in guide.references.items():
            if key not in cited and reference.title:
                message = f"nothing cites {quote(key)}; cite it in a lesson as [@{key}] or remove it"
                log.warning(reference.place, "uncited-reference", message)
