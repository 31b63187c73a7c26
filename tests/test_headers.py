"""The site under the headers that the build writes for its host: a strict policy, and nothing missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.export.headers import HOSTS_FILE, NGINX_FILE, header_files, inline_scripts, policy, theme_scripts
from generator.site_files import SiteFiles, integrity
from tests.support import headers_of, served

CLIPBOARD = ["clipboard-read", "clipboard-write"]
_LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture(scope="module")
def strict(site: Path) -> Iterator[str]:
    """The address at which the site is served with the headers of its own file."""
    with served(site, headers_of(site)) as address:
        yield address


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=CLIPBOARD, service_workers="allow"
    )
    context.add_init_script(_LISTEN)
    yield context
    context.close()


@pytest.fixture
def watched(reader: BrowserContext) -> Iterator[Page]:
    """A page that must come to its end without anything that the policy stopped, or any other fault."""
    page = reader.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    assert page.evaluate("violations") == []
    assert faults == []


def test_the_policy_lets_no_script_or_style_run_that_it_does_not_name(site: Path) -> None:
    rules = dict(rule.split(" ", 1) for rule in headers_of(site)["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/]{43}=')+", rules["script-src"])
    assert {rules[name] for name in ("base-uri", "form-action", "frame-ancestors", "object-src")} == {"'none'"}
    assert {rules[name] for name in ("style-src", "connect-src", "worker-src")} == {"'self'"}
    assert "unsafe" not in str(rules)
    assert "http" not in str(rules)


def test_search_and_moving_between_pages_work_under_the_policy(watched: Page, strict: str) -> None:
    watched.goto(strict)
    watched.evaluate("window.first = true")
    watched.get_by_role("textbox", name="Search").press_sequentially("they did not answer")
    watched.get_by_role("listitem").get_by_role("heading", name="Ask once more, gently").click()
    watched.wait_for_url(re.compile(r"/messages/gentle-second-message/"))
    expect(watched.get_by_role("heading", level=1)).to_have_text("Ask once more, gently")
    # Material's own navigation: the document is the one that was opened first.
    assert watched.evaluate("window.first")


def test_a_message_is_filled_and_copied_and_its_reminder_saved_under_the_policy(watched: Page, strict: str) -> None:
    watched.goto(f"{strict}messages/thank-after-meeting/")
    watched.get_by_role("textbox", name="Their first name").fill("Noor")
    watched.get_by_role("button", name="Copy email").click()
    expect(watched.get_by_text("Copied").first).to_be_visible()
    assert "Noor" in watched.evaluate("navigator.clipboard.readText()")
    watched.get_by_label("Day you sent it").fill("2026-12-01")
    with watched.expect_download() as download:
        watched.get_by_role("button", name="Save calendar file").click()
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_tick_goes_into_a_saved_plan_and_comes_back_from_it_under_the_policy(watched: Page, strict: str) -> None:
    watched.goto(f"{strict}checklists/evening-before-event/")
    watched.get_by_role("article").get_by_role("checkbox").first.check()
    watched.goto(f"{strict}plan/")
    with watched.expect_download() as download:
        watched.get_by_role("button", name="Download as JSON").click()
    saved = Path(download.value.path()).read_bytes()
    watched.evaluate("localStorage.clear()")
    watched.reload()
    watched.locator("input[type=file]").set_input_files(
        {"name": "plan.json", "mimeType": "application/json", "buffer": saved}
    )
    watched.get_by_role("button", name="Bring it in").click()
    watched.goto(f"{strict}checklists/evening-before-event/")
    expect(watched.get_by_role("article").get_by_role("checkbox").first).to_be_checked()


def test_the_colours_switch_and_stay_under_the_policy(watched: Page, strict: str) -> None:
    watched.goto(strict)
    before = watched.evaluate("getComputedStyle(document.body).backgroundColor")
    watched.get_by_label("Switch to dark colours").first.focus()
    watched.keyboard.press("Enter")
    changed = "before => getComputedStyle(document.body).backgroundColor !== before"
    watched.wait_for_function(changed, arg=before)
    watched.goto(f"{strict}lessons/")
    assert watched.evaluate(changed, before)


def test_the_guide_is_kept_on_the_device_under_the_policy(watched: Page, strict: str) -> None:
    watched.goto(strict)
    said = watched.get_by_role("contentinfo").get_by_text(
        "This guide is kept on this device and opens without a network."
    )
    expect(said).to_be_visible(timeout=30_000)


def test_every_kind_of_page_is_whole_under_the_policy(watched: Page, strict: str, site: Path) -> None:
    kinds = {str(path.parent.relative_to(site)).partition("/")[0]: path for path in sorted(site.rglob("index.html"))}
    found = []
    for path in [*kinds.values(), site / "404.html"]:
        watched.goto(strict + path.relative_to(site).as_posix())
        expect(watched.get_by_role("heading", level=1)).to_be_visible()
        found += watched.evaluate("violations")
    assert found == []


def test_a_script_that_got_into_a_page_does_not_run_under_the_policy(reader: BrowserContext, strict: str) -> None:
    page = reader.new_page()

    def with_a_script(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = answer.text().replace(
            "</body>", "<script>window.hit=1</script><img src=x onerror='window.hit=1'></body>"
        )
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    page.route("**/lessons/", with_a_script)
    page.goto(f"{strict}lessons/")
    page.wait_for_function("violations.length >= 2")
    assert page.evaluate("window.hit === undefined")


# ---- the files, as values ----------------------------------------------------------------------------------------


def test_only_the_scripts_of_templates_are_known_whatever_path_they_print() -> None:
    own = theme_scripts(
        ['<script>scope("{{ config.extra.scope | d(base_url) }}",1)</script><script src="x.js"></script>']
    )
    assert own.fullmatch('scope("../..",1)')
    assert own.fullmatch('scope("/some/folder/",1)')
    assert not own.fullmatch('scope("",alert(1),"",1)')
    assert not own.fullmatch('scope("..",1);alert(1)')
    assert not theme_scripts([]).fullmatch("")


def test_data_and_scripts_with_an_address_are_no_inline_scripts() -> None:
    html = '<script src="x.js"></script><script type="application/ld+json">{}</script><SCRIPT>run()</SCRIPT>'
    assert inline_scripts(html) == ["run()"]


def test_scripts_are_hashed_as_a_browser_reads_them(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<script>one()\r\ntwo()</script>")
    assert SiteFiles(tmp_path).look("page.html").scripts == (integrity(b"one()\ntwo()"),)


def test_the_same_scripts_in_any_order_make_the_same_policy() -> None:
    assert policy(["b", "a", "b"]) == policy(["a", "b"])
    assert header_files(["b", "a"]) == header_files(["a", "b"])


def test_both_files_say_the_same_headers() -> None:
    files = header_files(["sha256-x"])
    nginx = dict(re.findall(r'^add_header (\S+) "(.*)" always;$', files[NGINX_FILE], re.MULTILINE))
    hosts = dict(re.findall(r"^  (\S+): (.*)$", files[HOSTS_FILE].partition("\n/*.ics\n")[0], re.MULTILINE))
    assert hosts == nginx | {"Cache-Control": "no-cache"}


def test_hosts_are_told_what_calendar_files_and_the_e_book_are() -> None:
    assert header_files([])[HOSTS_FILE].endswith(
        "/*.ics\n  Content-Type: text/calendar; charset=utf-8\n/*.epub\n  Content-Type: application/epub+zip\n"
    )
