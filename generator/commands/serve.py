"""`serve`: the preview."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from generator.commands.common import DONE, DRAFTS_HELP, WRONG_CALL, AddCommand, fail, mkdocs_config
from generator.environment import DRAFTS
from generator.preview.builds import Builds
from generator.preview.state import Preview
from generator.template_folders import packaged_templates
from generator.watch import state_of, wait_for_change


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("serve", _serve, "Preview the site and rebuild it whenever a file changes.")
    command.add_argument("--drafts", action="store_true", help=DRAFTS_HELP)
    command.add_argument("--address", default="127.0.0.1:8000", help="host and port (default: %(default)s)")


def _serve(options: argparse.Namespace) -> int:
    # Imported late: the other commands need not wait for it.
    from generator.preview.server import Server

    config = mkdocs_config(options.project)
    if config is None:
        return fail(f"{options.project}: no mkdocs.yml here", WRONG_CALL)
    host, _, port = options.address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        return fail(f"'{options.address}' is no address; expected host and port, like 127.0.0.1:8000", WRONG_CALL)
    if options.drafts:
        # The builds of the preview are processes of their own.
        os.environ[DRAFTS] = "1"
    # Whoever ends it in another way than with Ctrl-C wants its folder gone too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preview = Preview()
    try:
        server = Server(host.strip("[]"), int(port), preview)
    except OSError as fault:
        message = f"{options.address} cannot be used: {fault.strerror or fault}; name another: --address 127.0.0.1:8001"
        return fail(message, WRONG_CALL)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"the preview is at {server.url} (Ctrl-C ends it)", flush=True)
    with server, Builds(config, server.url) as builds:
        try:
            _keep_building(options.project, builds, preview)
        finally:
            server.shutdown()
    return DONE


def _keep_building(project: Path, builds: Builds, preview: Preview) -> None:
    watched = [project, packaged_templates()]
    while True:
        state = state_of(watched)
        site, words = builds.build()
        if site is None:
            preview.bad(words)
        else:
            preview.good(site)
        print(words or "built", "waiting for changes", sep="\n", file=sys.stderr if words else sys.stdout, flush=True)
        wait_for_change(watched, state)
