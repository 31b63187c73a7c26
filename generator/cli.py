"""The command line: `python -m generator`, or `coaching-guide`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from generator.commands.common import DONE, WRONG_CALL, WRONG_CONTENT, Run, collect_seldom, fail

_FAMILIES = {
    "new": ("new", "schemas"),
    "import_": ("import",),
    "ids": ("ids",),
    "check": ("check", "explain"),
    "links": ("links",),
    "build": ("build",),
    "serve": ("serve",),
    "render": ("render",),
    "register": ("register",),
}
"""The modules of the commands with those that each has, in the order in which `--help` lists them."""


class _Parser(argparse.ArgumentParser):
    """Answers a wrong call with one line."""

    def error(self, message: str) -> None:  # type: ignore[override]  # never returns, as in the base class
        usage = " ".join(self.format_usage().split())
        self.exit(WRONG_CALL, f"{self.prog}: {message}; {usage}\n")


def parser(wanted: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line; each command's `run` stands in what it parses.

    Args:
        wanted: the command that is called. Where there is such a command, its module alone is loaded, the parser knows
            no command of the others, and nobody asks which version this is: a tenth of a second, which is half of a
            build that finds nothing to do.
    """
    families = [family for family, commands in _FAMILIES.items() if wanted in commands]
    top = _Parser(prog="coaching-guide", description="Turns lessons, checklists and messages into a coaching guide.")
    top.add_argument("--version", action="version", version="" if families else _version())
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def add(name: str, run: Run, text: str, *, project: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if project:
            command.add_argument(
                "project", nargs="?", default=".", type=Path, help="folder of the guide (default: here)"
            )
        return command

    for family in families or _FAMILIES:
        import_module(f"generator.commands.{family}").add_commands(add)
    return top


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # see `parser`

    try:
        return version("coaching-guide")
    except PackageNotFoundError:
        return "(not installed)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it is done, 1 when the content is wrong, 2 when the call is.
    """
    collect_seldom()
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser(arguments[0] if arguments else "").parse_args(arguments)
    run: Run = options.run
    try:
        return run(options)
    except BrokenPipeError:
        # The reader of the output is gone (`... | head`); Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return DONE
    except OSError as fault:
        return fail(f"{fault.filename or 'a file'}: {fault.strerror or fault}", WRONG_CONTENT)
