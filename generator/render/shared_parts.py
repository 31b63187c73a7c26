"""Parts of the theme that pages have in common, rendered once: they took a quarter of the time that a page does.

What they depend on is Material's (material/templates/base.html, partials/header.html, partials/tabs.html, 9.x);
`tests/test_shared_parts.py` compares every page with Material's own. Where an author's theme or another plugin has a
hand in the pages, they may depend on more, and nothing is shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_Render = Callable[[], str]
_TOPIC = re.compile(r'data-md-component="header-topic">\s*<span class="md-ellipsis">\s*')
"""What stands before the title of the page in Material's header."""


class SharedParts:
    """The parts that were rendered in a build; blocks of the theme call it in the place of what they extend."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Any, ...], str] = {}
        # By what else they depend on, what stands before and behind the title; None where that is not plain to see.
        self._headers: dict[tuple[Any, ...], tuple[str, str] | None] = {}

    def config(self, render: _Render, base_url: str) -> str:
        """Return the theme's settings, in which nothing but the way to the root of the site differs.

        Args:
            render: renders them, as Material does.
            base_url: the way from the page to the root of the site.
        """
        return self._same(render, "config", base_url)

    def tabs(self, render: _Render, base_url: str, nav: Any) -> str:
        """Return the tabs, of which those that the page is in are marked."""
        return self._same(render, "tabs", base_url, *_active(nav))

    def _same(self, render: _Render, *depends: Any) -> str:
        if depends not in self._parts:
            self._parts[depends] = render()
        return self._parts[depends]

    def header(self, render: _Render, base_url: str, nav: Any, page: Any) -> str:
        """Return the header, in which the title of the page stands, and the tabs may stand."""
        title = page.meta.get("title") or page.title if page is not None else None
        if not title:
            return render()
        key = base_url, *_active(nav)
        if key not in self._headers:
            whole = render()
            self._headers[key] = _around(whole, title)
            return whole
        around = self._headers[key]
        return render() if around is None else f"{around[0]}{title}{around[1]}"


def _active(nav: Any) -> Iterator[bool]:
    return (item.active for item in nav.items)


def _around(header: str, title: str) -> tuple[str, str] | None:
    """Return what stands before and behind the title, None where that is not plain to see."""
    topic = _TOPIC.search(header)
    if topic is None or not header.startswith(title, topic.end()):
        return None
    return header[: topic.end()], header[topic.end() + len(title) :]
