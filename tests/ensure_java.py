"""Makes sure that there is a Java, in which the checkers of the e-book and the HTML run; `make test` calls it first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.system_packages import install

ADVICE = (
    "the tests of the e-book and of the HTML need Java 11 or newer: install it "
    "(on Debian: apt-get install default-jre-headless) "
    "or name its folder in JAVA_HOME"
)


def find_java() -> str | None:
    """Return the path of a Java that runs: from JAVA_HOME, or on the path."""
    home = os.environ.get("JAVA_HOME")
    places = [str(Path(home, "bin", "java"))] if home else []
    found = shutil.which("java")
    return next((path for path in [*places, *([found] if found else [])] if _runs(path)), None)


def _runs(path: str) -> bool:
    """Tell whether it is more than a name: macOS has a `java` that only says where to get one."""
    try:
        return subprocess.run([path, "-version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Find or install Java; 1 with one sentence when that fails."""
    if find_java() is None:
        install("a Java runtime", "default-jre-headless")
    if find_java() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
