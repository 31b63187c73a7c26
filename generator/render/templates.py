"""Writes pages with the Jinja templates of a project, or the packaged ones where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import Any

import yaml
from markupsafe import Markup, escape

from generator.channels import ADDRESS
from generator.export.downloads import Shelf
from generator.jinja_templates import environment, render
from generator.links import External, calendar_url, page_url, relative_url, split_target, variant_anchor
from generator.markdown import links, plain_text
from generator.memo import Memo
from generator.model import Checklist, Guide, Lesson, Message
from generator.render.escape import markdown_words
from generator.render.journey import draw_journey
from generator.render.pages import HOME, Page
from generator.render.prose import prose_html, without_links
from generator.render.reader import besides_lists, plan_data, reader_settings
from generator.render.structured_data import describe_page, structured_data
from generator.schedule import RHYTHMS, Sequence, message_lines, rhythm_words, routine_lines, sequence
from generator.texts import Prose
from generator.yaml_nodes import Text


class PageWriter:
    """Writes the pages of one guide."""

    def __init__(
        self,
        guide: Guide,
        folders: Iterable[FilePath],
        site_url: str = "",
        directory_urls: bool = True,
        renamed: Mapping[Text, Text] | None = None,
        downloads: Shelf | None = None,
        memo: Memo | None = None,
    ) -> None:
        """Take what all pages share.

        Args:
            guide: a guide without errors.
            folders: where templates are looked for, first match wins.
            site_url: the site's address with a slash at its end, "" when it is not known.
            directory_urls: whether a page's address ends in a slash (else in .html).
            renamed: the register's old addresses with their new ones; readers' ticks and notes move along.
            downloads: the files that go with the pages; what is not among them is not linked.
            memo: what the last build made of parts of pages.
        """
        self._guide = guide
        self._site_url = site_url
        self._directory_urls = directory_urls
        self._renamed = renamed or {}
        self._memo = memo or Memo()

        def follow_ups(message: Message) -> Sequence:
            return sequence(guide, message)

        downloads = Shelf() if downloads is None else downloads
        used = _channels_of(guide)
        self._environment = environment(folders, guide.words)
        self._environment.filters.update(TEMPLATE_FILTERS)
        self._environment.globals.update(
            guide=guide,
            settings=guide.settings,
            journey=draw_journey(guide),
            channel={channel.title: channel for channel in guide.channels}.__getitem__,
            longest_address=ADDRESS.most,
            rhythm=RHYTHMS.__getitem__,
            calendar_url=calendar_url,
            rhythm_words=partial(rhythm_words, words=guide.words),
            message_lines=partial(message_lines, words=guide.words),
            routine_lines=partial(routine_lines, words=guide.words),
            sequence=follow_ups,
            downloads=downloads,
            download=downloads.get,
            downloads_of=downloads.of,
            channel_titles=[channel.title for channel in guide.channels if channel.title in used],
        )

    def write(self, page: Page) -> tuple[dict[str, Any], str]:
        """Return a page as front matter and Markdown.

        Raises:
            TemplateFault: the page's template is missing or broken.
        """
        body = render(self._environment, page.template, "pages", {"page": page, **self._tools(page)})
        return self._front_matter(page), body.strip() + "\n"

    def _tools(self, page: Page) -> dict[str, Callable[..., Any]]:
        here = page_url(page.uri, self._directory_urls)

        def url(target: str) -> str:
            """Return the link from this page to a page ('lessons/x.md', with or without an anchor) or a file."""
            path, hash, anchor = target.partition("#")
            address = page_url(path, self._directory_urls) if path.endswith(".md") else path
            return relative_url(address + hash + anchor, here)

        def resolve(target: str) -> str:
            split = split_target(target, page.uri)
            if isinstance(split, External):
                # Checked before; whatever got past that leads nowhere.
                return split.address if split.safe else "#"
            file, anchor = split
            return f"#{anchor}" if file == page.uri else url(file + (f"#{anchor}" if anchor else ""))

        def cite(key: str) -> Markup:
            reference = self._guide.references[key]
            words = self._guide.words.citation(reference.short, reference.year)
            return Markup('<a class="guide-cite" href="{}">{}</a>').format(url(f"references.md#{key}"), words)

        def prose(text: Prose) -> Markup:
            return prose_html(text, resolve, cite)

        def paper(text: Prose) -> Markup:
            """Return prose as it is printed: links and citations are their words."""
            return prose_html(without_links(text), resolve, cite_in_words)

        def cite_in_words(key: str) -> Markup:
            reference = self._guide.references[key]
            words = self._guide.words.citation(reference.short, reference.year)
            return Markup('<span class="guide-cite">{}</span>').format(words)

        def item_links(text: Prose) -> list[tuple[str, str]]:
            """Return address and title of the pages that an item's own text links to."""
            return [(resolve(target), title) for target, title in self._titles_in(text, page.uri)]

        def item_titles(text: Prose, uri: str) -> list[str]:
            """Return the titles of the pages that an item of another page links to."""
            return [title for _, title in self._titles_in(text, uri)]

        def address(uri: str) -> str:
            """Return the published address of a page, "" when the site's is not known."""
            return self._site_url + page_url(uri, self._directory_urls) if self._site_url else ""

        def data() -> str:
            return plan_data(self._guide, url, self._memo)

        def kept(macro: Callable[[Any], str], subject: Lesson | Checklist | Message) -> Markup:
            """Return what a macro of the template makes of a page of the guide."""
            kind = type(subject).__name__.lower()
            name = f"{kind} {subject.id}, {getattr(macro, 'name', '')} of {page.uri}"
            made = self._memo.keep(name, lambda: str(escape(macro(subject))))
            return Markup(made)  # noqa: S704  # escaped in the line above

        return {
            "url": url,
            "address": address,
            "prose": prose,
            "paper": paper,
            "item_links": item_links,
            "item_titles": item_titles,
            "cite": cite,
            "plan_data": data,
            "kept": kept,
        }

    def _titles_in(self, text: Prose, here: str) -> list[tuple[str, str]]:
        return [(target, self._title_of(target, here) or words) for target, words, _ in links(text.tokens)]

    def _title_of(self, target: str, here: str) -> str:
        split = split_target(target, here)
        if isinstance(split, External):
            return ""
        folder, _, name = split[0].partition("/")
        id = name.removesuffix(".md")
        words = self._guide.words
        if folder == "lessons":
            return words("lesson.why", title=self._guide.lesson(id).title)
        if folder == "checklists":
            return words("checklist.titled", title=self._guide.checklist(id).title)
        return words("checklist.say", title=self._guide.message(id).title)

    def _front_matter(self, page: Page) -> dict[str, Any]:
        # Material prints title and description as they are: escaped here, they are text there.
        resource = describe_page(self._guide, page.subject, page.title, page.description)
        matter: dict[str, Any] = {
            "title": str(escape(page.title)),
            "description": str(escape(page.description)),
            "structured_data": structured_data(resource, [*page.trail, (page.title, page.uri)], self._site_url),
        }
        if page.uri == HOME:
            # The theme puts both on every page.
            matter["reader"] = reader_settings(self._guide, self._renamed)
            matter["edition"] = str(self._guide.settings.edition)
        if page.asks:
            matter["tags"] = [str(escape(ask)) for ask in page.asks]
        if page.hide:
            matter["hide"] = list(page.hide)
        if not page.searchable:
            matter["search"] = {"exclude": True}
        elif page.boost != 1:
            matter["search"] = {"boost": page.boost}
        return matter


def _words(prose: Prose) -> str:
    return plain_text(prose.tokens)


def _channels_of(guide: Guide) -> set[str]:
    return {variant.channel for message in guide.messages for variant in message.variants}


TEMPLATE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "md": markdown_words,
    "words": _words,
    "anchor": variant_anchor,
    "besides_lists": besides_lists,
}


def as_file(front_matter: dict[str, Any], body: str) -> str:
    """Return a page as the text of one Markdown file."""
    head = yaml.safe_dump(front_matter, allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{head}---\n\n{body}"
