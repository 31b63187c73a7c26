"""What the codes of diagnostics mean. The texts stand in explanations.yml, where they read and edit as texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import fill, indent

import yaml

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means: in one sentence, why it matters, and how it looks when it is right."""

    summary: str
    why: str
    example: str


def _read() -> dict[str, Explanation]:
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {code: Explanation(**texts) for code, texts in yaml.load(text, Loader=loader).items()}  # noqa: S506  # safe


EXPLANATIONS = _read()


def explain(code: str) -> str:
    """Return what the command line prints for a code."""
    explanation = EXPLANATIONS[code]
    example = indent(explanation.example.rstrip(), "    ")
    return f"{code}: {explanation.summary}\n\n{fill(explanation.why, _WIDTH)}\n\nLike this:\n\n{example}"
