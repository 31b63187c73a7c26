"""`make bench`: builds the same pages with every engine in turn and prints medians and ratios."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.compiled_templates import folder as compiled_templates
from tests.bench.engines import Engine, engines, versions
from tests.bench.measure import Run, as_installed, middle, ratios, run
from tests.support import ROOT

_STEPS: dict[str, Callable[[Engine], None]] = {
    "clean": Engine.clean,
    "nothing changed": lambda _: None,
    "one page edited": Engine.edit,
}
_LARGE = 1000
"""Pages from which each build is made once, and what keeps nothing is not built a second time: that takes minutes."""
_SHARE = """
import sys, time
from pathlib import Path
began = time.process_time()
from generator.build import load_guide
from generator.generate import Settings, generate
imported = time.process_time()
generate(load_guide(Path("content")), Path(), Settings("https://bench.example/", exports=False))
print(time.process_time() - imported)
"""


def _compare(pages: int, rounds: int, tools: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = engines(Path(folder), pages, tools)
        times: dict[tuple[str, str], list[Run]] = {}
        # It compiles its templates, as the first build after an installation does.
        shutil.rmtree(compiled_templates(), ignore_errors=True)
        first = run(found[0].command, found[0].folder, found[0].environment)
        for _ in range(rounds):
            # Every engine in every round, so that a busy minute falls on all of them.
            for step, prepare in _STEPS.items():
                for engine in found:
                    if step != "clean" and pages >= _LARGE and not engine.keeps:
                        continue
                    prepare(engine)
                    times.setdefault((engine.name, step), []).append(
                        run(engine.command, engine.folder, engine.environment)
                    )
        plain = found[1].name
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        # A build of ours uses two processors, as Zensical's and Hugo's do: only the clock tells what that is good for.
        print(f"\n{pages} pages, {rounds} rounds: seconds of the processor / on the clock, each with its share", end="")
        print(f" of plain, clean; largest memory of a process; load of the machine {load}")
        for engine in found:
            cells = []
            for step in _STEPS:
                if (engine.name, step) not in times:
                    cells.append("(as clean)")
                    continue
                runs = times[engine.name, step]
                one, share = middle(runs), ratios(runs, times[plain, "clean"])
                cells.append(f"{step} {one.cpu:6.2f} ({share.cpu:.2f}) /{one.wall:6.2f} ({share.wall:.2f})")
            memory = middle(times[engine.name, "clean"]).memory / 1e6
            print(f"  {engine.name:<24} {'   '.join(cells)}   {memory:4.0f} MB")
        _print_share(found[0], middle(times["ours", "clean"]).cpu)
        print(f"  the first build after an installation: {first.cpu:.2f} s")


def _print_share(ours: Engine, clean: float) -> None:
    command = [sys.executable, "-c", _SHARE]
    environment = as_installed(ours.environment)
    done = subprocess.run(command, cwd=ours.folder, env=environment, capture_output=True, text=True, check=True)
    print(f"  generating (parse, check, render): {float(done.stdout):.2f} s, {float(done.stdout) / clean:.0%} of clean")


def _check(rounds: int) -> None:
    runs = [run((sys.executable, "-m", "generator", "check"), ROOT) for _ in range(rounds)]
    one = middle(runs)
    print(f"\ncheck of the guide here, start-up included: {one.cpu:.2f} s of the processor, ", end="")
    print(f"{one.wall:.2f} s on the clock, {one.memory / 1e6:.0f} MB")


def _serve(pages: int, edits: int) -> None:
    """Print how long it takes from a saved file to a page that has the new words."""
    with tempfile.TemporaryDirectory() as folder:
        ours = engines(Path(folder), pages, None)[0]
        command = [sys.executable, "-m", "generator", "serve", "--address", "127.0.0.1:0"]
        server = subprocess.Popen(
            command, cwd=ours.folder, env=as_installed(ours.environment), stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split(" at ")[1].split()[0]
            page = f"{address}messages/message-1/"
            _read(page)
            seconds = []
            for number in range(1, edits + 1):
                # Nobody saves again at once; the preview readies itself meanwhile.
                time.sleep(2)
                text = ours.page.read_text(encoding="utf-8")
                ours.page.write_text(text.replace("It was", f"It was number {number} and", 1), encoding="utf-8")
                began = time.monotonic()
                while f"number {number} and" not in _read(page):
                    time.sleep(0.02)
                seconds.append(time.monotonic() - began)
        finally:
            server.terminate()
            server.wait()
    print(f"\nserve, {pages} pages: from a saved file to the new page {sorted(seconds)[len(seconds) // 2]:.2f} s")


def _read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        text: str = answer.read().decode()
        return text


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[20, 100, 500, 2000], help="sizes of the guides")
    parser.add_argument("--rounds", type=int, default=3, help="runs of every build (default: %(default)s)")
    parser.add_argument("--serve", type=int, nargs="*", default=[100, 500], help="sizes of the guides for the preview")
    parser.add_argument("--tools", type=Path, help="folder with the programs zensical and hugo")
    options = parser.parse_args(arguments)
    print(versions(options.tools))
    print("Paper, the e-book and the files for text expanders are left out: no other engine makes them.")
    for pages in options.pages:
        # Plain Material takes minutes for the largest.
        _compare(pages, options.rounds if pages < _LARGE else 1, options.tools and options.tools.absolute())
    _check(options.rounds)
    for pages in options.serve:
        _serve(pages, options.rounds)


if __name__ == "__main__":
    main()
