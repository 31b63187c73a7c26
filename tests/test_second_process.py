"""Two processes share a list of tasks, and whatever happens in the second, everything is done once it is asked for.

Each in a process of its own: the one that runs the tests has threads, and does not fork.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.guides import write_guide
from tests.support import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="there is no second processor, and so no second process",
)

_SHARED = """
import logging, os, sys
from generator.second_process import Second
first = os.getpid()
{do}
second = Second(100, do)
done = [second.result(number) for number in range(100)]
mine = [number for number in range(100) if done[number] is None]
"""


def _run(do: str, show: str) -> subprocess.CompletedProcess[str]:
    code = f"{_SHARED.format(do=do)}\n{show}\n"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)


def test_each_task_is_done_by_one_of_them() -> None:
    do = "def do(number): return number * 2"
    check = "assert all(done[n] == n * 2 for n in range(100) if n not in mine); print(mine == [*range(len(mine))])"
    assert _run(do, check).stdout == "True\n"


def test_what_the_second_does_comes_from_another_process() -> None:
    # The first waits at its first task until the second has come to it.
    do = "def do(number): return os.getpid()"
    show = "import os; second = Second(100, do); os.waitid(os.P_PID, second._process, os.WEXITED | os.WNOWAIT)\n"
    show += "by = {second.result(number) for number in range(100)}; print(len(by), first in by, None in by)"
    assert _run(do, show).stdout == "1 False False\n"


@pytest.mark.parametrize(
    "do",
    [
        "def do(number): raise ValueError",
        "def do(number): os._exit(3)",
        "def do(number): os.kill(os.getpid(), 9)",
        "def do(number): return lambda: None",
        "def do(number): logging.getLogger('mkdocs').warning('said')",
        "def do(number): sys.exit()",
    ],
    ids=["raises", "exits", "is killed", "cannot be sent", "has something to say", "leaves"],
)
def test_what_goes_wrong_in_the_second_is_left_to_the_first(do: str) -> None:
    done = _run(do, "print(mine == [*range(100)])")
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_one_that_is_given_up_leaves_no_process_and_no_file() -> None:
    code = """
import os
from generator.second_process import Second
never, _ = os.pipe()
second = Second(100, lambda number: os.read(never, 1))
process = second._process
del second
try:
    os.kill(process, 0)
except ProcessLookupError:
    print("gone")
"""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("gone\n", "")


def test_few_tasks_are_not_shared() -> None:
    do = "def do(number): return 1"
    assert _run(do, "print({Second(39, do).result(number) for number in range(39)})").stdout == "{None}\n"


def test_a_process_with_another_thread_does_not_fork() -> None:
    do = "import threading; go = threading.Event(); threading.Thread(target=go.wait).start()\n"
    do += "def do(number): return 1"
    assert _run(do, "print(mine == [*range(100)]); go.set()").stdout == "True\n"


def test_the_second_ends_with_the_first_even_when_that_is_killed() -> None:
    # The second waits for something that never comes, and holds the end of a pipe as long as it lives.
    code = """
import os, sys, time
from generator.second_process import Second
never, held = os.pipe()
def do(number):
    os.write(1, b"begun")
    os.read(never, 1)
second = Second(100, do)
os.read(never, 1)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.read(5) == b"begun"
        first.send_signal(signal.SIGKILL)
        # Comes to an end only when nobody holds the pipe any more.
        assert first.stdout.read() == b""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide whose pages, reminders and data two processes share."""
    write_guide(tmp_path, 120)
    settings = "site_name: Shared\nsite_url: https://shared.example\ndocs_dir: content\ntheme: {name: material}\n"
    settings += "plugins:\n  - coaching-guide: {exports: false}\n  - search\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return tmp_path


def _build(project: Path, processors: set[int], *, clean: bool = True) -> subprocess.CompletedProcess[str]:
    if clean:
        shutil.rmtree(project / "site", ignore_errors=True)
        shutil.rmtree(project / ".cache", ignore_errors=True)
    # In the child alone: whoever starts it goes on with all of them.
    code = f"import os, sys; os.sched_setaffinity(0, {processors!r}); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", code, sys.executable, "-m", "generator", "build", "--strict", str(project)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def _files(project: Path) -> dict[Path, bytes]:
    site = project / "site"
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


ALL = os.sched_getaffinity(0) if sys.platform == "linux" else set()
ONE = {min(ALL)} if ALL else set()


def test_a_site_has_the_same_bytes_on_one_processor(project: Path) -> None:
    sites = []
    for processors in (ALL, ONE):
        assert _build(project, processors).returncode == 0
        sites.append(_files(project))
    assert sites[0] == sites[1]


def test_what_was_read_in_the_second_is_known_to_the_next_build(project: Path) -> None:
    assert _build(project, ALL).returncode == 0
    pages = sorted(project.glob("content/*/*.md"))
    # Of each kind the first and the last: one of them was read, written and made into data by the second.
    for folder in ("lessons", "checklists", "messages"):
        kind = [page for page in pages if page.parent.name == folder]
        for page in (kind[0], kind[-1]):
            text = page.read_text(encoding="utf-8")
            assert ". " in text
            page.write_text(". Indeed, ".join(text.rsplit(". ", 1)), encoding="utf-8")
    left = next(page for page in pages if ". Indeed, " not in page.read_text(encoding="utf-8"))
    built = project / "site" / left.relative_to(project / "content").with_suffix("") / "index.html"
    before = built.stat().st_ino
    assert _build(project, ALL, clean=False).returncode == 0
    # The last build's own file: this one was not written anew.
    assert built.stat().st_ino == before
    edited = _files(project)
    assert _build(project, ONE).returncode == 0
    assert edited == _files(project)


def test_what_is_wrong_is_said_once_and_in_order(project: Path) -> None:
    pages = sorted(project.glob("content/*/*.md"))
    for page in (pages[0], pages[len(pages) // 2], pages[-1]):
        page.write_text(page.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    found = [_build(project, processors) for processors in (ALL, ONE)]

    assert found[0].returncode == 1
    assert found[0].stderr == found[1].stderr
    assert found[0].stderr.count("'titel'") == 3


def test_pages_that_the_second_read_are_those_of_the_first(project: Path) -> None:
    code = """
import json, sys
from pathlib import Path
from generator.build import load_guide
from generator.kept_pages import KeptPages
content = Path(sys.argv[1])
shared, alone = load_guide(content, kept=KeptPages(share=True)).pages, load_guide(content).pages
def told(pages):
    return json.dumps({file: [one.digest, one.page, one.rest] for file, one in pages.pages.items()})
print(told(shared) == told(alone), shared.mentions == alone.mentions, shared.inputs() == alone.inputs())
print(0 < sum(map(shared.is_known, shared.pages)) < len(alone.pages), any(map(alone.is_known, alone.pages)))
"""
    command = [sys.executable, "-c", code, str(project / "content")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True True True\nTrue False\n"
