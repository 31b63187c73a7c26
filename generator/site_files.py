"""The files of a site, each looked at once, or not at all where the last build looked at the same file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.export.headers import inline_scripts
from generator.folders import names_below


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
            content = self.read(name)
            # With line feeds, as a browser reads a page before it compares the hash.
            text = content.decode().replace("\r\n", "\n").replace("\r", "\n") if name.endswith(".html") else ""
            found = {integrity(code.encode()): code for code in inline_scripts(text)}
            self.scripts |= found
            self.looks[name] = Look(len(content), integrity(content), tuple(found))
        return self.looks[name]

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
