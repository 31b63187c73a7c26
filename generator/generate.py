"""Everything that a guide gives to an engine that makes a site of it: pages as Markdown, and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.build import Checked
from generator.diagnostics import Diagnostic, Log
from generator.export.make import make_files
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


@dataclass(frozen=True, slots=True)
class Written:
    """A page with its front matter and its Markdown."""

    page: Page
    meta: dict[str, Any]
    body: str


@dataclass(frozen=True, slots=True)
class Generated:
    """The pages and files of a guide, and what is to be said of the files."""

    guide: Guide
    settings: Settings
    pages: tuple[Written, ...]
    files: dict[str, str | bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def generate(checked: Checked, project: Path, settings: Settings) -> Generated:
    """Write the pages of a guide and make its files.

    Args:
        checked: a guide without errors.
        project: the folder whose templates and cache are used.
        settings: what the engine says.

    Raises:
        TypesetError: a print template is missing or broken.
        TemplateFault: another template is.
        ValueError: the guide has errors.
    """
    if checked.guide is None:
        raise ValueError("a guide with errors has no pages")
    log = Log()
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
    )
    writer = PageWriter(
        checked.guide,
        template_folders(project, "pages"),
        settings.site_url,
        settings.directory_urls,
        register.renamed if register is not None else {},
        made.downloads,
    )
    pages = tuple(Written(page, *writer.write(page)) for page in pages_of(checked.guide))
    files: dict[str, str | bytes] = {**made.files}
    if register is not None:
        files |= redirects(register, checked.guide.words, settings.directory_urls)
    return Generated(checked.guide, settings, pages, files, log.sorted())
