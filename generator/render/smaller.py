"""Makes scripts smaller without changing what they do."""

from __future__ import annotations

import re

from rjsmin import jsmin

_NO_CODE = (
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    # A regular expression: where no number or name ends before it, a division cannot be meant.
    r"""|(?<=[(,=:!&|?;{}\[>])\s*/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"""
)
"""Comments, texts and patterns."""
_CODE = re.compile(_NO_CODE + "|[`{}]", re.DOTALL)
_NEEDLESS = re.compile(_NO_CODE + r"|`(?:[^`\\]|\\.)*`|(?P<needless>[;,](?=\})|,(?=[)\]]))", re.DOTALL)
"""What means nothing once the white space is gone."""
_TEXT = re.compile(r"\\.|`|\$\{", re.DOTALL)


def smaller(code: str) -> str:
    """Return a script without comments, and without white space where it has no meaning.

    A script with a template literal inside another comes back as it is: rjsmin takes the inner one's text for code.
    """
    made: str = code if nested_template(code) else jsmin(code)
    return made


def tighter(code: str) -> str:
    """Return a script smaller yet: without semicolons before a `}`, and commas behind the last of several things.

    A semicolon that is a statement of its own (`while (f());`) has to stand in braces.
    """
    return _NEEDLESS.sub(lambda match: "" if match["needless"] else match[0], smaller(code))


def nested_template(code: str) -> int:
    """Return the number of the first line with a template literal inside another, 0 when there is none."""
    inside: list[str] = []
    at = 0
    while True:
        in_text = inside[-1:] == ["`"]
        mark = (_TEXT if in_text else _CODE).search(code, at)
        if mark is None:
            return 0
        at = mark.end()
        if mark[0] == "`" and not in_text and "`" in inside:
            return code.count("\n", 0, at) + 1
        if (mark[0] == "`" and in_text) or mark[0] == "}":
            del inside[-1:]
        elif mark[0] in ("`", "${", "{"):
            inside.append(mark[0])
