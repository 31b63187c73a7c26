"""The files of a site, each looked at once, or not at all where the last build looked at the same file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.export.headers import inline_scripts
from generator.folders import names_below
from generator.second_process import share


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a file.

    `bytes` is its size, `integrity` its hash in the form of Subresource Integrity, `scripts` the same of each script
    that stands in it, if it is a page.
    """

    bytes: int
    integrity: str
    scripts: tuple[str, ...] = ()


class SiteFiles:
    """What is known of the files of a site."""

    def __init__(self, site: Path, known: Mapping[str, Look] | None = None) -> None:
        """List the files.

        Args:
            site: the folder.
            known: what the last build found of files that are the same in this one.
        """
        self._site = site
        self.names = sorted(names_below(site))
        self.looks = {**(known or {})}
        """What was found of each file so far."""
        self.scripts: dict[str, str] = {}
        """By hash the scripts in all pages that were looked at."""

    def look(self, name: str) -> Look:
        """Return what is known of a file; it is read if that is nothing."""
        if name not in self.looks:
            self.look_at([name])
        return self.looks[name]

    def look_at(self, names: Iterable[str]) -> None:
        """Read files of which nothing is known, many of them in two processes."""
        unknown = [name for name in names if name not in self.looks]
        for name, (look, scripts) in zip(unknown, share(len(unknown), lambda n: self._found(unknown[n])), strict=True):
            self.looks[name] = look
            self.scripts |= scripts

    def _found(self, name: str) -> tuple[Look, dict[str, str]]:
        content = self.read(name)
        # With line feeds, as a browser reads a page before it compares the hash.
        text = content.decode().replace("\r\n", "\n").replace("\r", "\n") if name.endswith(".html") else ""
        scripts = {integrity(code.encode()): code for code in inline_scripts(text)}
        return Look(len(content), integrity(content), tuple(scripts)), scripts

    def read(self, name: str) -> bytes:
        """Return what stands in a file."""
        return (self._site / name).read_bytes()

    def put(self, name: str, content: bytes) -> None:
        """Write a file anew: one that is linked to the last site keeps its content there."""
        self.looks.pop(name, None)
        put(self._site / name, content)


def put(path: Path, content: bytes) -> None:
    """Write a file anew: one that is linked to the last site keeps its content there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def integrity(content: bytes) -> str:
    """Return a hash in the form of Subresource Integrity, which browsers compare themselves."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
