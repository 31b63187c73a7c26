"""Checks how the parts of a guide fit together: every name that one file uses for another.

A mistake is said once, where it was made: what rests on something that could not be read is not checked. Each such
silence hangs on a mistake that has been noted, so that a guide without errors has been checked in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from generator.check_links import Mentions, check_citations, check_links, nearest_page
from generator.diagnostics import Log, Place, hint, nearest, quote
from generator.model import Checklist, Guide, Lesson, Message
from generator.names import FIELD_NAME, INDEX, SLUG
from generator.parse import FOLDERS, GUIDE_FILE, OUTLINE_FILE, Source
from generator.parse.prose import OPENING
from generator.yaml_nodes import Text


def check_guide(guide: Guide, source: Source, mentions: Mapping[str, Mentions], log: Log) -> None:
    """Note everything that does not fit together.

    Args:
        guide: the guide as read.
        source: the files it was read from; a page that could not be read still counts as being there.
        mentions: by file what its prose points to.
        log: takes what is wrong.
    """
    if source.unread & {*FOLDERS}:
        return  # without one of them, everything that names a page of it would be wrong
    ids = {folder: frozenset(source.ids(folder)) for folder in FOLDERS}
    _check_order(guide, source, ids["lessons"], log)
    _check_stages(guide, log)
    _check_service(guide, ids, log)
    _check_needs(guide, ids, log)
    _check_paths(guide, ids, log)
    _check_coverage(guide, ids["lessons"], log)
    _check_outline(guide, source, log)
    _check_belonging(guide, ids, log)
    for message in guide.messages:
        _check_fields(guide, message, mentions[f"messages/{message.id}.md"].fields, log)
    _check_shared_fields(guide, ids["messages"], mentions, log)
    check_links(guide, source, mentions, log)
    check_citations(guide, source, mentions, log)


def _known(name: Text, kind: str, ids: Iterable[str], log: Log) -> None:
    """Note a name that nothing has; an empty one has been noted when it was read."""
    known = set(ids)
    if name and name not in known:
        log.error(name.place, f"unknown-{kind}", f"there is no {kind} '{name}'{hint(name, known)}")


def _check_order(guide: Guide, source: Source, lessons: frozenset[str], log: Log) -> None:
    seen: dict[str, int] = {}
    for name in guide.settings.lessons:
        if name in seen:
            log.error(
                name.place,
                "lesson-listed-twice",
                f"'{name}' stands on line {seen[name]} already; a lesson has one place in the order",
            )
        else:
            _known(name, "lesson", lessons, log)
        seen.setdefault(name, name.place.line)
    if "lessons" in guide.settings.doubts:
        return
    for id in sorted(lessons - set(seen)):
        if SLUG.match(id) and id != INDEX and f"lessons/{id}.md" in source.files:
            message = f"the lesson is not in 'lessons' of {GUIDE_FILE}; add a line there: - {id}"
            log.error(source.place(f"lessons/{id}.md"), "lesson-not-listed", message)


def _check_stages(guide: Guide, log: Log) -> None:
    if "stages" in guide.settings.doubts:
        return
    stages = {stage.id: number for number, stage in reversed([*enumerate(guide.settings.stages)])}
    for lesson in guide.lessons:
        _known(lesson.stage, "stage", stages, log)
    places: dict[str, Place] = {name: name.place for name in reversed(guide.settings.lessons)}
    ordered = [lesson for lesson in guide.lessons if lesson.id in places and lesson.stage in stages]
    for before, after in pairwise(ordered):
        if stages[after.stage] < stages[before.stage]:
            log.error(
                places[after.id],
                "stage-order",
                f"'{after.id}' belongs to the stage '{after.stage}', which comes before '{before.stage}' "
                f"of '{before.id}'; keep the lessons of a stage together",
            )


def _check_service(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    """Note lessons that no checklist or no message belongs to."""
    kinds: tuple[tuple[str, str, tuple[Checklist | Message, ...]], ...] = (
        ("checklists", "checklist", guide.checklists),
        ("messages", "message", guide.messages),
    )
    for folder, kind, pages in kinds:
        serving = {str(page.lesson) for page in pages}
        if "" in serving or len(pages) < len(ids[folder]):
            continue
        # Where a page names a lesson that is not there, that lesson may be the one it serves.
        if serving - ids["lessons"]:
            continue
        for lesson in guide.lessons:
            if lesson.id not in serving and SLUG.match(lesson.id) and not lesson.draft:
                message = f"no {kind} belongs to this lesson; write one whose front matter says: lesson: {lesson.id}"
                log.warning(lesson.place, "unserved-lesson", message)


def _check_needs(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    pages = {f"{folder}/{id}" for folder, known in ids.items() for id in known}
    pages |= {f"paths/{path.id}" for path in guide.settings.paths}
    for need in guide.settings.start_here:
        if need.page in pages or (need.page.startswith("paths/") and "paths" in guide.settings.doubts):
            continue
        meant = nearest_page(need.page.removesuffix(".md"), pages)
        near = f"; did you mean '{meant}'?" if meant else "; expected a folder and a page in it, like: messages/thank"
        log.error(need.page.place, "unknown-page", f"there is no page {quote(need.page)}{near}")


def _check_paths(guide: Guide, ids: dict[str, frozenset[str]], log: Log) -> None:
    for path in guide.settings.paths:
        for step in path.steps:
            _known(step.lesson, "lesson", ids["lessons"], log)
        for checklist in path.checklists:
            _known(checklist, "checklist", ids["checklists"], log)
        for message in path.messages:
            _known(message, "message", ids["messages"], log)


def _check_coverage(guide: Guide, lessons: frozenset[str], log: Log) -> None:
    headings = {heading.text for heading in guide.headings}
    covered: dict[str, Place] = {}
    for lesson in guide.lessons:
        for heading, part in lesson.covers.items():
            if headings and heading not in headings:
                message = f"{quote(heading)} is no heading of the article{hint(heading, headings)}"
                log.error(heading.place, "unknown-heading", message)
            _check_part(lesson, part, log)
            if heading in covered:
                log.error(
                    heading.place,
                    "heading-covered-twice",
                    f"{quote(heading)} is covered at {covered[heading]} already; a heading is covered once",
                )
            covered.setdefault(heading, heading.place)
    if len(guide.lessons) < len(lessons) or any("covers" in lesson.doubts for lesson in guide.lessons):
        return
    # A heading that somebody meant to cover, and misspelt, is one mistake and not two.
    slips = {nearest(heading, headings - covered.keys()) for heading in covered.keys() - headings}
    for text in (heading.text for heading in guide.headings):
        if text not in covered and text not in slips:
            message = (
                f"no lesson covers {quote(text)}; add it to 'covers' of a lesson, like: {quote(text)[1:-1]}: opening"
            )
            log.error(text.place, "heading-not-covered", message)


def _check_part(lesson: Lesson, part: Text, log: Log) -> None:
    parts = {part.id for part in lesson.parts}
    if "" in parts:
        return
    if part == OPENING:
        if not lesson.opening:
            message = f"nothing stands before the first part; write an opening, or name a part{hint('', parts)}"
            log.error(part.place, "unknown-part", message)
    elif part not in parts:
        message = f"the lesson has no part '{part}'{hint(part, {*parts, OPENING})}"
        log.error(part.place, "unknown-part", message)


def _check_outline(guide: Guide, source: Source, log: Log) -> None:
    if not guide.headings and not source.has(OUTLINE_FILE):
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
        if "situations" not in guide.settings.doubts:
            _known(page.situation, "situation", situations, log)
        if isinstance(page, Message) and page.next is not None:
            if page.next == page.id:
                message = "'next' names this message itself; name another one or remove the line"
                log.error(page.next.place, "unknown-message", message)
            else:
                _known(page.next, "message", ids["messages"], log)


def _check_fields(guide: Guide, message: Message, mentioned: Iterable[Text], log: Log) -> None:
    declared = set(message.own_fields) | set(guide.settings.fields)
    # The uses of a field whose declared name cannot be one are no mistakes of their own.
    badly_named = {name for name in declared if not FIELD_NAME.match(name)}
    known = declared - badly_named
    certain = not any(
        "fields" in owner.doubts and not fields
        for owner, fields in ((message, message.own_fields), (guide.settings, guide.settings.fields))
    )
    used: set[str] = set()
    for name in mentioned:
        used.add(name)
        if certain and name not in known and nearest(name, badly_named) is None:
            log.error(name.place, "unknown-field", f"'{name}' is not declared{_declare(name, known)}")
    meant = {nearest(name, known) for name in used - known}
    for own, field in message.own_fields.items():
        if own in guide.settings.fields:
            said = f"the field '{own}' is declared in {GUIDE_FILE} for all messages; remove it here"
            log.error(field.place, "field-declared-twice", said)
        elif own in known - used - meant and "text" not in message.doubts:
            said = f"no text uses the field '{own}'; use it as {{{own}}} or remove it"
            log.error(field.place, "unused-field", said)


def _declare(name: str, known: set[str]) -> str:
    meant = nearest(name, known)
    example = f"; declare it under 'fields', like: {name}: {{label: ..., example: ..., max: 40}}"
    return f"; did you mean '{meant}'?" if meant else example


def _check_shared_fields(guide: Guide, messages: frozenset[str], mentions: Mapping[str, Mentions], log: Log) -> None:
    if len(guide.messages) < len(messages) or any("text" in message.doubts for message in guide.messages):
        return
    used: set[str] = {name for page in mentions.values() for name in page.fields}
    meant = {nearest(name, guide.settings.fields) for name in used - guide.settings.fields.keys()}
    for name, field in guide.settings.fields.items():
        if name not in used | meant and FIELD_NAME.match(name):
            text = f"no message uses the field '{name}'; use it as {{{name}}} or remove it"
            log.warning(field.place, "unused-field", text)
