"""Processor time of commands: what a busy machine adds to the time on the clock does not count."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of processor time (user and system), seconds on the clock, largest memory in bytes."""

    cpu: float
    wall: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; the message has what it printed.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {printed.decode(errors='replace')}")
    # Linux counts in kilobytes.
    return Run(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss * 1024)


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(
        median(one.cpu for one in runs), median(one.wall for one in runs), int(median(one.memory for one in runs))
    )


def ratio(runs: Sequence[Run], others: Sequence[Run]) -> float:
    """Return the median of the ratios of processor time, pair by pair: both of a pair ran one after the other."""
    return median(one.cpu / other.cpu for one, other in zip(runs, others, strict=True))
