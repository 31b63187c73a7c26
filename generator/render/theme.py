"""The files of the theme as another engine is given them: words in their places, scripts joined and made smaller."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from generator.render.script_words import with_search_words, with_words
from generator.render.scripts import ORDER, PARTS, SEARCH_PART, ScriptError, joined
from generator.render.smaller import smaller
from generator.words import PLACEHOLDER, Words

# t("page.home")  or  t("page.edition", title=config.site_name), and not lang.t("search")
_CALL = re.compile(r'(?<![\w.])t\("(?P<key>[a-z]+\.[a-z_]+)"(?P<values>(?:, [a-z]+=[\w.]+)*)\)')


def served(theme: Mapping[str, bytes], words: Words) -> dict[str, bytes]:
    """Return the files of a theme, with the words of a guide in its templates and scripts.

    Raises:
        ScriptError: the list of the script's parts does not fit them, or a word is asked for that is not there.
    """
    files = {uri: _served(uri, content, words) for uri, content in theme.items() if not uri.startswith(PARTS)}
    parts = {uri.removeprefix(PARTS): content.decode() for uri, content in theme.items() if uri.startswith(PARTS)}
    made = with_words(joined(parts), words) if ORDER in parts else {}
    return files | {uri: content.encode() for uri, content in made.items()}


def _served(uri: str, content: bytes, words: Words) -> bytes:
    if uri.endswith(".html"):
        return with_theme_words(content.decode(), words).encode()
    if uri == SEARCH_PART:
        return with_search_words(smaller(content.decode()), words).encode()
    return smaller(content.decode()).encode() if uri.endswith(".js") else content


def with_theme_words(template: str, words: Words) -> str:
    """Return a template of the theme in which each call of `t` is the text itself, as an expression of Jinja.

    Raises:
        ScriptError: a word is asked for that is not there, or has forms, or lacks a value.
    """

    def put(match: re.Match[str]) -> str:
        entry = words.texts.get(match["key"])
        values = dict(value.split("=") for value in match["values"].split(", ")[1:])
        if not isinstance(entry, str) or not {*PLACEHOLDER.findall(entry)} <= {*values}:
            raise ScriptError(f"the theme says '{match['key']}', which is no text of the catalogue with these values")
        pieces = [
            values[piece] if odd % 2 else json.dumps(piece, ensure_ascii=False)
            for odd, piece in enumerate(PLACEHOLDER.split(entry))
            if piece
        ]
        return f"({' ~ '.join(pieces)})"

    return _CALL.sub(put, template)
