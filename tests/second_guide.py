"""The second guide (`guides/reparatur-treff`): German, with fields and channels of its own. How tests build it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT

SECOND = ROOT / "tests" / "guides" / "reparatur-treff"


def copy_of_second(folder: Path) -> Path:
    """Copy the guide without anything built in its folder, and return the copy."""
    shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    return folder


def build_strictly(project: Path, *options: str) -> Path:
    """Build a project as its author would, and return its site; a warning fails."""
    command = [sys.executable, "-m", "generator", "build", "--strict", *options, str(project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return project / "site"
