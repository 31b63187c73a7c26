"""Begins to write a guide's pages before MkDocs is there.

Loading MkDocs and its settings takes a third of a second, in which a second process writes dozens of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.build import Checked
from generator.environment import PREVIEW_URL
from generator.export.typeset import TypesetError
from generator.generate import Generated, Settings, begin
from generator.jinja_templates import TemplateFault
from generator.memo import Memo
from generator.rebuild.inputs import read_settings


def begin_early(checked: Checked, config: Path) -> Generated | None:
    """Return what a guide gives with the settings that MkDocs will most likely find.

    Nothing where a template is broken, nor where paper is made: that comes before the pages, and takes seconds, which
    nobody is to wait for who has a mistake in mkdocs.yml.

    Args:
        checked: a guide without errors.
        config: the project's mkdocs.yml.
    """
    settings = likely_settings(read_settings(config))
    if settings.exports:
        return None
    try:
        return begin(checked, config.parent, settings, Memo(checked.pages.inputs()), convert=True)
    except (TemplateFault, TypesetError):
        # The plugin will meet it, too, and say so.
        return None


def likely_settings(settings: Mapping[str, Any]) -> Settings:
    """Return what the plugin most likely tells the generator: that is certain only once MkDocs has read its settings.

    Args:
        settings: what mkdocs.yml says.
    """
    plugins = settings.get("plugins") or []
    ours = {name: options for entry in plugins if isinstance(entry, dict) for name, options in entry.items()}
    options = ours.get("coaching-guide")
    address = os.environ.get(PREVIEW_URL, settings.get("site_url"))
    return Settings(
        # With a slash at its end, as MkDocs has it.
        site_url=f"{str(address).removesuffix('/')}/" if address else "",
        directory_urls=settings.get("use_directory_urls", True) is True,
        exports=not isinstance(options, dict) or options.get("exports", True) is True,
        workbook=PREVIEW_URL not in os.environ,
    )
