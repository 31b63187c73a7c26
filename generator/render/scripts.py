"""Makes the guide's own scripts smaller for the reader's page."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_CAST = re.compile(r"/\*\* @type \{[^\n]*?\} \*/ ?")


def without_comments(code: str) -> str:
    """Return a script without the comments that have lines of their own, and without the types of its values.

    Half of a well described script is description. Nothing else is touched, so that what a reader's browser reports
    can still be found in the source.
    """
    return _CAST.sub("", _COMMENT.sub("", code))
