"""Fixtures: the real site, built once, and a real browser."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.ensure_browser import ADVICE, find_browser
from tests.installed import Installed, install
from tests.support import ROOT, served

# No deadline for one example: a busy machine is slow at random, and the tests that are about time measure their own.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes the expected texts of fixtures anew; read what it changed before you keep it."""
    parser.addoption("--update-fixtures", action="store_true", help="write the expected texts of fixtures anew")


@pytest.fixture
def update_fixtures(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written instead of compared."""
    return bool(request.config.getoption("--update-fixtures"))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real guide, so that tests never touch the checkout's own site."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if (ROOT / ".cache").is_dir():
        # What `make site` has typeset need not be typeset again.
        shutil.copytree(ROOT / ".cache", folder / ".cache")
    return folder


@pytest.fixture(scope="session")
def build(project: Path) -> subprocess.CompletedProcess[str]:
    """The real guide built strictly, as `make site` does it."""
    command = [sys.executable, "-m", "generator", "build", "--strict", str(project)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(project: Path, build: subprocess.CompletedProcess[str]) -> Path:
    """The folder of the built site."""
    assert build.returncode == 0, build.stderr
    return project / "site"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel alone, installed elsewhere, and an empty folder to use it in."""
    return install(*(tmp_path_factory.mktemp(name) for name in ("wheel", "installed", "empty")))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the built site is served, with a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one the tests fail, they are never skipped."""
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE)
    # Containers run as root, where Chromium starts only without its sandbox; all pages here are our own.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = [
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        *(["--no-sandbox"] if root else []),
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=options)
        # A guide that is kept on the device fetches all of itself with the first visit: only the tests about that
        # allow it.
        chromium.new_context = functools.partial(chromium.new_context, service_workers="block")  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile at desktop width."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()
