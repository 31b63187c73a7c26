"""A guide with hostile words in every field: made of the fragments in fixtures/adversarial/texts.yml and prose.yml."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "fixtures" / "adversarial"
PAGES = 5
"""Pages of each kind; each of their fields holds a share of the fragments, so that every field sees every fragment."""
WORD = "zebra"
"""Stands in every title, to be searched for."""


def fragments(name: str) -> dict[str, str]:
    """Return the fragments of a file by name."""
    found: dict[str, str] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return found


class _Words:
    """Deals out fragments: page after page of a field gets the next share, each field beginning elsewhere."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = [" ".join(text.split()) for text in texts.values()]
        self._fields: dict[str, int] = {}

    def share(self, field: str, page: int) -> str:
        start = self._fields.setdefault(field, 7 * len(self._fields))
        size = -(-len(self._texts) // PAGES)
        return " ".join(self._texts[(start + page * size + i) % len(self._texts)] for i in range(size))

    def all(self) -> list[str]:
        return self._texts


def _yaml(values: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1_000_000)


def _page(values: Mapping[str, Any], body: str) -> str:
    return f"---\n{_yaml(values)}---\n{body}"


def hostile_guide(texts: Mapping[str, str], prose: Mapping[str, str], rare: Mapping[str, str]) -> dict[str, str]:
    """Return the files of the guide by path.

    Args:
        texts: fragments for fields that hold text on one line.
        prose: Markdown for the parts of lessons.
        rare: fragments for fields that are printed on no paper.
    """
    words = _Words(texts)
    numbers = range(PAGES)
    every = list(words.all())
    unprinted = " ".join(rare.values())

    def field(page: int) -> dict[str, Any]:
        example = "x" + _tidy(words.share("example", page))[:600].strip()
        return {"label": words.share("label", page), "example": example, "max": len(example)}

    guide = {
        "id": "hostile",
        "title": f"{WORD} {' '.join(every[:20])}",
        "tagline": " ".join(every[20:40]),
        "description": " ".join(every[40:60]),
        "language": "en",
        "edition": "2026-11 <script>window.hit=1</script>",
        "promise": every,
        "for_whom": list(every),
        "start_here": [{"need": words.share("need", n), "page": f"messages/m{n}"} for n in numbers],
        "stages": [
            {"id": f"s{n}", "title": words.share("stage", n), "summary": words.share("summary", n)} for n in numbers
        ],
        "lessons": [f"l{n}" for n in numbers],
        "situations": [{"id": f"t{n}", "title": words.share("situation", n)} for n in numbers],
        "fields": {"shared": {"label": words.share("label", 0), "example": "<b>shared</b>", "max": 20}},
        "paths": [
            {
                "id": f"p{n}",
                "title": f"{WORD} {words.share('path', n)} {unprinted}",
                "for": words.share("path for", n),
                "outcome": words.share("outcome", n),
                "steps": [{"lesson": f"l{n}", "why": words.share("step", n)}],
                "checklists": [f"c{n}"],
                "messages": [f"m{n}"],
            }
            for n in numbers
        ],
    }
    headings = [f"{n} {words.share('heading', n)}" for n in numbers]
    files = {
        "content/guide.yml": _yaml(guide),
        "content/outline.yml": _yaml({"article": " ".join(every[:9]), "headings": [{"heading": h} for h in headings]}),
        "content/references.yml": _yaml({f"r{n}": _study(words, n) for n in numbers}),
        "content/claims.yml": _yaml(
            {
                "title": f"{WORD} {words.share('claims', 0)}",
                "intro": words.share("claims intro", 0),
                "claims": [
                    {name: words.share(f"claim {name}", n) for name in ("says", "honest", "why")} for n in numbers
                ],
            }
        ),
        "content/published.yml": _yaml(
            {
                "renamed": {"lessons/old": "lessons/l0"},
                "retired": {"messages/gone": words.share("retired", 0)},
                "published": ["lessons/old", "messages/gone"],
            }
        ),
    }
    parts = itertools.cycle(prose.items())
    share = -(-len(prose) // PAGES)
    for n in numbers:
        own = list(itertools.islice(parts, share))
        files[f"content/lessons/l{n}.md"] = _lesson(words, n, headings[n], own)
        files[f"content/checklists/c{n}.md"] = _checklist(words, n)
        files[f"content/messages/m{n}.md"] = _message(words, n, field(n))
    return files


def _study(words: _Words, n: int) -> dict[str, Any]:
    names = ("authors", "title", "where", "kind", "finding", "limit")
    texts = {name: words.share(f"study {name}", n) for name in names}
    return {"year": 2004, "doi": f"10.1086/{n}(x);/:-._", **texts}


def _lesson(words: _Words, n: int, heading: str, parts: list[tuple[str, str]]) -> str:
    values = {
        "title": f"{WORD} {words.share('lesson', n)}",
        "stage": f"s{n}",
        "minutes": 5,
        "objective": words.share("objective", n),
        "asks": [words.share("asks", n)],
        "key_points": [words.share("key point", n)],
        "covers": {heading: "opening"},
    }
    body = [f"Opening [@r{n}], [list](../checklists/c{n}.md).\n"]
    for name, markdown in parts:
        body.append(f"## {_one_line(words.share('part', n))} {{#{name}}}\n\nBefore {name}.\n\n{markdown}\n")
        body.append(f"### {_one_line(words.share('sub', n))}\n\nAfter {name}.\n")
    body.append(f"### Try it (5 minutes)\n\n1. x {_one_line(words.share('exercise', n))}\n")
    body.append(f"### Reflect\n\n- x {_one_line(words.share('question', n))}\n")
    return _page(values, "\n".join(body))


def _one_line(text: str) -> str:
    """Return a fragment as it can stand in prose: a link in it that a page may not have would be an error there."""
    return text.replace("](", "] (").replace("[a]:", "[a] :")


def _checklist(words: _Words, n: int) -> str:
    values: dict[str, Any] = {
        "title": f"{WORD} {words.share('checklist', n)}",
        "when": words.share("list when", n),
        "minutes": 5,
        "lesson": f"l{n}",
        "situation": f"t{n}",
        "asks": [words.share("list asks", n)],
    }
    if n % 2:
        values |= {"repeat": "weekly", "times": 4}
    item, why = _one_line(words.share("item", n)), _one_line(words.share("why", n))
    group = _one_line(words.share("group", n))
    link = f"- [ ] Send the [thanks](../messages/m{n}.md). {{#send}}\n"
    return _page(values, f"## x {group}\n\n- [ ] Do {item} {{#do}}\n      Because {why}\n{link}")


def _message(words: _Words, n: int, field: dict[str, Any]) -> str:
    values = {
        "title": f"{WORD} {words.share('message', n)}",
        **{name: words.share(name, n) for name in ("when", "not_when")},
        "lesson": f"l{n}",
        "situation": f"t{n}",
        "send": words.share("send", n) if n else "1 day after <b>the day</b>",
        "asks": [words.share("message asks", n)],
        "repeat": "yearly",
        "fields": {"own": field},
    }
    text = "x" + _tidy(words.share("text", n))
    return _page(
        values,
        f"## LinkedIn message\n\n{text}\n\n[[Left out <b> {{own}}]]\n\n"
        "## Email, <b>\n\nSubject: <b>\n\nHi <b>{shared}.\n",
    )


def _tidy(text: str) -> str:
    """Return a text that may be sent: braces and brackets are marks there, and what looks like a slip is one."""
    text = text.translate({ord(mark): "" for mark in "{}[]"})
    for _ in range(3):
        text = re.sub(r"\s+([,.;:?!)])", r"\1", re.sub(r",\s*,|\.\s*,|,\.", ",", text))
    return " ".join(text.split())
