"""What a page is, for search engines: schema.org terms as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from generator.links import page_url
from generator.markdown import plain_text
from generator.model import Checklist, Guide, Lesson, Message, Path


def _minutes(minutes: int) -> str:
    """Return a duration as ISO 8601 writes it, which schema.org asks for."""
    return f"PT{minutes}M"


def describe_page(
    guide: Guide, subject: Lesson | Checklist | Message | Path | None, title: str, description: str
) -> dict[str, Any]:
    """Return the properties of a page's subject; of the guide's own when there is none."""
    base: dict[str, Any] = {"name": title, "description": description, "inLanguage": guide.settings.language}
    if isinstance(subject, Checklist):
        steps = [
            {"@type": "HowToStep", "position": number, "text": plain_text(item.text.tokens)}
            for number, item in enumerate(subject.items, 1)
        ]
        return {"@type": "HowTo", **base, "totalTime": _minutes(subject.minutes), "step": steps}
    resource: dict[str, Any] = {"@type": "LearningResource", **base}
    if isinstance(subject, Lesson):
        resource |= {
            "learningResourceType": guide.words("kind.lesson"),
            "teaches": subject.objective,
            "timeRequired": _minutes(subject.minutes),
        }
    elif isinstance(subject, Message):
        resource |= {"learningResourceType": guide.words("kind.message")}
    elif isinstance(subject, Path):
        resource |= {
            "learningResourceType": guide.words("kind.path"),
            "audience": {"@type": "Audience", "name": subject.audience},
        }
    return resource


def structured_data(resource: dict[str, Any], trail: list[tuple[str, str]], site_url: str) -> str:
    """Return the JSON-LD of a page.

    Args:
        resource: what the page is about, from `describe_page`.
        trail: title and uri of each page from the home page down to this one.
        site_url: the site's address with a slash at its end, "" when it is not known.

    Returns:
        JSON in which no character can end the script element it stands in.
    """
    crumbs = [
        {"@type": "ListItem", "position": number, "name": title, "item": site_url + page_url(uri)}
        for number, (title, uri) in enumerate(trail, 1)
    ]
    graph: list[dict[str, Any]] = [{**resource, "url": site_url + page_url(trail[-1][1])}]
    if len(crumbs) > 1:
        graph.append({"@type": "BreadcrumbList", "itemListElement": crumbs})
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
