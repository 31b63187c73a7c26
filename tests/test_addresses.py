"""The way from one address of the site to another."""

from __future__ import annotations

import pytest

from generator.links import relative_url


@pytest.mark.parametrize(
    ("target", "here", "link"),
    [
        ("", "", "./"),
        ("", "lessons/one/", "../../"),
        ("lessons/one/", "", "lessons/one/"),
        ("lessons/two/#part", "lessons/one/", "../two/#part"),
        ("lessons/one/", "lessons/one/", "./"),
        ("messages/one/one.ics", "messages/one/", "one.ics"),
        ("lessons/", "lessons/one/", "../"),
        ("lessons/two.html", "lessons/one.html", "two.html"),
        ("index.html", "lessons/one.html", "../index.html"),
        ("guide.json", "checklists/one/", "../../guide.json"),
    ],
)
def test_a_link_leads_from_one_page_to_another(target: str, here: str, link: str) -> None:
    assert relative_url(target, here) == link
