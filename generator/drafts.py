"""Leaves drafts out of a guide: pages with `draft: true`, and everything that leads to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markdown_it.token import Token

from generator.links import External, split_target
from generator.model import Checklist, Guide, Lesson, Message, Section
from generator.texts import Prose


def draft_pages(guide: Guide) -> tuple[str, ...]:
    """Return the pages that say `draft: true`, as 'lessons/x', sorted."""
    return tuple(sorted(f"{folder}/{page.id}" for folder, page in _pages(guide) if page.draft))


def waiting_pages(guide: Guide) -> tuple[str, ...]:
    """Return the pages that are no drafts and wait for their lesson, which is one, as 'messages/x', sorted."""
    drafts = {lesson.id for lesson in guide.lessons if lesson.draft}
    belonging = ((folder, page) for folder, page in _pages(guide) if isinstance(page, Checklist | Message))
    return tuple(
        sorted(f"{folder}/{page.id}" for folder, page in belonging if not page.draft and page.lesson in drafts)
    )


def without_drafts(guide: Guide) -> Guide:
    """Return the guide as its readers see it.

    A checklist or a message goes out with its lesson: it is left out while that is a draft. Links to what is left out
    become plain words; needs, steps of paths and `next` that name it go; so do stages and paths with nothing left.
    """
    gone = {*draft_pages(guide), *waiting_pages(guide)}
    if not gone:
        return guide
    lessons = tuple(_lesson(page, gone) for page in guide.lessons if f"lessons/{page.id}" not in gone)
    checklists = tuple(_checklist(page, gone) for page in guide.checklists if f"checklists/{page.id}" not in gone)
    messages = tuple(
        replace(page, next=None) if page.next is not None and f"messages/{page.next}" in gone else page
        for page in guide.messages
        if f"messages/{page.id}" not in gone
    )
    settings = guide.settings
    paths = tuple(
        replace(
            path,
            steps=tuple(step for step in path.steps if f"lessons/{step.lesson}" not in gone),
            checklists=tuple(id for id in path.checklists if f"checklists/{id}" not in gone),
            messages=tuple(id for id in path.messages if f"messages/{id}" not in gone),
        )
        for path in settings.paths
    )
    gone |= {f"paths/{path.id}" for path in paths if not path.steps}
    used = {str(lesson.stage) for lesson in lessons}
    return replace(
        guide,
        settings=replace(
            settings,
            lessons=tuple(id for id in settings.lessons if f"lessons/{id}" not in gone),
            stages=tuple(stage for stage in settings.stages if stage.id in used),
            start_here=tuple(need for need in settings.start_here if need.page not in gone),
            paths=tuple(path for path in paths if path.steps),
        ),
        lessons=lessons,
        checklists=checklists,
        messages=messages,
    )


def _pages(guide: Guide) -> Iterable[tuple[str, Lesson | Checklist | Message]]:
    yield from (("lessons", page) for page in guide.lessons)
    yield from (("checklists", page) for page in guide.checklists)
    yield from (("messages", page) for page in guide.messages)


def _lesson(lesson: Lesson, gone: set[str]) -> Lesson:
    here = f"lessons/{lesson.id}.md"

    def section(part: Section) -> Section:
        questions = tuple(_unlinked(question, here, gone) for question in part.questions)
        return replace(part, prose=_unlinked(part.prose, here, gone), questions=questions)

    parts = tuple(replace(part, sections=tuple(map(section, part.sections))) for part in lesson.parts)
    return replace(lesson, opening=tuple(map(section, lesson.opening)), parts=parts)


def _checklist(checklist: Checklist, gone: set[str]) -> Checklist:
    here = f"checklists/{checklist.id}.md"
    groups = tuple(
        replace(
            group,
            items=tuple(
                replace(item, text=_unlinked(item.text, here, gone), why=_unlinked(item.why, here, gone))
                for item in group.items
            ),
        )
        for group in checklist.groups
    )
    return replace(checklist, intro=_unlinked(checklist.intro, here, gone), groups=groups)


def _unlinked(prose: Prose, here: str, gone: set[str]) -> Prose:
    """Return prose in which links to pages that are left out are plain words."""
    return prose.with_tokens(
        token.copy(children=_without_links(token.children, here, gone)) if token.children else token
        for token in prose.tokens
    )


def _without_links(children: list[Token], here: str, gone: set[str]) -> list[Token]:
    kept: list[Token] = []
    dropped = False
    for token in children:
        if token.type == "link_open":
            split = split_target(str(token.attrGet("href") or ""), here)
            dropped = not isinstance(split, External) and split[0].removesuffix(".md") in gone
        if not (dropped and token.type in ("link_open", "link_close")):
            kept.append(token)
        if token.type == "link_close":
            dropped = False
    return kept
