"""Checks how the parts of a guide fit together: every name that one file uses for another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import unquote

from generator.diagnostics import Log, Place, hint, quote
from generator.links import External, split_target
from generator.markdown import citations, links
from generator.model import Checklist, Guide, Lesson, Message, Prose
from generator.parse import GUIDE_FILE, OUTLINE_FILE, Source
from generator.parse.prose import OPENING
from generator.yaml_nodes import Text

KINDS = ("lessons", "checklists", "messages")


def check_guide(guide: Guide, source: Source, log: Log) -> None:
    """Note everything that does not fit together.

    Args:
        guide: the guide as read.
        source: the files it was read from; a page that could not be read still counts as being there.
        log: takes what is wrong.
    """
    ids = {folder: frozenset(source.ids(folder)) for folder in KINDS}
    _check_order(guide, source, ids["lessons"], log)
    _check_needs(guide, ids, log)
    _check_paths(guide, ids, log)
    _check_coverage(guide, source, log)
    _check_belonging(guide, ids, log)
    for message in guide.messages:
        _check_fields(guide, message, log)
    _check_shared_fields(guide, log)
    _check_links(guide, source, ids, log)
    _check_citations(guide, log)


def _known(name: Text, kind: str, ids: Iterable[str], log: Log) -> None:
    known = set(ids)
    if name not in known:
        log.error(name.place, f"unknown-{kind}", f"there is no {kind} '{name}'{hint(name, known)}")


def _check_order(guide: Guide, source: Source, lessons: frozenset[str], log: Log) -> None:
    seen: dict[str, int] = {}
    for name in guide.settings.lessons:
        if name in seen:
            log.error(
                name.place,
                "lesson-listed-twice",
                f"'{name}' stands on line {seen[name]} already; a lesson has one place",
            )
        seen.setdefault(name, name.place.line)
        _known(name, "lesson", lessons, log)
    for id in sorted(lessons - set(seen)):
        log.error(
            source.place(f"lessons/{id}.md"),
            "lesson-not-listed",
            f"the lesson is not in 'lessons' of {GUIDE_FILE}; add a line there: - {id}",
        )
    stages = {stage.id: number for number, stage in enumerate(guide.settings.stages)}
    for lesson in guide.lessons:
        _known(lesson.stage, "stage", stages, log)
        if not guide.checklists_of(lesson.id):
            log.warning(
                lesson.place,
                "unserved-lesson",
                "no checklist belongs to this lesson; name it in one: lesson: " + lesson.id,
            )
        if not guide.messages_of(lesson.id):
            log.warning(
                lesson.place,
                "unserved-lesson",
                "no message belongs to this lesson; name it in one: lesson: " + lesson.id,
            )
    ordered = [lesson for lesson in guide.lessons if lesson.id in seen and lesson.stage in stages]
    for before, after in pairwise(ordered):
        if stages[after.stage] < stages[before.stage]:
            place = next(name.place for name in guide.settings.lessons if name == after.id)
            log.error(
                place,
                "stage-order",
                f"'{after.id}' belongs to the stage '{after.stage}', which comes before '{before.stage}' "
                f"of '{before.id}'; keep the lessons of a stage together",
            )


def _check_needs(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    for need in guide.settings.start_here:
        folder, _, id = need.page.partition("/")
        pages = {**ids, "paths": frozenset(path.id for path in guide.settings.paths)}
        if folder not in pages or id not in pages[folder]:
            every = [f"{name}/{page}" for name, known in pages.items() for page in known]
            log.error(need.page.place, "unknown-page", f"there is no page {quote(need.page)}{hint(need.page, every)}")


def _check_paths(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    for path in guide.settings.paths:
        for step in path.steps:
            _known(step.lesson, "lesson", ids["lessons"], log)
        for checklist in path.checklists:
            _known(checklist, "checklist", ids["checklists"], log)
        for message in path.messages:
            _known(message, "message", ids["messages"], log)


def _check_coverage(guide: Guide, source: Source, log: Log) -> None:
    headings = {heading.text for heading in guide.headings}
    covered: dict[str, Place] = {}
    for lesson in guide.lessons:
        parts = {part.id for part in lesson.parts} | {OPENING}
        for heading, part in lesson.covers.items():
            if headings and heading not in headings:
                log.error(
                    heading.place,
                    "unknown-heading",
                    f"{quote(heading)} is no heading of the article{hint(heading, headings)}",
                )
            if part not in parts:
                log.error(part.place, "unknown-part", f"the lesson has no part '{part}'{hint(part, parts)}")
            if heading in covered:
                log.error(
                    heading.place,
                    "heading-covered-twice",
                    f"{quote(heading)} is covered at {covered[heading]} already; one part takes up one heading",
                )
            covered.setdefault(heading, heading.place)
    for text in (heading.text for heading in guide.headings):
        if text not in covered:
            log.error(
                text.place,
                "heading-not-covered",
                f"no lesson covers {quote(text)}; name it under 'covers' of a lesson, with the part that takes it up",
            )
    if not headings and OUTLINE_FILE not in source.files:
        log.warning(
            source.place(OUTLINE_FILE),
            "missing-file",
            "there is no outline.yml; with it the check tells which headings of the article no lesson covers",
        )


def _check_belonging(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    situations = {situation.id for situation in guide.settings.situations}
    pages: Iterator[Checklist | Message] = iter((*guide.checklists, *guide.messages))
    for page in pages:
        _known(page.lesson, "lesson", ids["lessons"], log)
        _known(page.situation, "situation", situations, log)
        if isinstance(page, Message) and page.next is not None:
            if page.next == page.id:
                log.error(
                    page.next.place,
                    "unknown-message",
                    "'next' names this message itself; name another one or remove it",
                )
            else:
                _known(page.next, "message", ids["messages"], log)


def _check_fields(guide: Guide, message: Message, log: Log) -> None:
    known = set(message.own_fields) | set(guide.settings.fields)
    used: set[str] = set()
    for variant in message.variants:
        for text in (variant.subject, variant.body):
            for name, place in text.blanks if text else ():
                used.add(name)
                if name not in known:
                    log.error(place, "unknown-field", f"'{name}' is not declared{hint(name, known)}")
    for name, field in message.own_fields.items():
        if name in guide.settings.fields:
            log.error(
                field.place,
                "field-declared-twice",
                f"'{name}' is declared in {GUIDE_FILE} for all messages; remove it here",
            )
        elif name not in used:
            log.error(field.place, "unused-field", f"'{name}' is declared, but no text uses it; use it or remove it")


def _check_shared_fields(guide: Guide, log: Log) -> None:
    used = {name for message in guide.messages for variant in message.variants for name in variant.fields}
    for name, field in guide.settings.fields.items():
        if name not in used:
            log.warning(
                field.place, "unused-field", f"'{name}' is declared, but no message uses it; use it or remove it"
            )


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


def anchors_of(guide: Guide, folder: str, id: str) -> frozenset[str] | None:
    """Return the anchors that a page has, None when it could not be read."""
    if folder == "lessons":
        return next((frozenset(part.id for part in page.parts) for page in guide.lessons if page.id == id), None)
    if folder == "checklists":
        return next((frozenset(item.id for item in page.items) for page in guide.checklists if page.id == id), None)
    return frozenset()


def _check_links(guide: Guide, source: Source, ids: dict[str, frozenset[str]], log: Log) -> None:
    known = {f"{folder}/{id}.md": (folder, id) for folder in KINDS for id in ids[folder]}
    for folder, pages in (("lessons", guide.lessons), ("checklists", guide.checklists)):
        for page in pages:
            here = f"{folder}/{page.id}.md"
            for prose in prose_of(page):
                for target, words, line in links(prose.tokens):
                    place = Place(page.place.path, prose.place.line + line)
                    _check_link(guide, target, words, here, known, place, log)


def _check_link(
    guide: Guide, target: str, words: str, here: str, known: dict[str, tuple[str, str]], place: Place, log: Log
) -> None:
    if not words.strip():
        log.error(
            place, "empty-link", f"the link to {quote(target)} has no words; write what it leads to in the brackets"
        )
    split = split_target(target, here)
    if isinstance(split, External):
        if not split.safe:
            log.error(
                place, "unsafe-link", f"{quote(target)} is no address a page may link to; expected https:// or mailto:"
            )
        return
    file, anchor = split
    if file not in known:
        near = hint(file, known)
        if near.startswith("; did you mean"):
            wanted = near.removeprefix("; did you mean '").removesuffix("'?")
            near = f"; did you mean '{posixpath.relpath(wanted, posixpath.dirname(here))}'?"
        else:
            near = "; expected a content file, like: ../messages/thank-after-meeting.md"
        log.error(place, "broken-link", f"there is no page {quote(unquote(target).partition('#')[0])}{near}")
        return
    folder, id = known[file]
    anchors = anchors_of(guide, folder, id)
    if anchor and anchors is not None and anchor not in anchors:
        log.error(place, "broken-anchor", f"{file} has no '#{anchor}'{hint(anchor, anchors)}")


def _check_citations(guide: Guide, log: Log) -> None:
    cited: set[str] = set()
    for folder_pages in (guide.lessons, guide.checklists):
        for page in folder_pages:
            for prose in prose_of(page):
                for key, line in citations(prose.tokens):
                    cited.add(key)
                    if key not in guide.references:
                        log.error(
                            Place(page.place.path, prose.place.line + line),
                            "unknown-reference",
                            f"there is no study {quote(key)} in references.yml{hint(key, guide.references)}",
                        )
    for claim in guide.claims.claims if guide.claims else ():
        for key in claim.cites:
            cited.add(key)
            if key not in guide.references:
                message = f"there is no study {quote(key)} in references.yml{hint(key, guide.references)}"
                log.error(key.place, "unknown-reference", message)
    for key, reference in guide.references.items():
        if key not in cited:
            log.warning(
                reference.place, "uncited-reference", f"nothing cites '{key}'; cite it as [@{key}] or remove it"
            )
