"""Runs the cases of fixtures/adversarial/refused.yml, all in one process under limits, and prints what is said."""

from __future__ import annotations

import json
import re
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from generator.build import load_guide
from tests.diagnostic_cases import GUIDE

CASES = Path(__file__).parent / "fixtures" / "adversarial" / "refused.yml"
_MEMORY = 1024**3
_SECONDS = 300
_REPEAT = re.compile(r"<<(.+?)\*(\d+)>>", re.DOTALL)


def read_cases() -> dict[str, dict[str, Any]]:
    """Return the cases by name."""
    cases: dict[str, dict[str, Any]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return cases


def _text(text: str) -> str:
    return _REPEAT.sub(lambda match: match[1] * int(match[2]), text)


def _said(case: dict[str, Any], content: Path) -> list[str]:
    path = content / case["file"]
    if "text" in case:
        new = _text(case["text"])
    else:
        old = path.read_text(encoding="utf-8")
        assert case["find"] in old, f"{case['file']} has no {case['find']!r}"
        new = old.replace(case["find"], _text(case["put"]), 1)
    path.write_text(new, encoding="utf-8", newline="")
    found = load_guide(content, "content", prose=case["file"] == "style.yml").diagnostics
    return [f"{d.place.path.removeprefix('content/')} {d.place.line} {d.code}" for d in found]


def main() -> None:
    """Print what is said in each case, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, case in read_cases().items():
            content = Path(folder) / name / "content"
            shutil.copytree(GUIDE, content)
            answers[name] = _said(case, content)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
