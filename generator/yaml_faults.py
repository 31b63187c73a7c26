"""Says in an author's words what is wrong with YAML that cannot be read, and how to mend it."""

from __future__ import annotations

import re

import yaml

_KEY = re.compile(r"\s*(?:- +)*([^\s:#'\"{\[][^:]*|'[^']*'|\"[^\"]*\") *:(?=\s|$)")
"""A line's beginning up to the colon behind its first key."""
_QUOTED = re.compile(r"\s*(?:- +)*(?:[^\s:][^:]*: +)?(['\"])")
_BRACKETED = re.compile(r"\s*(?:- +)*(?:[^\s:][^:]*: +)?([\[{])")
_LONGEST_EXAMPLE = 80
_LOOKED_AT = 1000

Mend = tuple[int, int, str]
"""Line and column, counted from 0, and what to do there."""


def mend(error: yaml.YAMLError, text: str) -> Mend:
    """Return where YAML is broken and how to mend it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, 0, f"this cannot be read: {str(error).splitlines()[0]}"
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    if mark is None or context is None:
        return 0, 0, f"this cannot be read: {error.problem}"
    lines = text.split("\n")
    return _mend(error.problem or "", error.context or "", mark, context, lines)


def _mend(problem: str, context: str, mark: yaml.Mark, begun: yaml.Mark, lines: list[str]) -> Mend:
    here = (mark.line, mark.column)
    if _at(mark, lines) == "\t" and ("tab" in problem or "cannot start any token" in problem):
        return *here, "a tab stands here; put spaces in its place"
    if "mapping values are not allowed" in problem:
        return _stray_colon(mark, lines)
    if "could not find expected ':'" in problem:
        return _no_colon(begun.line, lines)
    if "quoted scalar" in context and "end of stream" in problem:
        return (
            begun.line,
            begun.column,
            f"the quote that opens here is not closed; end the text with {_at(begun, lines)}",
        )
    if "escape" in problem:
        return *here, "a backslash in double quotes has a meaning of its own; use single quotes, or write \\\\ for it"
    if any(what in context for what in ("anchor", "alias", "tag", "block scalar")):
        return _bad_beginning(begun, lines)
    if "cannot start any token" in problem or "node content" in problem or "are not allowed in this context" in problem:
        return _bad_beginning(mark, lines)
    if "expected ','" in problem:
        return _open_bracket(mark, begun, lines)
    if "<document start>" in problem or "another document" in problem:
        return *here, "this line stands further left than the first one; begin all keys in the same column"
    return _out_of_line(mark, lines)


def _line(mark: yaml.Mark, lines: list[str]) -> str:
    """Return the line at a mark, as much of it as is looked at; the end of the text has one of its own."""
    return lines[mark.line][:_LOOKED_AT] if mark.line < len(lines) else ""


def _at(mark: yaml.Mark, lines: list[str]) -> str:
    return _line(mark, lines)[mark.column : mark.column + 1]


def _stray_colon(mark: yaml.Mark, lines: list[str]) -> Mend:
    """A ': ' where no key can stand."""
    line = _line(mark, lines)
    key = _KEY.match(line)
    above = next((number for number in range(min(mark.line, len(lines)) - 1, -1, -1) if lines[number].strip()), None)
    if key is not None and key.end() - 1 < mark.column:
        value = line[key.end() :].strip()
        shown = f", like: {key[0].strip()} {_double(value)}" if value[:1] not in ("'", '"') else ""
        return mark.line, mark.column, f"a second ': ' on one line; put the value in quotes{_short(shown)}"
    if above is not None and not _KEY.match(lines[above][:_LOOKED_AT]) and _indent(lines[above]) == _indent(line):
        return _no_colon(above, lines)
    if line[:1].isspace():
        message = (
            "this line is indented, so it goes on with the text above it; "
            "move a key to the left, or put a text with ': ' in quotes"
        )
        return mark.line, len(line) - len(line.lstrip()), message
    return mark.line, mark.column, "a ': ' stands where none can; put the text in quotes"


def _indent(line: str) -> int:
    """Return where the text of a line begins, behind spaces and the marks of list entries."""
    return len(line) - len(line.lstrip(" -"))


def _no_colon(number: int, lines: list[str]) -> Mend:
    """A line among keys that has no ': '."""
    line = lines[number]
    column = _indent(line)
    text = line[column:].strip()
    name, colon, value = text.partition(":")
    if colon and value:
        return number, column + len(name), f"no space behind the ':'{_short(f'; write it like: {name}: {value}')}"
    first, _, rest = text.partition(" ")
    example = f"{first}: {rest}" if rest else f"{first}: ..."
    return number, column, f"this line has no ': ' behind a key{_short(f'; write it like: {example}')}"


def _bad_beginning(mark: yaml.Mark, lines: list[str]) -> Mend:
    """A value whose first character means something else."""
    line = _line(mark, lines)
    return mark.line, mark.column, _wants_quotes(mark.column, line)


def _open_bracket(mark: yaml.Mark, begun: yaml.Mark, lines: list[str]) -> Mend:
    """A list or keys in brackets that do not end as they should."""
    opening = _at(begun, lines)
    closing = "]" if opening == "[" else "}"
    if mark.line > begun.line:
        return begun.line, begun.column, f"the '{opening}' that opens here is not closed; end it with '{closing}'"
    return (
        mark.line,
        mark.column,
        f"expected ',' or '{closing}' here; put a text that holds ':', ',' or brackets in quotes",
    )


def _out_of_line(mark: yaml.Mark, lines: list[str]) -> Mend:
    """A line, or the rest of one, that belongs to nothing."""
    line = _line(mark, lines)
    before = line[: mark.column]
    quoted = _QUOTED.match(before)
    if quoted is not None:
        other = "in double quotes" if quoted[1] == "'" else "in single quotes"
        return mark.line, mark.column, f"the text goes on behind its closing {quoted[1]}; put all of it {other}"
    bracketed = _BRACKETED.match(before)
    if bracketed is not None:
        return mark.line, bracketed.start(1), _wants_quotes(bracketed.start(1), line)
    if line[:1] == "%":
        return mark.line, 0, "a line cannot begin with '%'"
    message = "this line does not stand under its neighbours; indent it by as many spaces as they are"
    return mark.line, mark.column, message


def _wants_quotes(column: int, line: str) -> str:
    """Return what to do about a value that begins with a sign of YAML's own."""
    if not line[column:].strip():
        return "the file ends inside a list or a text; close the '[', '{' or quote that is open above"
    value = line[column:].strip()
    example = _short(f"; write it like: {line[:column].strip()} {_double(value)}") if value else ""
    return f"a value cannot begin with '{line[column : column + 1]}' unless it is in quotes{example}"


def _double(value: str) -> str:
    """Return a text in quotes, as YAML reads it."""
    return (
        f"'{value}'"
        if '"' in value and "'" not in value
        else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _short(example: str) -> str:
    """Return an example, nothing when it is too long to help or does not print."""
    return example if len(example) <= _LONGEST_EXAMPLE and example.isprintable() else ""
