"""Parts a content file into its front matter and its body."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Log, Place
from generator.yaml_nodes import Mapping, read_yaml

_MARK = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """A file with front matter: all of its text, its keys, and its body with the place of the body's first line."""

    text: str
    keys: Mapping
    body: str
    start: Place

    @property
    def lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")


def read_document(path: str, text: str, log: Log) -> Document | None:
    """Part a file at its front matter.

    Args:
        path: where the file stands in the project.
        text: the file's text, lines ended by a line feed.
        log: takes what is wrong.

    Returns:
        The document, None when there is no front matter that can be read.
    """
    top = Place(path)
    lines = text.split("\n")
    if lines[0].rstrip() != _MARK:
        message = "the file must begin with front matter: a line '---', lines like 'title: ...', a line '---'"
        log.error(top, "no-front-matter", message)
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _MARK), None)
    if end is None:
        log.error(top, "no-front-matter", "the front matter that begins here does not end; close it with a line '---'")
        return None
    before = log.noted
    node = read_yaml("\n".join(lines[1:end]), Place(path, 2), log)
    if not isinstance(node, Mapping):
        if log.noted == before:
            log.error(top, "no-front-matter", "the front matter holds no keys; expected lines like 'title: ...'")
        return None
    return Document(text, node, "\n".join(lines[end + 1 :]), Place(path, end + 2))
