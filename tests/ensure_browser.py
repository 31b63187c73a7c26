"""Makes sure that the browser tests have a Chromium; `make test` calls it first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which systems install the browser, the quickest first: the headless shell opens no windows."""

ADVICE = (
    "the browser tests need Chromium: install it (on Debian: apt-get install chromium-headless-shell) "
    "or name it in CHROMIUM"
)


def find_browser() -> str | None:
    """Return the path of a Chromium that is there already: named in CHROMIUM, on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if mac.is_file():
        return str(mac)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def _install() -> None:
    """Try the system's packages when allowed to, then Playwright's download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing a headless Chromium with the system's package manager", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # Older systems have no package of the shell alone.
        install = ["apt-get", "install", "-y", "-qq"]
        for command in (["apt-get", "update", "-qq"], [*install, "chromium-headless-shell"], [*install, "chromium"]):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
            if find_browser():
                return
    print("downloading Chromium with Playwright", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Find or install the browser; 1 with one sentence when that fails."""
    if find_browser() is None:
        _install()
    if find_browser() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
