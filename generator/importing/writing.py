"""Writes words of an article into content files so that they stay words: no markup, no key, no path."""

from __future__ import annotations

import re

import yaml

_MARKS = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|&(?=#?\w{1,32};)|<(?=[A-Za-z/!?])|(?<=\])\(|~~")
_BEGINS = re.compile(r"(?:[#>+=|~-]|!{3}|:{3}|\?{3})")
_NUMBER = re.compile(r"(\d{1,9})([.)])")
_UNFIT = re.compile(r"[^\x20-\x7e\u00a1-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not take as it is: the rest is left out."""


def plain(text: str) -> str:
    """Return a text of an article as Markdown that shows the same words, on one line."""
    text = _MARKS.sub(lambda match: f"\\{match[0]}" if len(match[0]) == 1 else "\\~\\~", " ".join(text.split()))
    if _BEGINS.match(text):
        return f"\\{text}"
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text


def value(text: str, longest: int = 1900) -> str:
    """Return a text as a YAML value on one line, in quotes where it needs them."""
    text = " ".join(_UNFIT.sub("", text).split())
    if len(text) > longest:
        text = text[: longest - 3].rstrip() + "..."
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10_000_000)
    dumped = dumped.removesuffix("...\n").strip()
    # A text with a colon, a comma or a brace also stands in `{...}`; JSON's quotes are YAML's, too.
    if "\n" in dumped:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return dumped


def flow_value(text: str) -> str:
    """Return a text as a YAML value inside braces or brackets."""
    written = value(text)
    return f'"{written}"' if written[:1] not in "\"'" and set(written) & set(",[]{}") else written


def comment(text: str) -> str:
    """Return a text as a line of comment in YAML."""
    return f"# {' '.join(_UNFIT.sub('', text).split())[:300]}"
