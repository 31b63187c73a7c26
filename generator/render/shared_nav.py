"""The navigation of the pages of one section, rendered once: it differs in the entries of these pages alone.

That of two sections beside each other differs in the entries of these two, so it is not rendered for each of them.
Material renders the whole list for every page, which makes the time of a build grow with the square of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_Render = Callable[..., str]


class SharedNav:
    """The lists that were rendered in a build; a theme template calls it in the place of its own loop."""

    def __init__(self) -> None:
        self._lists: dict[tuple[int, str], _List | None] = {}

    def __call__(self, nav: Any, page: Any, base_url: str, render: _Render, every_entry: Callable[[], str]) -> str:
        """Return the entries of the navigation for a page.

        Args:
            nav: MkDocs' navigation.
            page: the page, None for one that is not in the navigation.
            base_url: the way from the page to the root of the site: links depend on it.
            render: Material's macro for one entry.
            every_entry: renders all entries, as Material does.
        """
        section: Any = page.parent if page is not None else None
        if section is None or page.is_index:
            return every_entry()
        return self._list(nav, section, page, base_url, render, every_entry)

    def _list(
        self, nav: Any, section: Any, child: Any, base_url: str, render: _Render, every_entry: Callable[[], str]
    ) -> str:
        """Return the entries for a page that is, or is inside, a child of a section."""
        place = _place(nav.items, section)
        if place is None or child not in section.children:
            return every_entry()
        path, level = place

        def entry(one: Any, number: int) -> str:
            return render(one, f"{path}_{number}", level + 1, section)

        key = (id(section), base_url)
        if key not in self._lists:
            # The lists of the sections beside this one are the same but for these sections' own entries.
            around = section.parent
            whole = self._list(nav, around, section, base_url, render, every_entry) if around else every_entry()
            self._lists[key] = _List.of(whole, section.children, child, entry)
            return whole
        shared = self._lists[key]
        return every_entry() if shared is None else shared.with_child(section.children, child, entry)


class _List:
    """A navigation in pieces: what stands between the entries of one section's children, and these entries."""

    def __init__(self, pieces: list[str], entries: dict[int, str], numbers: list[int]) -> None:
        self._pieces = pieces
        self._entries = entries
        self._numbers = numbers

    @classmethod
    def of(cls, whole: str, children: Sequence[Any], active: Any, entry: Callable[[Any, int], str]) -> _List | None:
        """Take a navigation apart; None when its entries are not plain to see in it."""
        pieces: list[str] = []
        entries: dict[int, str] = {}
        numbers: list[int] = []
        rest = whole
        for number, child in enumerate(children, 1):
            if child.is_link or (child.is_page and child.is_index):
                continue
            html = entry(child, number)
            if whole.count(html) != 1 or html not in rest:
                return None
            before, _, rest = rest.partition(html)
            pieces.append(before)
            numbers.append(number)
            if child is not active:
                entries[number] = html
        return cls([*pieces, rest], entries, numbers)

    def with_child(self, children: Sequence[Any], active: Any, entry: Callable[[Any, int], str]) -> str:
        """Return the navigation for another child of the section."""
        whole = [self._pieces[0]]
        for number, piece in zip(self._numbers, self._pieces[1:], strict=True):
            child = children[number - 1]
            if child is active or number not in self._entries:
                html = entry(child, number)
                if child is not active:
                    self._entries[number] = html
            else:
                html = self._entries[number]
            whole += [html, piece]
        return "".join(whole)


def _place(items: Sequence[Any], section: Any) -> tuple[str, int] | None:
    """Return the path and the level that Material gives to a section, None when it is not in the navigation."""
    numbers: list[int] = []
    here = section
    while here is not None:
        siblings = here.parent.children if here.parent is not None else items
        number = next((number for number, one in enumerate(siblings, 1) if one is here), None)
        if number is None:
            return None
        numbers.insert(0, number)
        here = here.parent
    return "__nav_" + "_".join(map(str, numbers)), len(numbers)
