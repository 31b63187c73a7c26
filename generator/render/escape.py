"""Lets an author's words stand in a Markdown page as words."""

from __future__ import annotations

import re

from markupsafe import Markup

_MAY_BE_SYNTAX = r"\x00-\x1f!-&(-+\--/:-@\[-`{-\u00bf\ufffe\uffff"
_NOT_PLAIN = re.compile(f"[{_MAY_BE_SYNTAX}]")
PLAIN = f"[^{_MAY_BE_SYNTAX}]"
"""The pattern of a character that is not.

Of ASCII that are letters, digits, spaces, commas and apostrophes; of the rest, all but the marks of Latin-1.
"""


def markdown_words(text: str) -> Markup:
    """Return text as Markdown (and HTML) that reads as exactly this text.

    Every mark that Markdown or one of its extensions could take for syntax becomes a character reference.
    """
    return Markup(_NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", text))
