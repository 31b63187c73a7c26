"""What the site keeps for its reader on the device: ticks, runs, notes, lesson states, the plan."""

from __future__ import annotations

import functools
import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect

from tests.support import CHECKLIST, LESSON, ROOT, axe_faults, settle, tiny_guide, write_project

KEY = "coaching-guide:good-company"
LIST = "checklists/evening-before-event/"
LESSON_PAGE = "lessons/build-connections/"
PLAN = "plan/"
THEN = 1_700_000_000_000
"""A time in the past, in milliseconds."""
BLOCKED = """
const get = () => { throw new DOMException('', 'SecurityError'); };
Object.defineProperty(window, 'localStorage', {configurable: true, get});
"""


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture
def items(guide: dict[str, Any]) -> list[dict[str, str]]:
    """The items of the checklist that most tests use."""
    found: list[dict[str, str]] = next(c["items"] for c in guide["checklists"] if c["id"] == "evening-before-event")
    return found


def _entries(page: Page, key: str = KEY) -> dict[str, Any]:
    """What is stored: values by key, removed ones left out."""
    raw = page.evaluate("key => localStorage.getItem(key)", key)
    entries = json.loads(raw)["entries"] if raw else {}
    return {name: entry["v"] for name, entry in entries.items() if entry["v"] is not None}


def _document(values: dict[str, Any], guide: str = "good-company", time: int = THEN) -> str:
    return json.dumps(
        {"version": 1, "guide": guide, "entries": {key: {"v": v, "t": time} for key, v in values.items()}}
    )


def _saved(values: dict[str, Any], time: int = THEN, **changes: Any) -> bytes:
    """A saved plan as a file."""
    entries = {key: {"v": v, "t": time} for key, v in values.items()}
    return json.dumps(
        {"format": "coaching-guide", "version": 1, "guide": "good-company", "entries": entries, **changes}
    ).encode()


def _box(page: Page, text: str) -> Locator:
    return page.get_by_role("checkbox", name=text)


def _status(page: Page) -> Locator:
    return page.locator(".guide-status")


def _start_run(page: Page, name: str) -> None:
    page.get_by_role("button", name="Start a named run").click()
    page.get_by_role("textbox", name="Name of the run").fill(name)
    page.get_by_role("button", name="Start", exact=True).click()


# ---- ticks and progress ------------------------------------------------------------------------------------------


def test_a_tick_is_kept_by_the_id_of_its_item(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)
    _box(page, items[1]["text"]).check()
    assert _entries(page) == {f"tick/evening-before-event/{items[1]['id']}": "done"}
    page.reload()
    expect(_box(page, items[1]["text"])).to_be_checked()
    expect(_box(page, items[0]["text"])).not_to_be_checked()


def test_progress_is_shown_announced_and_carried_to_the_cards(
    page: Page, address: str, items: list[dict[str, str]]
) -> None:
    page.goto(address + LIST)
    for item in items[:4]:
        _box(page, item["text"]).check()
    expect(page.get_by_text("4 of 12 done").first).to_be_visible()
    expect(page.get_by_role("progressbar", name="Progress")).to_have_js_property("value", 4)
    expect(page.get_by_role("status").filter(has_text="4 of 12 done.")).to_have_count(1)
    page.goto(f"{address}checklists/")
    card = page.locator(".guide-card", has_text="The evening before an event")
    expect(card).to_contain_text("4 of 12 done")
    expect(page.get_by_text("You have ticked 4 items in 1 list.")).to_be_visible()


def test_an_item_that_is_not_for_me_leaves_the_total(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)
    button = page.get_by_role("button", name=f"Not for me: {items[2]['text']}")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("0 of 11 done, 1 not for me")).to_be_visible()
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    _box(page, items[2]["text"]).check()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("1 of 12 done").first).to_be_visible()


def test_starting_over_can_be_undone(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)
    for item in items[:3]:
        _box(page, item["text"]).check()
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("0 of 12 done").first).to_be_visible()
    assert _entries(page) == {}
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 12 done").first).to_be_visible()
    expect(page.get_by_role("button", name="Start over")).to_be_focused()


# ---- runs --------------------------------------------------------------------------------------------------------


def test_runs_keep_their_ticks_apart(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)
    _box(page, items[0]["text"]).check()
    _start_run(page, "coffee with Ana, 12 May")
    expect(page.get_by_text("0 of 12 done").first).to_be_visible()
    _box(page, items[1]["text"]).check()
    page.reload()
    run = page.get_by_role("combobox", name="Run")
    expect(run.locator("option:checked")).to_have_text("coffee with Ana, 12 May (1 of 12)")
    expect(_box(page, items[1]["text"])).to_be_checked()
    run.select_option(label="No name: the list itself (1 of 12)")
    expect(_box(page, items[0]["text"])).to_be_checked()
    expect(_box(page, items[1]["text"])).not_to_be_checked()


def test_a_run_is_renamed_duplicated_archived_and_brought_back(
    page: Page, address: str, items: list[dict[str, str]]
) -> None:
    page.goto(address + LIST)
    _start_run(page, "Ana")
    _box(page, items[0]["text"]).check()
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("textbox", name="Name of the run")).to_have_value("Ana")
    page.get_by_role("textbox", name="Name of the run").fill("Ana, 12 May")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rename")).to_be_focused()
    page.get_by_role("button", name="Duplicate").click()
    shown = page.get_by_role("combobox", name="Run").locator("option:checked")
    expect(shown).to_have_text("Ana, 12 May (2) (1 of 12)")
    expect(_box(page, items[0]["text"])).to_be_checked()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator("optgroup[label=Archived] option")).to_have_text(["Ana, 12 May (2) (1 of 12)"])
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator("optgroup")).to_have_count(0)


def test_a_deleted_run_comes_back_with_its_ticks(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)
    _start_run(page, "Ana")
    _box(page, items[0]["text"]).check()
    page.get_by_role("button", name="Delete").click()
    assert not [key for key in _entries(page) if key.startswith(("run/", "tick/"))]
    expect(_box(page, items[0]["text"])).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Run").locator("option:checked")).to_have_text("Ana (1 of 12)")
    expect(_box(page, items[0]["text"])).to_be_checked()


def test_a_run_needs_a_name_that_is_free(page: Page, address: str) -> None:
    page.goto(address + LIST)
    _start_run(page, "Ana")
    _start_run(page, "  Ana ")
    expect(page.get_by_text("There is a run of this name already.").first).to_be_visible()
    page.get_by_role("textbox", name="Name of the run").fill(" ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write a name first.").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Start a named run")).to_be_focused()
    assert len([key for key in _entries(page) if key.startswith("run/")]) == 1


# ---- lessons and notes -------------------------------------------------------------------------------------------


def test_a_note_is_kept_under_its_question(page: Page, address: str) -> None:
    page.goto(address + LESSON_PAGE)
    note = page.get_by_role("textbox", name="Whose message were you last glad to get")
    note.fill("Noor's.\n\nShe had <b>read</b> it & said so. ")
    page.reload()
    expect(note).to_have_value("Noor's.\n\nShe had <b>read</b> it & said so.")
    expect(page.get_by_role("textbox", name="Whom do you keep meaning to write to")).to_have_value("")
    note.fill("")
    page.reload()
    expect(note).to_have_value("")
    assert not [key for key in _entries(page) if key.startswith("note/")]


def test_a_lesson_is_opened_then_read_then_done(page: Page, address: str) -> None:
    page.goto(address + LESSON_PAGE)
    button = page.get_by_role("button", name="Mark as done")
    expect(button).to_be_attached()
    assert _entries(page)["lesson/build-connections"] == "open"
    button.scroll_into_view_if_needed()
    page.wait_for_function("coachingGuide.store.get('lesson/build-connections') === 'read'")
    button.click()
    expect(page.get_by_text("You have done this lesson.")).to_be_visible()
    expect(page.get_by_role("button", name="Not done after all")).to_be_focused()
    page.goto(f"{address}lessons/")
    expect(page.locator(".guide-card", has_text="After the first conversation")).to_contain_text("Done")
    page.goto(address)
    expect(page.locator(".guide-stage li", has_text="After the first conversation")).to_contain_text("Done")


def test_home_leads_back_to_where_the_reader_was(page: Page, address: str, guide: dict[str, Any]) -> None:
    page.goto(address)
    expect(page.get_by_text("Continue where you left off")).to_be_hidden()
    page.goto(address + LESSON_PAGE)
    page.get_by_role("heading", name="Know when to stop").scroll_into_view_if_needed()
    page.wait_for_function("coachingGuide.store.get('place').part === 'when-to-stop'")
    page.goto(address)
    card = page.locator("guide-continue")
    expect(card).to_contain_text("Continue where you left off")
    expect(card).to_contain_text("0 of 15 lessons done")
    card.get_by_role("link", name="After the first conversation").click()
    page.wait_for_url(f"{address}{LESSON_PAGE}#when-to-stop")
    page.get_by_role("button", name="Mark as done").click()
    page.goto(address)
    ids = [lesson["id"] for lesson in guide["lessons"]]
    following = guide["lessons"][ids.index("build-connections") + 1]
    expect(card).to_contain_text("Your next lesson")
    expect(card.get_by_role("link", name=following["title"])).to_be_visible()


# ---- the plan ----------------------------------------------------------------------------------------------------


def _fill(page: Page, address: str, items: list[dict[str, str]]) -> None:
    """Put something of every kind on the device."""
    run = {"list": "evening-before-event", "name": "coffee with Ana, 12 May", "made": THEN, "archived": False}
    question = "Whose message were you last glad to get, and what was in it?"
    page.goto(address + PLAN)
    values = {
        **{f"tick/evening-before-event/{item['id']}": "done" for item in items[:-1]},
        "run/r1": run,
        f"tick/evening-before-event/{items[0]['id']}/r1": "skip",
        "lesson/build-connections": "done",
        "lesson/mentoring": "open",
        "place": {"lesson": "mentoring", "part": ""},
        "follow/thank-after-meeting": True,
        "field/your_name": "Sam",
        "note/build-connections/16e65e52d061d5": {"text": "Noor's *card*.", "question": question, "part": "keep-pace"},
        "note/build-connections/1": {"text": "Something older.", "question": "Is this one gone?", "part": "x"},
        "note/gone/2": {"text": "From a lesson before.", "question": "And its lesson?", "part": "x"},
    }
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, _document(values)])
    page.reload()


def test_the_plan_gathers_everything(page: Page, address: str, items: list[dict[str, str]]) -> None:
    _fill(page, address, items)
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=2)).to_have_text(
        ["Open items", "Follow-ups", "Notes", "Lessons", "Take it along", "On a shared device"]
    )
    expect(article.get_by_role("checkbox")).to_have_count(1 + len(items) - 1)
    expect(article.get_by_role("link", name="coffee with Ana, 12 May (The evening before an event)")).to_be_visible()
    expect(article.get_by_role("link", name="Thank someone after a first conversation")).to_be_visible()
    expect(article.get_by_role("textbox", name="Whose message were you last glad")).to_have_value("Noor's *card*.")
    # Notes whose question or lesson has gone are still there.
    expect(article.get_by_role("textbox", name="Is this one gone?")).to_have_value("Something older.")
    expect(article.get_by_role("textbox", name="And its lesson?")).to_have_value("From a lesson before.")
    expect(article.get_by_role("listitem").filter(has_text="After the first conversation")).to_contain_text("Done")
    _box(page, items[-1]["text"]).first.check()
    expect(article.get_by_text("12 of 12 done")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="12 of 12 done.")).to_have_count(1)
    article.get_by_role("link", name="coffee with Ana").click()
    expect(page.get_by_role("combobox", name="Run").locator("option:checked")).to_contain_text("coffee with Ana")


def test_a_follow_up_is_taken_off_the_plan_and_put_back(page: Page, address: str, items: list[dict[str, str]]) -> None:
    _fill(page, address, items)
    message = page.get_by_role("link", name="Thank someone after a first conversation")
    page.get_by_role("button", name="Remove: Thank someone after a first conversation").click()
    expect(message).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(message).to_be_visible()


def test_other_scripts_add_follow_ups_through_the_store(page: Page, address: str) -> None:
    page.goto(f"{address}messages/thank-after-meeting/")
    page.evaluate("void window.coachingGuide.store.follow('thank-after-meeting')")
    assert page.evaluate("window.coachingGuide.store.follows('thank-after-meeting')") is True
    page.goto(address + PLAN)
    expect(page.get_by_role("link", name="Thank someone after a first conversation")).to_be_visible()


def test_the_plan_explains_itself_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PLAN)
    expect(page.get_by_text("With JavaScript switched on, this page gathers")).to_be_visible()
    for name in ("lessons", "checklists", "messages"):
        expect(page.get_by_role("article").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("article").get_by_role("button")).to_have_count(0)
    context.close()


# ---- files -------------------------------------------------------------------------------------------------------


def _download(page: Page, name: str) -> str:
    with page.expect_download() as caught:
        page.get_by_role("button", name=name).click()
    return Path(caught.value.path()).read_text(encoding="utf-8")


def _choose(page: Page, content: bytes) -> None:
    file = {"name": "plan.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("Bring back a saved plan").set_input_files(file)  # type: ignore[arg-type]


def test_the_plan_is_saved_as_markdown(page: Page, address: str, items: list[dict[str, str]]) -> None:
    _fill(page, address, items)
    text = _download(page, "Download as Markdown")
    assert text.startswith("# My plan: Good Company\n")
    assert f"- [x] {items[0]['text']}\n" in text
    assert f"- [ ] {items[-1]['text']}\n" in text
    assert f"- [ ] {items[0]['text']} (not for me)\n" in text
    assert "### coffee with Ana, 12 May (The evening before an event): 0 of 11\n" in text
    assert "> Noor's \\*card\\*.\n" in text
    assert "> Something older.\n" in text
    assert "> From a lesson before.\n" in text
    assert "- After the first conversation: done\n" in text
    assert "- Thank someone after a first conversation (1 day" in text


def test_a_saved_plan_comes_back_whole_on_another_device(
    browser: Browser, page: Page, address: str, items: list[dict[str, str]]
) -> None:
    _fill(page, address, items)
    saved = _download(page, "Download as JSON")
    before = _entries(page)
    other = browser.new_context()
    there = other.new_page()
    there.goto(address + PLAN)
    _choose(there, saved.encode())
    expect(there.get_by_text("12 ticked items: 12 added")).to_be_visible()
    expect(there.get_by_text("1 remembered field: 1 added")).to_be_visible()
    assert _entries(there) == {}
    there.get_by_role("button", name="Bring it in").click()
    assert _entries(there) == before
    expect(there.get_by_role("textbox", name="Is this one gone?")).to_have_value("Something older.")
    there.get_by_role("button", name="Undo").click()
    assert _entries(there) == {}
    other.close()


def test_an_import_merges_the_newer_entry_wins_and_can_be_undone(
    page: Page, address: str, items: list[dict[str, str]]
) -> None:
    _fill(page, address, items)
    before = _entries(page)
    first, last = (f"tick/evening-before-event/{items[at]['id']}" for at in (0, -1))
    older, newer = _saved({first: "skip"}, THEN - 1), _saved({first: "skip", last: "done"}, THEN + 1)
    _choose(page, older)
    expect(page.get_by_text("Everything in this file is here already.").first).to_be_visible()
    _choose(page, newer)
    expect(page.get_by_text("2 ticked items: 1 added, 1 changed")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    assert _entries(page) == before | {first: "skip", last: "done"}
    page.get_by_role("button", name="Undo").click()
    assert _entries(page) == before


def test_what_a_file_says_is_only_ever_text(page: Page, address: str) -> None:
    page.goto(address + PLAN)
    markup = "<img src=x onerror=\"document.title='owned'\">"
    note = {"text": markup, "question": markup, "part": markup}
    run = {"list": "evening-before-event", "name": markup, "made": THEN, "archived": False}
    _choose(page, _saved({"note/build-connections/1": note, "run/r1": run}))
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("textbox", name=markup)).to_have_value(markup)
    expect(page.locator("article img")).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe not JSON", "This file cannot be read."),
        (b"[1, 2]", "This file is not a saved plan."),
        (b'{"format": "coaching-guide", "version": 1, "guide": "good-company"}', "This file is not a saved plan."),
        (_saved({}, guide="another-guide"), "This plan was saved from another guide."),
        (_saved({}, version=99), "This plan was saved by another edition of the site"),
        (_saved({"lesson/mentoring": "perhaps"}), "This saved plan is damaged."),
        (_saved({"tick/../../x": "done"}), "This saved plan is damaged."),
        (_saved({"note/a/1": {"text": "x" * 20001, "question": "", "part": ""}}), "This saved plan is damaged."),
        (b" " * 2_000_001, "This file is too large"),
    ],
    ids=["no JSON", "a list", "no entries", "other guide", "newer", "bad value", "bad key", "long note", "huge"],
)
def test_a_file_that_is_no_saved_plan_changes_nothing(page: Page, address: str, content: bytes, words: str) -> None:
    page.goto(address + PLAN)
    _choose(page, content)
    expect(page.locator("article").get_by_text(words)).to_contain_text("Nothing was changed.")
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)
    assert _entries(page) == {}


def test_forgetting_says_what_goes_asks_once_and_spares_other_guides(
    page: Page, address: str, items: list[dict[str, str]]
) -> None:
    _fill(page, address, items)
    page.evaluate(
        "key => { localStorage.setItem(key + '-two', 'theirs'); localStorage.setItem(key + ':damaged-1', 'ours'); }",
        KEY,
    )
    page.get_by_role("button", name="Forget everything on this device").click()
    words = "This removes 12 ticked items, 1 named run, 2 lesson marks, 1 follow-up, 1 remembered field, 3 notes"
    expect(page.locator("article").get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    assert len(_entries(page)) > 12
    page.get_by_role("button", name="Forget everything on this device").click()
    page.get_by_role("button", name="Yes, forget it all").click()
    kept = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('coaching-guide:'))")
    assert kept == [f"{KEY}-two"]
    expect(page.get_by_role("article").get_by_role("checkbox")).to_have_count(0)
    page.goto(address + LIST)
    expect(page.get_by_text("0 of 12 done").first).to_be_visible()


# ---- two tabs, and storage that fails ----------------------------------------------------------------------------


def test_two_tabs_show_and_keep_each_others_ticks(
    context: BrowserContext, address: str, items: list[dict[str, str]]
) -> None:
    one, two = context.new_page(), context.new_page()
    one.goto(address + LIST)
    two.goto(address + LIST)
    _box(one, items[0]["text"]).check()
    expect(_box(two, items[0]["text"])).to_be_checked()
    _box(two, items[1]["text"]).check()
    _box(one, items[2]["text"]).check()
    expect(_box(one, items[1]["text"])).to_be_checked()
    two.reload()
    for item in items[:3]:
        expect(_box(two, item["text"])).to_be_checked()


def test_a_tick_that_another_tab_wrote_over_is_written_again(
    context: BrowserContext, address: str, items: list[dict[str, str]]
) -> None:
    one, two = context.new_page(), context.new_page()
    one.goto(address + LIST)
    two.goto(f"{address}guide.json")
    _box(one, items[0]["text"]).check()
    theirs = _document({f"tick/evening-before-event/{items[1]['id']}": "done"})
    two.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, theirs])
    expect(_box(one, items[1]["text"])).to_be_checked()
    expect(_box(one, items[0]["text"])).to_be_checked()
    two.wait_for_function("key => Object.keys(JSON.parse(localStorage.getItem(key)).entries).length === 2", arg=KEY)


def test_what_one_tab_forgets_the_other_does_not_bring_back(
    context: BrowserContext, address: str, items: list[dict[str, str]]
) -> None:
    one, two = context.new_page(), context.new_page()
    one.goto(address + LIST)
    _box(one, items[0]["text"]).check()
    two.goto(address + PLAN)
    two.get_by_role("button", name="Forget everything on this device").click()
    two.get_by_role("button", name="Yes, forget it all").click()
    expect(_box(one, items[0]["text"])).not_to_be_checked()
    _box(one, items[1]["text"]).check()
    assert _entries(one) == {f"tick/evening-before-event/{items[1]['id']}": "done"}


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            BLOCKED,
            "This browser keeps nothing for this site.",
        ),
        (
            "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
            "There is no room left in this browser's storage.",
        ),
    ],
    ids=["blocked", "full"],
)
def test_storage_that_fails_is_said_once_and_nothing_breaks(
    page: Page, address: str, items: list[dict[str, str]], script: str, words: str
) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.add_init_script(script)
    page.goto(address + LIST)
    expect(_status(page)).not_to_contain_text(words)
    _box(page, items[0]["text"]).check()
    expect(_status(page)).to_contain_text(words)
    expect(page.get_by_text(words)).to_be_in_viewport()
    page.get_by_role("button", name="Close").click()
    _box(page, items[1]["text"]).check()
    expect(_status(page)).to_have_text("2 of 12 done.Close")
    expect(page.get_by_text("2 of 12 done").first).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Undo").click()
    expect(_box(page, items[1]["text"])).to_be_checked()
    assert failures == []


def test_a_damaged_document_is_put_aside(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(f"{address}guide.json")
    page.evaluate('key => localStorage.setItem(key, \'{"version": 1, "entr\')', KEY)
    page.goto(address + LIST)
    expect(_status(page)).to_contain_text("It was put aside, not deleted")
    _box(page, items[0]["text"]).check()
    assert _entries(page) == {f"tick/evening-before-event/{items[0]['id']}": "done"}
    aside = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes(':damaged-'))")
    assert [text for _, text in aside] == ['{"version": 1, "entr']


def test_a_document_of_a_newer_edition_is_left_alone(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(f"{address}guide.json")
    newer = '{"version": 2, "entries": [], "more": true}'
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, newer])
    page.goto(address + LIST)
    expect(_status(page)).to_contain_text("written by a newer edition of this site")
    _box(page, items[0]["text"]).check()
    expect(page.get_by_text("1 of 12 done").first).to_be_visible()
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == newer


def test_entries_of_kinds_not_known_here_are_kept(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(f"{address}guide.json")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, _document({"quiz/one": 3})])
    page.goto(address + LIST)
    _box(page, items[0]["text"]).check()
    assert _entries(page)["quiz/one"] == 3


# ---- editions ----------------------------------------------------------------------------------------------------

QUESTIONS = "- What did you do?\n- Whom will you ask to help you next time?\n- What felt too hard?\n"


class Editions:
    """A small guide of which one edition after another is published at the same address."""

    def __init__(self, folder: Path, address: str, serve: Callable[[Path], None]) -> None:
        self.address = address
        self._folder = folder
        self._serve = serve
        self._number = 0

    def publish(self, **changes: str) -> None:
        """Build an edition and put it in the place of the one before."""
        self._number += 1
        renames = changes.pop("published", "")
        moved = changes.pop("moved", "")
        files = tiny_guide(**changes)
        files["mkdocs.yml"] = (
            files["mkdocs.yml"]
            .replace("https://tiny.example/", self.address)
            .replace("content.action.edit", "navigation.instant")
        )
        if moved:
            files[f"content/checklists/{moved}.md"] = files.pop("content/checklists/before.md")
            files = {
                path: text.replace("checklists/before.md", f"checklists/{moved}.md") for path, text in files.items()
            }
            files = {path: text.replace("[before]", f"[{moved}]") for path, text in files.items()}
        if renames:
            files["content/published.yml"] = renames
        project = write_project(self._folder / str(self._number), files)
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self._serve(project / "site")


@pytest.fixture
def editions(tmp_path: Path) -> Iterator[Editions]:
    now = [tmp_path]

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(now[0]))

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output free of requests."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Editions(tmp_path, f"http://127.0.0.1:{server.server_port}/", functools.partial(now.__setitem__, 0))
        server.shutdown()
        thread.join()


def test_ticks_and_notes_survive_an_edited_edition(page: Page, editions: Editions) -> None:
    lesson = LESSON.replace("- What did you do?\n", QUESTIONS)
    editions.publish(lesson=lesson)
    page.goto(f"{editions.address}checklists/before/")
    _box(page, "Do the first thing.").check()
    _start_run(page, "Ana")
    _box(page, "Send the thanks.").check()
    page.goto(f"{editions.address}lessons/first/")
    page.get_by_role("textbox", name="Whom will you ask").fill("Ruth")
    page.get_by_role("textbox", name="What felt too hard?").fill("The phone")
    page.get_by_role("button", name="Mark as done").click()

    # Text, order and title change, one item is new, one has another id, the page has another address.
    checklist = (
        CHECKLIST.replace("title: Before it", "title: The day before")
        .replace(
            "- [ ] Do the first thing. {#first-thing}\n      Because", "- [ ] Something new. {#new}\n      Because"
        )
        .replace("{#send}\n", "{#send-thanks}\n- [ ] Begin with one small thing. {#first-thing}\n      A small why.\n")
    )
    published = "renamed:\n  checklists/before: checklists/the-day-before\n"
    published += "  checklists/before#send: checklists/the-day-before#send-thanks\npublished:\n  - checklists/before\n"
    published += "  - checklists/before#send\n  - checklists/before#first-thing\n"
    questions = "- Is there anything else?\n- Who will you ask to help you the next time?\n- What did you do?\n"
    editions.publish(
        lesson=LESSON.replace("- What did you do?\n", questions),
        checklist=checklist,
        moved="the-day-before",
        published=published,
    )
    page.goto(f"{editions.address}checklists/the-day-before/")
    run = page.get_by_role("combobox", name="Run")
    expect(run.locator("option:checked")).to_have_text("Ana (1 of 3)")
    expect(_box(page, "Send the thanks.")).to_be_checked()
    run.select_option(index=0)
    expect(_box(page, "Begin with one small thing.")).to_be_checked()
    expect(_box(page, "Send the thanks.")).not_to_be_checked()
    expect(_box(page, "Something new.")).not_to_be_checked()
    page.goto(f"{editions.address}lessons/first/")
    expect(page.get_by_role("textbox", name="Who will you ask")).to_have_value("Ruth")
    expect(page.get_by_text("Written when the question was: Whom will you ask")).to_be_visible()
    expect(page.get_by_role("textbox", name="Is there anything else?")).to_have_value("")
    expect(page.get_by_text("You have done this lesson.")).to_be_attached()
    page.goto(f"{editions.address}plan/")
    expect(page.get_by_role("textbox", name="What felt too hard?")).to_have_value("The phone")
    expect(page.get_by_text("This question is no longer in the guide.")).to_have_count(1)


def test_everything_works_when_pages_are_swapped_in_place(page: Page, editions: Editions) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    editions.publish()
    page.goto(editions.address)
    page.evaluate("window.sameDocument = true")

    def follow(name: str, heading: str) -> None:
        page.get_by_role("article").get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    page.wait_for_load_state("networkidle")
    follow("The first lesson", "The first lesson")
    page.get_by_role("textbox", name="What did you do?").fill("I began.")
    # The note was never left: it is saved when its page goes.
    follow("a checklist", "Before it")
    _box(page, "Do the first thing.").check()
    _start_run(page, "Ana")
    follow("Say it: Say thanks", "Say thanks")
    page.go_back()
    expect(page.get_by_role("combobox", name="Run").locator("option:checked")).to_have_text("Ana (0 of 2)")
    expect(page.locator("guide-checklist progress")).to_have_count(1)
    expect(page.get_by_role("button", name="Not for me")).to_have_count(2)
    _box(page, "Do the first thing.").check()
    expect(page.get_by_text("1 of 2 done").first).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="My plan").first.click()
    expect(page.get_by_role("textbox", name="What did you do?")).to_have_value("I began.")
    page.get_by_role("link", name="Ana (Before it)").click()
    expect(page.get_by_role("combobox", name="Run").locator("option:checked")).to_have_text("Ana (1 of 2)")
    page.get_by_role("navigation").get_by_role("link", name="Home").first.click()
    expect(page.get_by_text("Continue where you left off")).to_be_visible()
    assert page.evaluate("window.sameDocument") is True
    expect(page.get_by_role("status").and_(page.locator(".guide-status"))).to_have_count(1)
    assert failures == []


# ---- for everybody -----------------------------------------------------------------------------------------------


def _state(address: str, items: list[dict[str, str]]) -> StorageState:
    values: dict[str, Any] = {f"tick/evening-before-event/{item['id']}": "done" for item in items[:3]}
    values |= {
        f"tick/evening-before-event/{items[4]['id']}": "skip",
        "run/r1": {"list": "evening-before-event", "name": "Ana", "made": THEN, "archived": False},
        "run/r2": {"list": "evening-before-event", "name": "x" * 80, "made": THEN + 1, "archived": True},
        "run/r3": {
            "list": "day-after-event",
            "name": "A name with a good number of words",
            "made": THEN,
            "archived": False,
        },
        "lesson/build-connections": "done",
        "lesson/mentoring": "read",
        "place": {"lesson": "mentoring", "part": ""},
        "follow/thank-after-meeting": True,
        "note/build-connections/16e65e52d061d5": {"text": "n" * 200, "question": "Whose?", "part": ""},
        "note/gone/1": {"text": "Lost.", "question": "A question?", "part": ""},
    }
    stored = [{"name": KEY, "value": _document(values)}]
    return {"cookies": [], "origins": [{"origin": address.rstrip("/"), "localStorage": stored}]}  # type: ignore[typeddict-item]


KINDS = ("", "lessons/", LESSON_PAGE, "checklists/", LIST, "paths/shy-starter/", PLAN)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide_when_there_is_state(
    browser: Browser, address: str, items: list[dict[str, str]], kind: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, storage_state=_state(address, items))
    page = context.new_page()
    page.goto(address + kind)
    if kind == LIST:
        page.get_by_role("combobox", name="Run").select_option("r1")
        page.get_by_role("button", name="Rename").click()
    if kind == PLAN:
        page.get_by_role("button", name="Forget everything").click()
    page.set_viewport_size({"width": 390 if scheme == "light" else 1280, "height": 844})
    settle(page)
    assert axe_faults(page) == []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # A panel may clip what a page does not show to be too wide.
        wide = page.locator("article").evaluate(
            "(article) => [...article.querySelectorAll('button, select, input, textarea, progress')]"
            ".filter((one) => one.getBoundingClientRect().right > article.getBoundingClientRect().right)"
            ".map((one) => one.outerHTML)"
        )
        assert wide == []
    context.close()


@pytest.mark.parametrize("kind", [LIST, PLAN, LESSON_PAGE])
def test_every_control_is_large_enough_to_hit(
    browser: Browser, address: str, items: list[dict[str, str]], kind: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, storage_state=_state(address, items))
    page = context.new_page()
    page.goto(address + kind)
    if kind == LIST:
        page.get_by_role("combobox", name="Run").select_option("r1")
    small = page.locator("article").evaluate(
        "(article) => [...article.querySelectorAll('button, select, input, textarea')]"
        ".filter((one) => one.checkVisibility()).map((one) => [one.outerHTML, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"
    )
    assert small == []
    context.close()


def test_the_keyboard_alone_runs_a_checklist(page: Page, address: str, items: list[dict[str, str]]) -> None:
    page.goto(address + LIST)

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(({labels, ariaLabel, textContent}) => labels?.[0]?.textContent || ariaLabel || textContent)"
                "(document.activeElement)"
            )
            if here.strip() == name:
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", name
                return
        pytest.fail(f"the Tab key never came to {name!r}")

    tab_to("Start a named run")
    page.keyboard.press("Enter")
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start a named run")).to_be_focused()
    tab_to(items[0]["text"])
    page.keyboard.press("Space")
    tab_to(f"Not for me: {items[1]['text']}")
    page.keyboard.press("Space")
    expect(page.get_by_text("1 of 11 done, 1 not for me")).to_be_visible()


def test_forced_colours_and_reduced_motion_are_respected(
    browser: Browser, address: str, items: list[dict[str, str]]
) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce", storage_state=_state(address, items))
    page = context.new_page()
    page.goto(address + LIST)
    bar = page.get_by_role("progressbar", name="Progress")
    assert bar.evaluate("(bar) => getComputedStyle(bar).appearance") == "auto"
    pressed = page.get_by_role("button", name="Not for me", pressed=True)
    assert pressed.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    moving = "(bar) => getComputedStyle(bar, '::-webkit-progress-value').transitionDuration"
    assert bar.evaluate(moving) in ("0s", "")
    context.close()


def test_paper_has_drawn_ticks_written_notes_and_ruled_lines(
    browser: Browser, address: str, items: list[dict[str, str]]
) -> None:
    context = browser.new_context(storage_state=_state(address, items))
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(address + LIST)
    article = page.get_by_role("article")
    expect(article.get_by_role("button")).to_have_count(0)
    expect(article.get_by_role("combobox")).to_have_count(0)
    tick = "(box) => { const s = getComputedStyle(box, '::after'); return [s.borderBottomWidth, s.content]; }"
    width, content = _box(page, items[0]["text"]).evaluate(tick)
    assert (float(width.removesuffix("px")) > 1, content) == (True, '""')
    assert _box(page, items[5]["text"]).evaluate(tick)[1] == "none"
    assert _box(page, items[0]["text"]).evaluate("(box) => getComputedStyle(box).borderTopStyle") == "solid"
    page.evaluate("localStorage.clear()")
    page.goto(address + LESSON_PAGE)
    expect(article.get_by_role("textbox")).to_have_count(0)
    written = page.locator(".guide-note__paper--written")
    expect(written).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("textbox", name="Whose message were you last glad").fill("A first line\nand a second.")
    page.get_by_role("textbox", name="Whom do you keep meaning").focus()
    page.emulate_media(media="print")
    expect(written).to_have_text("A first line\nand a second.")
    lines = page.locator(".guide-note__paper:not(.guide-note__paper--written)").first.locator("i")
    expect(lines).to_have_count(3)
    assert lines.first.evaluate("(line) => getComputedStyle(line).borderBottomStyle") == "solid"
    context.close()


def test_no_script_turns_data_into_markup_or_clears_the_storage() -> None:
    for path in (ROOT / "templates/theme/assets").rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Storage\.clear", code), (
            path
        )


def test_a_message_goes_on_the_plan_and_off_again(page: Page, address: str) -> None:
    page.goto(f"{address}messages/last-message/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Add to my plan").click()
    expect(page.get_by_role("button", name="Take off my plan")).to_be_visible()
    page.goto(f"{address}plan/")
    expect(page.get_by_role("article").get_by_role("link", name=title)).to_be_visible()
    page.goto(f"{address}messages/last-message/")
    page.get_by_role("button", name="Take off my plan").click()
    page.goto(f"{address}plan/")
    expect(page.get_by_role("article").get_by_role("link", name=title)).to_have_count(0)
