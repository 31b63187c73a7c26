"""The real guide, built strictly: what is published."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.support import ROOT

ORIGIN = "https://good-company.example/"


class _Page(HTMLParser):
    """What a page loads, its metadata, headings and data blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.headings: list[str] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[values.get("name") or values.get("property", "")] = values.get("content", "")
        if tag == "link":
            if values.get("rel") == "canonical":
                self.canonical = values["href"]
            elif values.get("rel") not in ("prev", "next"):
                self.loads.append(values["href"])
        if "src" in values:
            self.loads.append(values["src"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        self._in_data = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
            self._in_data = False


@functools.cache
def _pages(site: Path) -> dict[str, _Page]:
    return {path.relative_to(site).as_posix(): _Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


@pytest.fixture
def pages(site: Path) -> dict[str, _Page]:
    return _pages(site)


@pytest.fixture
def guide(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return data


def test_the_strict_build_prints_no_warning(build: subprocess.CompletedProcess[str]) -> None:
    assert (build.returncode, build.stderr) == (0, "")


def test_the_build_says_where_to_open_the_site(build: subprocess.CompletedProcess[str]) -> None:
    assert re.search(r"^\d+ pages in .*site; open .*site/index\.html$", build.stdout.strip())


def test_every_heading_of_the_article_is_covered_by_a_part_that_is_there(guide: dict[str, Any]) -> None:
    outline = yaml.safe_load((ROOT / "content/outline.yml").read_text(encoding="utf-8"))
    headings = [text for entry in outline["headings"] for text in (entry["heading"], *entry.get("parts", []))]
    assert len(headings) == 65
    covered = {heading for lesson in guide["lessons"] for heading in lesson["covers"]}
    assert covered == set(headings)
    for lesson in guide["lessons"]:
        assert set(lesson["covers"].values()) <= {"opening", *(part["id"] for part in lesson["parts"])}


def test_every_lesson_is_served_by_a_checklist_and_a_message(guide: dict[str, Any]) -> None:
    assert [lesson["id"] for lesson in guide["lessons"] if not (lesson["checklists"] and lesson["messages"])] == []


def test_there_is_a_path_for_each_audience(guide: dict[str, Any]) -> None:
    wanted = {
        "shy-starter",
        "job-changer",
        "founder",
        "looking-for-a-mentor",
        "working-across-borders",
        "fifteen-minutes-a-week",
    }
    assert wanted <= {path["id"] for path in guide["paths"]}


def test_every_address_of_the_contract_is_there(site: Path, guide: dict[str, Any]) -> None:
    entries = [entry for kind in ("lessons", "checklists", "messages", "paths") for entry in guide[kind]]
    wanted = [f"{entry['url']}index.html" for entry in entries]
    wanted += [path for checklist in guide["checklists"] for path in checklist["pdf"].values()]
    wanted += [path for lesson in guide["lessons"] for path in (lesson["cards"] or {}).values()]
    wanted += [f"messages/{message['id']}/{message['id']}.ics" for message in guide["messages"]]
    wanted += [checklist["ics"] for checklist in guide["checklists"] if "repeat" in checklist]
    wanted += ["workbook-a4.pdf", "workbook-letter.pdf", "guide.json", f"{guide['id']}.epub"]
    wanted += [f"expanders/{name}" for name in ("espanso.zip", "textexpander.csv", "messages.csv")]
    assert [path for path in wanted if not (site / path).is_file()] == []


def test_guide_json_has_the_keys_of_the_contract(guide: dict[str, Any]) -> None:
    assert guide["schema"] == 1
    assert {"title", "language", "edition", "lessons", "checklists", "messages", "paths", "downloads"} <= set(guide)
    assert all({"url", "format", "kind", "title", "bytes", "for"} == set(entry) for entry in guide["downloads"])
    lesson = {"id", "title", "url", "stage", "minutes", "objective", "key_points", "parts", "covers", "checklists"}
    assert all(lesson | {"messages", "cards"} <= set(entry) for entry in guide["lessons"])
    assert all({"id", "title", "url", "when", "lesson", "items", "pdf"} <= set(entry) for entry in guide["checklists"])
    message = {"id", "title", "url", "when", "not_when", "lesson", "send", "next", "fields", "variants"}
    assert all(message <= set(entry) for entry in guide["messages"])
    variant = {"channel", "tone", "subject", "text", "example"}
    assert all(variant <= set(entry) for message in guide["messages"] for entry in message["variants"])
    assert all({"id", "title", "for", "lessons"} <= set(entry) for entry in guide["paths"])


def test_the_routines_of_the_guide_have_a_calendar_file_and_other_lists_do_not(guide: dict[str, Any]) -> None:
    routines = {entry["id"]: (entry["repeat"], entry["ics"]) for entry in guide["checklists"] if "ics" in entry}
    assert routines["weekly-fifteen-minutes"] == (
        "weekly",
        "checklists/weekly-fifteen-minutes/weekly-fifteen-minutes.ics",
    )
    assert (
        {"quarterly-review", "thirty-day-plan", "career-change-thirty-days"}
        <= set(routines)
        < {entry["id"] for entry in guide["checklists"]}
    )


def test_an_example_has_nothing_left_to_fill_in(guide: dict[str, Any]) -> None:
    examples = [entry["example"] for message in guide["messages"] for entry in message["variants"]]
    assert [text for text in examples if re.search(r"[{}\[\]]|  |\n\n\n", text)] == []


def test_no_page_loads_anything_from_another_origin(pages: dict[str, _Page]) -> None:
    foreign = {load for page in pages.values() for load in page.loads if urlsplit(load).netloc}
    assert foreign == set()


def test_every_page_has_a_description_and_a_canonical_address_of_its_own(pages: dict[str, _Page]) -> None:
    found = {name: page for name, page in pages.items() if name != "404.html"}
    assert [name for name, page in found.items() if not page.meta.get("description")] == []
    assert [name for name, page in found.items() if page.meta["og:description"] != page.meta["description"]] == []
    assert {name: page.canonical for name, page in found.items()} == {
        name: ORIGIN + name.removesuffix("index.html") for name in found
    }


def test_every_page_has_one_first_heading_and_skips_no_level(pages: dict[str, _Page]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag in page.headings]
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_the_structured_data_of_every_page_parses_and_says_what_it_is(pages: dict[str, _Page]) -> None:
    kinds = {"lessons": "LearningResource", "checklists": "HowTo", "messages": "LearningResource"}
    for name, page in pages.items():
        if name == "404.html":
            continue
        (text,) = page.data
        graph = json.loads(text)["@graph"]
        folder = name.split("/")[0]
        if folder in kinds and name.count("/") > 1:
            assert graph[0]["@type"] == kinds[folder], name
        assert graph[0]["url"] == page.canonical, name
        if name != "index.html":
            crumbs = graph[1]["itemListElement"]
            assert graph[1]["@type"] == "BreadcrumbList"
            assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
            assert (crumbs[0]["item"], crumbs[-1]["item"]) == (ORIGIN, page.canonical)


def test_the_sitemap_lists_every_page_once(site: Path, pages: dict[str, _Page]) -> None:
    listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(page.canonical for name, page in pages.items() if name != "404.html")


def test_the_journey_names_every_lesson_once_in_text(site: Path, guide: dict[str, Any]) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    for lesson in guide["lessons"]:
        assert home.count(f'href="{lesson["url"]}"') >= 1
    picture = home[home.index('<svg class="guide-road"') : home.index("</svg>", home.index("guide-road"))]
    assert picture.count("<circle") == len(guide["lessons"])


def test_indexes_and_home_stay_out_of_the_search_index(site: Path) -> None:
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    pages = {entry["location"].partition("#")[0] for entry in entries}
    assert pages.isdisjoint({"", "lessons/", "checklists/", "messages/", "paths/"})


def test_the_own_files_of_the_guide_are_not_published(site: Path) -> None:
    assert [path for path in site.rglob("*") if path.suffix in (".yml", ".yaml", ".j2", ".typ", ".md")] == []


def test_the_guide_is_as_broad_as_its_standard_asks(guide: dict[str, Any]) -> None:
    assert len(guide["lessons"]) >= 15
    assert len(guide["checklists"]) >= 20
    assert len(guide["messages"]) >= 40
    one_channel = [m["id"] for m in guide["messages"] if len({v["channel"] for v in m["variants"]}) < 2]
    assert one_channel == []


def test_every_item_says_why(guide: dict[str, Any]) -> None:
    items = [(checklist["id"], item) for checklist in guide["checklists"] for item in checklist["items"]]
    assert [f"{id}#{item['id']}" for id, item in items if not item["why"]] == []


def test_every_lesson_has_an_exercise_a_reflection_and_evidence_with_its_study(
    site: Path, guide: dict[str, Any]
) -> None:
    for lesson in guide["lessons"]:
        html = (site / lesson["url"] / "index.html").read_text(encoding="utf-8")
        assert 'class="guide-exercise"' in html, lesson["id"]
        assert 'class="guide-reflection"' in html, lesson["id"]
        assert html.count("guide-box--evidence") == 1, lesson["id"]
        assert "guide-cite" in html[html.index("guide-box--evidence") :], lesson["id"]
        assert 3 <= len(lesson["key_points"]) <= 5, lesson["id"]
