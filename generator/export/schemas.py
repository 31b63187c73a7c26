"""The formats of content files as JSON Schemas, for editors."""

from __future__ import annotations

import json

from generator.formats import FORMATS

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML extension of VS Code and yaml-language-server read in full (their documentation)."""


def json_schemas() -> dict[str, str]:
    """Return the schema of every format, as the text of a file by its name ('guide.json')."""
    return {
        f"{format.name}.json": json.dumps(
            {
                "$schema": _DRAFT,
                "title": f"The front matter of a {format.name}" if format.in_front_matter else format.files,
                **format.kind.json_schema(),
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for format in FORMATS
    }
