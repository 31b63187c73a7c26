"""`import`: an article becomes a draft of a guide."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands.common import WRONG_CALL, AddCommand, fail
from generator.diagnostics import hint


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    text = "Make a draft of a guide from an article in text, Markdown, HTML or Word."
    command = add("import", _import, text, project=False)
    command.add_argument("article", type=Path, help="the file of the article")
    command.add_argument("--to", required=True, type=Path, metavar="DIR", help="folder of the guide")
    command.add_argument(
        "--outline", type=Path, metavar="FILE", help="write the outline there to be corrected, or read it"
    )
    command.add_argument("--language", default="en", help="language of the article (default: %(default)s)")
    command.add_argument("--yes", action="store_true", help="do not ask whether the headings are right")
    command.add_argument("--accept", action="store_true", help="compare with this edition from now on")


def _import(options: argparse.Namespace) -> int:
    # Imported late: the other commands need not wait for it.
    from generator.importing.command import import_article
    from generator.importing.language import languages

    if options.language not in languages():
        near = hint(options.language, languages())
        return fail(f"articles cannot be imported in the language '{options.language}'{near}", WRONG_CALL)
    outcome = import_article(
        options.article,
        options.to,
        outline_file=options.outline,
        language=options.language,
        accept=options.accept,
        confirm=_confirm if sys.stdin.isatty() and sys.stdout.isatty() and not options.yes else None,
    )
    for line in outcome.warned:
        print(line, file=sys.stderr)
    for line in outcome.said:
        print(line)
    return outcome.status


def _confirm(lines: list[str]) -> bool:
    print("\n".join(lines))
    try:
        return input("Make the guide with this outline? [Y/n] ").strip().lower() in ("", "y", "yes")
    except EOFError:
        return False
