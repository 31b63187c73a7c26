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


def test_a_site_has_the_same_bytes_on_one_processor(tmp_path: Path) -> None:
    write_guide(tmp_path, 60)
    settings = "site_name: Shared\nsite_url: https://shared.example\ndocs_dir: content\ntheme: {name: material}\n"
    settings += "plugins:\n  - coaching-guide: {exports: false}\n  - search\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "--strict", str(tmp_path)]
    sites = []
    for processors in (os.sched_getaffinity(0), {min(os.sched_getaffinity(0))}):
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        shutil.rmtree(tmp_path / ".cache", ignore_errors=True)
        # In the child alone: whoever starts it goes on with all of them.
        code = f"import os, sys; os.sched_setaffinity(0, {processors!r}); os.execv(sys.argv[1], sys.argv[1:])"
        subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, check=True, capture_output=True)
        site = tmp_path / "site"
        sites.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert sites[0] == sites[1]
