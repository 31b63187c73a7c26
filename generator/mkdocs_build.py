"""Has MkDocs build a site."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils import CountHandler

from generator.plugin import LOG, GuidePlugin
from generator.rebuild.build import Handover


def build_with_mkdocs(config: Path, site: Path, strict: bool, handover: Handover) -> bool:
    """Build a site with MkDocs, in this process: the guide need not be read a second time.

    Args:
        config: the project's mkdocs.yml.
        site: the folder to build in.
        strict: whether a warning fails the build.
        handover: the guide as it was read; takes what the plugin notes.

    Returns:
        Whether it stands; what is wrong has been printed.
    """
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    said = logging.StreamHandler()
    said.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    others = CountHandler()
    others.addFilter(lambda record: record.name != LOG.logger.name)
    for handler in (said, others):
        logger.addHandler(handler)
    GuidePlugin.handover = handover
    try:
        settings = load_config(str(config), site_dir=str(site), strict=strict)
        settings.plugins.on_startup(command="build", dirty=False)
        try:
            build(settings)
        finally:
            settings.plugins.on_shutdown()
    except MkDocsException as fault:
        # What is wrong with mkdocs.yml has been logged by now.
        print(fault, file=sys.stderr)  # noqa: T201  # as MkDocs' own command does
        return False
    finally:
        GuidePlugin.handover = None
        for handler in (said, others):
            logger.removeHandler(handler)
    handover.warned = bool(others.get_counts())
    return True
