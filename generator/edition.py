"""The day that an edition stands for."""

from __future__ import annotations

from datetime import date


def edition_date(edition: str) -> date | None:
    """Return the day an edition like "2026-11" or "2026-11-23" stands for, None when it is no date."""
    try:
        return date.fromisoformat(edition if len(edition) > 7 else f"{edition}-01")
    except ValueError:
        return None
