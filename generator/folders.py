"""What lies in folders, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def names_below(folder: Path) -> Iterator[str]:
    """Iterate over all files below a folder, and over links to folders, by path from there, in no order."""
    # As text: 3,000 paths as objects take a tenth of a second.
    begin = len(os.path.join(folder, ""))  # noqa: PTH118
    for path, folders, files in os.walk(folder):
        above = f"{path[begin:]}{os.sep}".replace(os.sep, "/") if len(path) >= begin else ""
        for name in folders:
            if os.path.islink(f"{path}{os.sep}{name}"):  # noqa: PTH114
                yield above + name
        for name in files:
            yield above + name
