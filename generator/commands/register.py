"""`register`: new pages and items enter the register of published addresses."""

from __future__ import annotations

import argparse
import sys

from generator.build import load_guide
from generator.commands.common import DONE, WRONG_CONTENT, AddCommand, fail, is_project, no_project, replace
from generator.diagnostics import report
from generator.parse import REGISTER_FILE
from generator.register import updated


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("register", _register, "Add new pages and items to the register of published addresses.")
    command.add_argument("--check", action="store_true", help="only say whether something is missing")


def _register(options: argparse.Namespace) -> int:
    if not is_project(options.project):
        return no_project(options.project)
    checked = load_guide(options.project / "content")
    if checked.guide is None:
        print(report(checked.diagnostics), file=sys.stderr)
        return WRONG_CONTENT
    path = options.project / "content" / REGISTER_FILE
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = updated(old, checked.guide)
    if new == old:
        print(f"{path}: every page and item is registered")
        return DONE
    if options.check:
        return fail(f"{path}: new pages or items are not registered; run: coaching-guide register", WRONG_CONTENT)
    replace(path, new)
    print(f"{path}: {new.count(chr(10)) - old.count(chr(10))} lines added")
    return DONE
