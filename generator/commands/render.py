"""`render`: the guide as a project of plain files for another engine."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.build import Checked, load_guide
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
from generator.diagnostics import has_errors, report
from generator.generate import Generated, Settings, generate
from generator.rebuild.inputs import files_below, paths_below, read_settings
from generator.stray_links import stray_links
from generator.template_folders import template_folders
from generator.words import Words


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("render", _render, "Write the guide as plain Markdown, settings and files that Zensical builds.")
    command.add_argument("--drafts", action="store_true", help=DRAFTS_HELP)
    command.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new or empty folder")
    command.add_argument("--site-url", default="", help="address of the site, in place of the one in mkdocs.yml")


def _render(options: argparse.Namespace) -> int:
    from generator.export.typeset import TypesetError
    from generator.jinja_templates import TemplateFault
    from generator.render.scripts import ScriptError

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
    config = mkdocs_config(project)
    own = dict(read_settings(config)) if config else {}
    own |= {"site_url": options.site_url} if options.site_url else {}
    settings = Settings(str(own.get("site_url") or ""), own.get("use_directory_urls") is not False)
    try:
        generated = generate(checked, project, settings)
        files = _project(project, own, generated, _copied(project / "content", checked, drafts=options.drafts))
    except (TemplateFault, TypesetError) as fault:
        print(f"{fault.place}: error[template]: {fault.message}", file=sys.stderr)
        return WRONG_CONTENT
    except ScriptError as fault:
        print(f"templates/theme: error[template]: {fault}", file=sys.stderr)
        return WRONG_CONTENT
    if generated.diagnostics:
        print(report(generated.diagnostics), file=sys.stderr)
    _write(files, out)
    print(f"wrote {len(files)} files to {out}; build them: zensical build --config-file {out / 'mkdocs.yml'}")
    return DONE


def _project(
    project: Path, own: dict[str, Any], generated: Generated, copied: Iterable[tuple[str, bytes]]
) -> dict[str, str | bytes]:
    # Behind the command line, whose commands the manual describes.
    from generator.cli import parser
    from generator.manual import manual_of
    from generator.render.pages import navigation
    from generator.render.project import (
        DOCS,
        SETTINGS,
        THEME_FOLDER,
        own_options,
        page_of_project,
        project_settings,
        settings_file,
    )
    from generator.render.templates import as_file

    guide = generated.guide
    settings = project_settings(own, guide, navigation(guide))
    docs: dict[str, str | bytes] = dict(copied)
    docs |= {one.page.uri: as_file(*page_of_project(one.meta, one.body)) for one in generated.pages}
    if own_options(own).get("manual") is True:
        written = manual_of(guide.settings.title, generated.settings, project, parser())
        docs |= {uri: as_file(*page) for uri, page in written.items()}
        settings["extra"]["manual"] = True
    docs |= generated.files
    theme = _theme(project, own, guide.words)
    return {
        SETTINGS: settings_file(settings),
        **{f"{DOCS}/{uri}": content for uri, content in docs.items()},
        **{f"{THEME_FOLDER}/{uri}": content for uri, content in theme.items()},
    }


def _copied(content: Path, checked: Checked, *, drafts: bool) -> Iterator[tuple[str, bytes]]:
    """Read what may be copied of what else stands in the content folder."""
    from generator.extras import is_copied

    left_out = set() if drafts else {f"{page}.md" for page in (*checked.drafts, *checked.waiting)}
    for uri, path in paths_below(content):
        if is_copied(uri) and uri not in left_out and path.resolve().is_relative_to(content.resolve()):
            yield uri, path.read_bytes()


def _theme(project: Path, own: dict[str, Any], words: Words) -> dict[str, bytes]:
    """Read the theme as it is served: the guide's folder before the packaged one, `custom_dir` before both."""
    from generator.render.scripts import PARTS
    from generator.render.theme import served
    from generator.site_settings import set_in

    folders = [*reversed(template_folders(project, "theme"))]
    theme = {uri: content for folder in folders for uri, content in files_below(folder)}
    named = set_in(own, "theme").get("custom_dir")
    over = dict(files_below(project / named)) if isinstance(named, str) else {}
    # Only the scripts of the guide's look are known to bear being made smaller.
    own_scripts = {uri: over.pop(uri) for uri in [*over] if uri.endswith(".js") and not uri.startswith(PARTS)}
    return served(theme | over, words) | own_scripts


def _write(files: dict[str, str | bytes], out: Path) -> None:
    """Write aside, then put the folder in its place."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for uri, content in files.items():
            target = aside / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.chmod(0o755)
        if out.exists():
            out.rmdir()
        aside.rename(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
