"""Everything that a guide gives to an engine that makes a site of it: pages as Markdown, and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.build import Checked
from generator.diagnostics import Diagnostic, Log
from generator.export.downloads import Shelf
from generator.export.make import make_files
from generator.memo import Memo, Memory
from generator.model import Guide
from generator.register import redirects
from generator.render.pages import Page, pages_of
from generator.render.templates import PageWriter
from generator.stray_links import cache_folder
from generator.template_folders import template_folders


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine's settings say to the generator.

    `site_url` is the site's address with a slash at its end, "" when it is not known; `directory_urls` whether a
    page's address ends in a slash; `exports` whether paper, the e-book and the files for text expanders are made,
    `workbook` whether the workbook is.
    """

    site_url: str
    directory_urls: bool = True
    exports: bool = True
    workbook: bool = True


class Written:
    """A page with its front matter and its Markdown, which are written when they are asked for."""

    def __init__(self, page: Page, write: Callable[[Page], tuple[dict[str, Any], str]], memo: Memo) -> None:
        """Write the page, unless it is known to be as it was.

        Args:
            page: the page.
            write: returns its front matter and its Markdown.
            memo: knows what it was last time.
        """
        self.page = page
        self._write = write
        self.source = memo.keep(f"page {page.uri}", self._hash)
        """The hash of what was written."""

    @cached_property
    def _written(self) -> tuple[dict[str, Any], str]:
        return self._write(self.page)

    @property
    def meta(self) -> dict[str, Any]:
        """Its front matter."""
        return self._written[0]

    @property
    def body(self) -> str:
        """Its Markdown."""
        return self._written[1]

    def _hash(self) -> str:
        return sha256(json.dumps(self._written, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Generated:
    """The pages and files of a guide, what is to be said of the files, and what the next build may use again."""

    guide: Guide
    settings: Settings
    pages: tuple[Written, ...]
    files: dict[str, str | bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    memory: Memory = field(default_factory=Memory)


def generate(checked: Checked, project: Path, settings: Settings, memo: Memo | None = None) -> Generated:
    """Write the pages of a guide and make its files.

    Args:
        checked: a guide without errors.
        project: the folder whose templates and cache are used.
        settings: what the engine says.
        memo: what the last build made of it, with the same settings; nothing when not given.

    Raises:
        TypesetError: a print template is missing or broken.
        TemplateFault: another template is.
        ValueError: the guide has errors.
    """
    if checked.guide is None:
        raise ValueError("a guide with errors has no pages")
    log = Log()
    memo = memo or Memo()
    register = checked.register
    made = make_files(
        checked.guide,
        print_templates=template_folders(project, "print"),
        book_templates=template_folders(project, "book"),
        site_url=settings.site_url,
        cache=cache_folder(project, "typeset"),
        log=log,
        directory_urls=settings.directory_urls,
        workbook=settings.workbook,
        exports=settings.exports,
        memo=memo,
    )
    shelf = Shelf(made.downloads)
    memo.add_inputs(shelf.inputs())
    writer = PageWriter(
        checked.guide,
        template_folders(project, "pages"),
        settings.site_url,
        settings.directory_urls,
        register.renamed if register is not None else {},
        shelf,
        memo,
    )
    pages = tuple(Written(page, writer.write, memo) for page in pages_of(checked.guide))
    files: dict[str, str | bytes] = {**made.files}
    if register is not None:
        files |= redirects(register, checked.guide.words, settings.directory_urls)
    return Generated(checked.guide, settings, pages, files, log.sorted(), memo.memory)
