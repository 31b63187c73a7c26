"""The whole guide as data for the workbook: cover, lessons with room to write, checklists, messages, index, studies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.export.message_data import message_data
from generator.export.paper import about, address, checklist_data, links_to
from generator.export.prose_tree import Node, Resolve, blocks, inlines
from generator.markdown import citations
from generator.model import Checklist, Guide, Lesson, Message, Path, Reference, Section
from generator.names import alphabetical
from generator.texts import Prose


def workbook_data(guide: Guide, site_url: str) -> dict[str, Any]:
    """Return everything that the template `workbook.typ` lays out.

    Args:
        guide: a guide without errors.
        site_url: the site's address with a slash at its end, "" when it is not known.
    """
    return _Workbook(guide, site_url).data()


class _Workbook:
    """Gathers the data; links lead to the places that the workbook holds."""

    def __init__(self, guide: Guide, site_url: str) -> None:
        self._guide = guide
        self._site_url = site_url
        self._cited = [guide.references[key] for key in _cited(guide) if key in guide.references]
        self._places = frozenset(_places(guide))
        self._links = links_to(self._places)

    def data(self) -> dict[str, Any]:
        guide, settings = self._guide, self._guide.settings
        return {
            "guide": about(guide),
            "tagline": settings.tagline,
            "description": settings.description,
            "address": address(self._site_url, "index.md"),
            "promise": settings.promise,
            "for_whom": settings.for_whom,
            "start_here": [
                {"need": need.need, "to": need.page} for need in settings.start_here if need.page in self._places
            ],
            "paths": [self._path(path) for path in settings.paths],
            "count_messages": guide.words("count.messages", n=len(guide.messages)),
            "stages": [
                {
                    "id": stage.id,
                    "label": guide.words("paper.stage", number=number, of=len(settings.stages)),
                    "title": stage.title,
                    "summary": stage.summary,
                    "lessons": [self._lesson(lesson) for lesson in guide.lessons if lesson.stage == stage.id],
                }
                for number, stage in enumerate(settings.stages, 1)
            ],
            "checklists": [
                checklist_data(guide, checklist, self._site_url, self._links, self._cite)
                for checklist in guide.checklists
            ],
            "situations": [self._situation(situation.id, situation.title) for situation in settings.situations],
            "studies": [
                _study(study) for study in sorted(self._cited, key=lambda s: (alphabetical(s.short), s.year, s.key))
            ],
        }

    def _cite(self, key: str) -> Node:
        study = self._guide.references.get(key)
        return (
            {"words": self._guide.words.citation(study.short, study.year), "to": f"studies/{key}"}
            if study
            else {"words": "", "to": ""}
        )

    def _path(self, path: Path) -> dict[str, Any]:
        return {
            "id": f"paths/{path.id}",
            "title": path.title,
            "for": path.audience,
            "outcome": path.outcome,
            "steps": [self._entry(f"lessons/{step.lesson}", step.why) for step in path.steps],
            "then": [
                *(self._entry(f"checklists/{id}") for id in path.checklists),
                *(self._entry(f"messages/{id}") for id in path.messages),
            ],
        }

    def _entry(self, place: str, note: str = "") -> dict[str, str]:
        kind, _, id = place.partition("/")
        find: dict[str, Callable[[str], Lesson | Checklist | Message]] = {
            "lessons": self._guide.lesson,
            "checklists": self._guide.checklist,
            "messages": self._guide.message,
        }
        return {"to": place, "title": find[kind](id).title, "note": note}

    def _lesson(self, lesson: Lesson) -> dict[str, Any]:
        here = self._links(f"lessons/{lesson.id}.md")
        words = self._guide.words
        number = self._guide.lessons.index(lesson) + 1
        return {
            "id": f"lessons/{lesson.id}",
            "number": number,
            "label": words("lesson.number", number=number),
            "title": lesson.title,
            "minutes": lesson.minutes,
            "time": words.duration(lesson.minutes),
            "objective": lesson.objective,
            "opening": [self._section(section, here) for section in lesson.opening],
            "parts": [
                {
                    "id": f"lessons/{lesson.id}#{part.id}",
                    "title": part.title,
                    "sections": [self._section(section, here) for section in part.sections],
                }
                for part in lesson.parts
            ],
            "key_points": lesson.key_points,
            "checklists": [self._entry(f"checklists/{c.id}") for c in self._guide.checklists_of(lesson.id)],
            "messages": [self._entry(f"messages/{m.id}") for m in self._guide.messages_of(lesson.id)],
        }

    def _section(self, section: Section, here: Resolve) -> dict[str, Any]:
        is_reflection = section.kind == "reflection"
        return {
            "kind": section.kind,
            "title": section.title,
            "minutes": section.minutes,
            "time": self._guide.words.duration(section.minutes),
            "body": blocks(_without_lists(section.prose) if is_reflection else section.prose, here, self._cite),
            "questions": [inlines(question, here, self._cite) for question in section.questions],
        }

    def _situation(self, id: str, title: str) -> dict[str, Any]:
        guide = self._guide
        return {
            "id": f"situations/{id}",
            "title": title,
            "checklists": [self._entry(f"checklists/{c.id}", c.when) for c in guide.checklists if c.situation == id],
            "messages": [self._message(message) for message in guide.messages if message.situation == id],
        }

    def _message(self, message: Message) -> dict[str, Any]:
        return {
            **message_data(self._guide, message),
            "lesson": self._entry(f"lessons/{message.lesson}"),
            "next": self._entry(f"messages/{message.next}") if message.next else None,
        }


def _places(guide: Guide) -> list[str]:
    """Return the places that links in the workbook can lead to."""
    lessons = [f"lessons/{lesson.id}" for lesson in guide.lessons]
    parts = [f"lessons/{lesson.id}#{part.id}" for lesson in guide.lessons for part in lesson.parts]
    checklists = [f"checklists/{checklist.id}" for checklist in guide.checklists]
    messages = [f"messages/{message.id}" for message in guide.messages]
    paths = [f"paths/{path.id}" for path in guide.settings.paths]
    return [*lessons, *parts, *checklists, *messages, *paths]


def _cited(guide: Guide) -> dict[str, None]:
    """Return the keys of the studies that the guide cites, each once."""
    prose = [
        *(section.prose for lesson in guide.lessons for section in lesson.opening),
        *(section.prose for lesson in guide.lessons for part in lesson.parts for section in part.sections),
        *(checklist.intro for checklist in guide.checklists),
        *(text for checklist in guide.checklists for item in checklist.items for text in (item.text, item.why)),
    ]
    return dict.fromkeys(key for text in prose for key, _ in citations(text.tokens))


def _study(study: Reference) -> dict[str, Any]:
    return {
        "id": f"studies/{study.key}",
        "authors": study.authors,
        "year": study.year,
        "title": study.title,
        "where": study.where,
        "kind": study.kind,
        "finding": study.finding,
        "limit": study.limit,
        "doi": study.doi,
    }


def _without_lists(prose: Prose) -> Prose:
    """Return what a reflection says besides its questions, which are printed with room to write."""
    depth, kept = 0, []
    for token in prose.tokens:
        is_list = token.type.startswith(("bullet_list", "ordered_list"))
        depth += token.nesting if is_list else 0
        if not depth and not is_list:
            kept.append(token)
    return prose.with_tokens(kept)
