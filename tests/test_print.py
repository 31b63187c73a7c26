"""Paper from the browser: every page kind printed to PDF, and the page on which a reader chooses what to print."""

from __future__ import annotations

import functools
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from generator.export.downloads import human_size
from tests.support import FOCUS_ON_TOP, settle

KINDS = {
    "home": "",
    "lessons": "lessons/",
    "lesson": "lessons/build-connections/",
    "checklists": "checklists/",
    "checklist": "checklists/thirty-day-plan/",
    "messages": "messages/",
    "message": "messages/thank-after-meeting/",
    "paths": "paths/",
    "path": "paths/founder/",
    "plan": "plan/",
    "print": "print/",
    "downloads": "downloads/",
    "claims": "claims/",
    "studies": "references/",
}
PRINT = "print/"
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
"""Width and height of paper in points."""
CONTENT_WIDTH = 703
"""Pixels between the margins of Letter, the narrower of the two in height and the usual one to overflow."""

# What a reader would see on the paper, and what is wrong with how it looks there.
_FACTS = """article => {
  const own = (one) => [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
  const name = (one) => one.outerHTML.slice(0, 90);
  const seen = [...article.querySelectorAll("*")]
    .filter((one) => own(one).length && one.checkVisibility() && !one.closest("svg, template, option"))
    .filter((one) => getComputedStyle(one).clipPath === "none");
  return {
    texts: seen.flatMap((one) => own(one).map((node) => node.data)),
    coloured: seen.filter((one) => getComputedStyle(one).color !== "rgb(0, 0, 0)").map(name),
    cut: seen.filter((one) => {
      const box = one.getBoundingClientRect();
      const clipped = getComputedStyle(one).overflow !== "visible" && one.scrollHeight > one.clientHeight + 1;
      return clipped || box.left < 0 || box.right > document.documentElement.clientWidth + 1;
    }).map(name),
    inked: [document.body, ...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility())
      .filter((one) => {
        const { backgroundColor, backgroundImage } = getComputedStyle(one);
        return backgroundImage !== "none" || !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor);
      }).map(name),
    frame: [...document.querySelectorAll(
      "header, nav, footer, .md-search, .md-sidebar, .md-top, .md-skip, .guide-filter, .guide-status, button"
    )].filter((one) => one.checkVisibility()).map(name),
  };
}"""


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return data


def _by_id(entries: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next(entry for entry in entries if entry["id"] == id)


def _bare(text: str) -> str:
    """The letters and digits of a text: lines end elsewhere on paper, and letters are joined there."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _pdf(page: Page, paper: str = "") -> PdfReader:
    """The page as the browser prints it, without background graphics; on the page's own paper when none is given."""
    options: dict[str, Any] = {"format": paper} if paper else {"prefer_css_page_size": True}
    return PdfReader(io.BytesIO(page.pdf(print_background=False, **options)))


def _sheets(reader: PdfReader) -> list[str]:
    """The bare text of each sheet of paper."""
    return [_bare(sheet.extract_text()) for sheet in reader.pages]


def _size(reader: PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


@dataclass(frozen=True)
class Printed:
    """A page as it prints in the dark scheme: what stands on each A4 sheet, and what its elements look like."""

    sheets: list[str]
    letter: int
    facts: dict[str, list[str]]


@pytest.fixture(scope="module")
def printed(browser: Browser, address: str) -> Iterator[Callable[[str], Printed]]:
    """Prints the page of a kind, each kind once for all tests."""
    context = browser.new_context(color_scheme="dark", viewport={"width": CONTENT_WIDTH, "height": 960})
    page = context.new_page()

    @functools.cache
    def kept(kind: str) -> Printed:
        page.goto(address + KINDS[kind])
        page.emulate_media(media="print")
        facts = page.locator("article").evaluate(_FACTS)
        return Printed(_sheets(_pdf(page, "A4")), len(_pdf(page, "Letter").pages), facts)

    yield kept
    context.close()


# ---- every page kind ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints_all_its_text_and_no_address_behind_a_link(printed: Callable[[str], Printed], kind: str) -> None:
    paper = printed(kind)
    text = "".join(paper.sheets)
    assert paper.facts["texts"]
    assert [part for part in paper.facts["texts"] if _bare(part).casefold() not in text.casefold()] == []
    assert "http" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_frame_around_a_page_is_printed(printed: Callable[[str], Printed], kind: str) -> None:
    paper = printed(kind)
    assert paper.facts["frame"] == []
    text = "".join(paper.sheets)
    words = ("Skip to content", "Back to top", "Table of contents", "Material for MkDocs", "HomeLessonsChecklists")
    assert [word for word in words if _bare(word) in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_black_on_white_in_the_dark_scheme_too(printed: Callable[[str], Printed], kind: str) -> None:
    facts = printed(kind).facts
    assert (facts["coloured"], facts["inked"]) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_page_sticks_out_of_the_paper_or_is_cut(printed: Callable[[str], Printed], kind: str) -> None:
    assert printed(kind).facts["cut"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_at_its_foot_where_it_comes_from(
    printed: Callable[[str], Printed], kind: str, guide: dict[str, Any]
) -> None:
    foot = f"{guide['title']}, edition {guide['edition']} good-company.example/{KINDS[kind]}"
    assert printed(kind).sheets[-1].endswith(_bare(foot))


@pytest.mark.parametrize("kind", ["path", "plan", "message", "checklist"])
def test_a_short_page_takes_one_sheet(printed: Callable[[str], Printed], kind: str) -> None:
    assert (len(printed(kind).sheets), printed(kind).letter) == (1, 1)


def test_boxes_are_squares_of_lines_that_a_pen_can_tick(page: Page, address: str, guide: dict[str, Any]) -> None:
    page.goto(address + KINDS["checklist"])
    page.emulate_media(media="print")
    boxes = page.locator(".guide-item input").evaluate_all(
        """all => all.map((box) => {
              const { borderStyle, borderColor, borderTopWidth } = getComputedStyle(box);
              const { width, height } = box.getBoundingClientRect();
              return [borderStyle, borderColor, parseFloat(borderTopWidth) >= 1, width >= 15, width === height];
            })"""
    )
    assert boxes == [["solid", "rgb(0, 0, 0)", True, True, True]] * len(
        _by_id(guide["checklists"], "thirty-day-plan")["items"]
    )


def test_ticks_and_what_is_not_for_me_are_drawn(page: Page, address: str) -> None:
    page.goto(f"{address}checklists/at-the-event/")
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Not for me").nth(3).click()
    page.emulate_media(media="print")
    marks = page.locator(".guide-item input").evaluate_all(
        """all => all.map((box) => [getComputedStyle(box, "::after").borderBottomWidth !== "0px"
          && getComputedStyle(box, "::after").content !== "none", getComputedStyle(box).borderStyle])"""
    )
    assert [number for number, (ticked, _) in enumerate(marks) if ticked] == [1]
    assert [number for number, (_, border) in enumerate(marks) if border == "dashed"] == [3]
    text = _sheets(_pdf(page, "A4"))[0]
    assert text.count("notforme") == 1
    assert "0of" not in text


def test_a_note_is_printed_while_it_is_still_being_typed_and_an_empty_one_is_room_to_write(
    page: Page, address: str
) -> None:
    page.goto(f"{address}lessons/build-connections/")
    page.get_by_role("textbox", name="Whose message").fill("From Ana.\nShe sent me a paper.")
    text = "".join(_sheets(_pdf(page, "A4")))
    assert _bare("From Ana. She sent me a paper.") in text
    page.emulate_media(media="print")
    expect(page.locator("guide-note textarea").first).to_be_hidden()
    lines = page.locator("guide-note .guide-note__paper i").evaluate_all(
        "all => all.map((line) => [getComputedStyle(line).borderBottomStyle, line.offsetHeight > 25])"
    )
    assert lines == [["solid", True]] * 6


def test_a_message_prints_as_it_is_filled_in(page: Page, address: str) -> None:
    page.goto(f"{address}messages/thank-after-meeting/")
    page.get_by_role("radio", name="LinkedIn note").check(force=True)
    page.get_by_role("textbox", name="Their first name").fill("Zarina")
    text = "".join(_sheets(_pdf(page, "A4")))
    assert "HiZarina" in text
    assert "LinkedInnote" in text
    assert "LinkedInmessage" not in text
    assert "Copy" not in text


def test_a_message_prints_every_channel_without_javascript(
    browser: Browser, address: str, guide: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}messages/thank-after-meeting/")
    text = "".join(_sheets(_pdf(page, "A4")))
    variants = _by_id(guide["messages"], "thank-after-meeting")["variants"]
    assert [v["channel"] for v in variants if _bare(v["example"]) not in text] == []
    context.close()


# ---- the page to choose on ---------------------------------------------------------------------------------------


def _choose(page: Page, *titles: str) -> None:
    closed = page.locator("details.guide-print__kind:not([open]) > summary")
    while closed.count():
        closed.first.click()
    for title in titles:
        page.get_by_role("checkbox", name=title, exact=True).check()


@pytest.fixture
def choice(page: Page, address: str) -> Page:
    page.goto(address + PRINT)
    return page


def test_all_lists_print_one_a_sheet_with_every_item_and_its_why(choice: Page, guide: dict[str, Any]) -> None:
    for group in choice.locator("details[open] .guide-print__group").all():
        group.get_by_role("checkbox").first.check()
    expect(choice.get_by_text(f"{len(guide['checklists'])} checklists chosen")).to_be_visible()
    for paper, size in SIZES.items():
        choice.get_by_role("radio", name=paper).check()
        reader = _pdf(choice)
        assert _size(reader) == size
        sheets = _sheets(reader)
        assert len(sheets) == len(guide["checklists"])
        for checklist in guide["checklists"]:
            (sheet,) = [one for one in sheets if one.startswith(_bare(checklist["title"]))]
            texts = [item[part] for item in checklist["items"] for part in ("text", "why")]
            assert [text for text in texts if _bare(text) not in sheet] == []
            assert sheet.endswith(_bare(f"good-company.example/checklists/{checklist['id']}"))
    choice.emulate_media(media="print")
    boxes = choice.locator(".guide-sheet__box").evaluate_all(
        "all => all.map((box) => [getComputedStyle(box).borderStyle, box.getBoundingClientRect().width >= 15])"
    )
    assert boxes == [["solid", True]] * sum(len(checklist["items"]) for checklist in guide["checklists"])


def test_all_lessons_print_whole_and_keep_together_what_belongs_together(choice: Page, guide: dict[str, Any]) -> None:
    choice.locator("summary", has_text="Lessons").click()
    for stage in choice.locator("details").nth(1).locator(".guide-print__group").all():
        stage.get_by_role("checkbox").first.check()
    sheets = _sheets(_pdf(choice))
    text = "".join(sheets)
    blocks = choice.locator(".guide-sheet").evaluate_all(
        "all => all.flatMap((sheet) => [...sheet.querySelectorAll('h2, h3, p, li')].map((one) => one.textContent))"
    )
    assert len(blocks) > 500
    assert [block for block in blocks if _bare(block) not in text] == []
    # The numbers of steps are on paper only.
    sheets = [re.sub(r"\d", "", sheet) for sheet in sheets]
    together = choice.locator(".guide-sheet :is(.guide-box, .guide-exercise, .guide-reflection)").evaluate_all(
        "all => all.map((one) => one.textContent)"
    )
    assert [block for block in together if not any(re.sub(r"\d", "", _bare(block)) in sheet for sheet in sheets)] == []
    starts = [_bare(lesson["title"]) for lesson in guide["lessons"]]
    assert [start for start in starts if not any(sheet.startswith(start) for sheet in sheets)] == []


def test_messages_print_whole_and_none_is_split(choice: Page, guide: dict[str, Any]) -> None:
    choice.locator("summary", has_text="Messages").click()
    for situation in choice.locator("details").nth(2).locator(".guide-print__group").all()[:4]:
        situation.get_by_role("checkbox").first.check()
    titles = choice.locator(".guide-sheet__title").all_inner_texts()
    assert len(titles) > 10
    sheets = _sheets(_pdf(choice))
    for message in guide["messages"]:
        for variant in message["variants"] if message["title"] in titles else []:
            whole = _bare((variant["example_subject"] or "") + variant["example"])
            assert any(whole in sheet for sheet in sheets), (message["id"], variant["channel"])


@pytest.mark.parametrize("paper", SIZES)
def test_what_is_chosen_is_printed_and_what_is_not_is_not(choice: Page, guide: dict[str, Any], paper: str) -> None:
    _choose(choice, "The evening before an event", "At the event", "After the first conversation")
    choice.get_by_role("radio", name=paper).check()
    expect(choice.get_by_role("status").filter(has_text="2 checklists, 1 lesson chosen")).to_be_visible()
    reader = _pdf(choice)
    assert _size(reader) == SIZES[paper]
    sheets = _sheets(reader)
    assert [sheets[0][:10], sheets[1][:10], sheets[2][:10]] == ["Attheevent", "Theevening", "Afterthefi"]
    text = "".join(sheets)
    for checklist in guide["checklists"]:
        inside = [_bare(item["text"]) in text for item in checklist["items"]]
        assert all(inside) if checklist["id"] in ("evening-before-event", "at-the-event") else not any(inside)
    for frame in ("Print what you need", "lesson chosen", "Choose none", "With my ticks", "PDF", "http"):
        assert _bare(frame) not in text


@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_keyboard_comes_to_does_not_lie_under_the_bar_that_prints(choice: Page, width: int) -> None:
    choice.set_viewport_size({"width": width, "height": 800})
    choice.emulate_media(reduced_motion="reduce")
    _choose(choice, "At the event")
    seen = 0
    while not choice.evaluate("document.activeElement.matches('[type=submit]')"):
        choice.keyboard.press("Tab")
        choice.wait_for_function(FOCUS_ON_TOP)
        seen += 1
    assert seen > 50


def test_short_leaves_the_why_out_and_keeps_what_there_is_to_do(choice: Page, guide: dict[str, Any]) -> None:
    _choose(choice, "At the event", "After the first conversation")
    choice.get_by_role("radio", name="Short").check()
    text = "".join(_sheets(_pdf(choice)))
    items = _by_id(guide["checklists"], "at-the-event")["items"]
    assert all(_bare(item["text"]) in text for item in items)
    assert [item["why"] for item in items if _bare(item["why"]) in text] == []
    lesson = _by_id(guide["lessons"], "build-connections")
    assert all(_bare(point) in text for point in lesson["key_points"])
    assert _bare("Think of the last person you liked talking with") in text
    assert _bare("You talk with someone for twenty minutes at an event") not in text


def test_ticks_notes_and_names_are_the_readers_own_only_if_they_ask(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}checklists/at-the-event/")
    items = page.locator(".guide-item")
    items.nth(1).get_by_role("checkbox").check()
    items.nth(3).get_by_role("button").click()
    page.get_by_role("button", name="Start a named run").click()
    page.get_by_role("textbox", name="Name of the run").fill("Fair in May")
    page.get_by_role("button", name="Start", exact=True).click()
    items.nth(2).get_by_role("checkbox").check()
    page.goto(f"{address}lessons/build-connections/")
    page.get_by_role("textbox", name="Whose message").fill("From Ana.")
    page.get_by_role("textbox", name="Whose message").blur()
    page.goto(address + PRINT)
    _choose(page, "At the event", "After the first conversation")
    done = page.locator(".guide-sheet .guide-item--done")
    expect(page.locator(".guide-sheet")).to_have_count(2)
    expect(done).to_have_count(0)
    assert "FromAna" not in "".join(_sheets(_pdf(page)))
    page.get_by_role("radio", name="With my ticks and notes").check()
    # The run that was last looked at, and its name on the paper.
    expect(done).to_have_count(1)
    text = "".join(_sheets(_pdf(page)))
    assert "FairinMay" in text
    assert "FromAna" in text
    page.get_by_role("combobox", name="Ticks of").select_option("No name: the list itself")
    expect(done).to_have_count(1)
    expect(done).to_have_attribute("data-item", items_id(page, 1))
    text = "".join(_sheets(_pdf(page)))
    assert text.count("notforme") == 1
    assert "FairinMay" not in text
    page.emulate_media(media="print")
    tick = done.locator(".guide-sheet__box").evaluate("box => getComputedStyle(box, '::after').borderBottomStyle")
    assert tick == "solid"


def items_id(page: Page, number: int) -> str:
    """The id of an item of the first sheet."""
    return page.locator(".guide-sheet .guide-item").nth(number).get_attribute("data-item") or ""


def test_a_group_is_chosen_at_once_and_says_when_it_is_chosen_in_part(choice: Page) -> None:
    group = choice.get_by_role("group", name="Events, online and in the room").first
    group.get_by_role("checkbox", name="All 4 of these").check()
    expect(choice.locator(".guide-sheet")).to_have_count(4)
    group.get_by_role("checkbox", name="At the event").uncheck()
    expect(choice.locator(".guide-sheet")).to_have_count(3)
    expect(group.get_by_role("checkbox", name="All 4 of these")).to_be_checked(indeterminate=True)
    choice.get_by_role("button", name="Choose none").click()
    expect(choice.locator(".guide-sheet")).to_have_count(0)
    expect(choice.get_by_text("Nothing chosen yet")).to_be_visible()


def test_a_link_on_a_list_leads_to_the_list_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}checklists/at-the-event/")
    page.get_by_role("link", name="with or without your ticks").click()
    expect(page.get_by_role("checkbox", name="At the event")).to_be_checked()
    expect(page.get_by_text("1 checklist chosen")).to_be_visible()


def test_the_choice_stays_for_the_visit_and_never_enters_the_address(choice: Page, address: str) -> None:
    _choose(choice, "At the event", "After the first conversation")
    choice.get_by_role("radio", name="Short").check()
    assert unquote(choice.url) == address + PRINT
    tabs = choice.get_by_role("navigation", name="Tabs")
    # By key: the tabs come in while the page scrolls up, and a click could fall beside them.
    tabs.get_by_role("link", name="Lessons").press("Enter")
    expect(choice.get_by_role("heading", level=1, name="Lessons")).to_be_visible()
    tabs.get_by_role("link", name="Print").press("Enter")
    expect(choice.get_by_text("1 checklist, 1 lesson chosen")).to_be_visible()
    expect(choice.get_by_role("radio", name="Short")).to_be_checked()
    assert choice.evaluate("JSON.stringify(Object.values(localStorage)).includes('at-the-event')") is False


def test_the_paper_of_the_choice_stays_on_its_page(choice: Page) -> None:
    choice.get_by_role("radio", name="Letter").check()
    choice.get_by_role("navigation", name="Tabs").get_by_role("link", name="Paths").press("Enter")
    expect(choice.get_by_role("heading", level=1, name="Paths")).to_be_visible()
    assert choice.evaluate("document.adoptedStyleSheets.length + document.querySelectorAll('style').length") == 0


def test_the_button_prints_and_says_what_to_do_where_it_cannot(page: Page, address: str) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(address + PRINT)
    page.get_by_role("button", name="Print", exact=True).click()
    assert page.evaluate("window.printed") == 0
    expect(page.get_by_role("status").filter(has_text="Choose something to print first.")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.get_by_text("1 checklist chosen")).to_be_visible()
    expect(page.get_by_text("Nothing happened?")).to_be_hidden()
    page.get_by_role("button", name="Print", exact=True).press("Enter")
    assert page.evaluate("window.printed") == 1
    expect(page.get_by_text("Nothing happened?")).to_be_visible()


def test_the_choice_works_from_the_file_system(page: Page, site: Path) -> None:
    page.goto((site / PRINT / "index.html").as_uri())
    _choose(page, "At the event", "What networking is, and who is already in yours")
    sheets = _sheets(_pdf(page))
    assert sheets[0].startswith("Attheevent")
    assert sheets[1].startswith("Whatnetworkingis")


def test_without_javascript_the_page_offers_every_sheet_with_its_size(
    browser: Browser, site: Path, address: str, guide: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PRINT)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    expect(page.get_by_text("With JavaScript switched on")).to_be_visible()
    for checklist in guide["checklists"]:
        for file in checklist["pdf"].values():
            size = human_size((site / file).stat().st_size)
            expect(page.locator(f'a[href="../{file}"]')).to_have_text(re.compile(rf"^(A4|Letter) \(PDF, {size}\)$"))
    expect(page.get_by_role("link", name=re.compile(r"^Workbook.*A4"))).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + PRINT)
    _choose(page, "At the event", "After the first conversation", "Thank someone after a first conversation")
    page.set_viewport_size({"width": 390 if scheme == "light" else 1280, "height": 844})
    settle(page)
    results = Axe().run(page)
    found = [f"{v['id']}: {node['html'][:160]}" for v in results.response["violations"] for node in v["nodes"]]
    assert found == []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_search_finds_the_page_and_nothing_of_its_sheets(site: Path) -> None:
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    (entry,) = [entry for entry in entries if entry["location"].startswith(PRINT)]
    assert entry["title"] == "Print what you need"
    assert len(entry["text"]) < 200
