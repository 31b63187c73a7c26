"""`links`: what the content links to on the web, and whether it is still there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.build import load_guide
from generator.commands.common import DONE, WRONG_CONTENT, AddCommand, fail, is_project, no_project
from generator.diagnostics import Log, counted, has_errors, report
from generator.external_links import ExternalLink, external_links
from generator.files import read_source


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("links", _links, "List the content's links to the web; --check asks each one whether it is there.")
    command.add_argument("--check", action="store_true", help="ask every address; needs a network")
    command.add_argument(
        "--timeout", type=float, default=15, metavar="SECONDS", help="how long to wait for one (default: %(default)s)"
    )


def _links(options: argparse.Namespace) -> int:
    project: Path = options.project
    if not is_project(project):
        return no_project(project)
    content = project / "content"
    # Drafts too: they are what an author is about to publish.
    checked = load_guide(content, drafts=True)
    if checked.guide is None:
        print(report([one for one in checked.diagnostics if has_errors([one])]), file=sys.stderr)
        return WRONG_CONTENT
    found = external_links(checked.guide, read_source(content, Log()))
    if options.check:
        return _check(found, options.timeout)
    for link in found:
        print(f"{link.place.path}:{link.place.line}: {link.address}")
    print(f"{counted(len(found), 'external link')}; links --check asks each one")
    return DONE


def _check(found: tuple[ExternalLink, ...], timeout: float) -> int:
    from generator.link_answers import ask_all

    answers = ask_all((link.address for link in found), timeout)
    for link in found:
        answer = answers[link.address]
        if answer.kind != "fine":
            print(f"{link.place.path}:{link.place.line}: {answer.kind}: {link.address} ({answer.words})")
    kinds = [answer.kind for answer in answers.values()]
    if kinds and set(kinds) == {"unreached"}:
        return fail("no address answered; is there a network?", WRONG_CONTENT)
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("fine", "unsure", "unreached", "dead"))
    print(f"{counted(len(found), 'external link')}, asked: {told}")
    return WRONG_CONTENT if "dead" in kinds or "unreached" in kinds else DONE
