"""Diagnostics as other programs read them: as JSON, and as commands that GitHub turns into notes on a change."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence

from generator.diagnostics import Diagnostic, report

VERSION = 1
"""The version of the JSON document; it grows only when a reader of the old form would break."""
FORMATS = ("text", "json", "github")


def formatted(diagnostics: Sequence[Diagnostic], form: str, root: str = "") -> str:
    """Return all diagnostics in one of `FORMATS`.

    Args:
        diagnostics: what was found.
        form: "text", "json" or "github".
        root: the project's folder as seen from the repository's, "" when it is the same; for "github", whose notes
            need the file's path in the repository.
    """
    if form == "json":
        return as_json(diagnostics)
    if form == "github":
        return as_github(diagnostics, root)
    return report(diagnostics)


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one document on one line: `version`, `diagnostics`, and under `count` how many errors and warnings.

    Each diagnostic has `path` (relative to the project, with slashes), `line` and `column` (from 1), `severity`
    ("error" or "warning"), `code` and `message`.
    """
    found = [
        {
            "path": each.place.path,
            "line": each.place.line,
            "column": each.place.column,
            "severity": each.severity,
            "code": each.code,
            "message": each.message,
        }
        for each in diagnostics
    ]
    errors = sum(each.severity == "error" for each in diagnostics)
    count = {"errors": errors, "warnings": len(found) - errors}
    return json.dumps({"version": VERSION, "diagnostics": found, "count": count}, ensure_ascii=False)


def as_github(diagnostics: Sequence[Diagnostic], root: str = "") -> str:
    """Return a workflow command for each diagnostic, and a last line that counts them.

    The form and its escapes are those of GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts).
    """
    lines = []
    for each in diagnostics:
        properties = {
            "file": posixpath.join(root, each.place.path),
            "line": str(each.place.line),
            "col": str(each.place.column),
            "title": each.code,
        }
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        lines.append(f"::{each.severity} {written}::{_data(each.message)}")
    return "\n".join([*lines, report(diagnostics).rpartition("\n")[2]])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
