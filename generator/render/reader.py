"""What the scripts of a page need to know about the guide."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.markdown import plain_text
from generator.memo import Memo
from generator.model import Checklist, Guide, Lesson
from generator.texts import Prose
from generator.yaml_nodes import Text

_MOVABLE = ("checklists/", "lessons/", "messages/")


def reader_settings(guide: Guide, renamed: Mapping[Text, Text]) -> str:
    """Return, as JSON, the id under which a reader's ticks and notes are kept, and where they go when pages move."""
    moved = {str(old): str(new) for old, new in renamed.items() if old.startswith(_MOVABLE)}
    return json.dumps({"id": guide.settings.id, "renamed": moved}, ensure_ascii=False)


def plan_data(guide: Guide, url: Callable[[str], str], memo: Memo) -> str:
    """Return, as JSON, the names and addresses of all that a reader can tick, answer or choose, and the plan's words.

    Args:
        guide: a guide without errors.
        url: the link from the plan's page to another page.
        memo: what the last build made of the pages' bodies.
    """

    def page(folder: str, id: str, title: str) -> dict[str, Any]:
        return {"id": id, "title": title, "url": url(f"{folder}/{id}.md")}

    def asked(lesson: Lesson) -> str:
        return json.dumps([plain_text(question.tokens) for question in questions(lesson)])

    def items(checklist: Checklist) -> str:
        return json.dumps([[item.id, plain_text(item.text.tokens)] for item in checklist.items])

    data = {
        "title": guide.settings.title,
        "words": {f"plan.{key}": entry for key, entry in guide.words.section("plan").items()},
        "lessons": [
            page("lessons", lesson.id, lesson.title)
            | {"questions": json.loads(memo.keep(f"questions {lesson.id}", partial(asked, lesson)))}
            for lesson in guide.lessons
        ],
        "checklists": [
            page("checklists", checklist.id, checklist.title)
            | {"items": json.loads(memo.keep(f"items {checklist.id}", partial(items, checklist)))}
            for checklist in guide.checklists
        ],
        "messages": [
            page("messages", message.id, message.title) | {"send": message.send} for message in guide.messages
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def questions(lesson: Lesson) -> Iterator[Prose]:
    """Iterate over the questions of a lesson, in their order."""
    for sections in (lesson.opening, *(part.sections for part in lesson.parts)):
        for section in sections:
            yield from section.questions


def besides_lists(prose: Prose) -> Prose:
    """Return what stands in a reflection besides the lists that hold its questions."""
    kept = []
    depth = 0
    for token in prose.tokens:
        inside = depth > 0
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        if not inside and depth == 0:
            kept.append(token)
    return prose.with_tokens(kept)
