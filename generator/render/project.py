"""A guide as a project of plain files, for an engine that knows nothing of this generator.

Written for Zensical, which reads MkDocs' settings and Material's templates; MkDocs with Material builds it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml
from markupsafe import escape

from generator.model import Guide
from generator.site_settings import EXTENSIONS, SCRIPTS, SEARCH_PLUGINS, STYLES, own_first, set_in, theme_settings

SETTINGS = "mkdocs.yml"
DOCS = "docs"
THEME_FOLDER = "theme"
# What mkdocs.yml says of the folders and steps of this project, and what stands for the page's source.
_OURS = frozenset({"docs_dir", "site_dir", "hooks", "INHERIT", "nav", "watch", "edit_uri", "edit_uri_template"})
_SOURCE_LINKS = ("content.action.edit", "content.action.view")
LANGUAGES = frozenset(
    "af ar az be bg bn ca cs cy da de el en eo es et eu fa fi fr gl he hi hr hu hy id is it ja ka kn ko ku-IQ lb lt lv "  # noqa: SIM905
    "mk mn ms my nb nl nn pl pt pt-BR ro ru sa sh si sk sl sq sr sv ta te th tl tr uk ur uz vi zh zh-Hant zh-TW".split()
)
"""The languages in which Zensical's theme has words."""


def project_settings(own: Mapping[str, Any], guide: Guide, nav: list[dict[str, object]]) -> dict[str, Any]:
    """Return the settings of the project: those of the guide's mkdocs.yml, with what the guide's look needs.

    Args:
        own: mkdocs.yml as YAML reads it.
        guide: what the site is called and said to be where mkdocs.yml does not say it; its words.
        nav: the navigation of the guide, used where mkdocs.yml has none.
    """
    theme = {**theme_settings(guide.words, LANGUAGES), **set_in(own, "theme")}
    # Zensical's own look is another one, which the guide's stylesheets do not fit.
    theme |= {"name": "material", "variant": "classic", "custom_dir": THEME_FOLDER}
    theme["features"] = [name for name in theme["features"] or () if name not in _SOURCE_LINKS]
    settings = {key: value for key, value in own.items() if key not in _OURS and value is not None}
    said = guide.settings
    settings = {"site_name": said.title, "site_description": str(escape(said.description)), **settings}
    scripts = own_first(SCRIPTS, own.get("extra_javascript") or ())
    return settings | {
        "docs_dir": DOCS,
        "theme": theme,
        "plugins": list(_plugins(own.get("plugins"))),
        "markdown_extensions": own_first(EXTENSIONS, own.get("markdown_extensions") or ()),
        "extra": {"generator": False, **set_in(own, "extra")},
        "extra_css": own_first(STYLES, own.get("extra_css") or ()),
        "extra_javascript": [{"path": one, "defer": True} if one in SCRIPTS else one for one in scripts],
        "nav": own.get("nav") or list(escaped_titles(nav)),
    }


def own_options(own: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options of this generator's plugin in mkdocs.yml."""
    options = dict(_entries(own.get("plugins"))).get("coaching-guide")
    return options if isinstance(options, Mapping) else {}


def _entries(plugins: object) -> Iterable[tuple[Any, Any]]:
    return (
        plugins.items() if isinstance(plugins, Mapping) else map(_named, plugins if isinstance(plugins, list) else ())
    )


def _plugins(own: object) -> Iterator[Any]:
    """Name the plugins that mkdocs.yml asks for, without this generator's and the options of Material's search."""
    for name, options in _entries(own or ["search"]):
        if name in SEARCH_PLUGINS:
            yield "search"
        elif name != "coaching-guide":
            yield {name: options} if options else name


def _named(entry: object) -> tuple[Any, Any]:
    return next(iter(entry.items())) if isinstance(entry, Mapping) and entry else (entry, None)


def escaped_titles(nav: Iterable[Any]) -> Iterator[Any]:
    """Escape the titles of the navigation: Material prints them as they are."""
    for entry in nav:
        if isinstance(entry, dict):
            yield {
                str(escape(title)): list(escaped_titles(inside)) if isinstance(inside, list) else inside
                for title, inside in entry.items()
            }
        else:
            yield entry


def page_of_project(front_matter: Mapping[str, Any], body: str) -> tuple[dict[str, Any], str]:
    """Return a page's front matter and Markdown for the project.

    Material's search reads the tags of a page, which its asks are. Zensical's does not, but reads what is hidden.
    """
    matter = {key: value for key, value in front_matter.items() if key != "tags"}
    asks = front_matter.get("tags")
    if not asks:
        return matter, body
    heading, _, rest = body.partition("\n")
    hidden = "".join(f"<p>{ask}</p>\n" for ask in asks)
    return matter, f"{heading}\n\n<div hidden>\n{hidden}</div>\n{rest}"


def settings_file(settings: Mapping[str, Any]) -> str:
    """Return the settings as the text of mkdocs.yml."""
    head = "# Written by `coaching-guide render`: a change here is lost with the next one.\n"
    return head + yaml.safe_dump(dict(settings), allow_unicode=True, sort_keys=False, width=1_000_000)
