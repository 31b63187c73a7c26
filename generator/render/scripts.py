"""Makes the one script of the reader's page from its parts, and scripts smaller."""

from __future__ import annotations

import re
from collections.abc import Mapping

ORDER = "order.txt"
"""The file that names the parts in their order, one a line."""
PARTS = "assets/guide/"
"""Where a theme has them."""
JOINED = "assets/guide.js"
"""Where the site has the script they make."""
SEARCH_PART = "assets/search.js"
"""The script that readies a question for Material's search."""

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_CAST = re.compile(r"/\*\* @type \{[^\n]*?\} \*/ ?")


class ScriptError(Exception):
    """The parts of the script and the list of them do not fit; its text names every misfit."""


def joined(parts: Mapping[str, str]) -> str:
    """Return the one script that parts make in one scope of their own.

    Classic scripts, because module scripts do not load from `file://`. A part may use what any other declares, and when
    it is loaded what earlier ones declare.

    Args:
        parts: the parts by file name, and under `ORDER` the list of them.

    Raises:
        ScriptError: the list names a part twice or one that is not there, or leaves one out.
    """
    names = [line.strip() for line in parts[ORDER].splitlines() if line.strip()]
    faults = [
        *(f"names '{name}', which is not beside it" for name in dict.fromkeys(names) if name not in parts),
        *(f"names '{name}' more than once" for name in dict.fromkeys(names) if names.count(name) > 1),
        *(f"leaves out '{name}'; add a line with its name" for name in sorted({*parts} - {*names, ORDER})),
    ]
    if faults:
        raise ScriptError("\n".join(f"{ORDER} {fault}" for fault in faults))
    return '(() => {\n"use strict";\n' + "".join(smaller(parts[name]) for name in names) + "})();\n"


def smaller(code: str) -> str:
    """Return a script without comments and empty lines, indentation and the types of its values.

    Of comments those that have lines of their own: half of a well described script is description. Every statement
    keeps a line of its own, so that what a reader's browser reports can still be found in the source.
    """
    lines = _CAST.sub("", _COMMENT.sub("", code)).splitlines()
    # White space inside a template literal that goes on in the next line is text: such a script keeps all of its own.
    if all(line.count("`") % 2 == 0 for line in lines):
        # Behind these a line need not end, unless it ends in a comment: 125 bytes less over the wire.
        lines = [line.strip() for line in lines if line.strip()]
        return "".join(line if line[-1] in "{(," and "//" not in line else f"{line}\n" for line in lines)
    return "".join(f"{line}\n" for line in lines)
