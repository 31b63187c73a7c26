"""The channels that a message can be written for: one table of what each of them takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

_CHECKED = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that a text must not pass.

    `kind` is "hard" where a longer text is cut, refused or costs more, and "advice" where it is only read less;
    `source` says where the number comes from, `checked` the day somebody last looked.
    """

    most: int
    kind: Literal["hard", "advice"]
    source: str
    checked: date = _CHECKED


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to send a message.

    `body` counts UTF-16 units, or GSM-7 septets where `gsm` is set; `subject` counts characters (None: no subject);
    `paid` is the limit of the body for those who pay, under the name they pay for; `links` names the kinds of
    addresses that can carry the text ("mailto", "whatsapp").
    """

    id: str
    title: str
    body: Limit | None
    subject: Limit | None = None
    gsm: bool = False
    links: tuple[Literal["mailto", "whatsapp"], ...] = ()
    paid: tuple[str, Limit] | None = None

    @property
    def noun(self) -> str:
        """The title as it stands inside a sentence: 'email', 'LinkedIn note'."""
        first = self.title.split()[0]
        return self.title if first != first.capitalize() else self.title[:1].lower() + self.title[1:]


ADDRESS = Limit(
    1800,
    "hard",
    "Chromium on Windows dropped longer ones than 2,048 without a word (platform_util_win.cc, issue 727909)",
)
"""Characters in a `mailto:` or WhatsApp address, everything encoded."""

CHANNELS = (
    Channel(
        "email",
        "Email",
        body=None,
        subject=Limit(50, "hard", "phones show about 48 characters (emailtooltester.com, subject line test)"),
        links=("mailto",),
    ),
    Channel(
        "linkedin-note",
        "LinkedIn note",
        body=Limit(200, "hard", "free accounts, as several published guides measure; LinkedIn's help gives no number"),
        paid=(
            "LinkedIn Premium",
            Limit(300, "hard", "as several published guides measure; LinkedIn's help gives no number"),
        ),
    ),
    Channel(
        "linkedin-message",
        "LinkedIn message",
        body=Limit(1900, "hard", "LinkedIn help a554514 says 2,000 for InMail; several measure 1,900"),
    ),
    Channel(
        "text-message",
        "Text message",
        body=Limit(306, "hard", "3GPP 23.038 and 23.040: 153 septets in each of two parts"),
        gsm=True,
    ),
    Channel(
        "chat-message",
        "Chat message",
        body=Limit(600, "advice", "what a phone shows without much scrolling; no source, our own judgement"),
        links=("whatsapp",),
    ),
)
BY_TITLE = {channel.title: channel for channel in CHANNELS}


def stale_limits(today: date) -> tuple[tuple[str, Limit], ...]:
    """Return the limits that were last checked more than a year before `today`, with the name of their channel."""
    named = [("addresses", ADDRESS)]
    for channel in CHANNELS:
        paid = channel.paid[1] if channel.paid else None
        named += [(channel.title, limit) for limit in (channel.body, channel.subject, paid) if limit is not None]
    return tuple((name, limit) for name, limit in named if (today - limit.checked).days > 366)
