"""The recipes of the manual for publishing, tried as far as they go without a network."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.ensure_nginx import ADVICE, find_nginx
from tests.installed import Installed
from tests.manual import code


def _file(page: str, name: str) -> str:
    """Return a file that a page of the manual shows."""
    return next(block.text for block in code(page)[0] if block.before == f"{name}:")


# ---- nginx ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which nginx serves the real guide by the manual's recipe."""
    program = find_nginx()
    if program is None:
        pytest.fail(ADVICE)
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    recipe = _file("publish-with-nginx", "guide.conf")
    for old, new in (("listen 80;", f"listen 127.0.0.1:{port};"), ("/srv/guide", str(site))):
        assert old in recipe
        recipe = recipe.replace(old, new)
    (folder / "guide.conf").write_text(recipe, encoding="utf-8")
    shutil.copy(_types(program), folder / "mime.types")
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    root = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{root} pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {places} include {folder}/guide.conf; }}\n",
        encoding="utf-8",
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    # It goes into the background once it listens.
    started = subprocess.run(command, capture_output=True, text=True, check=False)
    assert started.returncode == 0, started.stderr
    yield f"http://127.0.0.1:{port}/"
    subprocess.run([*command, "-s", "stop"], check=True, capture_output=True)


def _types(program: str) -> Path:
    """Return the list of types that nginx comes with, beside its settings."""
    told = subprocess.run([program, "-V"], capture_output=True, text=True, check=True).stderr
    settings = re.search(r"--conf-path=(\S+)", told)
    return Path(settings[1] if settings else "/etc/nginx/nginx.conf").parent / "mime.types"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Leave a redirect to whoever asked."""


def _get(address: str) -> tuple[int, dict[str, str], bytes]:
    request = Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310  # our own host
    try:
        answer = build_opener(_Stay).open(request)
    except HTTPError as fault:
        answer = fault
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("lessons/build-connections/", "text/html; charset=utf-8"),
        ("messages/thank-after-meeting/thank-after-meeting.ics", "text/calendar; charset=utf-8"),
        ("good-company.epub", "application/epub+zip"),
        ("expanders/messages.csv", "text/csv; charset=utf-8"),
        ("workbook-a4.pdf", "application/pdf"),
        ("guide.json", "application/json; charset=utf-8"),
        ("assets/guide.css", "text/css; charset=utf-8"),
        ("assets/guide.js", "application/javascript; charset=utf-8"),
        ("assets/favicon.svg", "image/svg+xml"),
        ("service-worker.js", "application/javascript; charset=utf-8"),
    ],
)
def test_nginx_says_what_each_file_is_and_has_it_asked_for_again(nginx: str, path: str, kind: str) -> None:
    status, headers, _ = _get(nginx + path)
    assert (status, headers["content-type"]) == (200, kind)
    assert headers["cache-control"] == "no-cache"
    assert "etag" in headers


def test_nginx_lets_browsers_keep_what_bears_a_hash(nginx: str, site: Path) -> None:
    for pattern in ("assets/javascripts/bundle.*.min.js", "assets/stylesheets/main.*.min.css"):
        (file,) = site.glob(pattern)
        _, headers, _ = _get(nginx + file.relative_to(site).as_posix())
        assert headers["cache-control"] == "public, max-age=31536000, immutable"


def test_nginx_sends_text_packed_and_whole(nginx: str, site: Path) -> None:
    for path in ("lessons/build-connections/index.html", "assets/guide.js", "search/search_index.json"):
        _, headers, body = _get(nginx + path)
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(body) == (site / path).read_bytes()


def test_nginx_sends_the_headers_that_the_build_made(nginx: str, site: Path) -> None:
    made = (site / "headers.nginx.conf").read_text(encoding="utf-8")
    wanted = dict(re.findall(r'^add_header (\S+) "(.*)" always;$', made, re.MULTILINE))
    assert "Content-Security-Policy" in wanted
    for path in ("", "nowhere", "assets/guide.js"):
        _, headers, _ = _get(nginx + path)
        assert {name: headers.get(name.lower()) for name in wanted} == wanted


def test_nginx_shows_the_page_for_lost_visitors_and_nothing_that_is_not_the_guide(nginx: str) -> None:
    for path in ("nowhere/", ".made-by-coaching-guide", "headers.nginx.conf", "_headers"):
        status, _, body = _get(nginx + path)
        assert status == 404, path
        assert b"This page is not here" in gzip.decompress(body), path
    status, headers, _ = _get(nginx + "lessons")
    assert (status, headers["location"]) == (301, "/lessons/")


def test_a_reader_uses_the_guide_on_nginx_and_then_without_it(nginx: str, browser: Browser) -> None:
    context = browser.new_context(service_workers="allow")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(nginx + "checklists/evening-before-event/")
    page.get_by_role("checkbox").first.check()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert faults == []
    context.set_offline(True)
    page.goto(nginx + "messages/thank-after-meeting/")
    expect(page.get_by_role("heading", name="Thank someone after a first conversation", level=1)).to_be_visible()
    context.close()


# ---- GitHub and GitLab ----------------------------------------------------------------------------------------------


def _steps(page: str, name: str) -> tuple[dict[str, Any], list[str], str]:
    """Return a workflow, the lines that it runs and the folder that it hands over."""
    workflow: dict[str, Any] = yaml.load(_file(page, name), yaml.BaseLoader)  # noqa: S506  # the plainest of them
    if "jobs" not in workflow:
        (folder,) = workflow["pages"]["artifacts"]["paths"]
        return workflow, workflow["pages"]["script"], folder
    steps = workflow["jobs"]["build"]["steps"]
    (folder,) = (step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    return workflow, [step["run"] for step in steps if "run" in step], folder


@pytest.mark.parametrize("name", [".github/workflows/publish.yml", ".gitlab-ci.yml"])
def test_what_a_workflow_runs_makes_the_folder_that_it_hands_over(
    installed: Installed, tmp_path: Path, name: str
) -> None:
    _, lines, folder = _steps("publish-from-ci", name)
    assert lines.pop(0) == "python -m pip install --requirement requirements.txt"
    script = "\n".join(["coaching-guide new guide guide", "cd guide", *lines])
    done = subprocess.run(
        ["bash", "-ec", script], cwd=tmp_path, env=installed.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "guide" / folder / "index.html").is_file()
    assert (tmp_path / "guide" / folder / "guide.json").is_file()


def test_the_workflow_for_github_may_do_what_it_does_and_no_more() -> None:
    workflow, _, _ = _steps("publish-from-ci", ".github/workflows/publish.yml")
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["needs"] == "build"
    assert publish["if"] == "github.event_name != 'pull_request'"
    assert publish["environment"]["url"] == "${{ steps.pages.outputs.page_url }}"
    assert workflow["concurrency"]["group"] == "pages-${{ github.ref }}"


def test_the_wheel_that_the_recipe_names_is_the_one_that_is_made(installed: Installed) -> None:
    assert _file("publish-from-ci", "requirements.txt").strip() == f"./{installed.wheel.name}"
