"""Reads the cases in fixtures/diagnostics: what an author does to a small guide, and what `check` prints then.

A case is a text file. Its first lines say in words what the author did; each line that begins with `===` opens a step:

    === change FILE          lines that begin with `-` are replaced by those that begin with `+`;
                             a line that begins with a space stays, and helps to find the place;
                             `@@` parts one change from the next
    === write FILE [as FORM] the file's new text; FORM is latin-1, utf-16, utf-8-sig, crlf, escapes or xNUMBER
    === remove FILE
    === folder PATH          an empty folder
    === rmdir PATH           takes an empty folder away
    === link PATH to TARGET  a symbolic link
    === check [--prose]      the exact text that `coaching-guide check` prints; it stands last
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.build import load_guide
from generator.diagnostics import report

CASES = Path(__file__).parent / "fixtures" / "diagnostics"
GUIDE = CASES / "guide"
_STEP = re.compile(r"^=== (\w+) ?(.*)\n", re.MULTILINE)
_FORMS = {"latin-1": "latin-1", "utf-16": "utf-16", "utf-8-sig": "utf-8-sig"}


@dataclass(frozen=True)
class Case:
    """One case: what it shows, the steps that lead to it (verb, argument, text), what is printed."""

    path: Path
    text: str
    steps: tuple[tuple[str, str, str], ...]
    options: str
    expected: str

    @property
    def name(self) -> str:
        """The file's name, which says in short what the author did."""
        return self.path.stem


def read_case(path: Path) -> Case:
    """Read one case."""
    text = path.read_text(encoding="utf-8")
    marks = [*_STEP.finditer(text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    steps = [(mark[1], mark[2], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    *before, (verb, options, expected) = steps
    assert verb == "check", f"{path.name}: the last step must be '=== check'"
    assert text[: marks[0].start()].strip(), f"{path.name}: the first line says in words what the author did"
    return Case(path, text[: marks[-1].end()], tuple(before), options, expected)


def all_cases() -> list[Case]:
    """Read all cases, by name."""
    return [read_case(path) for path in sorted(CASES.glob("*.txt"))]


def printed(case: Case, folder: Path) -> str:
    """Return what `check` prints after the steps of a case, made in a new folder."""
    content = folder / "content"
    shutil.copytree(GUIDE, content)
    for verb, argument, text in case.steps:
        _do(verb, argument, text, content)
    return report(load_guide(content, prose=case.options == "--prose").diagnostics) + "\n"


def _do(verb: str, argument: str, text: str, content: Path) -> None:
    name, _, form = argument.partition(" as ")
    path = content / name.replace("\\n", "\n")
    if verb == "change":
        path.write_text(_changed(path.read_text(encoding="utf-8"), text), encoding="utf-8")
    elif verb == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_as(form, text))
    elif verb == "remove":
        path.unlink()
    elif verb == "folder":
        path.mkdir()
    elif verb == "rmdir":
        path.rmdir()
    elif verb == "link":
        name, _, target = argument.partition(" to ")
        (content / name).symlink_to(target)
    else:
        raise ValueError(verb)


def _as(form: str, text: str) -> bytes:
    if form == "crlf":
        return text.replace("\n", "\r\n").encode()
    if form == "escapes":
        return text.encode("latin-1").decode("unicode_escape").encode()
    if form.startswith("x"):
        return text.encode() * int(form[1:])
    return text.encode(_FORMS.get(form, "utf-8"))


def _changed(text: str, changes: str) -> str:
    for change in changes.removesuffix("\n").split("\n@@\n"):
        lines = change.split("\n")
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("-", " ", ""))
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("+", " ", ""))
        assert f"\n{text}".count(f"\n{old}") == 1, f"stands not once in the file:\n{old}"
        text = f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]
    return text
