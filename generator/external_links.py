"""The addresses outside the guide that its content links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.check_links import prose_of
from generator.diagnostics import Place
from generator.links import External, doi_url, split_target
from generator.markdown import links
from generator.model import Checklist, Guide, Lesson
from generator.parse import REFERENCES_FILE, Source

_WEB = re.compile(r"https?://[^\s<>\"'`\[\]{}()|\\^]+", re.IGNORECASE)
_SENTENCE_ENDS = ".,;:!?"


@dataclass(frozen=True, slots=True, order=True)
class ExternalLink:
    """A link of the content to an address on the web, and where it stands."""

    place: Place
    address: str


def external_links(guide: Guide, source: Source) -> tuple[ExternalLink, ...]:
    """Return every link to the web, by file and line: in prose, in texts to send, in the YAML files, by DOI.

    Args:
        guide: a guide without errors.
        source: the content files it was read from.
    """
    return tuple(sorted({*_in_prose(guide), *_of_studies(guide, source), *_in_text(source)}))


def _in_prose(guide: Guide) -> Iterator[ExternalLink]:
    pages: tuple[Lesson | Checklist, ...] = (*guide.lessons, *guide.checklists)
    for page in pages:
        for prose in prose_of(page):
            for target, _, line in links(prose.tokens):
                split = split_target(target, "")
                if isinstance(split, External) and _WEB.match(split.address):
                    yield ExternalLink(Place(prose.place.path, prose.place.line + line), split.address)


def _of_studies(guide: Guide, source: Source) -> Iterator[ExternalLink]:
    lines = source.files.get(REFERENCES_FILE, "").split("\n")
    for study in guide.references.values():
        if study.doi:
            begin = study.place.line - 1
            found = (number for number, line in enumerate(lines[begin:], study.place.line) if study.doi in line)
            yield ExternalLink(Place(study.place.path, next(found, study.place.line)), doi_url(study.doi))


def _in_text(source: Source) -> Iterator[ExternalLink]:
    """Find addresses in what is plain text: the prose of lessons and checklists is read above, with its brackets."""
    for file, text in source.files.items():
        if file.startswith(("lessons/", "checklists/")):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for match in _WEB.finditer(line):
                yield ExternalLink(Place(source.place(file).path, number), match[0].rstrip(_SENTENCE_ENDS))
