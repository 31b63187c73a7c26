"""Makes sure that the tests of the pages' HTML have the Nu checker; `make test` calls it first.

It comes as the npm package `vnu-jar`, locked with its hash in `tests/nu/`. Java runs it (tests/ensure_java.py).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.system_packages import install

ADVICE = "the tests of the HTML need the Nu checker, which npm fetches: install npm (on Debian: apt-get install npm)"

_LOCK = Path(__file__).parent / "nu"
_HOME = Path(sys.prefix) / "nu"


def find_nu() -> Path | None:
    """Return the checker's jar, in the version that is locked; None when it is not there."""
    jar = _HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    lock = _HOME / "package-lock.json"
    same = lock.is_file() and lock.read_bytes() == (_LOCK / "package-lock.json").read_bytes()
    return jar if same and jar.is_file() else None


def _install() -> None:
    """Fetch it with npm, and npm with the system's packages when allowed to."""
    if shutil.which("npm") is None:
        install("npm", "npm")
    npm = shutil.which("npm")
    if npm is None:
        return
    _HOME.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(_LOCK / name, _HOME / name)
    # Its install script would fetch a Java from elsewhere.
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    if subprocess.run([npm, "ci", *quiet], cwd=_HOME, check=False).returncode != 0:
        print("npm could not fetch vnu-jar", file=sys.stderr)


def main() -> int:
    """Find or install the checker; 1 with one sentence when that fails."""
    if find_nu() is None:
        _install()
    if find_nu() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
