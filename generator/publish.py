"""Builds the site aside and swaps it in when it is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from generator.swap import ForeignFilesError, Workshop, foreign_files

SITE = "site"
DRAFTS = "COACHING_GUIDE_DRAFTS"
"""Environment variable that tells the plugin, in MkDocs' own process, to leave drafts in."""
_NAMED = 3
"""How many foreign files are named; more are counted."""


def publish(config: Path, strict: bool = False, replace: bool = False, drafts: bool = False) -> int:
    """Build the site with MkDocs into a folder beside the published one, then put it in its place.

    Args:
        config: the project's mkdocs.yml.
        strict: whether a warning fails the build.
        replace: whether files in the site's folder that no build made may go.
        drafts: whether drafts are in the site.

    Returns:
        0 when the new site stands; 1 when the build failed, with the old site as it was; 2 when the site's folder is
        not ours to replace.
    """
    site = site_folder(config)
    if not replace and (foreign := foreign_files(site)):
        return _refuse(site, foreign)
    with Workshop(site) as workshop:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
        command += ["--site-dir", str(workshop.new)] + (["--strict"] if strict else [])
        # A process of its own: MkDocs changes logging and warnings for everything that runs beside it. Material's
        # notice about its end of life is for maintainers, who have it in CONTRIBUTING.
        environment = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true", **os.environ}
        if drafts:
            environment[DRAFTS] = "1"
        # It shares the lock: where only this process is killed, nobody clears the folder away under MkDocs.
        if subprocess.run(command, env=environment, pass_fds=[workshop.lock], check=False).returncode != 0:
            return 1
        try:
            workshop.publish(replace)
        except ForeignFilesError as fault:
            return _refuse(site, fault.files)
        except OSError as fault:
            print(f"{site}: {fault.strerror or fault}; the last good site is as it was", file=sys.stderr)
            return 1
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"{pages} pages in {os.path.relpath(site)}; open {os.path.relpath(site / 'index.html')}")
    return 0


def _refuse(site: Path, foreign: list[str]) -> int:
    more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
    print(
        f"{os.path.relpath(site)}: holds files that no build of a guide made: {', '.join(foreign[:_NAMED])}{more}. "
        "Nothing was changed. What belongs on the site goes into content/; name another folder as site_dir in "
        "mkdocs.yml, or let everything here be replaced: build --replace",
        file=sys.stderr,
    )
    return 2


class _Lenient(yaml.SafeLoader):
    """Reads mkdocs.yml for its plain settings; MkDocs itself reads the tags in it."""


_Lenient.add_multi_constructor("", lambda *_: None)


def settings_of(config: Path) -> dict[str, Any]:
    """Return a project's mkdocs.yml as plain data; nothing stands where it cannot be read or uses tags of YAML."""
    try:
        settings = yaml.load(config.read_text(encoding="utf-8"), _Lenient)  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError):
        # MkDocs will say what is wrong with it.
        settings = None
    return settings if isinstance(settings, dict) else {}


def site_folder(config: Path) -> Path:
    """Return the folder a project's site is published in: `site_dir` of its mkdocs.yml, "site" when it names none."""
    named = settings_of(config).get("site_dir")
    return (config.parent / (named if isinstance(named, str) else SITE)).resolve()
