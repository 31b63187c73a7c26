"""Builds the site aside and swaps it in when it is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SITE = "site"


def publish(config: Path, strict: bool = False) -> int:
    """Build the site with MkDocs into a folder beside `site`, then put it in its place.

    Args:
        config: the project's mkdocs.yml.
        strict: whether a warning fails the build.

    Returns:
        0 when the new site stands; 1 when the build failed, with the old site as it was.
    """
    project = config.parent.resolve()
    site = project / SITE
    aside = Path(tempfile.mkdtemp(prefix=".site-", dir=project))
    try:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
        command += ["--site-dir", str(aside)] + (["--strict"] if strict else [])
        # A process of its own: MkDocs changes logging and warnings for everything that runs beside it. Material's
        # notice about its end of life is for maintainers, who have it in CONTRIBUTING.
        environment = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true", **os.environ}
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            return 1
        aside.chmod(0o755)
        _swap(aside, site)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"{pages} pages in {os.path.relpath(site)}; open {os.path.relpath(site / 'index.html')}")
    return 0


def _swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`; if that fails, the old site is back where it was."""
    if (site / ".gitignore").is_file():
        shutil.copyfile(site / ".gitignore", new / ".gitignore")
    if not site.exists():
        new.rename(site)
        return
    old = Path(tempfile.mkdtemp(prefix=".site-old-", dir=site.parent)) / SITE
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
