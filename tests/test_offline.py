"""The guide without a network: read from the file system, and kept on the reader's device."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.environment import PREVIEW_URL
from generator.export.offline import MANIFEST, PAGE_SCRIPT, WORKER, offline_files
from tests.support import GUIDE, LESSON, MESSAGE, MKDOCS, ROOT, tiny_guide, write_project

CLIPBOARD = ["clipboard-read", "clipboard-write"]
KEPT = "This guide is kept on this device and opens without a network."
NEWER = "A newer edition of this guide is here."
SUBFOLDER = "some/folder/"


class Host:
    """A web server whose folder can be swapped, whose files can break, and which can be gone."""

    def __init__(self, folder: Path, below: str = "") -> None:
        self.folder = folder
        self.broken: set[str] = set()
        self.asked: list[str] = []
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Keep the tests' output free of requests."""

            def translate_path(self, path: str) -> str:
                inside = unquote(path.partition("?")[0]).lstrip("/")
                host.asked.append(inside.removeprefix(below))
                if not inside.startswith(below) or inside.removeprefix(below) in host.broken:
                    return str(host.folder / "nothing-here")
                name = inside.removeprefix(below)
                return str(host.folder / name) + ("/" if name.endswith("/") else "")

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/{below}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.on = True

    def stop(self) -> None:
        """Cut the network: from now on nothing listens at the address."""
        if self.on:
            self.on = False
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile in which sites may keep themselves."""
    context = browser.new_context(service_workers="allow", permissions=CLIPBOARD)
    context.set_default_timeout(15000)
    yield context
    context.close()


def _kept(page: Page) -> None:
    """Wait until the page's guide is kept."""
    expect(page.get_by_role("contentinfo").get_by_text(KEPT)).to_be_visible(timeout=15000)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")


# ---- the built folder, opened from the file system ------------------------------------------------------------------


def test_from_the_file_system_links_lead_from_home_to_a_lesson_and_a_message(page: Page, site: Path) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Lessons").click()
    expect(page).to_have_url((site / "lessons/index.html").as_uri())
    page.get_by_role("article").locator("a[href*='build-connections']").first.click()
    page.get_by_role("article").locator("a[href*='thank-after-meeting']").first.click()
    expect(page).to_have_url((site / "messages/thank-after-meeting/index.html").as_uri())
    page.go_back()
    expect(page).to_have_url((site / "lessons/build-connections/index.html").as_uri())
    assert problems == []


def test_from_the_file_system_a_link_opens_in_a_new_tab_by_the_keyboard(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="They did not answer").focus()
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    expect(opened.value).to_have_url((site / "messages/gentle-second-message/index.html").as_uri())


def test_from_the_file_system_search_finds_a_page_and_leads_to_it(page: Page, site: Path) -> None:
    page.goto((site / "lessons/build-connections/index.html").as_uri())
    page.get_by_role("textbox", name="Search").press_sequentially("they did not answer")
    page.get_by_role("listitem").get_by_role("heading", name="Ask once more, gently").click()
    expect(page).to_have_url(re.compile(r"^file:.*/messages/gentle-second-message/index\.html\?h="))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask once more, gently")


def test_from_the_file_system_a_message_is_filled_and_copied_and_a_tick_stays(browser: Browser, site: Path) -> None:
    context = browser.new_context(permissions=CLIPBOARD)
    page = context.new_page()
    page.goto((site / "messages/thank-after-meeting/index.html").as_uri())
    _fill_and_copy(page)
    page.goto((site / "checklists/evening-before-event/index.html").as_uri())
    page.get_by_role("article").get_by_role("checkbox").first.check()
    page.reload()
    expect(page.get_by_role("article").get_by_role("checkbox").first).to_be_checked()
    context.close()


def test_from_the_file_system_without_javascript_every_link_leads_to_a_folder_with_its_page(site: Path) -> None:
    # A browser then shows the list of that folder, and in it index.html.
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in re.findall(r'<a[^>]* href="([^"#?:]+/)["#?]', page.read_text(encoding="utf-8")):
            assert (page.parent / link / "index.html").is_file(), f"{page}: {link}"


# ---- one visit, then no network -------------------------------------------------------------------------------------


def _fill_and_copy(page: Page) -> None:
    page.get_by_role("textbox", name="Their first name").first.fill("Ines")
    page.get_by_role("button", name="Copy email").first.click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    assert "Ines" in page.evaluate("navigator.clipboard.readText()")


SHEET = "checklists/evening-before-event/evening-before-event-a4.pdf"


@pytest.fixture(scope="module")
def visited(browser: Browser, site: Path) -> Iterator[tuple[BrowserContext, Page, Host]]:
    """One visit to the real guide, with one sheet opened; then the network is gone."""
    context = browser.new_context(service_workers="allow", permissions=CLIPBOARD)
    host = Host(site)
    page = context.new_page()
    page.goto(host.address)
    _kept(page)
    page.goto(host.address)
    assert page.evaluate("url => fetch(url).then(file => file.status)", f"{host.address}{SHEET}") == 200
    host.stop()
    yield context, page, host
    context.close()


def test_after_one_visit_the_whole_guide_works_without_a_network(
    visited: tuple[BrowserContext, Page, Host],
) -> None:
    _, page, host = visited
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    # In the tab that was open: Material's own navigation; then pages of their own.
    page.get_by_role("link", name="They did not answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask once more, gently")
    page.goto(f"{host.address}lessons/build-connections/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("contentinfo").get_by_text(KEPT)).to_be_visible()
    page.get_by_role("textbox", name="Search").press_sequentially("they did not answer")
    page.get_by_role("listitem").get_by_role("heading", name="Ask once more, gently").click()
    page.wait_for_url(re.compile(r"/messages/gentle-second-message/"))
    page.goto(f"{host.address}messages/thank-after-meeting/index.html")
    _fill_and_copy(page)
    # No slash at its end: the server that would add it is gone.
    page.goto(f"{host.address}checklists/evening-before-event")
    expect(page).to_have_url(f"{host.address}checklists/evening-before-event/")
    answer = page.goto(f"{host.address}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not here")
    assert problems == []


_DIFFERING = """async ([root, files]) => {
  const hash = async (bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return "sha256-" + btoa(String.fromCharCode(...digest));
  };
  const differing = [];
  for (const [path, wanted] of Object.entries(files)) {
    const file = await fetch(root + path);
    if ((await hash(await file.arrayBuffer())) !== wanted) differing.push(path);
  }
  return differing;
}"""


def test_every_page_and_calendar_file_is_answered_without_a_network_byte_for_byte(
    visited: tuple[BrowserContext, Page, Host], site: Path
) -> None:
    _, page, host = visited
    page.goto(host.address)
    files = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"]
    for ending, pattern in (("/", "*/**/index.html"), (".ics", "**/*.ics")):
        # The manual is for authors, who have a network.
        there = [path for path in site.glob(pattern) if "manual" not in path.relative_to(site).parts]
        assert sum(path.endswith(ending) for path in files) == len(there)
    assert page.evaluate(_DIFFERING, [host.address, files]) == []


def test_paper_is_not_fetched_before_it_is_opened_and_kept_from_then_on(
    visited: tuple[BrowserContext, Page, Host], site: Path
) -> None:
    _, page, host = visited
    assert [path for path in host.asked if path.endswith((".pdf", "search_index.js"))] == [SHEET]
    page.goto(host.address)
    assert page.evaluate(_LENGTH, f"{host.address}{SHEET}") == (site / SHEET).stat().st_size
    answer = page.goto(f"{host.address}workbook-a4.pdf")
    assert answer is not None
    assert answer.status == 503
    expect(page.get_by_text("This file is not kept on this device. It opens when there is a network.")).to_be_visible()


_LENGTH = "url => fetch(url).then(file => file.arrayBuffer()).then(bytes => bytes.byteLength)"


# ---- editions, of a small guide in a subfolder ----------------------------------------------------------------------


def _build(folder: Path, variables: Mapping[str, str] | None = None, **changes: str) -> Path:
    mkdocs = MKDOCS.replace("THEME", str(ROOT / "templates" / "theme"))
    settings = mkdocs.replace("content.action.edit", "navigation.instant")
    if "plugins" in changes:
        settings = settings.replace("plugins: [coaching-guide, search]", changes.pop("plugins"))
    extra = changes.pop("extra", "")
    project = write_project(folder, tiny_guide(mkdocs=settings, **changes))
    if extra:
        (project / "content/messages/extra.md").write_text(extra, encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true", **(variables or {})}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(project / "mkdocs.yml")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another title on every page, another stylesheet, and a page more."""
    site = _build(
        tmp_path_factory.mktemp("second"),
        guide=GUIDE.format(title="Tiny, second"),
        lesson=LESSON.replace("The first lesson", "The lesson, rewritten"),
        extra=MESSAGE.replace("Say thanks", "A page more"),
    )
    _change(site, "assets/guide.css", (site / "assets/guide.css").read_bytes() + b"\n:root { --edition: second }\n")
    return site


def _offline(files: dict[str, bytes]) -> dict[str, bytes]:
    looks = [(name, len(content), _integrity(content)) for name, content in files.items()]
    return offline_files(looks, files.__getitem__)


def _change(site: Path, name: str, content: bytes) -> None:
    """Change a file of a finished site and name its edition anew, as the build does it."""
    (site / name).write_bytes(content)
    shutil.copy(ROOT / "templates/theme" / WORKER, site / WORKER)
    script = (site / PAGE_SCRIPT).read_text(encoding="utf-8")
    script = re.sub(r"const (COPY|PAPER)_SIZE=\d+;", r"const \1_SIZE=0;", script)
    (site / PAGE_SCRIPT).write_text(script, encoding="utf-8")
    entries = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for path, made in _offline(entries).items():
        (site / path).write_bytes(made)


@pytest.fixture
def host(first: Path) -> Iterator[Host]:
    host = Host(first, SUBFOLDER)
    yield host
    host.stop()


def _edition(page: Page) -> tuple[str, str]:
    """Return the lesson's title and the stylesheet's mark, as this page gets them."""
    title, mark = page.evaluate(
        """async () => {
          const style = document.querySelector('link[href*="assets/guide.css"]');
          const lesson = await (await fetch(new URL("../lessons/first/", style.href))).text();
          const mark = getComputedStyle(document.documentElement).getPropertyValue("--edition");
          return [lesson.match(/<h1[^>]*>([^<]*)/)[1], mark];
        }"""
    )
    return title, mark


FIRST = ("The first lesson", "")
SECOND = ("The lesson, rewritten", "second")


def _visited(reader: BrowserContext, host: Host) -> Page:
    """Return a tab that shows the kept first edition."""
    page = reader.new_page()
    page.goto(host.address)
    _kept(page)
    page.reload()
    _kept(page)
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    return page


def test_an_open_page_keeps_its_edition_until_the_reader_takes_the_newer_one(
    reader: BrowserContext, host: Host, second: Path
) -> None:
    page = _visited(reader, host)
    host.folder = second
    page.goto(f"{host.address}messages/thank/")
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("status").get_by_text(NEWER)).to_be_visible()
    # Nothing has moved or changed under the reader's hands.
    assert page.evaluate("document.activeElement === document.body")
    assert _edition(page) == FIRST
    page.goto(f"{host.address}lessons/first/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The first lesson")
    expect(page.get_by_text(NEWER)).to_be_visible()
    with page.expect_event("load"):
        page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The lesson, rewritten")
    assert _edition(page) == SECOND
    host.stop()
    page.goto(f"{host.address}messages/extra/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A page more")
    assert _edition(page) == SECOND


def test_the_notice_is_reached_by_the_keyboard_and_can_be_put_off(
    reader: BrowserContext, host: Host, second: Path
) -> None:
    page = _visited(reader, host)
    host.folder = second
    page.reload()
    expect(page.get_by_text(NEWER)).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Later":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text(NEWER)).not_to_be_visible()
    assert _edition(page) == FIRST


def test_another_tab_stays_whole_in_its_edition_when_the_newer_one_is_taken(
    reader: BrowserContext, host: Host, second: Path
) -> None:
    other = _visited(reader, host)
    page = reader.new_page()
    host.folder = second
    page.goto(host.address)
    with page.expect_event("load"):
        page.get_by_role("button", name="Show it").click()
    assert _edition(page) == SECOND
    assert _edition(other) == FIRST
    host.stop()
    assert _edition(other) == FIRST
    assert _edition(page) == SECOND
    other.goto(f"{host.address}lessons/first/")
    assert _edition(other) == SECOND
    page.goto(f"{host.address}messages/thank/")
    names = page.evaluate("caches.keys()")
    assert len(names) == 1, names


def test_a_newer_edition_with_one_wrong_file_changes_nothing(reader: BrowserContext, host: Host, second: Path) -> None:
    page = _visited(reader, host)
    host.folder = second
    host.broken.add("messages/thank/")
    page.goto(f"{host.address}plan/")
    expect(page.get_by_text("it could not be fetched whole. You are reading the earlier one.")).to_be_visible()
    expect(page.get_by_text(NEWER)).to_have_count(0)
    assert _edition(page) == FIRST
    host.broken.clear()
    page.reload()
    with page.expect_event("load"):
        page.get_by_role("button", name="Show it").click()
    assert _edition(page) == SECOND


def test_of_a_newer_edition_only_the_files_that_changed_are_fetched(
    reader: BrowserContext, host: Host, first: Path, second: Path
) -> None:
    page = _visited(reader, host)
    host.folder = second
    host.asked.clear()
    page.reload()
    expect(page.get_by_text(NEWER)).to_be_visible()
    before, after = (json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"] for site in (first, second))
    changed = {path for path, integrity in after.items() if before.get(path) != integrity}
    assert set(host.asked) == changed | {WORKER, MANIFEST}


def test_a_page_that_the_kept_edition_does_not_know_gets_all_its_parts_from_the_network(
    reader: BrowserContext, host: Host, second: Path
) -> None:
    page = _visited(reader, host)
    host.folder = second
    page.goto(f"{host.address}messages/extra/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A page more")
    assert _edition(page) == SECOND


def test_the_reader_can_remove_the_guide_from_the_device_and_have_it_back(reader: BrowserContext, host: Host) -> None:
    page = _visited(reader, host)
    page.goto(f"{host.address}plan/")
    page.get_by_role("button", name="Remove the guide from this device").click()
    keep = page.get_by_role("button", name=re.compile(r"Keep it here \(\d+\.\d MB\)"))
    expect(keep).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page.reload()
    expect(keep).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    keep.click()
    _kept(page)
    # In the same page: removed while it is open, and back.
    page.reload()
    page.get_by_role("button", name="Remove the guide from this device").click()
    keep.click()
    _kept(page)
    host.stop()
    page.goto(f"{host.address}messages/thank/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Say thanks")


def test_all_paper_can_be_kept_at_once(reader: BrowserContext, host: Host, first: Path) -> None:
    page = _visited(reader, host)
    page.goto(f"{host.address}plan/")
    page.get_by_role("button", name=re.compile("Keep all files now")).click()
    expect(page.get_by_role("button", name="All files are kept")).to_be_visible()
    host.stop()
    for name in ("checklists/before/before-letter.pdf", "guide.json"):
        assert page.evaluate(_LENGTH, f"{host.address}{name}") == (first / name).stat().st_size


def _nothing_kept(page: Page) -> None:
    """Wait until neither a worker nor a copy is left."""
    page.wait_for_function(
        """async () => {
          const there = await navigator.serviceWorker.getRegistrations();
          return there.length === 0 && (await caches.keys()).length === 0;
        }"""
    )


def test_a_site_that_is_no_longer_kept_offline_takes_its_worker_away(
    reader: BrowserContext, host: Host, tmp_path: Path
) -> None:
    page = _visited(reader, host)
    host.folder = _build(tmp_path, plugins="plugins: [{coaching-guide: {offline: false}}, search]")
    page.reload()
    with page.expect_event("load"):
        page.get_by_role("button", name="Show it").click()
    _nothing_kept(page)
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_a_preview_shows_itself_instead_of_what_was_kept(reader: BrowserContext, host: Host, tmp_path: Path) -> None:
    page = _visited(reader, host)
    guide = GUIDE.format(title="Tiny").replace("A tagline.", "Being written.")
    host.folder = _build(tmp_path, {PREVIEW_URL: host.address}, guide=guide)
    page.reload()
    # By itself: an author does not look for a button.
    expect(page.get_by_text("Being written.").first).to_be_visible(timeout=15000)
    _nothing_kept(page)


# ---- the manifest ---------------------------------------------------------------------------------------------------


def test_the_manifest_holds_the_hash_of_every_file_and_the_worker_that_of_the_manifest(site: Path) -> None:
    manifest = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    for path, integrity in {**manifest["files"], **manifest["downloads"]}.items():
        content = (site / path / "index.html" if path == "" or path.endswith("/") else site / path).read_bytes()
        assert integrity == _integrity(content), path
    assert f'const EDITION="{_integrity((site / MANIFEST).read_bytes())}";' in (site / WORKER).read_text("utf-8")


def _integrity(content: bytes) -> str:
    return f"sha256-{b64encode(sha256(content).digest()).decode()}"


THEME = {WORKER: b'const EDITION = "";', PAGE_SCRIPT: b"const COPY_SIZE = 0; const PAPER_SIZE = 0;"}
INDEX = {"search/search_index.json": b'{"config":{"lang":["en"]},"docs":[]}'}


def _made(**files: bytes) -> dict[str, bytes]:
    return _offline({**THEME, **INDEX, **{name.replace("__", "."): content for name, content in files.items()}})


def test_one_byte_is_another_edition() -> None:
    assert _made(index__html=b"one")[WORKER] != _made(index__html=b"two")[WORKER]
    assert _made(index__html=b"one") == _made(index__html=b"one")


def test_paper_is_kept_later_and_search_words_of_other_languages_never() -> None:
    lunr = {f"assets/javascripts/lunr/min/lunr.{name}.min.js": b"" for name in ("de", "fr", "stemmer.support", "multi")}
    german = {"search/search_index.json": b'{"config":{"lang":["de"]},"docs":[]}'}
    entries = {**THEME, **lunr, **german, "a/index.html": b"", "a/a.pdf": b"123", "b.js.map": b"", ".hidden": b""}
    manifest = json.loads(_offline(entries)[MANIFEST])
    assert sorted(manifest["downloads"]) == ["a/a.pdf"]
    assert sorted(manifest["files"]) == [
        "a/",
        "assets/guide.js",
        "assets/javascripts/lunr/min/lunr.de.min.js",
        "assets/javascripts/lunr/min/lunr.stemmer.support.min.js",
        "search/search_index.json",
    ]


def test_a_theme_without_a_worker_keeps_nothing() -> None:
    assert _offline({"index.html": b""}) == {}
