"""Environment variables by which one process tells another what kind of build it is to make."""

from __future__ import annotations

DRAFTS = "COACHING_GUIDE_DRAFTS"
""""1" leaves drafts in."""

PREVIEW_URL = "COACHING_GUIDE_PREVIEW_URL"
"""Set for a preview: the address at which it is looked at."""
