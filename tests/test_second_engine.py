"""The guide built by Material and, from what `render` writes, by Zensical: the same facts hold of both."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from generator.build import load_guide
from generator.render.project import LANGUAGES, project_settings
from generator.render.scripts import ScriptError
from generator.render.theme import with_theme_words
from generator.words import english
from tests.support import ROOT, served, tiny_guide, write_project

ENGINES = ("Material", "Zensical")
LIST = "checklists/evening-before-event/"


@dataclass(frozen=True)
class Output:
    """A built site, and where it is served."""

    engine: str
    site: Path
    address: str

    @property
    def guide(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.site / "guide.json").read_text(encoding="utf-8"))
        return data


def _zensical(project: Path, out: Path) -> Path:
    """Render a guide and have Zensical build it strictly; return the site."""
    for command in (
        [sys.executable, "-m", "generator", "render", str(project), "--out", str(out)],
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(out / "mkdocs.yml")],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return out / "site"


@pytest.fixture(scope="module", params=ENGINES)
def output(request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Output]:
    """The real guide as one of the engines built it."""
    if request.param == "Material":
        site: Path = request.getfixturevalue("site")
    else:
        site = _zensical(project, tmp_path_factory.mktemp("rendered") / "guide")
    with served(site) as address:
        yield Output(request.param, site, address)


@pytest.fixture
def page(browser: Browser, output: Output) -> Iterator[Page]:
    """A tab that may read the clipboard; in the end no error stood on its console and nobody else was asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(_words(message)) if message.type == "error" else None)
    tab.on("pageerror", lambda fault: said.append(str(fault)))
    tab.on("request", lambda request: asked.append(request.url))
    yield tab
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith((output.address, "data:", "blob:"))] == []


def _words(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location.get('url', '')}"


def test_every_page_and_file_of_the_guide_is_there_with_its_title(output: Output) -> None:
    guide = output.guide
    entries = [entry for kind in ("lessons", "checklists", "messages", "paths") for entry in guide[kind]]
    assert len(entries) > 80
    for entry in entries:
        text = (output.site / entry["url"] / "index.html").read_text(encoding="utf-8")
        assert html.unescape(re.search(r"<title>(.*?)</title>", text)[1]) == f"{entry['title']} - Good Company"  # type: ignore[index]
        assert html.unescape(re.search(r"<h1[^>]*>(.*?)(?:<a |</h1>)", text)[1]) == entry["title"]  # type: ignore[index]
    assert (output.site / "manual/quick-start/index.html").is_file()
    sizes = {entry["url"]: entry["bytes"] for entry in guide["downloads"] if entry["url"] != "guide.json"}
    assert {url: (output.site / url).stat().st_size for url in sizes} == sizes


def test_a_tick_is_kept(output: Output, page: Page) -> None:
    page.goto(output.address + LIST)
    item = next(entry for entry in output.guide["checklists"] if entry["url"] == LIST)["items"][0]
    page.get_by_role("checkbox", name=item["text"]).check()
    expect(page.locator("guide-checklist")).to_contain_text("1 of 12 done")
    page.reload()
    expect(page.get_by_role("checkbox", name=item["text"])).to_be_checked()


def test_a_message_is_filled_in_and_copied_as_guide_json_has_it(output: Output, page: Page) -> None:
    message = next(entry for entry in output.guide["messages"] if entry["id"] == "thank-after-meeting")
    variant = next(entry for entry in message["variants"] if entry["channel_title"] == "Email")
    page.goto(output.address + message["url"])
    for field in (field for field in message["fields"] if f"{{{field['id']}}}" in variant["text"]):
        page.get_by_role("textbox", name=field["label"], exact=True).fill(field["example"])
    page.get_by_role("button", name="Copy email").click()
    page.wait_for_function(
        "wanted => navigator.clipboard.readText().then((text) => text === wanted)", arg=variant["example"]
    )


def test_search_finds_what_a_reader_would_ask(output: Output, page: Page) -> None:
    page.goto(output.address)
    # Material has the box on the page, Zensical behind a button.
    page.locator(".md-search__button:visible, .md-search__input").first.click()
    box = page.get_by_role("combobox", name="Search").or_(page.get_by_role("textbox", name="Search"))
    box.press_sequentially("sorry for the late reply")
    hit = page.locator(".md-search-result__link, [role=option]").first
    expect(hit).to_contain_text("Answer a message late")
    hit.click()
    expect(page.get_by_role("heading", name="Answer a message late", level=1)).to_be_visible()


def test_a_printed_checklist_has_its_boxes_and_nothing_around_it(output: Output, page: Page) -> None:
    page.goto(output.address + LIST)
    page.emulate_media(media="print")
    assert page.get_by_role("checkbox").count() == 12
    assert page.locator(".guide-item input").evaluate_all("all => all.every(one => one.checkVisibility())")
    assert not page.locator("header.md-header, .md-sidebar, footer").evaluate_all(
        "all => all.some(one => one.checkVisibility())"
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Zensical makes of a guide whose titles hold markup, and of files that are copied or moved."""
    folder = tmp_path_factory.mktemp("hostile")
    files = tiny_guide()
    title = "<script>hit()</script> & {{ config }}"
    files["content/lessons/first.md"] = files["content/lessons/first.md"].replace("The first lesson", title)
    files["content/pictures/one.txt"] = "Words.\n"
    files["content/pictures/one.js"] = "hit()\n"
    files["content/published.yml"] = "renamed: {lessons/zero: lessons/first}\nretired: {}\npublished: [lessons/zero]\n"
    return _zensical(write_project(folder / "guide", files), folder / "out")


def test_markup_in_a_title_is_text_under_zensical_too(hostile: Path) -> None:
    for page in ("lessons/first", "lessons", "references"):
        text = (hostile / page / "index.html").read_text(encoding="utf-8")
        assert "<script>hit" not in text, page
        assert "&amp;lt;" not in text, page
    assert "hit()&lt;/script&gt; &amp; {{ config }}" in (hostile / "lessons/first/index.html").read_text("utf-8")


def test_other_files_and_moved_pages_go_along(hostile: Path) -> None:
    assert (hostile / "pictures/one.txt").is_file()
    assert not (hostile / "pictures/one.js").exists()
    assert 'content="0; url=../first/"' in (hostile / "lessons/zero/index.html").read_text(encoding="utf-8")
    assert not (hostile / "guide.yml").exists()


def test_the_languages_are_those_of_zensicals_theme() -> None:
    spec = find_spec("zensical")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "templates/partials/languages"
    assert {path.stem for path in folder.glob("*.html")} == LANGUAGES


def test_the_words_of_the_theme_stand_in_its_templates() -> None:
    template = (
        '<p>{{ t("page.home") | e }} {{ lang.t("search") }} {{ t("page.edition", title=config.site_name, edition=x) }}'
    )
    assert with_theme_words(template, english()) == (
        '<p>{{ ("Home") | e }} {{ lang.t("search") }} {{ (config.site_name ~ ", edition " ~ x) }}'
    )
    for wrong in ('{{ t("page.hoem") }}', '{{ t("page.edition", title=x) }}'):
        with pytest.raises(ScriptError, match="the theme says 'page"):
            with_theme_words(wrong, english())


def test_what_mkdocs_yml_sets_itself_wins(tmp_path: Path) -> None:
    own = yaml.safe_load("""
        site_name: Mine
        site_url: https://mine.example/
        site_dir: public
        theme: {name: material, language: de, features: [navigation.top, content.action.edit]}
        plugins: [coaching-guide, {search: {lang: de}}, {minify: {minify_html: true}}]
        extra_css: [mine.css]
    """)
    guide = load_guide(write_project(tmp_path, tiny_guide()) / "content").guide
    assert guide is not None
    made = project_settings(own, guide, [{"Home & more": "index.md"}])
    assert (made["site_name"], made["site_url"], made["theme"]["language"]) == ("Mine", "https://mine.example/", "de")
    assert made["site_description"] == "A description."
    assert made["theme"]["palette"][0]["toggle"]["name"] == "Switch to dark colours"
    assert made["theme"]["features"] == ["navigation.top"]
    assert made["plugins"] == ["search", {"minify": {"minify_html": True}}]
    assert made["extra_css"][-1] == "mine.css"
    assert made["nav"] == [{"Home &amp; more": "index.md"}]
    assert "site_dir" not in made
    assert project_settings({}, guide, [])["plugins"] == ["search"]
