"""The package as somebody has it who has only its wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT


class Installed:
    """The installed package; `folder` was empty before the first call, `environment` finds the command."""

    def __init__(self, wheel: Path, target: Path, folder: Path) -> None:
        self.wheel = wheel
        self.folder = folder
        self._program = target / "bin" / "coaching-guide"
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(target),
            "PATH": f"{target / 'bin'}{os.pathsep}{os.environ['PATH']}",
        }

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command in the folder."""
        return self._run(str(self._program), *arguments)

    def python(self, code: str) -> str:
        """Return what a piece of Python prints."""
        return self._run(sys.executable, "-c", code).stdout.strip()

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )


def install(built: Path, target: Path, folder: Path) -> Installed:
    """Build the wheel and install it, with nothing from the network.

    Args:
        built: an empty folder for the wheel.
        target: an empty folder to install it to.
        folder: an empty folder to work in.
    """
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-deps", "--no-index"]
    made = [*pip, "wheel", *alone, "--no-build-isolation", "--wheel-dir", str(built), str(ROOT)]
    subprocess.run(made, check=True, capture_output=True, text=True)
    wheel = next(built.glob("coaching_guide-*.whl"))
    subprocess.run([*pip, "install", *alone, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return Installed(wheel, target, folder)
