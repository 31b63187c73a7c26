"""What all commands share: exit codes, how a fault is said, how a project is found, how a file is replaced."""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

DONE, WRONG_CONTENT, WRONG_CALL = 0, 1, 2

DRAFTS_HELP = "put in the pages that say 'draft: true', too"

Run = Callable[[argparse.Namespace], int]


class AddCommand(Protocol):
    """Adds a command to the command line."""

    def __call__(self, name: str, run: Run, text: str, *, project: bool = True) -> argparse.ArgumentParser:
        """Return the parser of the new command.

        Args:
            name: what is typed.
            run: does it, and returns the exit code.
            text: what it does, in one sentence.
            project: whether it takes the folder of a guide.
        """
        ...


def fail(message: str, status: int) -> int:
    """Say in one line what keeps a command from being done; return `status`."""
    print(f"coaching-guide: {message}", file=sys.stderr)
    return status


def is_project(project: Path) -> bool:
    """Tell whether a folder is the folder of a guide."""
    return (project / "content").is_dir()


def no_project(project: Path) -> int:
    """Say that a folder is not the folder of a guide."""
    return fail(f"{project}: no folder 'content' here; name the folder that holds it", WRONG_CALL)


def mkdocs_config(project: Path) -> Path | None:
    """Return a project's mkdocs.yml, None when it has none."""
    return next((path for path in (project / "mkdocs.yml", project / "mkdocs.yaml") if path.is_file()), None)


def replace(path: Path, content: str | bytes) -> None:
    """Write a file aside, then put it in its place: an interrupted call leaves the old one whole.

    Args:
        path: the file, there or not.
        content: what it will hold, with its line ends as they are.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as aside:
        aside.write(content.encode() if isinstance(content, str) else content)
    Path(aside.name).chmod(path.stat().st_mode if path.exists() else 0o644)
    Path(aside.name).replace(path)


def collect_seldom() -> None:
    """Have Python look for garbage every 20,000 objects, not every 700.

    Nearly all that a command makes of a guide it keeps to its end: a build is a twelfth faster for a tenth more
    memory.
    """
    gc.set_threshold(20_000)
