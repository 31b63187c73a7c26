"""The site packed to be handed out: unpacked, it is read from the file system."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.export.handout import handout, with_whole_links
from tests.support import ROOT, tiny_guide, write_project

FILES = frozenset({"index.html", "lessons/index.html", "lessons/a b/index.html", "lessons/x.pdf"})


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("../", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("../../", "../../index.html"),
        ("../a%20b/#part", "../a%20b/index.html#part"),
        ("../a%20b", "../a%20b/index.html"),
        ("./?h=x&amp;y#z", "./index.html?h=x&amp;y#z"),
        # Left alone: files, places on the page, what is elsewhere or nowhere.
        ("../x.pdf", "../x.pdf"),
        ("#part", "#part"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("../nowhere/", "../nowhere/"),
        ("../../../", "../../../"),
    ],
)
def test_a_link_to_a_folder_leads_to_the_page_in_it(link: str, whole: str) -> None:
    page = '<a class="x" href="{}">x</a><link rel="next" href="../"><meta http-equiv="refresh" content="0; url={}">'
    assert with_whole_links(page.format(link, link), "lessons/a b/index.html", FILES) == page.format(whole, whole)


def test_the_same_site_makes_the_same_archive_of_readable_files() -> None:
    site = {"index.html": b'<a href="lessons/">x</a>', "lessons/index.html": b"", "edition.json": b"{}", ".made": b""}
    packed = handout(site, "guide")
    assert packed == handout(dict(reversed(site.items())), "guide")
    assert b"lessons/index.html" in packed


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """The real guide, packed as `build --zip` does it, and unpacked elsewhere."""
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    folder = tmp_path_factory.mktemp("unpacked")
    (folder / "guide.zip").write_bytes(handout(files, "good-company"))
    with zipfile.ZipFile(folder / "guide.zip") as archive:
        archive.extractall(folder)
    return folder / "good-company"


def test_every_link_of_every_page_leads_to_a_file(unpacked: Path) -> None:
    broken = []
    for page in unpacked.rglob("*.html"):
        for link in re.findall(r'<a\b[^<>]*?\shref="([^"]*)"', page.read_text(encoding="utf-8")):
            target = urlsplit(urljoin(page.as_uri(), link))
            if target.scheme == "file" and not Path(unquote(target.path)).is_file():
                broken.append(f"{page.relative_to(unpacked)}: {link}")
    assert broken == []


def test_with_javascript_off_a_reader_gets_from_page_to_page(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link", name="They did not answer").click()
    expect(page.get_by_role("heading", name="Ask once more, gently", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Checklists").click()
    page.get_by_role("article").get_by_role("link", name="The evening before an event").first.click()
    expect(page.get_by_role("heading", name="The evening before an event", level=1)).to_be_visible()
    page.get_by_role("link", name="Start small, even if you are shy").first.click()
    expect(page.get_by_role("heading", name="Start small, even if you are shy", level=1)).to_be_visible()
    page.get_by_role("link", name="Good Company").first.click()
    expect(page.get_by_role("heading", name="Good Company", level=1)).to_be_visible()
    context.close()


def test_with_javascript_on_ticks_are_kept_and_search_finds(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "checklists/evening-before-event/index.html").as_uri())
    page.get_by_role("checkbox").first.check()
    page.reload()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.locator(".md-search__input").click()
    page.get_by_role("textbox", name="Search").press_sequentially("sorry for the late reply")
    hit = page.locator(".md-search-result__link").first
    expect(hit).to_contain_text("Answer a message late")
    hit.click()
    expect(page.get_by_role("heading", name="Answer a message late", level=1)).to_be_visible()


def _build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", str(project), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_build_packs_what_it_published(tmp_path: Path) -> None:
    project = write_project(tmp_path / "guide", tiny_guide())
    file = tmp_path / "out" / "tiny.zip"
    done = _build(project, "--zip", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"packed it into {file} (" in done.stdout
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        assert 'href="lessons/index.html"' in archive.read("tiny/index.html").decode()
        assert 'const EDITION="off"' in archive.read("tiny/service-worker.js").decode()
    assert {"tiny/lessons/first/index.html", "tiny/tiny.epub", "tiny/checklists/before/before-a4.pdf"} <= names
    assert not [name for name in names if name.endswith((".gz", "edition.json", "404.html", "coaching-guide"))]
    assert [path.name for path in file.parent.iterdir()] == ["tiny.zip"]


def test_the_archive_cannot_be_put_into_what_it_packs(tmp_path: Path) -> None:
    project = write_project(tmp_path, tiny_guide())
    done = _build(project, "--zip", str(project / "site/tiny.zip"))
    assert done.returncode == 2
    assert "inside the site itself, which is packed; name a place outside" in done.stderr
    assert not (project / "site").exists()
