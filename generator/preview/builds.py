"""Builds the site for the preview, aside, so that a build that fails takes nothing away."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from generator.environment import PREVIEW_URL

_QUIET = {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"}
_PREFIX = re.compile(r"^(?:ERROR|WARNING)\s+-\s+", re.MULTILINE)
_SETTING = re.compile(r"^(?=Config value )", re.MULTILINE)
_LAST_WORDS = re.compile(r"^\s*(?:Aborted with a BuildError!|Aborted with a configuration error!)\s*$", re.MULTILINE)


class Builds:
    """The builds of one project; use it as a context, it takes its folder away at the end."""

    def __init__(self, config: Path, url: str) -> None:
        """Take what all builds share.

        Args:
            config: the project's mkdocs.yml.
            url: the address of the preview.
        """
        self._config = config
        self._environment = {**os.environ, **_QUIET, PREVIEW_URL: url}
        self._folder = Path(tempfile.mkdtemp(prefix="coaching-guide-"))
        self._number = 0
        self._next = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._next.kill()
        self._next.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)

    def build(self) -> tuple[Path | None, str]:
        """Build the site once.

        In a process of its own: what is edited may be a template, a setting or a hook, and none of them can bring
        the preview down, or leave it with an old copy of itself.

        Returns:
            The folder of the new site, or None; and what there is to say: mistakes, warnings, or nothing.
        """
        last = self._folder / str(self._number)
        site = self._folder / str(self._number + 1)
        site.mkdir()
        record = self._folder / "record.json"
        build = self._run(self._config, site, last, record)
        if build.returncode != 0:
            shutil.rmtree(site, ignore_errors=True)
            return None, _words(build)
        self._number += 1
        # The site before this one may still be on its way to the browser; the one before that is not.
        shutil.rmtree(self._folder / str(self._number - 2), ignore_errors=True)
        return site, _words(build)

    def _start(self) -> subprocess.Popen[str]:
        """Start the process of the next build, which loads the generator and waits: an author need not wait for that.

        Nothing of the project is read before the build begins.
        """
        return subprocess.Popen(
            [sys.executable, "-m", "generator.preview.once"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def _run(self, *paths: Path) -> subprocess.CompletedProcess[str]:
        build = self._next
        printed, said = build.communicate(json.dumps([str(path) for path in paths]))
        self._next = self._start()
        return subprocess.CompletedProcess(build.args, build.returncode, printed, said)


def _words(done: subprocess.CompletedProcess[str]) -> str:
    text = _SETTING.sub("mkdocs.yml: ", _LAST_WORDS.sub("", _PREFIX.sub("", done.stderr))).strip()
    return text or ("" if done.returncode == 0 else "the build failed without a word")
