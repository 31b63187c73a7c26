"""Measures the importer on the articles in fixtures/articles, against labels made by hand before it existed.

`python -m tests.article_figures` prints the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.importing.inferring import outline_of
from generator.importing.language import language
from generator.importing.reading import read_article
from generator.importing.sentences import is_action, split_sentences

ARTICLES = Path(__file__).parent / "fixtures" / "articles"


@dataclass(frozen=True)
class Figures:
    """Counts for one article: found rightly, found wrongly, not found."""

    name: str
    shape: str
    headings: tuple[int, int, int]
    levels: tuple[int, int]
    """Headings found that have the right level, and all headings found rightly."""
    actions: tuple[int, int, int]
    slips: tuple[str, ...]


def precision(right: int, wrong: int) -> float:
    """Return the share of what was found that is right."""
    return right / (right + wrong) if right + wrong else 1.0


def labels() -> list[Path]:
    """Return the label files, by name."""
    return sorted(ARTICLES.glob("*.yml"))


def measure(label: Path) -> Figures:
    """Measure one article."""
    wanted = yaml.safe_load(label.read_text(encoding="utf-8"))
    article = next(path for path in sorted(ARTICLES.glob(f"{label.stem}.*")) if path.suffix != ".yml")
    english = language("en")
    outline = outline_of(read_article(article), english)
    known = {_form(text): level for level, text in wanted["headings"]}
    found = {_form(entry.text): entry.level for entry in outline.entries}
    right = known.keys() & found.keys()
    slips = [f"missed heading: {text}" for text in known.keys() - right]
    slips += [f"false heading: {text}" for text in found.keys() - right]
    slips += [f"level {found[text]} for {known[text]}: {text}" for text in right if known[text] != found[text]]
    said = [
        _form(sentence)
        for block in outline.blocks
        if block.kind not in ("code", "quote")
        for sentence in split_sentences(block.text, english)
        if is_action(sentence, english)
    ]
    starts = [_form(start) for start in wanted["actions"]]
    hits = [start for start in starts if any(sentence.startswith(start) for sentence in said)]
    wrong = [sentence for sentence in said if not any(sentence.startswith(start) for start in starts)]
    slips += [f"missed action: {start}" for start in starts if start not in hits]
    slips += [f"false action: {sentence}" for sentence in wrong]
    return Figures(
        label.stem,
        wanted["shape"],
        (len(right), len(found) - len(right), len(known) - len(right)),
        (sum(known[text] == found[text] for text in right), len(right)),
        (len(hits), len(wrong), len(starts) - len(hits)),
        tuple(sorted(slips)),
    )


def _form(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def table() -> str:
    """Return the figures as a table in Markdown."""
    lines = ["| article | heading precision | heading recall | level right | action precision | action recall |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    every = [measure(label) for label in labels()]
    lines += [
        f"| {f.name}: {f.shape} | {_shares(f.headings)} | {_share(*f.levels)} | {_shares(f.actions)} |" for f in every
    ]
    headings = tuple(sum(f.headings[n] for f in every) for n in range(3))
    actions = tuple(sum(f.actions[n] for f in every) for n in range(3))
    level = _share(sum(f.levels[0] for f in every), sum(f.levels[1] for f in every))
    lines.append(f"| all | {_shares(headings)} | {level} | {_shares(actions)} |")
    return "\n".join(lines)


def _shares(counts: tuple[int, ...]) -> str:
    right, wrong, missed = counts
    return f"{_share(right, right + wrong)} | {_share(right, right + missed)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 100:.0f} % ({part} of {whole})"


if __name__ == "__main__":
    print(table())
    for figures in map(measure, labels()):
        for slip in figures.slips:
            print(f"{figures.name}: {slip}")
