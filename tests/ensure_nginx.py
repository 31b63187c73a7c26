"""Makes sure that the test of the recipe for nginx has one; `make test` calls it first."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.system_packages import install

ADVICE = "the test of the recipe for nginx needs it: install it (on Debian: apt-get install nginx-light)"


def find_nginx() -> str | None:
    """Return the path of nginx, which systems keep among the programs of the administrator."""
    return shutil.which("nginx") or next((path for path in ("/usr/sbin/nginx",) if Path(path).is_file()), None)


def main() -> int:
    """Find or install nginx; 1 with one sentence when that fails."""
    if find_nginx() is None:
        install("nginx", "nginx-light")
    if find_nginx() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
