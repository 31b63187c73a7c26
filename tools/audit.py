"""Asks whether a locked dependency has a known vulnerability; `make audit` and CI run it.

It reports and never fails: a finding is for a person to weigh, and without a network there is nothing to find.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCKED = Path(__file__).parent.parent / "requirements" / "site.txt"


def findings(report: Mapping[str, Any]) -> list[str]:
    """Return a line for each known vulnerability.

    Args:
        report: what `pip-audit --format json` prints.
    """
    return [
        f"{package['name']} {package['version']}: {one['id']}"
        f"{' (' + ', '.join(one['aliases']) + ')' if one.get('aliases') else ''}, "
        + (f"mended in {', '.join(one['fix_versions'])}" if one.get("fix_versions") else "not mended yet")
        for package in report["dependencies"]
        for one in package.get("vulns", ())
    ]


def main(requirements: Path = LOCKED) -> int:
    """Print what pip-audit knows of the locked requirements; always 0."""
    # Nothing is installed or resolved: names, versions and hashes all stand in the file.
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["pip-audit printed nothing"])[-1]
        print(f"audit: NOT DONE, the list of vulnerabilities could not be asked: {last[:300]}")
        return 0
    found = findings(report)
    for line in found:
        print(f"audit: {line}")
    count = len(report["dependencies"])
    print(
        f"audit: {len(found)} known vulnerabilities in {count} locked packages"
        if found
        else f"audit: {count} locked packages, no known vulnerability"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
