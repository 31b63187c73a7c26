"""Installs what the tests need with the system's packages, where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(what: str, *packages: str) -> None:
    """Install Debian packages as root; do nothing on other systems and for other users.

    Args:
        what: what is said to be installed.
        packages: the names of the packages.
    """
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print(f"installing {what} with the system's package manager", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
