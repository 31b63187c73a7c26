"""Zip archives that are the same to the byte whenever and wherever they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can hold."""
_UNIX = 3
_READABLE = 0o644 << 16


def zip_archive(files: Mapping[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    """Return an archive of files in the order given.

    Args:
        files: the content of each file by its path in the archive.
        stored: paths of the files that are not compressed.
    """
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _NO_DATE)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return archive.getvalue()
