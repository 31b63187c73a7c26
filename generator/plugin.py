"""The MkDocs plugin: hands the guide's pages and files to MkDocs.

It and the modules whose names begin with `mkdocs_` are the only ones that import MkDocs.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any, ClassVar, Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.build import load_guide, load_words
from generator.cli import parser
from generator.compiled_templates import keep_compiled
from generator.diagnostics import report
from generator.edition import edition_date
from generator.environment import DRAFTS, PREVIEW_URL
from generator.export.headers import HOSTS_FILE, theme_scripts
from generator.export.typeset import TypesetError
from generator.finish import Finishing, finish_site, unfinished
from generator.generate import Generated, Settings, begin
from generator.jinja_templates import TemplateFault, words_for_templates
from generator.memo import Memo
from generator.mkdocs_files import add_file, leave_out, make_scripts
from generator.mkdocs_notes import PageNotes
from generator.mkdocs_pages import put_pages, share_rendering
from generator.mkdocs_settings import add_settings, add_theme, theme_templates
from generator.parse import DATA_FILES
from generator.rebuild.build import Handover
from generator.render.pages import navigation
from generator.render.project import escaped_titles
from generator.render.shared_nav import SharedNav
from generator.render.shared_parts import SharedParts
from generator.render.templates import as_file
from generator.stray_links import stray_links
from generator.template_folders import template_folders

_KNOWN_EXTENSIONS = {"toc", "tables", "fenced_code", "attr_list"}
"""MkDocs' own Markdown extensions and ours: none of them looks into HTML blocks."""
LOG = get_plugin_logger("coaching-guide")


class GuideConfig(Config):
    """Options under `plugins: - coaching-guide:` in mkdocs.yml; what the guide says is set in content/."""

    enabled = opt.Type(bool, default=True)
    """Whether the plugin does anything; off, MkDocs sees plain Markdown files."""
    drafts = opt.Type(bool, default=False)
    """Whether pages that say `draft: true` are in the site; `build --drafts` and `serve --drafts` set it too."""

    offline = opt.Type(bool, default=True)
    """Whether readers' devices keep the site for use without a network; off, those that do give it up."""

    exports = opt.Type(bool, default=True)
    """Whether paper, the e-book and the files for text expanders are made."""

    manual = opt.Type(bool, default=False)
    """Whether the authors' manual is published with the guide, at /manual/, with a link in the footer."""


class GuidePlugin(BasePlugin[GuideConfig]):
    """Puts lessons, checklists, messages and indexes in place of the plain files of the content folder."""

    _previewing = False
    handover: ClassVar[Handover | None] = None
    """What `build_with_mkdocs` gives to the plugin that MkDocs makes, and gets back from it."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self._previewing = command == "serve" or PREVIEW_URL in os.environ

    # Early: the search plugin takes what it is to do from its options.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Start afresh: under `serve` MkDocs calls this again for every rebuild."""
        self._generated: Generated | None = None
        self._notes: PageNotes | None = None
        self._manual: dict[str, tuple[dict[str, Any], str]] = {}
        # The guide that was handed over, once it is known to be the one that MkDocs builds.
        self._taken: Handover | None = None
        # Before the guide is read and checked: MkDocs and the search take the language from the settings.
        self._words = load_words(Path(config.docs_dir))
        self._left_out: frozenset[str] = frozenset()
        self._project = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._themes = [str(folder) for folder in template_folders(self._project, "theme")]
        self._stray = stray_links(self._project)
        # The links of a preview lead to the preview.
        config.site_url = os.environ.get(PREVIEW_URL, config.site_url)
        # Material prints these as they are; marked as escaped, they are not escaped twice where it does escape.
        for setting in ("site_name", "site_description", "site_author"):
            if config[setting]:
                config[setting] = escape(config[setting])
        if self.config.enabled:
            kinds = ("pages", "print", "book", "manual")
            watched = [str(folder) for kind in kinds for folder in template_folders(self._project, kind)] + self._themes
            config.watch.extend(folder for folder in watched if folder not in config.watch)
            add_theme(config, self._themes)
            add_settings(config, self._words)
            # The footer of the theme asks for it.
            config.extra["manual"] = self.config.manual
        # What other extensions do with HTML blocks, they are to do.
        self._lifts = set(config.markdown_extensions) <= _KNOWN_EXTENSIONS
        self._indexes = "material/search" in config.plugins and importlib.util.find_spec("jieba") is None
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and render the guide, unless that was done already.

        Here and not in `on_files`, because MkDocs empties the site in between: a mistake in the content leaves the
        last good site as it was.

        Raises:
            PluginError: the content or a template has errors, all of them in the message.
        """
        if not self.config.enabled:
            return
        handover = self.handover
        drafts = self.config.drafts or os.environ.get(DRAFTS) == "1" or (handover is not None and handover.drafts)
        if handover is not None and (handover.content, handover.drafts) == (Path(config.docs_dir).resolve(), drafts):
            checked = handover.checked
        else:
            checked = load_guide(Path(config.docs_dir), drafts=drafts)
            handover = None
        if checked.guide is None:
            raise PluginError("the content has errors; nothing was built\n" + report(checked.diagnostics))
        if self._stray:
            raise PluginError("the templates have errors; nothing was built\n" + report(self._stray))
        # Whoever hands a guide over has told what is wrong with it.
        for diagnostic in checked.diagnostics if handover is None else ():
            LOG.warning(str(diagnostic))
        self._left_out = frozenset(f"{page}.md" for page in (*checked.drafts, *checked.waiting) if not drafts)
        config.site_description = config.site_description or escape(checked.guide.settings.description)
        settings = Settings(
            site_url=config.site_url or "",
            directory_urls=config.use_directory_urls,
            exports=self.config.exports,
            # A preview goes without the workbook: typesetting it anew takes longer than an author waits.
            workbook=not self._previewing,
        )
        made = handover.generated if handover is not None else None
        try:
            if made is None or made.settings != settings:
                memo = Memo(checked.pages.inputs()) if handover is not None else None
                made = begin(checked, self._project, settings, memo, convert=True)
            if handover is None:
                made.finish()
            if self.config.manual:
                # Imported late: a guide without the manual need not wait for it.
                from generator.manual import manual_of  # noqa: PLC0415

                self._manual = manual_of(made.guide.settings.title, settings, self._project, parser())
        except (TemplateFault, TypesetError) as fault:
            raise _as_error(fault) from fault
        for diagnostic in made.diagnostics:
            LOG.warning(str(diagnostic))
        if handover is not None:
            handover.generated = made
            self._taken = handover
        self._generated = made

    # Early: other plugins then see the guide's pages as if they had been written by hand.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files that have no source of their own."""
        if self._generated is None:
            return files
        try:
            # Until now a second process wrote them; what was handed over is built aside, and empties no site.
            pages = {written.page.uri: written for written in self._generated.pages}
        except TemplateFault as fault:
            raise _as_error(fault) from fault
        taken = self._taken is not None
        alone = self._taken is not None and self._taken.alone
        self._notes = PageNotes(pages, self._words.language, self._lifts, self._indexes, kept=taken, alone=alone)
        leave_out(files, {uri for uri, written in pages.items() if written.page.has_source}, config)
        for file in files:
            if file.src_uri in DATA_FILES or file.src_uri in self._left_out:
                file.inclusion = InclusionLevel.EXCLUDED
        for written in self._generated.pages:
            if not written.page.has_source:
                add_file(files, config, written.page.uri, as_file(written.meta, written.body))
        for uri, content in self._generated.files.items():
            add_file(files, config, uri, content)
        for uri, (front_matter, body) in self._manual.items():
            # Not in the navigation that readers see, and so without a page before and after it.
            add_file(files, config, uri, as_file(front_matter, body), InclusionLevel.NOT_IN_NAV)
        make_scripts(files, config, self._themes, self._words)
        if config.nav is None:
            config.nav = list(escaped_titles(navigation(self._generated.guide)))
            # With settings of their own, headings look another way; a navigation of an author's may name pages anyhow.
            if self._lifts and not config.mdx_configs.get("toc"):
                put_pages(files, {uri: written.converted for uri, written in pages.items()}, config)
        return files

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """Spare MkDocs the reading of what is replaced anyway."""
        return "" if self._notes is not None and page.file.src_uri in self._notes.written else None

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Put the rendered lesson, checklist or message in the place of its source; its edit link stays.

        Without its HTML blocks: converting a page then takes a third of the time, or none at all.
        """
        return self._notes.markdown_of(page) if self._notes is not None else None

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Put the HTML blocks back."""
        return self._notes.content_of(page, html) if self._notes is not None else None

    # Around the search plugin: it is told that there is nothing to index, which spares it the slow half of its work.
    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> None:
        if self._notes is not None:
            self._notes.hide_from_search(page)

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> None:
        if self._notes is not None:
            self._notes.show_again(page)

    on_page_context = CombinedEvent(_before_search, _after_search)

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Name the guide's own language, and note where a page's own part stands, for the next build to replace."""
        # Nothing is what the second process has written.
        if self._notes is None or not output:
            return output
        output, slots = self._notes.finish(page, output)
        self._notes.note_slots(page, slots)
        return output

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the navigation, which pages are put into the theme with."""
        self._nav = nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Give the theme its words; date every page by the edition, so that the same guide gives the same bytes."""
        keep_compiled(env)
        env.globals["t"] = words_for_templates(self._words)
        env.globals["shared_nav"] = SharedNav()
        date = edition_date(self._generated.guide.settings.edition) if self._generated else None
        for file in files.documentation_pages() if date else ():
            if file.page is not None:
                file.page.update_date = str(date)
        if self._notes is not None and self._notes.alone:
            if len(self._themes) == 1 and not config.theme.custom_dir:
                env.globals["shared_parts"] = SharedParts()
            share_rendering(env, config, self._nav, files, self._notes.finish, self._notes.note_slots)

    # Last: every other plugin has written its files, the search plugin its index.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make what is made of the whole site, and hand over what the next build may use again."""
        if self._generated is None or self._notes is None:
            return
        records = self._notes.records
        site = Path(config.site_dir)
        before = unfinished(site)
        entries = [entry for page in records.values() for entry in page.entries] if self._indexes else None
        scripts = theme_scripts(path.read_text(encoding="utf-8") for path in theme_templates(config)).pattern
        how = Finishing(
            offline=None if self._previewing else self.config.offline,
            manual=self.config.manual,
            scripts=None if self._previewing else scripts,
        )
        finished = finish_site(site, entries, how, self._words)
        for page in finished.strange:
            LOG.warning("%s: holds a script that no template has; under %s it does not run", page, HOSTS_FILE)
        known = records.keys() - self._manual.keys() == self._notes.written.keys()
        if self._taken is not None and self._indexes and self._lifts and known and not finished.strange:
            self._taken.pages = {uri: page for uri, page in records.items() if uri in self._notes.written}
            self._taken.unfinished = before
            self._taken.finishing = how
            self._taken.looks = finished.looks


def _as_error(fault: TemplateFault | TypesetError) -> PluginError:
    if isinstance(fault, TypesetError):
        return PluginError(str(fault))
    return PluginError(f"{fault.place}: error[template]: {fault.message}")
