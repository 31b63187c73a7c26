"""What a first visit brings over the wire, from a host that compresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support import headers_of, served

INDEX = "search/search_index.json"


def first_visit(browser: Browser, address: str, page_path: str) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return the bytes of every answer, and what happened in its order: ("sent", path) and ("there", path).

    The bytes are those of the answer with its headers, as HTTP/1.1 sends them; a newer protocol sends less.
    """
    context = browser.new_context(viewport={"width": 412, "height": 823}, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    weights: dict[str, int] = {}
    order: list[tuple[str, str]] = []

    def sent(event: dict[str, Any]) -> None:
        path = event["request"]["url"].removeprefix(address)
        asked[event["requestId"]] = path
        order.append(("sent", path))

    def there(event: dict[str, Any]) -> None:
        path = asked[event["requestId"]]
        weights[path] = int(event["encodedDataLength"])
        order.append(("there", path))

    session.send("Network.enable")
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", there)
    page.goto(address + page_path, wait_until="networkidle")
    context.close()
    return weights, order


@pytest.mark.parametrize("page", ["lessons/build-connections/", "lessons/across-borders/"])
def test_a_lessons_first_visit_weighs_less_than_110_kilobytes_without_the_search_index(
    browser: Browser, site: Path, page: str
) -> None:
    with served(site, headers_of(site), compressed=True) as address:
        weights, _ = first_visit(browser, address, page)

    assert weights.pop(INDEX) > 0
    assert weights[page] > 0
    assert sum(weights.values()) < 110_000, weights


def test_the_search_index_is_asked_for_when_the_page_can_be_read(browser: Browser, site: Path) -> None:
    page = "lessons/across-borders/"
    with served(site, headers_of(site), compressed=True) as address:
        weights, order = first_visit(browser, address, page)

    looks = [page, *(path for path in weights if path.endswith(".css"))]
    assert len(looks) > 1
    assert max(order.index(("there", path)) for path in looks) < order.index(("sent", INDEX))
