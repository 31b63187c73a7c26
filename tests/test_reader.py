"""The real site in a real browser, used as a reader uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import FOCUS_ON_TOP, axe_faults, settle

KINDS = {
    "home": "",
    "lesson": "lessons/build-connections/",
    "lesson index": "lessons/",
    "checklist": "checklists/evening-before-event/",
    "checklist index": "checklists/",
    "message": "messages/thank-after-meeting/",
    "message index": "messages/",
    "path": "paths/shy-starter/",
    "path index": "paths/",
    "plan": "plan/",
    "downloads": "downloads/",
    "references": "references/",
    "manual": "manual/",
    "tutorial of the manual": "manual/quick-start/",
    "reference of the manual": "manual/formats/",
    "lost": "404.html",
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return data


@every_kind
def test_every_request_stays_on_the_site_and_nothing_fails(page: Page, address: str, kind: str) -> None:
    requests: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(address + KINDS[kind], wait_until="networkidle")
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert failures == []


@every_kind
def test_every_kind_of_page_reads_without_javascript(browser: Browser, address: str, kind: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + KINDS[kind])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.locator("article").inner_text()) > 100
    expect(page.get_by_role("combobox")).to_have_count(0)
    context.close()


@every_kind
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing(
    browser: Browser, address: str, kind: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + KINDS[kind])
    settle(page)
    assert axe_faults(page) == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_what_opens_over_a_page(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + KINDS["lesson"], wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("thank")
    expect(page.locator(".md-search-result mark").first).to_be_visible()
    settle(page)
    assert axe_faults(page) == []
    if width == 390:
        page.goto(f"{address}references/")
        page.locator(".md-header__button[for=__drawer]").click()
        settle(page)
        assert axe_faults(page) == []
    context.close()


def test_axe_would_find_what_is_hard_to_hit_or_to_call_by_its_name(page: Page) -> None:
    page.set_content("""<html lang="en"><title>T</title><main><h1>T</h1>
      <button style="width: 9px; height: 9px; padding: 0" aria-label="One"></button
      ><button style="width: 9px; height: 9px; padding: 0" aria-label="Two"></button>
      <button aria-label="Something else">What it shows</button></main></html>""")
    assert {fault.partition(":")[0] for fault in axe_faults(page)} == {"target-size", "label-content-name-mismatch"}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    # 320 px is 400 % of a screen 1,280 px wide (WCAG 2.2, 1.4.10).
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for kind, path in KINDS.items():
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    context.close()


def test_a_message_is_two_taps_from_home(page: Page, address: str, guide: dict[str, Any]) -> None:
    page.goto(address)
    page.get_by_role("link", name="They did not answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_title(guide, "messages", "gentle-second-message"))
    page.goto(address)
    page.get_by_role("article").get_by_role("link", name="Saying no kindly").click()
    page.get_by_role("link", name=_title(guide, "messages", "set-a-boundary"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_title(guide, "messages", "set-a-boundary"))


def test_every_checklist_has_a_box_named_by_each_item(page: Page, address: str, guide: dict[str, Any]) -> None:
    for checklist in guide["checklists"]:
        page.goto(address + checklist["url"])
        boxes = page.locator("article").get_by_role("checkbox")
        assert boxes.count() == len(checklist["items"]), checklist["id"]
        names = boxes.evaluate_all("all => all.map(box => box.labels[0].textContent)")
        assert names == [item["text"] for item in checklist["items"]]


def test_an_item_is_ticked_by_its_words_and_by_the_space_bar(page: Page, address: str, guide: dict[str, Any]) -> None:
    checklist = guide["checklists"][0]
    page.goto(address + checklist["url"])
    first = page.get_by_role("checkbox", name=checklist["items"][0]["text"])
    page.get_by_text(checklist["items"][0]["text"], exact=True).click()
    expect(first).to_be_checked()
    first.focus()
    page.keyboard.press("Space")
    expect(first).not_to_be_checked()


def test_without_javascript_every_message_shows_its_example_in_every_channel(
    browser: Browser, address: str, guide: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for message in guide["messages"]:
        page.goto(address + message["url"])
        shown = page.locator(".guide-message__text:visible").all_text_contents()
        assert shown == [variant["example"] for variant in message["variants"]], message["id"]
    context.close()


def test_a_lesson_shows_what_it_promises(page: Page, address: str, guide: dict[str, Any]) -> None:
    for lesson in guide["lessons"]:
        page.goto(address + lesson["url"])
        article = page.get_by_role("article")
        text = article.inner_text()
        assert lesson["objective"] in text
        assert f"{lesson['minutes']} minutes" in text
        assert all(point in text for point in lesson["key_points"]), lesson["id"]
        titles = article.get_by_role("heading", level=2).all_inner_texts()
        assert [part["title"] for part in lesson["parts"]] == titles[: len(lesson["parts"])]
        for kind in ("checklists", "messages"):
            for id in lesson[kind]:
                expect(article.get_by_role("link", name=_title(guide, kind, id), exact=True).first).to_be_visible()


def test_lessons_lead_to_the_next_one_in_order(page: Page, address: str, guide: dict[str, Any]) -> None:
    lessons = guide["lessons"]
    page.goto(address + lessons[0]["url"])
    for lesson in lessons[1:]:
        page.get_by_role("contentinfo").get_by_role("link", name="Next:").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson["title"])
    page.get_by_role("contentinfo").get_by_role("link", name="Previous:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(lessons[-2]["title"])


def test_the_messages_are_filtered_by_situation_channel_and_stage(
    page: Page, address: str, guide: dict[str, Any]
) -> None:
    stages = {lesson["id"]: lesson["stage"] for lesson in guide["lessons"]}
    page.goto(f"{address}messages/")
    cards = page.locator(".guide-card:visible")
    expect(cards).to_have_count(len(guide["messages"]))
    page.get_by_role("combobox", name="Channel").select_option("Text message")
    wanted = [
        message
        for message in guide["messages"]
        if any(variant["channel"] == "text-message" for variant in message["variants"])
    ]
    expect(cards).to_have_count(len(wanted))
    expect(page.get_by_text(f"{len(wanted)} messages fit.")).to_be_visible()
    page.get_by_role("combobox", name="Stage").select_option("build")
    wanted = [message for message in wanted if stages[message["lesson"]] == "build"]
    expect(cards).to_have_count(len(wanted))
    page.get_by_role("combobox", name="Situation").select_option("silence")
    wanted = [message for message in wanted if message["situation"] == "silence"]
    expect(cards).to_have_count(len(wanted))
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_count(1 if wanted else 0)
    page.get_by_role("button", name="Show all").click()
    expect(cards).to_have_count(len(guide["messages"]))


def test_the_colours_can_be_switched_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Switch to dark colours").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("before => getComputedStyle(document.body).backgroundColor !== before", arg=before)


@pytest.mark.parametrize("kind", ["home", "lesson", "message", "checklist index"])
def test_where_the_keyboard_is_can_be_seen_on_a_phone(page: Page, address: str, kind: str) -> None:
    """Material has the navigation beside a narrow page, where Tab goes through it unseen."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + KINDS[kind])
    navigation = page.locator(".md-sidebar--primary")
    inside = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('article')"):
            break
        if page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')"):
            inside += 1
            page.wait_for_function(FOCUS_ON_TOP)
    else:
        pytest.fail("the Tab key never came to the page's own part")
    assert inside > 5
    expect(navigation).not_to_be_in_viewport()


def test_the_lessons_are_filtered_by_stage(page: Page, address: str, guide: dict[str, Any]) -> None:
    page.goto(f"{address}lessons/")
    page.get_by_role("combobox", name="Stage").select_option("Widen")
    wanted = [lesson for lesson in guide["lessons"] if lesson["stage"] == "widen"]
    expect(page.locator(".guide-card:visible")).to_have_count(len(wanted))
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_have_text(["Widen"])


def _title(guide: dict[str, Any], kind: str, id: str) -> str:
    return str(next(entry["title"] for entry in guide[kind] if entry["id"] == id))
