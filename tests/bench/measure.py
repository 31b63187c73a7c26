"""Time of commands: that of the processor, to which a busy machine adds little, and that on the clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# A process of its own, and a small one: Linux counts the memory of the one that starts a command as the command's.
_STARTER = """
import json, os, sys, time
began = time.monotonic()
_, status, used = os.wait4(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
wall = time.monotonic() - began
# Linux counts in kilobytes.
found = {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "memory": used.ru_maxrss * 1024}
with open(sys.argv[1], "w") as file:
    json.dump(found, file)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of processor time (user and system), seconds on the clock, largest memory in bytes."""

    cpu: float
    wall: float
    memory: int


def as_installed(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process' environment with some more variables, as a user's would be.

    Without the one that keeps Python from keeping compiled modules: engines installed with pip have theirs, this
    generator run from its source would compile itself anew in every run.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **(environment or {})}


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; the message has what it printed.
    """
    with tempfile.NamedTemporaryFile() as found:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _STARTER, found.name, *command],
            cwd=folder,
            env=as_installed(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout.decode(errors='replace')}")
        return Run(**json.loads(Path(found.name).read_text(encoding="utf-8")))


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(
        median(one.cpu for one in runs), median(one.wall for one in runs), int(median(one.memory for one in runs))
    )


def ratios(runs: Sequence[Run], others: Sequence[Run]) -> Run:
    """Return the medians of the ratios, pair by pair: both of a pair ran one after the other."""
    pairs = [*zip(runs, others, strict=True)]
    return Run(
        median(one.cpu / other.cpu for one, other in pairs), median(one.wall / other.wall for one, other in pairs), 0
    )
