"""`serve`: the preview."""

from __future__ import annotations

import argparse
import os
import sys

from generator.commands.common import DONE, WRONG_CALL, AddCommand, fail, mkdocs_config


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("serve", _serve, "Preview the site and rebuild it whenever a file changes.")
    command.add_argument("--address", default="127.0.0.1:8000", help="host and port (default: %(default)s)")


def _serve(options: argparse.Namespace) -> int:
    config = mkdocs_config(options.project)
    if config is None:
        return fail(f"{options.project}: no mkdocs.yml here", WRONG_CALL)
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(config), "--dev-addr", options.address]
    os.execv(sys.executable, command)
    return DONE  # never reached: this process is MkDocs now
