"""Nothing on a page moves while it loads, whatever the reader keeps on the device."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, StorageState, expect

from tests.support import settle

PAGES = (
    "",
    "checklists/",
    "checklists/evening-before-event/",
    "checklists/weekly-fifteen-minutes/",
    "downloads/",
    "lessons/",
    "lessons/build-connections/",
    "lessons/build-connections/#keep-pace",
    "manual/quick-start/",
    "messages/",
    "messages/thank-after-meeting/",
    "messages/thank-after-meeting/#next",
    "paths/shy-starter/",
    "plan/",
    "print/",
    "print/#checklists/evening-before-event",
    "references/",
    "404.html",
)
"""A page of every kind, and places on them to which others lead."""

WATCH = """
window.shifts = [];
window.heard = (entries) => shifts.push(...entries.map((entry) => ({
  value: entry.value,
  what: entry.sources.map(({node}) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 80)),
})));
window.watcher = new PerformanceObserver((list) => heard(list.getEntries()));
watcher.observe({type: 'layout-shift', buffered: true});
"""
FOLLOW = """
async (url) => {
  window.shifts = [];
  const before = document.querySelector('article');
  const link = document.createElement('a');
  link.href = url;
  document.querySelector('.md-header').append(link);
  link.click();
  link.remove();
  const frame = () => new Promise(requestAnimationFrame);
  while (location.href !== url || (document.contains(before) && !url.includes('#'))) await frame();
  const article = document.querySelector('article');
  const seen = () => getComputedStyle(article).visibility === 'visible';
  while (!seen()) await frame();
  window.heights = [article.offsetHeight];
  for (let count = 0; count < 12; count += 1) {
    await frame();
    if (!seen()) heights.push('unseen');
    else if (article.offsetHeight !== heights.at(-1)) heights.push(article.offsetHeight);
  }
}
"""
"""Goes to a page as a link does, and notes every height that a reader sees it have."""
SCRIPTS = re.compile(r"/assets/(?!anywhere|search)[a-z]+\.js$")
"""Those of the guide that are deferred."""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"


@pytest.fixture(scope="module")
def kept(site: Path) -> str:
    """What the device of a reader keeps who has used every list, lesson and message of the guide."""
    guide: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    lesson = (site / "lessons/build-connections/index.html").read_text(encoding="utf-8")
    values: dict[str, Any] = {"place": {"lesson": "build-connections", "part": "keep-pace"}, "field/your_name": "Sam"}
    for number, question in enumerate(re.findall(r'data-question="([^"]*)"', lesson)):
        note = {"text": "A line.\n" * 6, "question": question, "part": "keep-pace"}
        values[f"note/build-connections/{number}"] = note
    for each in guide["lessons"]:
        values[f"lesson/{each['id']}"] = "done"
    for each in guide["messages"]:
        values[f"follow/{each['id']}"] = True
    for number, each in enumerate(guide["checklists"]):
        first, second, *_ = each["items"]
        run = {"list": each["id"], "name": f"Coffee with Ana {number}", "made": number, "archived": False}
        values |= {f"run/r{number}": run, f"current/{each['id']}": f"r{number}"}
        for of_run in ("", f"/r{number}"):
            values[f"tick/{each['id']}/{first['id']}{of_run}"] = "skip"
            values[f"tick/{each['id']}/{second['id']}{of_run}"] = "done"
    entries = {key: {"v": value, "t": 1_700_000_000_000} for key, value in values.items()}
    return json.dumps({"version": 1, "guide": guide["id"], "entries": entries})


def _shifts(page: Page) -> list[Any]:
    settle(page)
    found: list[Any] = page.evaluate("() => { heard(watcher.takeRecords()); return shifts; }")
    return found


def _load(page: Page, url: str) -> list[Any]:
    """Open a page whose script comes when it has been painted, as on a slow network; return what moved."""
    # What waits for the script waits for a second at most, which a busy machine may take for less.
    clock = page.context.new_cdp_session(page)
    clock.send("Animation.enable")
    clock.send("Animation.setPlaybackRate", {"playbackRate": 0})
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(SCRIPTS, hold)
    # A busy machine may paint before it asks for the script.
    with page.expect_request(SCRIPTS):
        page.goto(url, wait_until="commit")
    page.wait_for_function(PAINTED)
    while not waiting:
        # It is told of what was asked for while it waits for something.
        page.wait_for_function(PAINTED)
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("load")
    clock.send("Animation.setPlaybackRate", {"playbackRate": 1})
    clock.detach()
    return _shifts(page)


@contextmanager
def _device(
    browser: Browser, width: int, scheme: Literal["light", "dark"], storage: StorageState | None = None, **options: Any
) -> Iterator[BrowserContext]:
    viewport = {"width": width, "height": 844}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, storage_state=storage, **options)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    yield context
    context.close()


sizes = pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])


@sizes
def test_nothing_moves_when_the_script_of_a_page_comes(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    moved = {}
    for name in PAGES:
        # A device each, that has kept nothing.
        with _device(browser, width, scheme) as context:
            moved[name] = _load(context.new_page(), address + name)
    assert {name: shifts for name, shifts in moved.items() if shifts} == {}


@sizes
def test_nothing_moves_when_what_is_kept_on_the_device_shows(
    browser: Browser, address: str, kept: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    items = [{"name": "coaching-guide:good-company", "value": kept}]
    storage: Any = {"cookies": [], "origins": [{"origin": address.rstrip("/"), "localStorage": items}]}
    with _device(browser, width, scheme, storage) as context:
        moved = {name: _load(context.new_page(), address + name) for name in PAGES}
    assert {name: shifts for name, shifts in moved.items() if shifts} == {}


@pytest.mark.parametrize("keeps", [False, True])
def test_nothing_moves_after_instant_navigation(browser: Browser, address: str, kept: str, keeps: bool) -> None:
    items = [{"name": "coaching-guide:good-company", "value": kept}]
    storage: Any = {"cookies": [], "origins": [{"origin": address.rstrip("/"), "localStorage": items}]}
    moved = {}
    with _device(browser, 390, "light", storage if keeps else None) as context:
        page = context.new_page()
        page.goto(address + "claims/", wait_until="networkidle")
        for name in PAGES[:-1]:
            page.evaluate(FOLLOW, address + name)
            moved[name] = _shifts(page)
            heights = page.evaluate("heights")
            moved[name] += heights[1:]
    assert {name: shifts for name, shifts in moved.items() if shifts} == {}


def test_nothing_moves_when_the_foot_of_a_page_says_that_the_guide_is_kept(browser: Browser, address: str) -> None:
    moved = {}
    for width in (390, 1280):
        with _device(browser, width, "light", service_workers="allow") as context:
            page = context.new_page()
            # A short page, so that its foot is in sight.
            page.goto(address + "404.html")
            expect(page.get_by_role("contentinfo").get_by_text("This guide is kept")).to_be_visible(timeout=30_000)
            assert page.locator("footer .md-footer-meta").evaluate("foot => foot.getBoundingClientRect().top") < 844
            moved[width] = _shifts(page)
    assert moved == {390: [], 1280: []}


@sizes
def test_nothing_moves_when_a_list_of_files_comes_in_two_parts(
    browser: Browser, site: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """A browser paints what it has while the rest of a long page is on its way."""
    page = (site / "print/index.html").read_bytes()
    # Behind the first of the two files of a list.
    cut = page.index(b"</a>", page.index(b'id="checklists/before-virtual-event"')) + len(b"</a>")
    go_on = threading.Event()

    class InTwoParts(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/print/":
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[:cut])
            go_on.wait()
            self.wfile.write(page[cut:])
            return None

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(InTwoParts, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with _device(browser, width, scheme) as context:
            tab = context.new_page()
            try:
                tab.goto(f"http://127.0.0.1:{server.server_port}/print/", wait_until="commit")
                tab.wait_for_function(PAINTED)
                link = tab.locator('[id="checklists/before-virtual-event"] a')
                expect(link).to_have_count(1)
                tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            finally:
                go_on.set()
            tab.wait_for_load_state("load")
            expect(link).to_have_count(2)
            assert _shifts(tab) == []
        server.shutdown()
