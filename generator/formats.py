"""The formats of all content files: for each its name, which files have it, and its keys."""

from __future__ import annotations

from dataclasses import dataclass

from generator.parse import (
    CLAIMS_FILE,
    GUIDE_FILE,
    OUTLINE_FILE,
    REFERENCES_FILE,
    REGISTER_FILE,
    STYLE_FILE,
    WORDS_FILE,
)
from generator.parse.checklist import CHECKLIST
from generator.parse.claims import CLAIMS
from generator.parse.guide_file import GUIDE
from generator.parse.lesson import LESSON
from generator.parse.message import MESSAGE
from generator.parse.outline import OUTLINE
from generator.parse.references import REFERENCES
from generator.parse.style import STYLE
from generator.parse.words import WORDS
from generator.register import REGISTER
from generator.schema import MapOf, Record


@dataclass(frozen=True, slots=True)
class Format:
    """The format of a kind of content file; `files` is a pattern relative to the content folder."""

    name: str
    files: str
    kind: Record | MapOf

    @property
    def in_front_matter(self) -> bool:
        """Whether the keys stand in the front matter of a Markdown file."""
        return self.files.endswith(".md")


FORMATS = (
    Format("lesson", "lessons/*.md", LESSON),
    Format("checklist", "checklists/*.md", CHECKLIST),
    Format("message", "messages/*.md", MESSAGE),
    Format("guide", GUIDE_FILE, GUIDE),
    Format("outline", OUTLINE_FILE, OUTLINE),
    Format("references", REFERENCES_FILE, REFERENCES),
    Format("claims", CLAIMS_FILE, CLAIMS),
    Format("style", STYLE_FILE, STYLE),
    Format("published", REGISTER_FILE, REGISTER),
    Format("words", WORDS_FILE, WORDS),
)
