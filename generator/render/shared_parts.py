"""Parts of the theme that pages have in common, rendered once: they took a quarter of the time that a page does.

What they depend on is Material's (material/templates/base.html, partials/header.html, partials/tabs.html, 9.x);
`tests/test_shared_parts.py` compares every page with Material's own. Where an author's theme or another plugin has a
hand in the pages, they may depend on more, and nothing is shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_Render = Callable[[], str]
_TOPIC = re.compile(r'data-md-component="header-topic">\s*<span class="md-ellipsis">\s*')
"""What stands before the title of the page in Material's header."""


class SharedParts:
    """The parts that were rendered in a build; blocks of the theme call it in the place of what they extend."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Any, ...], str] = {}
        self._headers: dict[tuple[Any, ...], tuple[str, str] | None] = {}

    def same(self, name: str, base_url: str, render: _Render) -> str:
        """Return a part in which nothing but links differs.

        Args:
            name: the part.
            base_url: the way from the page to the root of the site.
            render: renders it, as Material does.
        """
        key = name, base_url
        if key not in self._parts:
            self._parts[key] = render()
        return self._parts[key]

    def tabs(self, base_url: str, nav: Any, render: _Render) -> str:
        """Return the tabs, of which those that the page is in are marked."""
        key = base_url, *(item.active for item in nav.items)
        if key not in self._parts:
            self._parts[key] = render()
        return self._parts[key]

    def header(self, base_url: str, nav: Any, page: Any, render: _Render) -> str:
        """Return the header, in which the title of the page stands, and the tabs may stand."""
        title = page.meta.get("title") or page.title if page is not None else None
        if not title:
            return render()
        key = base_url, *(item.active for item in nav.items)
        if key not in self._headers:
            whole = render()
            self._headers[key] = _around(whole, title)
            return whole
        around = self._headers[key]
        return render() if around is None else f"{around[0]}{title}{around[1]}"


def _around(header: str, title: str) -> tuple[str, str] | None:
    """Return what stands before and behind the title, None where that is not plain to see."""
    topic = _TOPIC.search(header)
    if topic is None or not header.startswith(title, topic.end()):
        return None
    return header[: topic.end()], header[topic.end() + len(title) :]
