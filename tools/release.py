"""Makes a release in dist/: wheel, source archive, list of what is in it (SBOM), and their hashes.

It is made from the last commit, not from what lies about, and dated by it: whoever has that commit and the locked
requirements gets the same bytes (`tests/test_release.py`).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from tools.sbom import sbom

ROOT = Path(__file__).parent.parent
NAME = "coaching-guide"


def build_packages(source: Path, out: Path, epoch: int) -> None:
    """Build the wheel and the source archive.

    Args:
        source: a folder with pyproject.toml.
        out: where they go.
        epoch: seconds since 1970 that every file in them is dated with.

    Raises:
        subprocess.CalledProcessError: hatchling could not build them.
    """
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out.resolve())]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    subprocess.run(command, cwd=source, env=environment, check=True, stdout=subprocess.DEVNULL)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607  # git is found on the path


def main() -> int:
    """Write the release of the last commit; 1 when dist/ holds something already."""
    out = ROOT / "dist"
    if out.exists() and any(out.iterdir()):
        print("dist/ is not empty: look what is in it, and remove it", file=sys.stderr)
        return 1
    if _git("status", "--porcelain"):
        print("not in the release: changes that are not committed (git status)", file=sys.stderr)
    epoch = int(_git("log", "-1", "--format=%ct"))
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        with tarfile.open(fileobj=io.BytesIO(_git("archive", "HEAD"))) as archive:
            archive.extractall(source, filter="data")
        build_packages(source, out, epoch)
        project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        requirements = (source / "requirements" / "site.txt").read_text(encoding="utf-8")
    made = sbom(NAME, project["version"], project["license"], requirements, epoch)
    (out / f"{NAME}-{project['version']}.cdx.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    hashes = "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(out.iterdir())
    )
    (out / "SHA256SUMS").write_text(hashes, encoding="utf-8")
    print(hashes, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
