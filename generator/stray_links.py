"""Links in a project's folder that would lead a build out of it."""

from __future__ import annotations

import os
from pathlib import Path

from generator.diagnostics import Diagnostic, Log, Place


def stray_links(project: Path) -> tuple[Diagnostic, ...]:
    """Return, as errors, the links in a project's templates that lead out of the project.

    The theme's files are copied to the site: what such a link leads to would be published.

    Args:
        project: the project's folder. Its `templates` may itself be a link, to a look that several guides share.
    """
    log = Log()
    templates = project / "templates"
    homes = (project.resolve(), templates.resolve())
    for folder, inside, files in os.walk(templates):
        for path in (Path(folder, name) for name in (*inside, *files)):
            if path.is_symlink() and not any(path.resolve().is_relative_to(home) for home in homes):
                place = Place(path.relative_to(project).as_posix())
                log.error(place, "outside", "this is a link to a place outside the project; put what it leads to here")
    return log.sorted()


def cache_folder(project: Path, kind: str) -> Path | None:
    """Return where a project keeps something from one build to the next; None where a link leads out of the project.

    Args:
        project: the project's folder.
        kind: what is kept, which is the folder's name: "typeset" for finished papers, "rebuild" for the last build.
    """
    cache = project / ".cache" / kind
    return cache if cache.resolve().is_relative_to(project.resolve()) else None
