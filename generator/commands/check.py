"""`check` and `explain`: what is wrong with the content, and what a diagnostic means."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from generator.build import Checked, load_guide
from generator.commands.common import (
    DONE,
    WRONG_CALL,
    WRONG_CONTENT,
    AddCommand,
    fail,
    is_project,
    no_project,
)
from generator.diagnostics import counted, has_errors, hint
from generator.explanations import EXPLANATIONS, explain
from generator.parse import FOLDERS
from generator.report_formats import FORMATS, formatted
from generator.watch import state_of, wait_for_change

_CLEAR = "\x1b[2J\x1b[H"
"""Empties a terminal, so that only the new state is seen (ECMA-48)."""


def add_commands(add: AddCommand) -> None:
    """Add the commands of this module."""
    command = add("check", _check, "Print everything that is wrong with the content.")
    command.add_argument("--prose", action="store_true", help="also check how it is written (content/style.yml)")
    command.add_argument("--watch", action="store_true", help="check again whenever a file changes; Ctrl-C ends it")
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="how to print it: for people, programs, GitHub Actions"
    )
    command = add("explain", _explain, "Tell what a diagnostic means and how to mend it.", project=False)
    command.add_argument("code", nargs="?", help="the code in brackets, such as unknown-field (default: list all)")


def _check(options: argparse.Namespace) -> int:
    if not is_project(options.project):
        return no_project(options.project)
    if options.watch:
        return _watch(options)
    checked = _checked(options)
    diagnostics = checked.diagnostics
    text = formatted(diagnostics, options.format, _seen_from_here(options.project))
    # What programs read goes to where they read it.
    print(text, file=sys.stderr if diagnostics and options.format == "text" else sys.stdout)
    if options.format == "text":
        _say_drafts(checked)
    return WRONG_CONTENT if has_errors(diagnostics) else DONE


def _checked(options: argparse.Namespace) -> Checked:
    today = datetime.now(UTC).date()
    return load_guide(options.project / "content", prose=options.prose, today=today)


def _say_drafts(checked: Checked) -> None:
    """List the pages that a build leaves out, one line a folder."""
    for pages, noun, what in (
        (checked.drafts, "draft", "left out of the site unless --drafts"),
        (checked.waiting, "page", "left out with the lesson, which is a draft"),
    ):
        if pages:
            print(f"{counted(len(pages), noun)} {what}:")
        for folder in FOLDERS:
            names = [page.partition("/")[2] for page in pages if page.startswith(f"{folder}/")]
            if names:
                print(f"  {folder}: {', '.join(names)}")


def _seen_from_here(project: Path) -> str:
    """Return the project's folder as seen from the current one, which in a workflow is the repository's."""
    seen = Path(os.path.relpath(project)).as_posix()
    return "" if seen == "." else seen


def _watch(options: argparse.Namespace) -> int:
    """Print the state of the content, and the new one whenever a file changes, until Ctrl-C.

    An editor can tell where a state begins and ends: the lines "checking" and "waiting for changes" are around it.
    """
    content = options.project / "content"
    words = options.format == "text"
    while True:
        state = state_of([content])
        if words:
            print(_CLEAR if sys.stdout.isatty() else "", "checking", sep="", flush=True)
        print(formatted(_checked(options).diagnostics, options.format, _seen_from_here(options.project)), flush=True)
        if words:
            print("waiting for changes (Ctrl-C ends)", flush=True)
        wait_for_change([content], state)


def _explain(options: argparse.Namespace) -> int:
    if options.code is None:
        width = max(len(code) for code in EXPLANATIONS)
        for code, explanation in sorted(EXPLANATIONS.items()):
            print(f"{code:<{width}}  {explanation.summary}")
        return DONE
    if options.code not in EXPLANATIONS:
        return fail(f"no code '{options.code}'{hint(options.code, EXPLANATIONS)}", WRONG_CALL)
    print(explain(options.code))
    return DONE
