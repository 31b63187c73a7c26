"""guide.json: the guide as data, for other tools and for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from generator.export.downloads import Download
from generator.links import calendar_url, page_url
from generator.markdown import plain_text
from generator.memo import Memo
from generator.message_text import fill
from generator.model import Checklist, Guide, Lesson, Message, Path, Variant

SCHEMA = 1


def guide_json(guide: Guide, directory_urls: bool = True, downloads: tuple[Download, ...] = ()) -> str:
    """Return guide.json; its urls are relative to the site's root.

    Args:
        guide: a guide without errors.
        directory_urls: whether a page's address ends in a slash (else in .html).
        downloads: the files that go with the pages.
    """
    return guide_json_writer(guide, directory_urls)(downloads)


def guide_json_writer(
    guide: Guide, directory_urls: bool = True, memo: Memo | None = None
) -> Callable[[tuple[Download, ...]], str]:
    """Return what gives guide.json for a list of files.

    The list has the size of guide.json itself, so that the file is asked for three times; all but its list is written
    once, which saves two thirds of the time that it takes.

    Args:
        guide: a guide without errors.
        directory_urls: whether a page's address ends in a slash (else in .html).
        memo: what the last build wrote of each page.
    """
    settings = guide.settings
    memo = memo or Memo()

    makes = {
        **{f"lesson {one.id}": partial(_lesson, guide, one, directory_urls) for one in guide.lessons},
        **{f"checklist {one.id}": partial(_checklist, one, directory_urls) for one in guide.checklists},
        **{f"message {one.id}": partial(_message, guide, one, directory_urls) for one in guide.messages},
    }
    texts = memo.keep_all({f"data of {name}": partial(_dumped_of, make) for name, make in makes.items()})

    head = {
        "schema": SCHEMA,
        "id": settings.id,
        "title": settings.title,
        "language": settings.language,
        "edition": settings.edition,
    }
    pages = {
        "lessons": [texts[f"data of lesson {one.id}"] for one in guide.lessons],
        "checklists": [texts[f"data of checklist {one.id}"] for one in guide.checklists],
        "messages": [texts[f"data of message {one.id}"] for one in guide.messages],
        "paths": [_dumped(_path(path, directory_urls)) for path in settings.paths],
    }
    entries = [
        *(f"{_dumped(name)}: {_dumped(value)}" for name, value in head.items()),
        *(f"{_dumped(name)}: {_listed(found)}" for name, found in pages.items()),
    ]
    # As one call of `json.dumps` would write it.
    text = "{\n " + ",\n ".join(entries)

    def write(downloads: tuple[Download, ...]) -> str:
        tail = _dumped({"downloads": [_download(download) for download in downloads]}).removeprefix("{")
        return f"{text},{tail}\n"

    return write


def _listed(texts: Sequence[str]) -> str:
    """Return a list of what was written already, a level deeper."""
    inside = ",\n  ".join(text.replace("\n", "\n  ") for text in texts)
    return f"[\n  {inside}\n ]" if texts else "[]"


def _dumped_of(make: Callable[[], dict[str, Any]]) -> str:
    return _dumped(make())


def _dumped(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    # Still the same JSON, and harmless when somebody pastes it into a page.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _lesson(guide: Guide, lesson: Lesson, directory_urls: bool) -> dict[str, Any]:
    messages = guide.messages_of(lesson.id)
    return {
        "id": lesson.id,
        "title": lesson.title,
        "url": page_url(f"lessons/{lesson.id}.md", directory_urls),
        "stage": lesson.stage,
        "minutes": lesson.minutes,
        "objective": lesson.objective,
        "key_points": list(lesson.key_points),
        "parts": [{"id": part.id, "title": part.title} for part in lesson.parts],
        "covers": dict(lesson.covers),
        "checklists": [checklist.id for checklist in guide.checklists_of(lesson.id)],
        "messages": [message.id for message in messages],
        "cards": _papers(f"lessons/{lesson.id}/{lesson.id}-messages") if messages else None,
    }


def _papers(stem: str) -> dict[str, str]:
    return {paper: f"{stem}-{paper}.pdf" for paper in ("a4", "letter")}


def _checklist(checklist: Checklist, directory_urls: bool) -> dict[str, Any]:
    return {
        "id": checklist.id,
        "title": checklist.title,
        "url": page_url(f"checklists/{checklist.id}.md", directory_urls),
        "when": checklist.when,
        "lesson": checklist.lesson,
        "situation": checklist.situation,
        "minutes": checklist.minutes,
        "items": [
            {"id": item.id, "text": plain_text(item.text.tokens), "why": plain_text(item.why.tokens)}
            for item in checklist.items
        ],
        "pdf": _papers(f"checklists/{checklist.id}/{checklist.id}"),
        **_routine(checklist),
    }


def _routine(checklist: Checklist) -> dict[str, Any]:
    if not checklist.repeat:
        return {}
    times = {"times": checklist.times} if checklist.times else {}
    return {"repeat": checklist.repeat, **times, "ics": calendar_url(f"checklists/{checklist.id}.md")}


def _message(guide: Guide, message: Message, directory_urls: bool) -> dict[str, Any]:
    fields = guide.fields_of(message)
    examples = {field.id: field.example for field in fields}
    return {
        "id": message.id,
        "title": message.title,
        "url": page_url(f"messages/{message.id}.md", directory_urls),
        "when": message.when,
        "not_when": message.not_when,
        "lesson": message.lesson,
        "situation": message.situation,
        "send": message.send,
        "next": message.next,
        **({"repeat": message.repeat} if message.repeat else {}),
        "ics": calendar_url(f"messages/{message.id}.md"),
        "fields": [
            {"id": field.id, "label": field.label, "example": field.example, "max": field.max} for field in fields
        ],
        "variants": [_variant(variant, examples) for variant in message.variants],
    }


def _variant(variant: Variant, examples: dict[str, str]) -> dict[str, Any]:
    return {
        "channel": variant.way.id,
        "channel_title": variant.channel,
        "tone": variant.tone or None,
        "subject": variant.subject.source if variant.subject else None,
        "text": variant.body.source,
        "example_subject": fill(variant.subject, examples) if variant.subject else None,
        "example": fill(variant.body, examples),
    }


def _path(path: Path, directory_urls: bool) -> dict[str, Any]:
    return {
        "id": path.id,
        "title": path.title,
        "url": page_url(f"paths/{path.id}.md", directory_urls),
        "for": path.audience,
        "lessons": [step.lesson for step in path.steps],
    }


def _download(download: Download) -> dict[str, Any]:
    return {
        "url": download.uri,
        "format": download.format,
        "kind": download.kind,
        "title": download.title,
        "bytes": download.bytes,
        "for": download.page or None,
    }
