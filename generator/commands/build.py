"""`build`: the guide as a site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import (
    DONE,
    DRAFTS_HELP,
    WRONG_CALL,
    WRONG_CONTENT,
    AddCommand,
    fail,
    is_project,
    mkdocs_config,
    no_project,
    replace,
)

if TYPE_CHECKING:
    # A build that finds nothing to do need not wait for what reads a guide.
    from generator.build import Checked
    from generator.model import Guide


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("build", _build, "Build the site; the last good one stays when something is wrong.")
    command.add_argument("--drafts", action="store_true", help=DRAFTS_HELP)
    command.add_argument("--strict", action="store_true", help="let warnings fail the build too")
    command.add_argument(
        "--replace", action="store_true", help="replace the site's folder even if it holds files of somebody else"
    )
    command.add_argument(
        "--zip", type=Path, metavar="FILE", help="pack the site, too, to hand it out: it reads without a host"
    )


def _build(options: argparse.Namespace) -> int:
    """Build aside, then swap: a build that fails leaves the last good site as it was."""
    project: Path = options.project
    config = mkdocs_config(project)
    if config is None or not is_project(project):
        return no_project(project) if config else fail(f"{project}: no mkdocs.yml here", WRONG_CALL)
    # Imported late: `check` and `explain` need not wait for it.
    from generator.publish import Publication, site_folder
    from generator.stray_links import stray_links

    site = site_folder(config)
    if options.zip and options.zip.resolve().is_relative_to(site):
        return fail(f"{options.zip}: inside the site itself, which is packed; name a place outside {site}", WRONG_CALL)
    if options.zip and options.zip.is_dir():
        return fail(f"{options.zip}: a folder; name the file to write, like {options.zip / 'guide.zip'}", WRONG_CALL)
    # Before anything else is read: where they lead is nobody's business.
    stray = stray_links(project)
    publication = Publication(config, drafts=options.drafts)
    is_current = not stray and publication.is_current
    if is_current and not options.zip:
        publication.say_where()
        return DONE
    from generator.build import load_guide
    from generator.diagnostics import has_errors, report

    checked = load_guide(project / "content", drafts=options.drafts, kept=publication.kept_pages)
    found = (*checked.diagnostics, *stray)
    if found:
        print(report(found), file=sys.stderr)
    if has_errors(found) or (options.strict and found):
        return WRONG_CONTENT
    if is_current:
        publication.say_where()
        status = DONE
    else:
        status = publication.publish(checked, strict=options.strict, replace=options.replace)
    if status == DONE and checked.guide is not None:
        _say_left_out(checked, checked.guide, drafts=options.drafts)
        if options.zip:
            return _pack(site, options.zip, checked.guide.settings.id)
    return status


def _pack(site: Path, file: Path, folder: str) -> int:
    from generator.export.downloads import human_size
    from generator.export.handout import handout

    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    packed = handout(files, folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, packed)
    except OSError as fault:
        return fail(f"{file}: {fault.strerror or fault}", WRONG_CALL)
    print(f"packed it into {file} ({human_size(len(packed))}); unpacked, it opens with {folder}/index.html")
    return DONE


def _say_left_out(checked: Checked, guide: Guide, *, drafts: bool) -> None:
    from generator.diagnostics import counted

    left_out = len(checked.drafts) + len(checked.waiting)
    if not left_out:
        return
    if drafts:
        print(f"{counted(len(checked.drafts), 'draft')} in it; a build without --drafts leaves them out")
    elif not guide.lessons:
        print(
            "every lesson is a draft, so the site has none yet; see them with --drafts, "
            "and take 'draft: true' out of what is ready"
        )
    else:
        print(f"{counted(left_out, 'page')} left out as drafts; --drafts puts them in, `check` lists them")
