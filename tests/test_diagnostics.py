"""The cases in fixtures/diagnostics, and what holds for all diagnostics together."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.build import load_guide
from generator.explanations import EXPLANATIONS, explain
from tests.diagnostic_cases import GUIDE, Case, all_cases, printed
from tests.support import ROOT

CASES = all_cases()
NO_CASE = {
    "bad-outline": "noted by `import`; see test_import_outline",
    "broken-address": "no content is known that leads to it",
    "old-limit": "depends on the day; see test_check_messages",
    "cards-overflow": "noted when cards are typeset, not by `check`",
    "sheet-overflow": "noted when sheets are typeset, not by `check`",
    "template": "noted when pages are written, not by `check`",
    "unprintable-character": "noted when sheets are typeset, not by `check`",
    "unreadable": "root may read every file; see test_files",
}
_LONGEST_LINE = 240
_LAST_LINE = re.compile(r"no problems|(\d+ errors?)?( and )?(\d+ warnings?)? in \d+ files?")
_LINE = re.compile(r"content[^:]*:\d+:\d+: (?:error|warning)\[([a-z-]+)\]: \S.*")


def test_the_guide_that_the_cases_change_has_no_problems() -> None:
    assert load_guide(GUIDE).diagnostics == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_prints_what_the_case_says(case: Case, tmp_path: Path, update_fixtures: bool) -> None:
    found = printed(case, tmp_path)
    if update_fixtures:
        case.path.write_text(case.text + found, encoding="utf-8")
    else:
        assert found == case.expected


def test_every_line_names_place_severity_and_code_and_is_not_too_long_to_read() -> None:
    lines = [line for case in CASES for line in case.expected.splitlines()[:-1]]
    assert [line for line in lines if not _LINE.fullmatch(line) or len(line) > _LONGEST_LINE] == []


def test_the_last_line_counts() -> None:
    last = {case.expected.splitlines()[-1] for case in CASES}
    assert [line for line in last if not _LAST_LINE.fullmatch(line)] == []


def emitted_codes() -> set[str]:
    """Return the codes that the source notes: second arguments of `.error(...)`, `.warning(...)` and their like."""
    codes = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        codes.update(re.findall(r"error\[([a-z-]+)\]", text))
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            argument = call.args[1] if len(call.args) > 1 else None
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                continue
            if name in ("error", "warning", "note", "broken"):
                codes.add(argument.value)
            elif name == "_known":
                codes.add(f"unknown-{argument.value}")
    return codes


def test_every_code_is_explained_and_every_explained_code_is_emitted() -> None:
    assert emitted_codes() == set(EXPLANATIONS)


def test_every_code_that_the_check_can_print_has_a_case() -> None:
    shown = {code for case in CASES for code in re.findall(r"\[([a-z-]+)\]: ", case.expected)}
    assert set(EXPLANATIONS) - shown == set(NO_CASE)


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_an_explanation_says_what_why_and_how_in_a_few_plain_words(code: str) -> None:
    explanation = EXPLANATIONS[code]
    assert re.fullmatch(r"[A-Za-z'].{10,110}\.", explanation.summary)
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", explanation.why)) <= 3
    assert 0 < len(explanation.example.splitlines()) <= 8
    # Printed to a terminal, whatever its encoding is.
    assert explain(code).isascii()


def test_an_explanation_is_printed_with_its_example_set_off() -> None:
    assert explain("empty-link").splitlines() == [
        "empty-link: A link has no words.",
        "",
        "There is nothing to click, and a screen reader reads out the address.",
        "",
        "Like this:",
        "",
        "    [how to thank someone](../messages/thank-after-meeting.md)",
    ]
