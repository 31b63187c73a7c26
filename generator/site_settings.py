"""What the guide's look needs of MkDocs and Material, so that a project's mkdocs.yml need not say it.

Plain data; `plugin.py` hands it on. A setting that mkdocs.yml makes itself is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from markupsafe import escape

from generator.words import Words, variants_of

STYLES = ("assets/guide.css",)
"""The guide's own stylesheet, which the build joins from `assets/guide/` (`render/scripts.py`)."""

SCRIPTS = ("assets/guide.js",)
"""The guide's own script for all pages, deferred and joined likewise; main.html adds those of single kinds of pages."""

_THEME: Mapping[str, Any] = {
    # No webfont: every request stays on the site's own origin, and the first line is readable at once.
    "font": False,
    "favicon": "assets/favicon.svg",
    "icon": {"logo": "guide/mark"},
    "palette": [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-night", "name": "page.dark"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-sunny", "name": "page.light"},
        },
    ],
    "features": [
        # One document for a whole visit: what was typed into one message fills the next. Not on file://.
        "navigation.instant",
        "navigation.tabs",
        "navigation.indexes",
        "navigation.prune",
        "navigation.footer",
        "navigation.top",
        "search.highlight",
        "toc.follow",
    ],
}


def theme_settings(words: Words, languages: Collection[str]) -> dict[str, Any]:
    """Return the settings under `theme` in mkdocs.yml.

    Args:
        words: those of the guide's language.
        languages: the codes of the languages that the theme itself has words in; English where none fits.
    """
    palette = [
        {**colours, "toggle": {**colours["toggle"], "name": str(escape(words(colours["toggle"]["name"])))}}
        for colours in _THEME["palette"]
    ]
    language = next((code for code in variants_of(words.language) if code in languages), "en")
    return {**_THEME, "palette": palette, "language": language, "direction": words.direction}


SEARCH: Mapping[str, Any] = {
    # Every word is indexed, "not" and "no" too: they turn a question round. assets/search.js drops the small ones.
    "pipeline": [],
    # The tags are what readers would ask (`asks` in the content).
    "fields": {"title": {"boost": 4}, "tags": {"boost": 8}, "text": {"boost": 1}},
}
"""Options of the search plugin."""

SEARCH_PLUGINS = ("search", "material/search")
"""Names under which mkdocs.yml can ask for it."""

EXTENSIONS = ("attr_list", "toc")
"""Markdown extensions that the pages' own headings need; everything else in them is HTML already."""


def set_in(config: Any, key: str) -> Mapping[str, Any]:
    """Return what mkdocs.yml itself says under a key, as far as it names settings there.

    Args:
        config: the part of mkdocs.yml, as YAML reads it.
        key: the key; a name alone behind it, as `theme` allows, stands for a name without settings.
    """
    value = config.get(key) if isinstance(config, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def own_first(own: Iterable[str], theirs: Iterable[Any]) -> list[Any]:
    """Return the guide's own files and behind them the author's, without those that are the guide's anyway."""
    first = list(own)
    return [*first, *(entry for entry in theirs if str(entry) not in first)]
