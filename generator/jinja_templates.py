"""What the Jinja templates of pages and of the e-book share: how they are set up, and what is said of a broken one."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jinja2

from generator.compiled_templates import keep_compiled
from generator.diagnostics import Place
from generator.words import MissingWordError, Words, english


class TemplateFault(Exception):  # noqa: N818  # a fault of a template; the error is its diagnostic
    """A template that cannot be used: where, and why."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


def environment(folders: Iterable[Path], words: Words | None = None) -> jinja2.Environment:
    """Return an environment in which every value is escaped and a name that is not there is a fault.

    Args:
        folders: where templates are looked for, first match wins.
        words: those of the guide's language, which templates have as `t`, and all forms of one as `forms`; English
            when not given.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        # `{#` begins the id of a heading in Markdown.
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    keep_compiled(made)
    words = words or english()
    made.globals.update(t=words_for_templates(words), forms=words.forms)
    return made


def words_for_templates(words: Words) -> Callable[..., str]:
    """Return what templates call for a word: `t("message.send_when")`; one that is not there is a fault of theirs."""

    def t(key: str, /, **values: object) -> str:
        try:
            return words(key, **values)
        except MissingWordError as fault:
            raise jinja2.UndefinedError(str(fault)) from fault

    return t


def render(environment: jinja2.Environment, name: str, folder: str, values: dict[str, Any]) -> str:
    """Return what a template makes of some values.

    Args:
        environment: where the template is looked for.
        name: the template's file name.
        folder: its folder below templates/, which a fault names.
        values: what it is given.

    Raises:
        TemplateFault: the template is missing or broken.
    """
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateNotFound as fault:
        raise TemplateFault(Place(f"templates/{folder}/{fault.name}"), "there is no such template") from fault
    except jinja2.TemplateSyntaxError as fault:
        place = Place(f"templates/{folder}/{Path(fault.name or name).name}", fault.lineno)
        raise TemplateFault(place, fault.message or "the template cannot be read") from fault
    except jinja2.TemplateError as fault:
        raise TemplateFault(_place_of(fault, name, folder), str(fault)) from fault


def _place_of(fault: jinja2.TemplateError, name: str, folder: str) -> Place:
    """Return the template line an error was raised at: the last frame that Jinja rewrote to point into a template."""
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if frame.filename.endswith(".j2"):
            return Place(f"templates/{folder}/{Path(frame.filename).name}", frame.lineno or 1)
    return Place(f"templates/{folder}/{name}")
