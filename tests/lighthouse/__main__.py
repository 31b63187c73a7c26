"""`make lighthouse`: what Lighthouse says of every kind of page of the site, and what a first visit weighs.

A phone on a slow network (Lighthouse's mobile preset); a host that compresses and sends the headers that the build
made. No test, because the score for performance hangs on the machine. What the other scores are about, the tests hold
with axe and the Nu checker.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ensure_browser import ADVICE, find_browser
from tests.support import ROOT, headers_of, served

KINDS = ("performance", "accessibility", "best-practices", "seo")
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def pages_of_every_kind(site: Path) -> list[str]:
    """Return the page at the root, those one folder down, the first below each of them, and the one for errors."""
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")} - {"."}
    tops = sorted(page for page in pages if "/" not in page)
    firsts = (next(iter(sorted(page for page in pages if page.startswith(f"{top}/"))), None) for top in tops)
    return ["", *(f"{page}/" for page in sorted([*tops, *filter(None, firsts)])), "404.html"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The scores of a page (0 to 100), the bytes of its first visit without the search index, and what costs points."""

    scores: tuple[int, ...]
    weight: int
    index: int
    shift: float
    faults: tuple[str, ...]


def _judge(address: str, program: Path, browser: str) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(KINDS)}"]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": browser})
        return read_verdict(json.loads(report.read_text(encoding="utf-8")))


def read_verdict(report: dict[str, Any]) -> Verdict:
    """Return what a report of Lighthouse says.

    Args:
        report: the report, read from its JSON.
    """
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    index = sum(one["transferSize"] for one in requests if "search_index.json" in one["url"])
    weighed = [ref["id"] for kind in KINDS for ref in report["categories"][kind]["auditRefs"] if ref["weight"]]
    faults = [name for name in weighed if audits[name]["score"] is not None and audits[name]["score"] < 0.9]
    return Verdict(
        tuple(round(report["categories"][kind]["score"] * 100) for kind in KINDS),
        sum(one["transferSize"] for one in requests) - index,
        index,
        audits["cumulative-layout-shift"]["numericValue"],
        tuple(dict.fromkeys(faults)),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each page; 1 when a score is below 100."""
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=__doc__)
    parser.add_argument("pages", nargs="*", help="pages of the site (default: one of every kind)")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    options = parser.parse_args(arguments)
    browser = find_browser()
    if browser is None:
        print(ADVICE, file=sys.stderr)
        return 1
    program = Path(sys.prefix) / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
    print(f"{'page':<32}{'  '.join(KINDS)}   kB   index   shift")
    fine = True
    with served(options.site, headers_of(options.site), compressed=True) as address:
        for page in options.pages or pages_of_every_kind(options.site):
            told = _judge(address + page, program, browser)
            fine = fine and min(told.scores) == 100
            scores = "".join(f"{score:>{len(kind)}}  " for kind, score in zip(KINDS, told.scores, strict=True))
            print(
                f"/{page:<31}{scores}{told.weight / 1000:5.1f}  {told.index / 1000:5.1f}  {told.shift:6.3f}",
                *told.faults,
                flush=True,
            )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
