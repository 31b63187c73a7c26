"""Markup, script and template syntax in the content appear as text, everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support import (
    CHECKLIST,
    GUIDE,
    LESSON,
    MESSAGE,
    OUTLINE,
    REFERENCES,
    tiny_guide,
    write_project,
)

MARKUP = """<script>window.hit=1</script><img src=x onerror="window.hit=1"></title></style>"""
PLAIN = (
    f"{MARKUP} 1 < 2 &amp; & \"quoted\" 'too' `code` **bold** #hash (!!! note) | a ~ b ^ c == d == (:smile:) <!-- x -->"
)
SYNTAX = (
    PLAIN + " {{ 7*7 }} {% raw %} {# c #} [l](javascript:window.hit=1) {: onclick=window.hit=1 } {#id} $x$ \\\\ [TOC]"
)

# Where Markdown is read, such a link is an error (test_refused).
PROSE = SYNTAX.replace("[l](javascript:window.hit=1)", "[l] (javascript:window.hit=1)")


def _yaml(text: str) -> str:
    return json.dumps(text)


def _hostile() -> dict[str, str]:
    syntax = _yaml(SYNTAX)
    guide = GUIDE.format(title=syntax)
    for plain in ("A tagline.", "A description.", "First steps.", "You have little time.", "You wrote to one person."):
        guide = guide.replace(plain, syntax)
    guide = guide.replace("[A promise.]", f"[{syntax}]").replace("[You.]", f"[{syntax}]")
    guide = guide.replace("title: The short way", f"title: {syntax}").replace("title: Start,", f"title: {syntax},")
    guide = guide.replace("title: After}", f"title: {syntax}}}").replace("need: A need", f"need: {syntax}")
    field = f"label: {syntax}, example: {_yaml(PLAIN)}, max: {len(PLAIN)}"
    guide = guide.replace("It is the first.", syntax).replace("label: Their first name, example: Noor, max: 20", field)
    lesson = LESSON.replace("The first lesson", syntax).replace("You can do one thing.", syntax)
    lesson = lesson.replace("[how do I begin]", f"[{syntax}]").replace("[One thing is enough.]", f"[{syntax}]")
    lesson = lesson.replace("One Heading: only", f"{syntax}: only")
    lesson = lesson.replace("An opening.", f'{PROSE}\n\n<div onclick="window.hit=1">\n\n- {PROSE}\n\n> {PROSE}')
    lesson = lesson.replace("## The only part", f"## {PLAIN}").replace('"What is known"', f'"{MARKUP}"')
    checklist = CHECKLIST.replace("Before it", syntax).replace("The day before.", syntax)
    checklist = checklist.replace("## Things", f"## {PLAIN}").replace("Do the first thing.", PLAIN)
    checklist = checklist.replace("Because ", f"{PLAIN} ")
    message = MESSAGE.replace("Say thanks", syntax).replace("Somebody helped.", syntax).replace("Nobody did.", syntax)
    message = message.replace("1 day after the help", syntax).replace("[thank you]", f"[{syntax}]")
    message = message.replace("label: What they did, example: the lift, max: 30", field)
    message = message.replace("Thank you for {thing}. ", f"{PLAIN} {{thing}} ").replace(
        "Subject: Thank you for {thing}", "Subject: <b>"
    )
    # A text message has no room for any of this.
    message = message.partition("## Text message")[0]
    references = REFERENCES.replace("Ronald S. Burt", syntax).replace(
        "title: Structural Holes and Good Ideas", f"title: {syntax}"
    )
    references = (
        references.replace("A finding.", syntax).replace("A limit.", syntax).replace("kind: survey", f"kind: {syntax}")
    )
    outline = OUTLINE.replace("One Heading", syntax)
    return tiny_guide(
        guide=guide,
        lesson=lesson,
        checklist=checklist,
        message=message,
        references=references,
        outline=outline,
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write_project(tmp_path_factory.mktemp("hostile"), _hostile())
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    return project / "site"


PAGES = [
    "",
    "lessons/",
    "lessons/first/",
    "checklists/",
    "checklists/before/",
    "messages/",
    "messages/thank/",
    "paths/",
    "paths/short/",
    "references/",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_script_of_the_content_runs(hostile: Path, page: Page, address: str) -> None:
    page.goto((hostile / address / "index.html").as_uri())
    assert page.evaluate("window.hit === undefined")
    assert page.locator("article :is(script, img, [onerror], [onclick])").count() == 0
    assert page.locator("article a[href^='javascript:']").count() == 0


@pytest.mark.parametrize("address", ["", "lessons/first/", "checklists/before/", "messages/thank/", "paths/short/"])
def test_a_title_is_shown_as_written(hostile: Path, page: Page, address: str) -> None:
    page.goto((hostile / address / "index.html").as_uri())
    shown = " ".join(SYNTAX.split())
    assert page.locator("h1").inner_text() == shown
    assert page.title().startswith(shown) or page.title().startswith("Tiny: ")


@pytest.mark.parametrize("address", PAGES)
def test_the_data_for_search_engines_holds_the_words_as_written(hostile: Path, page: Page, address: str) -> None:
    page.goto((hostile / address / "index.html").as_uri())
    graph = json.loads(page.locator("script[type='application/ld+json']").inner_text())["@graph"]
    description = page.locator("meta[name=description]").get_attribute("content")
    assert description == page.locator("meta[property='og:description']").get_attribute("content")
    assert graph[0]["description"] == description


def test_guide_json_holds_the_words_as_written(hostile: Path) -> None:
    text = (hostile / "guide.json").read_text(encoding="utf-8")
    guide = json.loads(text)
    assert "<" not in text
    assert guide["lessons"][0]["title"] == SYNTAX
    assert guide["checklists"][0]["items"][0]["text"] == _as_read(PLAIN)
    assert PLAIN in guide["messages"][0]["variants"][0]["text"]


def test_a_checklist_item_is_named_by_its_words(hostile: Path, page: Page) -> None:
    page.goto((hostile / "checklists/before/index.html").as_uri())
    assert page.get_by_role("checkbox").first.evaluate("box => box.labels[0].textContent") == _as_read(PLAIN)


def test_a_message_shows_its_text_as_written(hostile: Path, page: Page) -> None:
    page.goto((hostile / "messages/thank/index.html").as_uri())
    assert PLAIN in str(page.locator(".guide-message__text").first.text_content())
    assert page.get_by_role("textbox", name="[TOC]").count() == 2
    # The field is empty: its name stands for it, and it is a name full of marks.
    assert f"{PLAIN} [{' '.join(SYNTAX.split())}]" in str(page.locator(".guide-message__body").text_content())
    page.get_by_role("textbox", name="[TOC]").last.fill(MARKUP)
    assert MARKUP in str(page.locator(".guide-message__body").text_content())
    assert page.evaluate("window.hit === undefined")


def test_the_markup_in_a_lesson_is_shown_as_text(hostile: Path, page: Page) -> None:
    page.goto((hostile / "lessons/first/index.html").as_uri())
    text = page.locator("article").inner_text()
    assert '<div onclick="window.hit=1">' in text
    assert "{{ 7*7 }}" in text
    assert "49" not in text


def _as_read(text: str) -> str:
    """Return what Markdown's own marks leave of the text: an item may use emphasis and code."""
    return text.replace("`code`", "code").replace("**bold**", "bold").replace("&amp;", "&")
