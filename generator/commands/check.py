"""`check` and `explain`: what is wrong with the content, and what a diagnostic means."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from generator.build import load_guide
from generator.commands.common import (
    DONE,
    WRONG_CALL,
    WRONG_CONTENT,
    AddCommand,
    fail,
    is_project,
    no_project,
)
from generator.diagnostics import has_errors, hint, report
from generator.explanations import EXPLANATIONS, explain


def add_commands(add: AddCommand) -> None:
    """Add the commands of this module."""
    command = add("check", _check, "Print everything that is wrong with the content.")
    command.add_argument("--prose", action="store_true", help="also check how it is written (content/style.yml)")
    command = add("explain", _explain, "Tell what a diagnostic means and how to mend it.", project=False)
    command.add_argument("code", nargs="?", help="the code in brackets, such as unknown-field (default: list all)")


def _check(options: argparse.Namespace) -> int:
    if not is_project(options.project):
        return no_project(options.project)
    today = datetime.now(UTC).date()
    checked = load_guide(options.project / "content", prose=options.prose, today=today)
    print(report(checked.diagnostics), file=sys.stderr if checked.diagnostics else sys.stdout)
    return WRONG_CONTENT if has_errors(checked.diagnostics) else DONE


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
