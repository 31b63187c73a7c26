"""What a name may look like: ids of pages, parts and items, names of fields, and characters nobody can see."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from generator.diagnostics import quote

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
INDEX = "index"
"""The page that lists the others of its folder: no page of an author can have its name."""
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]")
"""Control characters, line ends that only some programs see, and marks that turn the direction of writing.

The joiners U+200C and U+200D are no part of it: Persian words and some emoji are written with them.
"""


def slug_of(text: str) -> str:
    """Return an id made of a text, "" when nothing in it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def no_id(text: str) -> str:
    """Return the message that a text is no id, with the id it might have been."""
    name = PurePosixPath(text).stem if text.endswith(".md") else text
    example = slug_of(name)[:40].strip("-") or "write-first"
    return f"{quote(text)} is no id; expected lower-case letters, digits and single hyphens, like '{example}'"
