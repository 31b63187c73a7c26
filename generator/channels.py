"""The channels that a message can be written for: one table of what each of them takes.

A guide may add its own, or put one in the place of one of these (`channels` in guide.yml).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.words import Words, english

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

    `title` is its heading, `noun` the title as it stands inside a sentence ("email"). `body` counts UTF-16 units, or
    GSM-7 septets where `gsm` is set; `subject` counts characters (None: no subject); `paid` is the limit of the body
    for those who pay, under the name they pay for; `links` names the kinds of addresses that can carry the text
    ("mailto", "whatsapp").
    """

    id: str
    title: str
    noun: str
    body: Limit | None
    subject: Limit | None = None
    gsm: bool = False
    links: tuple[Literal["mailto", "whatsapp"], ...] = ()
    paid: tuple[str, Limit] | None = None


ADDRESS = Limit(
    1800,
    "hard",
    "Chromium on Windows dropped longer ones than 2,048 without a word (platform_util_win.cc, issue 727909)",
)
"""Characters in a `mailto:` or WhatsApp address, everything encoded."""

SUBJECT = Limit(50, "hard", "phones show about 48 characters (emailtooltester.com, subject line test)")
"""Characters in the subject of a mail."""


def built_in_channels(words: Words) -> tuple[Channel, ...]:
    """Return the channels that every guide has, with their names in a language."""

    def named(id: str) -> tuple[str, str, str]:
        key = id.replace("-", "_")
        return id, words(f"channel.{key}"), words(f"channel.{key}_noun")

    return (
        Channel(*named("email"), body=None, subject=SUBJECT, links=("mailto",)),
        Channel(
            *named("linkedin-note"),
            body=Limit(
                200, "hard", "free accounts, as several published guides measure; LinkedIn's help gives no number"
            ),
            paid=(
                words("channel.linkedin_note_paid"),
                Limit(300, "hard", "as several published guides measure; LinkedIn's help gives no number"),
            ),
        ),
        Channel(
            *named("linkedin-message"),
            body=Limit(1900, "hard", "LinkedIn help a554514 says 2,000 for InMail; several measure 1,900"),
        ),
        Channel(
            *named("text-message"),
            body=Limit(306, "hard", "3GPP 23.038 and 23.040: 153 septets in each of two parts"),
            gsm=True,
        ),
        Channel(
            *named("chat-message"),
            body=Limit(600, "advice", "what a phone shows without much scrolling; no source, our own judgement"),
            links=("whatsapp",),
        ),
    )


CHANNELS = built_in_channels(english())
"""The channels that every guide has, in English."""


def with_own(built_in: Iterable[Channel], own: Iterable[Channel]) -> tuple[Channel, ...]:
    """Return the channels of a guide: one of its own takes the place of a built-in one with its id, or comes last."""
    channels = {channel.id: channel for channel in built_in}
    channels.update((channel.id, channel) for channel in own)
    return tuple(channels.values())


def stale_limits(today: date, channels: Iterable[Channel] = CHANNELS) -> tuple[tuple[str, Limit], ...]:
    """Return the limits that were last checked more than a year before `today`, with the name of their channel."""
    named = [("addresses", ADDRESS)]
    for channel in channels:
        paid = channel.paid[1] if channel.paid else None
        named += [(channel.title, limit) for limit in (channel.body, channel.subject, paid) if limit is not None]
    return tuple((name, limit) for name, limit in named if (today - limit.checked).days > 366)
