"""The MkDocs plugin: hands the guide's pages and files to MkDocs. The only module that imports it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build import (
    cache_folder,
    load_guide,
    load_words,
    packaged_templates,
    stray_links,
    template_folders,
)
from generator.cli import parser
from generator.diagnostics import Log, report
from generator.edition import edition_date
from generator.export.headers import HOSTS_FILE, header_files, inline_scripts, theme_scripts
from generator.export.make import make_files
from generator.export.offline import SEARCH_INDEX, SEARCH_SCRIPT, WORKER, offline_files, retired_worker, search_script
from generator.export.typeset import TypesetError
from generator.extras import is_copied
from generator.jinja_templates import TemplateFault, words_for_templates
from generator.manual import MANUAL, manual_pages
from generator.model import Guide
from generator.parse import DATA_FILES
from generator.preview.builds import PREVIEW_URL
from generator.publish import DRAFTS
from generator.register import redirects
from generator.render.pages import Page, navigation, pages_of
from generator.render.project import escaped_titles
from generator.render.script_words import with_search_words, with_words
from generator.render.scripts import JOINED, ORDER, PARTS, SEARCH_PART, ScriptError, joined, smaller
from generator.render.search_index import asks_once
from generator.render.templates import PageWriter, as_file
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

_log = get_plugin_logger("coaching-guide")
_HTML_LANGUAGE = re.compile(r'(<html lang=)"[^"]*"')


class GuideConfig(Config):
    """Options under `plugins: - coaching-guide:` in mkdocs.yml; what the guide says is set in content/."""

    enabled = opt.Type(bool, default=True)
    """Whether the plugin does anything; off, MkDocs sees plain Markdown files."""
    drafts = opt.Type(bool, default=False)
    """Whether pages that say `draft: true` are in the site; `build --drafts` and `serve --drafts` set it too."""

    offline = opt.Type(bool, default=True)
    """Whether readers' devices keep the site for use without a network; off, those that do give it up."""
    manual = opt.Type(bool, default=False)
    """Whether the authors' manual is published with the guide, at /manual/, with a link in the footer."""


class GuidePlugin(BasePlugin[GuideConfig]):
    """Puts lessons, checklists, messages and indexes in place of the plain files of the content folder."""

    _previewing = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self._previewing = command == "serve" or PREVIEW_URL in os.environ

    # Early: the search plugin takes what it is to do from its options.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Start afresh: under `serve` MkDocs calls this again for every rebuild."""
        self._written: list[tuple[Page, dict[str, Any], str]] = []
        self._guide: Guide | None = None
        # Before the guide is read and checked: MkDocs and the search take the language from the settings.
        self._words = load_words(Path(config.docs_dir))
        self._left_out: frozenset[str] = frozenset()
        project = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._templates = {kind: template_folders(project, kind) for kind in ("pages", "print", "book", "manual")}
        self._themes = [str(folder) for folder in template_folders(project, "theme")]
        self._cache = cache_folder(project)
        self._stray = stray_links(project)
        self._files: dict[str, str | bytes] = {}
        self._manual: dict[str, tuple[dict[str, Any], str]] = {}
        # The links of a preview lead to the preview.
        config.site_url = os.environ.get(PREVIEW_URL, config.site_url)
        # Material prints these as they are; marked as escaped, they are not escaped twice where it does escape.
        for setting in ("site_name", "site_description", "site_author"):
            if config[setting]:
                config[setting] = escape(config[setting])
        if self.config.enabled:
            watched = [str(folder) for folders in self._templates.values() for folder in folders] + self._themes
            config.watch.extend(folder for folder in watched if folder not in config.watch)
            _add_theme(config, self._themes)
            _add_settings(config, self._words)
            # The footer of the theme asks for it.
            config.extra["manual"] = self.config.manual
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and render the guide.

        Here and not in `on_files`, because MkDocs empties the site in between: a mistake in the content leaves the
        last good site as it was.

        Raises:
            PluginError: the content or a template has errors, all of them in the message.
        """
        if not self.config.enabled:
            return
        drafts = self.config.drafts or os.environ.get(DRAFTS) == "1"
        checked = load_guide(Path(config.docs_dir), drafts=drafts)
        if checked.guide is None:
            raise PluginError("the content has errors; nothing was built\n" + report(checked.diagnostics))
        if self._stray:
            raise PluginError("the templates have errors; nothing was built\n" + report(self._stray))
        for diagnostic in checked.diagnostics:
            _log.warning(str(diagnostic))
        self._guide = checked.guide
        self._left_out = frozenset(f"{page}.md" for page in (*checked.drafts, *checked.waiting) if not drafts)
        config.site_description = config.site_description or escape(checked.guide.settings.description)
        renamed = checked.register.renamed if checked.register is not None else {}
        site_url = config.site_url or ""
        log = Log()
        try:
            made = make_files(
                checked.guide,
                print_templates=self._templates["print"],
                book_templates=self._templates["book"],
                site_url=site_url,
                cache=self._cache,
                log=log,
                directory_urls=config.use_directory_urls,
                # A preview goes without the workbook: typesetting it anew takes longer than an author waits.
                workbook=not self._previewing,
            )
            writer = PageWriter(
                checked.guide, self._templates["pages"], site_url, config.use_directory_urls, renamed, made.downloads
            )
            self._written = [(page, *writer.write(page)) for page in pages_of(checked.guide)]
            self._manual = self._write_manual(checked.guide, config) if self.config.manual else {}
        except TemplateFault as fault:
            raise PluginError(f"{fault.place}: error[template]: {fault.message}") from fault
        except TypesetError as fault:
            raise PluginError(str(fault)) from fault
        for diagnostic in log.sorted():
            _log.warning(str(diagnostic))
        self._files = {**made.files}
        if checked.register is not None:
            self._files |= redirects(checked.register, checked.guide.words, config.use_directory_urls)

    def _write_manual(self, guide: Guide, config: MkDocsConfig) -> dict[str, tuple[dict[str, Any], str]]:
        return manual_pages(
            self._templates["manual"],
            packaged_templates() / "pages",
            parser(),
            guide_title=guide.settings.title,
            site_url=config.site_url or "",
            directory_urls=config.use_directory_urls,
        )

    # Early: other plugins then see the guide's pages as if they had been written by hand.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files that have no source of their own."""
        if self._guide is None:
            return files
        _leave_out(files, {page.uri for page, _, _ in self._written if page.has_source}, config)
        for file in files:
            if file.src_uri in DATA_FILES or file.src_uri in self._left_out:
                file.inclusion = InclusionLevel.EXCLUDED
        for page, front_matter, body in self._written:
            if not page.has_source:
                _add(files, config, page.uri, as_file(front_matter, body))
        for uri, content in self._files.items():
            _add(files, config, uri, content)
        for uri, (front_matter, body) in self._manual.items():
            # Not in the navigation that readers see, and so without a page before and after it.
            _add(files, config, uri, as_file(front_matter, body), InclusionLevel.NOT_IN_NAV)
        _make_scripts(files, config, self._themes, self._words)
        if config.nav is None:
            config.nav = list(escaped_titles(navigation(self._guide)))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Put the rendered lesson, checklist or message in the place of its source; its edit link stays."""
        written = next((entry for entry in self._written if entry[0].uri == page.file.src_uri), None)
        if written is None:
            return None
        page.meta = written[1]
        return written[2]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Give the theme its words; date every page by the edition, so that the same guide gives the same bytes."""
        env.globals["t"] = words_for_templates(self._words)
        date = edition_date(self._guide.settings.edition) if self._guide else None
        for file in files.documentation_pages() if date else ():
            if file.page is not None:
                file.page.update_date = str(date)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Name the guide's own language where Material knows only the one it is a variant of, or none of them."""
        if self._guide is None:
            return output
        return _HTML_LANGUAGE.sub(lambda match: f'{match[1]}"{escape(self._words.language)}"', output, count=1)

    # Last: every other plugin has written its files, the search plugin its index.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep the asks of a page from being found in each of its sections, then ready the site for no network."""
        if self._guide is None:
            return
        site = Path(config.site_dir)
        if (site / SEARCH_INDEX).exists():
            index = asks_once((site / SEARCH_INDEX).read_text(encoding="utf-8"))
            (site / SEARCH_INDEX).write_text(index, encoding="utf-8")
            (site / SEARCH_SCRIPT).write_text(search_script(index), encoding="utf-8")
        if self._previewing:
            return
        # Before the worker, which is to know the site as it is served.
        self._write_headers(site, config)
        if not (site / WORKER).exists():
            return
        if self.config.offline:
            for path, content in offline_files(_for_readers(site, manual=self.config.manual), self._words).items():
                (site / path).write_bytes(content)
        else:
            (site / WORKER).write_bytes(retired_worker((site / WORKER).read_bytes()))

    def _write_headers(self, site: Path, config: MkDocsConfig) -> None:
        """Write the headers for hosts; warn of a script in a page that no template of the theme has."""
        own = theme_scripts(path.read_text(encoding="utf-8") for path in _theme_templates(config.theme.dirs))
        found: set[str] = set()
        for path in sorted(site.rglob("*.html")):
            for code in inline_scripts(path.read_text(encoding="utf-8")):
                if own.fullmatch(code):
                    found.add(code)
                else:
                    page = path.relative_to(site).as_posix()
                    _log.warning("%s: holds a script that no template has; under %s it does not run", page, HOSTS_FILE)
        for name, text in header_files(found).items():
            # What the author put there is the author's.
            if not (site / name).exists():
                (site / name).write_text(text, encoding="utf-8", newline="\n")


def _theme_templates(dirs: Iterable[str]) -> Iterator[Path]:
    for top in dirs:
        for folder, inside, files in os.walk(top):
            # Ten thousand icons, and what is copied as it is.
            inside[:] = sorted(name for name in inside if name != "assets" and not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(".html"))


def _for_readers(site: Path, *, manual: bool) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of a site, without the manual where it has one."""
    for path in sorted(site.rglob("*")):
        uri = path.relative_to(site).as_posix()
        if path.is_file() and not (manual and uri.startswith(MANUAL)):
            yield uri, path.read_bytes()


def _add_theme(config: MkDocsConfig, folders: list[str]) -> None:
    """Look for files of the theme in `folders` before Material's own, and in the author's `custom_dir` before both."""
    dirs = config.theme.dirs
    known = {os.path.realpath(folder) for folder in dirs}
    behind = 1 if config.theme.custom_dir else 0
    dirs[behind:behind] = [folder for folder in folders if os.path.realpath(folder) not in known]


def _add_settings(config: MkDocsConfig, words: Words) -> None:
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


def _leave_out(files: Files, pages: set[str], config: MkDocsConfig) -> None:
    """Take away what the content folder holds besides content and what may be copied; the theme has its files back."""
    known = pages | {*DATA_FILES}
    extra = [file for file in files if file.src_dir == config.docs_dir and file.src_uri not in known]
    left_out = [file for file in extra if not is_copied(file.src_uri)]
    for file in left_out:
        files.remove(file)
    if left_out:
        files.add_files_from_theme(config.theme.get_env(), config)


def _languages_of(config: MkDocsConfig) -> set[str]:
    """Return the codes of the languages that the theme has words in."""
    folders = [Path(folder) / "partials" / "languages" for folder in config.theme.dirs]
    return {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.html")}


def _add(
    files: Files,
    config: MkDocsConfig,
    uri: str,
    content: str | bytes,
    inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
) -> None:
    if files.get_file_from_path(uri) is not None:
        raise PluginError(f"{uri}: the guide makes this file itself; rename the one in the content folder")
    files.append(File.generated(config, uri, content=content, inclusion=inclusion))


def _make_scripts(files: Files, config: MkDocsConfig, themes: list[str], words: Words) -> None:
    """Join the parts of the reader's script, and make the theme's scripts smaller.

    Raises:
        PluginError: the list of the parts does not fit them.
    """
    parts = {
        file.src_uri.removeprefix(PARTS): file
        for file in files
        if file.src_uri.startswith(PARTS) and file.src_dir != config.docs_dir
    }
    for file in parts.values():
        files.remove(file)
    for file in files:
        # Only the scripts of the theme are known to bear it.
        if file.src_uri.endswith(".js") and file.src_dir in themes:
            content = smaller(file.content_string)
            file.content_string = with_search_words(content, words) if file.src_uri == SEARCH_PART else content
    if ORDER in parts:
        try:
            script = with_words(joined({name: file.content_string for name, file in parts.items()}), words)
        except ScriptError as fault:
            raise PluginError(f"{parts[ORDER].abs_src_path}: error[template]: {fault}") from fault
        _add(files, config, JOINED, script)
