"""Hands what the guide's look needs on to MkDocs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig

from generator.site_settings import (
    EXTENSIONS,
    SCRIPTS,
    SEARCH,
    SEARCH_PLUGINS,
    STYLES,
    own_first,
    set_in,
    theme_settings,
)
from generator.words import Words


def add_theme(config: MkDocsConfig, folders: list[str]) -> None:
    """Look for files of the theme in `folders` before Material's own, and in the author's `custom_dir` before both."""
    dirs = config.theme.dirs
    known = {os.path.realpath(folder) for folder in dirs}
    behind = 1 if config.theme.custom_dir else 0
    dirs[behind:behind] = [folder for folder in folders if os.path.realpath(folder) not in known]


def add_settings(config: MkDocsConfig, words: Words) -> None:
    """Make the settings that the guide's look needs and mkdocs.yml does not make itself."""
    written: dict[str, Any] = {}
    for settings in config.user_configs:
        written.update(settings)
    theme = set_in(written, "theme")
    for key, value in theme_settings(words, _languages_of(config)).items():
        if key not in theme:
            config.theme[key] = value
    searches = [plugin for name, plugin in config.plugins.items() if name in SEARCH_PLUGINS]
    for search in searches:
        options = {key for given in search.config.user_configs for key in given}
        search.config.update((key, value) for key, value in SEARCH.items() if key not in options)
    config.markdown_extensions.extend(name for name in EXTENSIONS if name not in config.markdown_extensions)
    config.extra.setdefault("generator", False)
    config.extra_css = own_first(STYLES, config.extra_css)
    config.extra_javascript = own_first(SCRIPTS, config.extra_javascript)
    for number, script in enumerate(config.extra_javascript):
        if script in SCRIPTS:
            value = ExtraScriptValue(str(script))
            value.defer = True
            config.extra_javascript[number] = value


def _languages_of(config: MkDocsConfig) -> set[str]:
    """Return the codes of the languages that the theme has words in."""
    folders = [Path(folder) / "partials" / "languages" for folder in config.theme.dirs]
    return {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.html")}


def theme_templates(config: MkDocsConfig) -> Iterator[Path]:
    """Iterate over the files of the templates of the theme, the author's own and ours too."""
    for top in config.theme.dirs:
        for folder, inside, files in os.walk(top):
            # Ten thousand icons, and what is copied as it is.
            inside[:] = sorted(name for name in inside if name != "assets" and not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(".html"))
