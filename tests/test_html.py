"""The Nu HTML checker, which the W3C uses, reads one page of each kind."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.ensure_java import ADVICE as NO_JAVA
from tests.ensure_java import find_java
from tests.ensure_nu import ADVICE as NO_NU
from tests.ensure_nu import find_nu

KINDS = (
    "index.html",
    "404.html",
    "lessons/index.html",
    "lessons/build-connections/index.html",
    "checklists/index.html",
    "checklists/evening-before-event/index.html",
    "checklists/weekly-fifteen-minutes/index.html",  # a routine
    "messages/index.html",
    "messages/thank-after-meeting/index.html",
    "paths/index.html",
    "paths/founder/index.html",
    "plan/index.html",
    "print/index.html",
    "downloads/index.html",
    "claims/index.html",
    "references/index.html",
)
# Material's own, on every page: the boxes behind its drawer and its search. The attribute keeps Firefox from opening
# them again when a page is loaded anew.
MATERIAL = frozenset(
    (f'id="{box}" autocomplete="off">', "Attribute “autocomplete” is only allowed when the input type is")
    for box in ("__drawer", "__search")
)


def faults(pages: list[Path]) -> list[tuple[str, str, str]]:
    """Return what the checker says about pages, remarks too: the file, the place in the text, the words."""
    java, nu = find_java(), find_nu()
    if java is None:
        pytest.fail(NO_JAVA)
    if nu is None:
        pytest.fail(NO_NU)
    # It reads schemas deeply; with code made quickly that takes more room than Java gives by itself.
    quick = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = [java, *quick, "-jar", str(nu), "--format", "json", "--stdout", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    return [(message.get("url", ""), message.get("extract", ""), message["message"]) for message in messages]


def test_the_checker_finds_nothing_but_what_material_brings(site: Path) -> None:
    found = faults([site / name for name in KINDS])
    ours = [
        fault
        for fault in found
        if not any(place in fault[1] and fault[2].startswith(words) for place, words in MATERIAL)
    ]
    assert ours == []
    assert len(found) == len(MATERIAL) * len(KINDS)


def test_the_checker_is_one_that_finds_faults(site: Path, tmp_path: Path) -> None:
    text = (site / "plan/index.html").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.html"
    wrong.write_text(text.replace("<h1", '<a target="_blank">x</a><h1', 1), encoding="utf-8")
    assert "Element “a” is missing required attribute “href”." in {words for _, _, words in faults([wrong])}
