"""New guides and pages with everything filled by example; the examples are the files in `starter/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
import yaml

from generator.diagnostics import Log
from generator.export.schemas import json_schemas
from generator.model import Guide, Kind
from generator.names import slug_of
from generator.parse import GUIDE_FILE
from generator.parse.guide_file import read_guide_file

_STARTER = Path(__file__).parent / "starter"
_DOT = "dot-"
"""Begins the names of files that are hidden in a project, so that they are not in the package."""
SCHEMAS = ".schemas"
"""The folder of a project that holds the JSON Schemas for editors."""
_MESSAGE_FIELDS = {
    "first_name": "{label: Their first name, example: Noor, max: 30}",
    "topic": "{label: What it was about, example: your advice, max: 30}",
    "your_name": "{label: Your name, example: Sam, max: 30}",
}


def title_of(id: str) -> str:
    """Return a title made of an id: 'thank-after-meeting' becomes 'Thank after meeting'."""
    words = id.replace("-", " ")
    return words[:1].upper() + words[1:]


def new_guide(name: str) -> dict[str, str]:
    """Return the files of a new guide by path: small, complete, and right from the start.

    Args:
        name: what the author calls it, such as the name of its folder.
    """
    id = slug_of(name) or "my-guide"
    values = {"id": id, "title": title_of(id)}
    folder = _STARTER / "guide"
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            parts = path.relative_to(folder).parts
            target = "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts)
            files[target] = _fill(PurePosixPath("guide", *parts), values)
    return {**files, **{f"{SCHEMAS}/{name}": text for name, text in json_schemas().items()}}


def new_page(kind: Kind, id: str, guide: Guide, names: Mapping[str, str]) -> str:
    """Return the text of a new page.

    Args:
        kind: what it is.
        id: its id.
        guide: the guide it will belong to.
        names: what it belongs to: `stage` for a lesson, `lesson` and `situation` for the others.
    """
    shared = guide.settings.fields
    values: dict[str, Any] = {"id": id, "title": title_of(id), **names}
    if kind == "message":
        values["fields"] = {name: field for name, field in _MESSAGE_FIELDS.items() if name not in shared}
    return _fill(PurePosixPath("pages", f"{kind}.md"), values)


def _fill(path: PurePosixPath, values: Mapping[str, Any]) -> str:
    return _environment().get_template(str(path)).render(values)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(_STARTER)),
        autoescape=False,  # noqa: S701  # what is written is Markdown and YAML, of our own words and an id
        undefined=jinja2.StrictUndefined,
        # Braces are a message's own.
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _as_yaml
    return environment


def _as_yaml(text: str) -> str:
    """Return a text as YAML writes it: in quotes where it would be a number or a date without them."""
    written: str = yaml.safe_dump(str(text), allow_unicode=True, width=1_000_000)
    return written.removesuffix("\n").removesuffix("\n...")


class NotListedError(Exception):
    """The lesson could not be put into guide.yml without touching something else."""


def with_lesson(text: str, lesson: str, before: str | None) -> str:
    """Return guide.yml with a lesson put into `lessons`; everything else in it stays as it is, to the byte.

    Args:
        text: guide.yml, a list of lessons with at least one entry in it.
        lesson: the new lesson's id.
        before: the listed lesson that it stands before, None to put it last.

    Raises:
        NotListedError: `lessons` is written in a way that leaves no place to put it.
    """
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = tree.value if isinstance(tree, yaml.MappingNode) else []
    entries = next((value for key, value in keys if key.value == "lessons"), None)
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        raise NotListedError
    written = _as_yaml(lesson)
    following = next((entry for entry in entries.value if entry.value == before), None)
    if entries.flow_style:
        if following is not None:
            at = following.start_mark.index
            new = f"{text[:at]}{written}, {text[at:]}"
        else:
            at = entries.value[-1].end_mark.index
            new = f"{text[:at]}, {written}{text[at:]}"
    else:
        new = _with_line(text, written, following or entries.value[-1], above=following is not None)
    old = read_guide_file(GUIDE_FILE, text, Log()).lessons
    at = old.index(before) if before in old else len(old)
    if list(read_guide_file(GUIDE_FILE, new, Log()).lessons) != [*old[:at], lesson, *old[at:]]:
        raise NotListedError
    return new


def _with_line(text: str, entry: str, beside: yaml.Node, *, above: bool) -> str:
    """Return the text with a line `- entry` above or below the line of another entry, indented as that one is."""
    lines = text.splitlines(keepends=True)
    number = beside.start_mark.line
    line = lines[number]
    indent = line[: beside.start_mark.column]
    end = line[len(line.rstrip("\r\n")) :] or ("\r\n" if lines[0].endswith("\r\n") else "\n")
    if not above:
        number += 1
        if not line.endswith(("\r", "\n")):
            lines[number - 1] = line + end
            return "".join([*lines[:number], f"{indent}{entry}", *lines[number:]])
    return "".join([*lines[:number], f"{indent}{entry}{end}", *lines[number:]])
