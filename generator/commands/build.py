"""`build` and `render`: the guide as a site, and as plain Markdown files."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
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
)

if TYPE_CHECKING:
    # A build that finds nothing to do need not wait for what reads a guide.
    from generator.build import Checked
    from generator.model import Guide


def add_commands(add: AddCommand) -> None:
    """Add the commands of this module."""
    command = add("build", _build, "Build the site; the last good one stays when something is wrong.")
    command.add_argument("--drafts", action="store_true", help=DRAFTS_HELP)
    command.add_argument("--strict", action="store_true", help="let warnings fail the build too")
    command.add_argument(
        "--replace", action="store_true", help="replace the site's folder even if it holds files of somebody else"
    )
    command = add(
        "render", _render, "Write the pages as plain Markdown files, and all that goes with them, for another engine."
    )
    command.add_argument("--drafts", action="store_true", help=DRAFTS_HELP)
    command.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new or empty folder")
    command.add_argument("--site-url", default="", help="address the pages will have")


def _build(options: argparse.Namespace) -> int:
    """Build aside, then swap: a build that fails leaves the last good site as it was."""
    project: Path = options.project
    config = mkdocs_config(project)
    if config is None or not is_project(project):
        return no_project(project) if config else fail(f"{project}: no mkdocs.yml here", WRONG_CALL)
    # Imported late: `check` and `explain` need not wait for it.
    from generator.publish import Publication
    from generator.stray_links import stray_links

    # Before anything else is read: where they lead is nobody's business.
    stray = stray_links(project)
    publication = Publication(config, drafts=options.drafts)
    if not stray and publication.is_current:
        publication.say_where()
        return DONE
    from generator.build import load_guide
    from generator.diagnostics import has_errors, report

    checked = load_guide(project / "content", drafts=options.drafts)
    found = (*checked.diagnostics, *stray)
    if found:
        print(report(found), file=sys.stderr)
    if has_errors(found) or (options.strict and found):
        return WRONG_CONTENT
    status = publication.publish(checked, strict=options.strict, replace=options.replace)
    if status == DONE and checked.guide is not None:
        _say_left_out(checked, checked.guide, drafts=options.drafts)
    return status


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


def _render(options: argparse.Namespace) -> int:
    from generator.build import load_guide
    from generator.diagnostics import Log, has_errors, report
    from generator.export.make import make_files
    from generator.export.typeset import TypesetError
    from generator.jinja_templates import TemplateFault
    from generator.render.pages import pages_of
    from generator.render.templates import PageWriter, as_file
    from generator.stray_links import cache_folder, stray_links
    from generator.template_folders import template_folders

    project: Path = options.project
    out: Path = options.out
    if not is_project(project):
        return no_project(project)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        return fail(f"{out}: not an empty folder; name a new one", WRONG_CALL)
    checked = load_guide(project / "content", drafts=options.drafts)
    found = (*checked.diagnostics, *stray_links(project))
    if found:
        print(report(found), file=sys.stderr)
    if checked.guide is None or has_errors(found):
        return WRONG_CONTENT
    renamed = checked.register.renamed if checked.register is not None else {}
    log = Log()
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        made = make_files(
            checked.guide,
            print_templates=template_folders(project, "print"),
            book_templates=template_folders(project, "book"),
            site_url=options.site_url,
            cache=cache_folder(project, "typeset"),
            log=log,
        )
        pages = template_folders(project, "pages")
        writer = PageWriter(checked.guide, pages, options.site_url, renamed=renamed, downloads=made.downloads)
        files = {page.uri: as_file(*writer.write(page)).encode() for page in pages_of(checked.guide)} | made.files
        for uri, content in files.items():
            target = aside / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if log.sorted():
            print(report(log.sorted()), file=sys.stderr)
        aside.chmod(0o755)
        if out.exists():
            out.rmdir()
        aside.rename(out)
    except (TemplateFault, TypesetError) as fault:
        print(f"{fault.place}: error[template]: {fault.message}", file=sys.stderr)
        return WRONG_CONTENT
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    print(f"wrote {len(pages_of(checked.guide))} pages and {len(made.files)} files to {out}")
    return DONE
