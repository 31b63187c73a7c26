"""A second process that does a list of tasks from its end, while the first does them from its beginning.

Where the two meet, all is done: on two processors in little more than half the time. It is a fork of the first, so it
has all that the first had, and nothing has to be told to it; Linux alone does that reliably. Whatever goes wrong in it,
or has to be said, is left to the first, which then does the tasks itself.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import mmap
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_END_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_FEWEST = 40
"""Tasks below which sharing is not worth it: a fork and its results take hundredths of a second, a task thousandths."""


class Second(Generic[T]):
    """Tasks that two processes share."""

    def __init__(self, count: int, do: Callable[[int], T]) -> None:
        """Start the second process, where there can be one.

        Args:
            count: how many tasks there are.
            do: does the one with this number (from 0) and returns what came of it, which goes from process to process.
        """
        self._process = 0
        self._first = os.getpid()
        self._done: dict[int, T] = {}
        # How many the first has begun, and the number of the last that the second has. Both may begin the same one as
        # they meet, which does no harm; so neither has to wait for the other.
        self._begun = memoryview(mmap.mmap(-1, 16)).cast("q")
        self._begun[1] = count
        if count < _FEWEST or not _can_fork():
            return
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # it goes with this object
        self._process = os.fork()
        if self._process == 0:
            os._exit(self._work(count, do))

    def __del__(self) -> None:
        """Leave nothing running behind a build that failed."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._file.close()

    def _work(self, count: int, do: Callable[[int], T]) -> int:
        try:
            _end_with(self._first)
            # What is there already stays; to count it anew would copy all of it.
            gc.disable()
            logging.setLogRecordFactory(_leave_to_the_first)
            done = {}
            for number in reversed(range(count)):
                if number < self._begun[0]:
                    break
                self._begun[1] = number
                done[number] = do(number)
            pickle.dump(done, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        except BaseException:  # noqa: BLE001  # the first will meet it too, and say so
            return 1
        return 0

    def result(self, number: int) -> T | None:
        """Return what came of a task; None when it is for the caller to do, now. They are asked for in their order."""
        if number < self._begun[1]:
            self._begun[0] = number + 1
            return None
        if self._process:
            _, status = os.waitpid(self._process, 0)
            self._process = 0
            if status == 0:
                self._file.seek(0)
                self._done = pickle.load(self._file)  # noqa: S301  # from the fork of this very process
            self._file.close()
        return self._done.get(number)


def share(count: int, do: Callable[[int], T]) -> list[T]:
    """Return what comes of all tasks, in their order; see `Second`."""
    second = Second(count, do)
    return [do(number) if (done := second.result(number)) is None else done for number in range(count)]


def _can_fork() -> bool:
    """Whether a fork is of use, and safe: with a second processor, and no other thread that could hold a lock."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.sched_getaffinity(0)) > 1 and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def _end_with(process: int) -> None:
    """Have the system end this process with that one, even where that is killed: it holds the lock of a build."""
    ctypes.CDLL(None).prctl(_END_SIGNAL, signal.SIGKILL)
    if os.getppid() != process:
        raise ProcessLookupError


def _leave_to_the_first(name: str, level: int, *arguments: Any, **more: Any) -> logging.LogRecord:
    if level >= logging.WARNING:
        raise _SomethingToSay
    return logging.LogRecord(name, level, *arguments, **more)


class _SomethingToSay(BaseException):
    pass
