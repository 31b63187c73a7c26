"""What Material writes for its search, put right."""

from __future__ import annotations

import json


def asks_once(index: str) -> str:
    """Return the search index with the asks of each page in its first entry only.

    Material repeats a page's tags, which its asks are, in the entry of every section: a question that an ask answers
    would then find every section of that page.
    """
    data = json.loads(index)
    for entry in data["docs"]:
        if "#" in entry["location"]:
            entry.pop("tags", None)
    return json.dumps(data, separators=(",", ":"))
