"""What a first visit brings over the wire, from a host that compresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.support import headers_of, served

INDEX = "search/search_index.json"


def first_visit(browser: Browser, address: str, page_path: str) -> dict[str, int]:
    """Return the bytes of every answer on the way to a quiet page, by path.

    The bytes are those of the answer with its headers, as HTTP/1.1 sends them; a newer protocol sends less.
    """
    context = browser.new_context(viewport={"width": 412, "height": 823}, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    weights: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"].removeprefix(address)

    def there(event: dict[str, Any]) -> None:
        weights[asked[event["requestId"]]] = int(event["encodedDataLength"])

    session.send("Network.enable")
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", there)
    page.goto(address + page_path, wait_until="networkidle")
    context.close()
    return weights


@pytest.mark.parametrize("page", ["lessons/build-connections/", "lessons/across-borders/"])
def test_a_lessons_first_visit_weighs_less_than_110_kilobytes(browser: Browser, site: Path, page: str) -> None:
    with served(site, headers_of(site), compressed=True) as address:
        weights = first_visit(browser, address, page)

    assert weights[page] > 0
    assert sum(weights.values()) < 110_000, weights


@pytest.mark.parametrize(
    ("page", "fetched"),
    [("lessons/across-borders/", False), ("lessons/across-borders/?h=time", True), ("?q=thank", True)],
)
def test_the_search_index_is_fetched_only_where_the_address_asks_for_it(
    browser: Browser, site: Path, page: str, fetched: bool
) -> None:
    with served(site, headers_of(site), compressed=True) as address:
        weights = first_visit(browser, address, page)

    assert (INDEX in weights) == fetched


@pytest.mark.parametrize("width", [390, 1280])
def test_opening_the_search_fetches_the_index_and_the_worker(browser: Browser, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, service_workers="block")
    page = context.new_page()
    with served(site) as address:
        page.goto(address, wait_until="networkidle")
        with page.expect_response(f"**/{INDEX}"):
            if width == 390:
                page.locator(".md-header__button[for=__search]").click()
            else:
                page.get_by_role("textbox", name="Search").click()
        page.get_by_role("textbox", name="Search").press_sequentially("thank")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
    context.close()
