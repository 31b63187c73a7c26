"""The channels that a message can be written for, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to send a message.

    `limit` counts UTF-16 units of the body ("hard": longer texts are cut or refused; "advice": longer ones are
    read less); `source` says where the number comes from and `checked` when it was last looked up (ISO date).
    """

    id: str
    title: str
    subject: bool
    limit: int | None
    kind: Literal["hard", "advice"]
    source: str
    checked: str


CHANNELS = (
    Channel("email", "Email", True, 1800, "advice", "mail links longer than about 2,000 fail in some programs", "2026-11-23"),
    Channel("linkedin-note", "LinkedIn note", False, 200, "hard", "several published guides; LinkedIn states none", "2026-11-23"),
    Channel("linkedin-message", "LinkedIn message", False, 1900, "advice", "LinkedIn help a554514 says 2,000", "2026-11-23"),
    Channel("text-message", "Text message", False, 306, "advice", "GSM 03.38: 153 characters in each of two parts", "2026-11-23"),
    Channel("chat-message", "Chat message", False, 1000, "advice", "read on a phone without scrolling far", "2026-11-23"),
)
BY_TITLE = {channel.title: channel for channel in CHANNELS}
