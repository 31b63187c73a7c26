"""The reference of the authors' manual as Markdown, made of the same declarations that the generator reads by."""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2.meta
import jinja2.nodes

from generator.channels import CHANNELS, Limit
from generator.explanations import EXPLANATIONS
from generator.formats import FORMATS
from generator.jinja_templates import environment
from generator.parse.words import WORDS
from generator.render.templates import TEMPLATE_FILTERS
from generator.render.variables import VARIABLES
from generator.schema import Kind, ListOf, MapOf, Record, example_of


def formats_reference() -> dict[str, str]:
    """Return a table of keys for every kind of content file, by the format's name ('lesson', 'guide')."""
    # The keys of words.yml are those of generator/words/en.yml, hundreds of them, and are read there.
    return {format.name: keys_table(format.kind) for format in FORMATS if format.kind is not WORDS}


def keys_table(kind: Record | MapOf) -> str:
    """Return the keys of a format with what stands behind each; keys inside others are written `outer.inner`."""
    rows = (
        (
            f"`{key}`" if required else f"`{key}`, optional",
            value.meaning,
            f"{value.in_words}: `{key.rpartition('.')[2]}: {example_of(value, nested=False)}`",
        )
        for key, value, required in _keys(kind)
    )
    return table(("Key", "What it says", "How it is written"), rows)


def _keys(kind: Kind, before: str = "") -> Iterator[tuple[str, Kind, bool]]:
    if isinstance(kind, Record):
        for key, value in kind.keys.items():
            yield f"{before}{key}", value, key not in kind.optional
            yield from _keys(value, f"{before}{key}.")
    elif isinstance(kind, ListOf):
        yield from _keys(kind.kind, before)
    elif isinstance(kind, MapOf):
        yield from _keys(kind.kind, f"{before}NAME.")


def diagnostics_table() -> str:
    """Return every code of `check` with what it means and a right example."""
    rows = ((f"`{code}`", found.summary, found.why) for code, found in sorted(EXPLANATIONS.items()))
    return table(("Code", "What it says", "Why it matters"), rows)


def diagnostics_reference() -> str:
    """Return every code of `check` as a section: its meaning, why it matters, how it looks when right."""
    return "\n".join(
        f"### {code} {{#{code}}}\n\n{found.summary}\n{found.why.strip()}\n\n````text\n{found.example.rstrip()}\n````\n"
        for code, found in sorted(EXPLANATIONS.items())
    )


def channels_table() -> str:
    """Return the channels that a message can be written for, with what each of them takes."""
    rows = (
        (
            f"`## {channel.title}`",
            _limit(channel.subject) if channel.subject else "none",
            _limit(channel.body),
        )
        for channel in CHANNELS
    )
    return table(("Heading", "Characters in the subject", "Characters in the text"), rows)


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return "no limit"
    return f"{limit.most:,}" if limit.kind == "hard" else f"{limit.most:,} (advice)"


def commands_reference(parser: argparse.ArgumentParser) -> str:
    """Return every command as a section: what it does, how it is called, and its arguments.

    Made of the parser's own actions and not of its help, which is as wide as the terminal.
    """
    return "\n".join(
        f"### {name} {{#{name.replace(' ', '-')}}}\n\n{command.description}\n\n"
        f"```text\n{' '.join([command.prog, *map(_called, _arguments(command))])}\n```\n\n{_arguments_table(command)}"
        for name, command in _commands(parser)
    )


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001  # argparse offers no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                inside = list(_commands(command, f"{before}{name} "))
                yield from inside or [(f"{before}{name}", command)]


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if not isinstance(action, argparse._HelpAction)]  # noqa: SLF001


def _value(action: argparse.Action) -> str:
    """Return what stands for an argument's value, "" where it has none."""
    if action.nargs == 0:
        return ""
    if action.choices:
        return "{" + ",".join(action.choices) + "}"
    return str(action.metavar or action.dest.upper())


def _called(action: argparse.Action) -> str:
    words = " ".join(filter(None, [*action.option_strings[:1], _value(action)]))
    needed = action.required if action.option_strings else action.nargs != "?"
    return words if needed else f"[{words}]"


def _arguments_table(command: argparse.ArgumentParser) -> str:
    rows = [
        (f"`{_called(action).strip('[]')}`", (action.help or "").replace("%(default)s", str(action.default)))
        for action in _arguments(command)
    ]
    return table(("Argument", "What it is"), rows) if rows else ""


def templates_table(folder: Path) -> str:
    """Return the page templates in a folder with the variables that each uses.

    Args:
        folder: a folder of Jinja templates, such as `templates/pages`.
    """
    engine = environment([folder])
    engine.filters.update(TEMPLATE_FILTERS)
    rows = []
    for path in sorted(folder.glob("*.j2")):
        tree = engine.parse(path.read_text(encoding="utf-8"))
        own = {name.name for name in tree.find_all(jinja2.nodes.Name) if name.ctx == "store"}
        used = jinja2.meta.find_undeclared_variables(tree) - own
        rows.append((f"`{path.name}`", ", ".join(f"`{name}`" for name in sorted(used))))
    return table(("Template", "Variables it uses"), rows)


def variables_table() -> str:
    """Return what every page template can use, with its meaning."""
    return table(("Variable", "Meaning"), ((f"`{name}`", meaning) for name, meaning in sorted(VARIABLES.items())))


def values_table(of: type) -> str:
    """Return the attributes of a value that templates are given, such as `Lesson`, with their types."""
    rows = ((f"`{field.name}`", f"`{_type(field.type)}`") for field in dataclasses.fields(of))
    return table(("Attribute", "Type"), rows)


def _type(annotation: object) -> str:
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return re.sub(r"\bText\b", "str", text)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table; a cell is one line, and a `|` in it stays a character of it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
