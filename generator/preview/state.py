"""What the preview has to show: the last good site, and what is wrong with the newest content."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the preview: `site` is None until a build went well, `trouble` is "" while nothing is wrong."""

    id: str
    site: Path | None = None
    trouble: str = ""


class Preview:
    """The state of the preview, changed by the builder and read by every request."""

    def __init__(self) -> None:
        # With the time in it, so that a page of an earlier preview is out of date too.
        self._run = f"{time.time_ns():x}"
        self._number = 0
        self._shown = Shown(f"{self._run}-0")
        self._changed = threading.Condition()

    def good(self, site: Path) -> None:
        """Show a newly built site."""
        self._set(Shown("", site))

    def bad(self, trouble: str) -> None:
        """Show what is wrong, over the site that is there; what is shown already stays as it is."""
        if trouble != self._shown.trouble:
            self._set(replace(self._shown, trouble=trouble))

    def _set(self, shown: Shown) -> None:
        with self._changed:
            self._number += 1
            self._shown = replace(shown, id=f"{self._run}-{self._number}")
            self._changed.notify_all()

    def shown(self, seconds: float) -> Shown:
        """Return the state; before there is any, wait for the first one for some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > 0, seconds)
            return self._shown

    def newer(self, id: str, seconds: float) -> str:
        """Return the id of the state as soon as it is another than `id`, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._shown.id != id, seconds)
            return self._shown.id
