"""Builds the site aside and swaps it in when it is whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.folders import names_below
from generator.rebuild.build import Rebuild
from generator.rebuild.inputs import read_settings
from generator.stray_links import cache_folder
from generator.swap import ForeignFilesError, Workshop, foreign_files

if TYPE_CHECKING:
    from generator.build import Checked
    from generator.kept_pages import KeptPages

SITE = "site"
_NAMED = 3
"""How many foreign files are named; more are counted."""


class Publication:
    """One build of a project's site, and its publication."""

    def __init__(self, config: Path, *, drafts: bool = False) -> None:
        """Look at what the site depends on; the content is read after that.

        Args:
            config: the project's mkdocs.yml.
            drafts: whether drafts are in the site.
        """
        self._config = config
        self._site = site_folder(config)
        # A build with drafts and one without, or one elsewhere, should not push each other out.
        name = f"{self._site.name}-with-drafts.json" if drafts else f"{self._site.name}.json"
        cache = cache_folder(config.parent, "rebuild")
        self._rebuild = Rebuild(config, self._site, cache / name if cache is not None else None, drafts)

    @property
    def is_current(self) -> bool:
        """Whether the published site is what a build would make, and there is nothing to say about it."""
        return self._rebuild.is_current and not foreign_files(self._site)

    @property
    def kept_pages(self) -> KeptPages:
        """What the last build kept of the guide's pages."""
        return self._rebuild.kept_pages

    def publish(self, checked: Checked, strict: bool = False, replace: bool = False) -> int:
        """Build the site into a folder beside the published one, then put it in its place.

        Args:
            checked: the guide, without errors, read with `kept_pages`.
            strict: whether a warning fails the build.
            replace: whether files in the site's folder that no build made may go.

        Returns:
            0 when the new site stands; 1 when the build failed, with the old site as it was; 2 when the site's folder
            is not ours to replace.
        """
        site = self._site
        if not replace and (foreign := foreign_files(site)):
            return _refuse(site, foreign)
        # Material's notice about its end of life is for maintainers, who have it in CONTRIBUTING.
        for name in ("NO_MKDOCS_2_WARNING", "DISABLE_MKDOCS_2_WARNING"):
            os.environ.setdefault(name, "true")
        with Workshop(site) as workshop:
            if not self._rebuild.build(checked, workshop.new, strict):
                return 1
            try:
                workshop.publish(replace)
            except ForeignFilesError as fault:
                return _refuse(site, fault.files)
            except OSError as fault:
                print(f"{site}: {fault.strerror or fault}; the last good site is as it was", file=sys.stderr)
                return 1
            self._rebuild.keep()
        self.say_where()
        return 0

    def say_where(self) -> None:
        """Print where to open the site."""
        site = self._site
        pages = sum(name.endswith(".html") for name in names_below(site))
        print(f"{pages} pages in {os.path.relpath(site)}; open {os.path.relpath(site / 'index.html')}")


def _refuse(site: Path, foreign: list[str]) -> int:
    more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
    print(
        f"{os.path.relpath(site)}: holds files that no build of a guide made: {', '.join(foreign[:_NAMED])}{more}. "
        "Nothing was changed. What belongs on the site goes into content/; name another folder as site_dir in "
        "mkdocs.yml, or let everything here be replaced: build --replace",
        file=sys.stderr,
    )
    return 2


def site_folder(config: Path) -> Path:
    """Return the folder a project's site is published in: `site_dir` of its mkdocs.yml, "site" when it names none."""
    named = read_settings(config).get("site_dir")
    return (config.parent / (named if isinstance(named, str) else SITE)).resolve()
