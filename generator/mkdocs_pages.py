"""Gives MkDocs pages that need no converting, and has two processes put them into the theme.

Without that, these are the two longest steps of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import write_file

from generator.converted import Converted
from generator.second_process import Second


class GuidePage(Page):
    """A page that was converted where it was written."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, converted: Converted) -> None:
        """Take what MkDocs' own pages take, the title from the navigation, and what it was converted to."""
        super().__init__(title, file, config)
        self.converted = converted

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Be what it was converted to; where another plugin has changed its Markdown, what MkDocs makes of that."""
        if self.markdown != self.converted.skeleton:
            super().render(config, files)
            return
        self.content = self.converted.html
        headings = self.converted.headings
        self.toc = get_toc(nest_toc_tokens([{"level": one.level, "id": one.id, "name": one.title} for one in headings]))
        self.present_anchor_ids = {one.id for one in self.converted.headings}


def put_pages(files: Files, converted: Mapping[str, Converted | None], config: MkDocsConfig) -> None:
    """Give MkDocs the pages that are converted.

    Args:
        files: all files.
        converted: what pages were converted to, by their file; None where they were not.
        config: the settings, with the navigation.
    """
    titles = dict(_titles(config.nav or []))
    for uri, page in converted.items():
        file = files.get_file_from_path(uri)
        if page is not None and file is not None:
            GuidePage(titles.get(uri), file, config, page)


def _titles(nav: list[Any]) -> Iterator[tuple[str, str]]:
    for entry in nav:
        for title, inside in entry.items() if isinstance(entry, dict) else ():
            if isinstance(inside, str):
                yield inside, title
            else:
                yield from _titles(inside)


def share_rendering(
    env: Environment,
    config: MkDocsConfig,
    nav: Navigation,
    files: Files,
    finish: Callable[[Page, str], tuple[str, Any]],
    note: Callable[[Page, Any], None],
) -> None:
    """Have a second process put pages into the theme and write them, from the last to the first.

    Only where no other plugin has a hand in the pages: what it notes there would be lost.

    Args:
        env: the theme's environment; MkDocs has not rendered anything with it.
        config: the settings.
        nav: the navigation.
        files: all files, their pages converted.
        finish: takes a page and what the theme made of it; returns that as it is written, and what is to be noted.
        note: takes a page that the second process has written, and what is to be noted.
    """
    documents = files.documentation_pages()
    pages = [file.page for file in documents if file.page is not None]

    def write(number: int) -> Any:
        # What MkDocs does with each page (`_build_page`, MkDocs 1.6).
        page = pages[number]
        page.active = True
        try:
            # The first process reads the page for the search.
            page.meta["search"] = {"exclude": True}
            context = get_context(nav, documents, config, page)
            template = env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            html, noted = finish(page, template.render(context))
        finally:
            page.active = False
        write_file(html.encode("utf-8", errors="xmlcharrefreplace"), page.file.abs_dest_path)
        return noted

    second = Second(len(pages), write)
    numbers = {id(page): number for number, page in enumerate(pages)}

    class Shared(env.template_class):  # type: ignore[name-defined,misc]  # Jinja's own way to have other templates
        def render(self, *args: Any, **kwargs: Any) -> str:
            number = numbers.get(id(args[0].get("page"))) if args else None
            noted = second.result(number) if number is not None else None
            if number is None or noted is None:
                rendered: str = super().render(*args, **kwargs)
                return rendered
            note(pages[number], noted)
            # MkDocs writes nothing then.
            return ""

    env.template_class = Shared
