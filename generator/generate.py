"""Everything that a guide gives to an engine that makes a site of it: pages as Markdown, and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from generator.build import Checked
from generator.converted import Converted, convert_page
from generator.diagnostics import Diagnostic, Log
from generator.export.downloads import Shelf
from generator.export.make import make_files
from generator.links import page_url
from generator.memo import Kept, Memo, Memory
from generator.model import Guide
from generator.register import redirects
from generator.render.pages import Page, pages_of
from generator.render.templates import PageWriter
from generator.second_process import Second
from generator.stray_links import cache_folder
from generator.template_folders import template_folders

Matter = tuple[dict[str, Any], str]
"""The front matter of a page, and its Markdown."""


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

    def __init__(self, page: Page, write: Callable[[Page], Matter], directory_urls: bool) -> None:
        """Take the page, what returns its front matter and its Markdown, and whether its address ends in a slash."""
        self.page = page
        self._write = write
        self._directory_urls = directory_urls

    @cached_property
    def matter(self) -> Matter:
        """Both."""
        return self._write(self.page)

    @property
    def meta(self) -> dict[str, Any]:
        """Its front matter."""
        return self.matter[0]

    @property
    def body(self) -> str:
        """Its Markdown."""
        return self.matter[1]

    @cached_property
    def source(self) -> str:
        """The hash of both."""
        return sha256(json.dumps(self.matter, sort_keys=True).encode()).hexdigest()

    @cached_property
    def converted(self) -> Converted | None:
        """It as HTML, where that takes no Markdown converter."""
        return convert_page(self.meta, self.body, page_url(self.page.uri, self._directory_urls))


class Generated:
    """What a guide gives, its pages written when they are asked for."""

    def __init__(
        self,
        guide: Guide,
        settings: Settings,
        files: dict[str, str | bytes],
        diagnostics: tuple[Diagnostic, ...],
        write: Callable[[Page], Matter],
        memo: Memo,
        convert: bool,
    ) -> None:
        """Begin to write the pages, in a second process where there is one.

        Args:
            guide: the guide.
            settings: what it was made with.
            files: the files that go with the pages.
            diagnostics: what is to be said of them.
            write: returns the front matter and the Markdown of a page.
            memo: what the last build made of them, and takes what this one makes.
            convert: whether every page is converted as it is written.
        """
        self.guide = guide
        self.settings = settings
        self.files = files
        self.diagnostics = diagnostics
        self._write = write
        self._memo = memo
        self._convert = convert
        self._listed = pages_of(guide)
        # What is known from the last build is looked up faster than it goes from process to process.
        self._second = Second(0 if memo.knows_anything else len(self._listed), self._in_second)

    @cached_property
    def pages(self) -> tuple[Written, ...]:
        """The pages.

        Raises:
            TemplateFault: a template is missing or broken.
        """
        return tuple(self._page(number, page) for number, page in enumerate(self._listed))

    def finish(self) -> Self:
        """Write all pages now.

        Raises:
            TemplateFault: a template is missing or broken.
        """
        tuple(self.pages)
        return self

    @property
    def memory(self) -> Memory:
        """What the next build may use again."""
        return self._memo.memory

    def _page(self, number: int, page: Page) -> Written:
        done = self._second.result(number)
        if done is None:
            return self._page_here(page)
        written = Written(page, self._write, self.settings.directory_urls)
        written.matter, written.source, converted, made = done
        if self._convert:
            written.converted = converted
        self._memo.take(made)
        return written

    def _page_here(self, page: Page) -> Written:
        written = Written(page, self._write, self.settings.directory_urls)
        written.source = self._memo.keep(f"page {page.uri}", lambda: written.source)
        if self._convert:
            _ = written.converted
        return written

    def _in_second(self, number: int) -> tuple[Matter, str, Converted | None, dict[str, Kept]]:
        before = self._memo.made
        written = self._page_here(self._listed[number])
        converted = written.converted if self._convert else None
        return written.matter, written.source, converted, self._memo.made_after(before)


def generate(checked: Checked, project: Path, settings: Settings, memo: Memo | None = None) -> Generated:
    """Write the pages of a guide and make its files; see `begin`.

    Raises:
        TypesetError: a print template is missing or broken.
        TemplateFault: another template is.
        ValueError: the guide has errors.
    """
    return begin(checked, project, settings, memo).finish()


def begin(
    checked: Checked, project: Path, settings: Settings, memo: Memo | None = None, *, convert: bool = False
) -> Generated:
    """Make the files of a guide and begin to write its pages.

    Args:
        checked: a guide without errors.
        project: the folder whose templates and cache are used.
        settings: what the engine says.
        memo: what the last build made of it, with the same settings; nothing when not given.
        convert: whether the pages are also to be HTML.

    Raises:
        TypesetError: a print template is missing or broken.
        TemplateFault: a template of the book is; of a page, when the pages are asked for.
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
    files: dict[str, str | bytes] = {**made.files}
    if register is not None:
        files |= redirects(register, checked.guide.words, settings.directory_urls)
    return Generated(checked.guide, settings, files, log.sorted(), writer.write, memo, convert)
