"""Turns an author's prose into HTML in which nothing but the renderer's own tags is markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from generator.markdown import options
from generator.texts import Prose

Resolve = Callable[[str], str]
Cite = Callable[[str], Markup]


class _Html(RendererHTML):
    """Renders tokens; `env` holds `resolve` (an author's link to an address) and `cite` (a key to its note)."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        href = env["resolve"](str(tokens[idx].attrGet("href") or ""))
        return f'<a href="{escapeHtml(href)}">'

    def citation(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(env["cite"](tokens[idx].content))

    def admonition_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        kind = escapeHtml(str(tokens[idx].meta.get("tag", "")))
        return f'<aside class="guide-box guide-box--{kind}">\n'

    def admonition_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</aside>\n"

    def admonition_title_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<p class="guide-box__title" data-search-exclude>'

    def admonition_title_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</p>\n"

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return " "


_RENDERER = _Html()


def prose_html(prose: Prose, resolve: Resolve, cite: Cite) -> Markup:
    """Return prose as HTML.

    Args:
        prose: blocks, or the inline tokens of one line.
        resolve: the address for a link as the author wrote it.
        cite: the note for the key of a study.
    """
    return Markup(_RENDERER.render(list(prose.tokens), options(), {"resolve": resolve, "cite": cite}).strip())


def without_links(prose: Prose) -> Prose:
    """Return prose with the words of its links alone, for paper."""

    def words(tokens: Sequence[Token]) -> tuple[Token, ...]:
        kept = (token for token in tokens if token.type not in ("link_open", "link_close"))
        return tuple(token.copy(children=list(words(token.children))) if token.children else token for token in kept)

    return prose.with_tokens(words(prose.tokens))
