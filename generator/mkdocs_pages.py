"""Has two processes put the pages into the theme, which is the longest step of a build."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.second_process import Second


def share_rendering(env: Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
    """Have a second process put pages into the theme, from the last to the first.

    Only where no other plugin has a hand in the pages: what it notes there would be lost.

    Args:
        env: the theme's environment; MkDocs has not rendered anything with it.
        config: the settings.
        nav: the navigation.
        files: all files, their pages converted.
    """
    documents = files.documentation_pages()
    pages = [file.page for file in documents if file.page is not None]

    def render(number: int) -> str:
        # What MkDocs does with each page before it writes it (`_build_page`, MkDocs 1.6).
        page = pages[number]
        page.active = True
        try:
            # The first process reads the page for the search.
            page.meta["search"] = {"exclude": True}
            context = get_context(nav, documents, config, page)
            template = env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            return template.render(context)
        finally:
            page.active = False

    second = Second(len(pages), render)
    numbers = {id(page): number for number, page in enumerate(pages)}

    class Shared(env.template_class):  # type: ignore[name-defined,misc]  # Jinja's own way to have other templates
        def render(self, *args: Any, **kwargs: Any) -> str:
            number = numbers.get(id(args[0].get("page"))) if args else None
            rendered = second.result(number) if number is not None else None
            return rendered if rendered is not None else super().render(*args, **kwargs)

    env.template_class = Shared
