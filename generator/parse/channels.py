"""Reads the channels that a guide declares in guide.yml, beside or in the place of the generator's own."""

from __future__ import annotations

from datetime import date
from typing import Literal

from generator.channels import SUBJECT, Channel, Limit
from generator.diagnostics import Log, quote
from generator.schema import Flag, ListOf, OneOf, Record, Slug, TextValue, WholeNumber
from generator.values import Values

_LIMIT = Record(
    {
        "most": WholeNumber(1, 100_000, meaning="Characters that the text may have at most."),
        "kind": OneOf(
            ("hard", "advice"), meaning="Whether a longer text is cut, refused or dearer, or is only read less."
        ),
        "source": TextValue("fits an A5 page in 14 point", meaning="Where the number comes from."),
        "checked": TextValue('"2026-11-25"', meaning="The day on which somebody last looked."),
    },
    meaning="How long its texts may be; without it, as long as they like.",
)
CHANNEL = Record(
    {
        "id": Slug(meaning="Its part of addresses; that of a built-in channel puts this one in its place."),
        "title": TextValue("Notice", meaning="The heading of its texts in messages, and what readers see."),
        "noun": TextValue("notice", meaning="The title as it stands inside a sentence, where that is different."),
        "subject": Flag(meaning="Whether its texts have a subject, as mails have."),
        "limit": _LIMIT,
        "sms": Flag(meaning="Whether it is counted in the SMS alphabet, in parts of 153 characters."),
        "links": ListOf(
            OneOf(("mailto", "whatsapp")), at_least=0, meaning="Programs in which a page can open the text."
        ),
    },
    optional=frozenset({"noun", "subject", "limit", "sms", "links"}),
)
CHANNELS = ListOf(CHANNEL, at_least=0, meaning="Ways to send a message, besides or instead of the built-in ones.")


def read_channels(declared: tuple[Values, ...], log: Log) -> tuple[Channel, ...]:
    """Return the declared channels; note ids and titles that are taken, and titles that cannot be headings."""
    channels: dict[str, Channel] = {}
    lines: dict[str, int] = {}
    for values in declared:
        id, title = values.text("id"), values.text("title")
        if not id or not title:
            continue
        for name, kind in ((id, "id"), (title, "title")):
            if f"{kind} {name}" in lines:
                line = lines[f"{kind} {name}"]
                log.error(name.place, "duplicate-id", f"'{name}' is the {kind} of the channel on line {line} already")
            lines.setdefault(f"{kind} {name}", name.place.line)
        if "," in title or "#" in title:
            message = (
                f"{quote(title)} cannot be a heading of messages: what follows a comma is a tone; write it without"
            )
            log.error(title.place, "bad-channel", message)
        channels[id] = Channel(
            str(id),
            str(title),
            str(values.text("noun") or title),
            body=_limit(values.get("limit"), log),
            subject=SUBJECT if values.get("subject") else None,
            gsm=bool(values.get("sms")),
            links=tuple(str(link) for link in values.entries("links")),  # type: ignore[misc]  # OneOf has checked them
        )
    return tuple(channels.values())


def _limit(values: Values | None, log: Log) -> Limit | None:
    if values is None or not values.complete:
        return None
    day = values.text("checked")
    try:
        checked = date.fromisoformat(day)
    except ValueError:
        log.error(day.place, "bad-channel", f'{quote(day)} is no day; write year, month and day, like: "2026-11-25"')
        return None
    kind: Literal["hard", "advice"] = "hard" if values["kind"] == "hard" else "advice"
    return Limit(values.number("most"), kind, str(values.text("source")), checked)
