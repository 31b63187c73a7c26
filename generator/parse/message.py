"""Reads a message file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.channels import CHANNELS, Channel
from generator.diagnostics import Log, Place, hint, quote
from generator.message_text import read_text
from generator.model import Field, Message, Variant
from generator.names import FIELD_NAME
from generator.parse.front_matter import Document, read_document
from generator.schedule import RHYTHMS
from generator.schema import Flag, ListOf, MapOf, OneOf, Record, Slug, TextValue, WholeNumber
from generator.texts import MessageText
from generator.values import Values
from generator.words import Words, english
from generator.yaml_nodes import Text

FIELD = Record(
    {
        "label": TextValue("What you talked about", meaning="What the reader is asked for."),
        "example": TextValue("tidal permits", meaning="What stands there until it is filled in."),
        "max": WholeNumber(1, 1000, meaning="Characters it may have at most."),
    }
)
FIELDS = MapOf(
    FIELD,
    "topic: {label: What you talked about, example: tidal permits, max: 60}",
    meaning="What the reader fills in, by the name that stands for it in braces.",
    names=FIELD_NAME,
)
MESSAGE = Record(
    {
        "title": TextValue("Thank someone after a first conversation", meaning="What the message is called."),
        "draft": Flag(meaning="Whether it is left out of the site: true until it is ready."),
        "when": TextValue("You met once and want to be remembered.", meaning="When it is the right one."),
        "not_when": TextValue("You have nothing specific to say yet.", meaning="When it is better not sent."),
        "lesson": Slug(meaning="The lesson it belongs to: a file's name without '.md'."),
        "situation": Slug(meaning="Where it is listed: an id under 'situations' in guide.yml."),
        "send": TextValue("1 day after meeting", meaning="When to send it; a calendar entry is made of it."),
        "next": Slug(meaning="The message that may follow it: a file's name without '.md'."),
        "repeat": OneOf(tuple(RHYTHMS), meaning="How often it comes back, where it is a routine."),
        "asks": ListOf(TextValue("they did not answer"), meaning="What readers would type to find it."),
        "fields": FIELDS,
    },
    optional=frozenset({"draft", "next", "repeat", "asks", "fields"}),
)
_HEADING = re.compile(r"##[ \t]+(.*)\Z")
_OTHER_HEADING = re.compile(r"#{1,6}[ \t]|#{2,6}\w")


@dataclass(frozen=True, slots=True)
class _Ways:
    """How messages of a guide may be headed: its channels by title, and what stands before a subject."""

    channels: dict[str, Channel]
    subject_word: str

    @property
    def example(self) -> str:
        """The title of a channel, for what is said of a heading that is not there."""
        return next(iter(self.channels))

    @property
    def subject(self) -> re.Pattern[str]:
        """The line of a subject."""
        return re.compile(rf"(?:Subject|{re.escape(self.subject_word)}):[ \t]*(.*)\Z")


def read_message(
    id: str,
    path: str,
    text: str,
    log: Log,
    words: Words | None = None,
    channels: tuple[Channel, ...] = CHANNELS,
) -> Message | None:
    """Read one message template; None when what is wrong with it leaves nothing to work with.

    Args:
        id: the file's name without its ending.
        path: the file, for diagnostics.
        text: what stands in it.
        log: takes what is wrong.
        words: those of the guide's language, in which a subject may be named; English when not given.
        channels: those that a message of the guide may be written for.
    """
    document = read_document(path, text, log)
    if document is None:
        return None
    values = MESSAGE.read(document.keys, "a message", log)
    before = log.noted
    ways = _Ways({channel.title: channel for channel in channels}, (words or english())("format.subject"))
    variants = _read_variants(document, ways, log)
    doubts = {"text"} if log.noted != before else set()
    if values is None:
        return None
    return Message(
        id,
        values.text("title"),
        values.text("when"),
        values.text("not_when"),
        values.text("lesson"),
        values.text("situation"),
        values.text("send"),
        values.get("next"),
        values.entries("asks"),
        read_fields(values.get("fields", {}), log),
        variants,
        document.keys.place,
        values.doubts | doubts,
        values.get("repeat", ""),
        values.get("draft", False),
    )


def read_fields(declared: dict[Text, Values], log: Log) -> dict[str, Field]:
    """Return the declared fields by name; note bad names and examples that are longer than allowed."""
    fields: dict[str, Field] = {}
    for name, values in declared.items():
        field = Field(str(name), values.text("label"), values.text("example"), values.number("max"), name.place)
        if not FIELD_NAME.match(name):
            like = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_0123456789")[:30] or "first_name"
            message = f"{quote(name)} is no field name; expected lower-case letters, digits and '_', like: {like}"
            log.error(name.place, "bad-id", message)
        elif values.complete and len(field.example) > field.max:
            log.error(
                values.place_of("example"),
                "example-too-long",
                f"the example of '{name}' has {len(field.example)} characters, its 'max' is {field.max}; "
                "shorten the example or raise 'max'",
            )
        fields[str(name)] = field
    return fields


def _read_variants(document: Document, ways: _Ways, log: Log) -> tuple[Variant, ...]:
    lines = document.lines
    start = document.start
    marks = [(number, match[1].rstrip(" \t#")) for number, line in enumerate(lines) if (match := _HEADING.match(line))]
    first = marks[0][0] if marks else len(lines)
    stray = next((number for number in range(first) if lines[number].strip()), None)
    if not marks:
        place = start if stray is None else start.moved(stray)
        log.error(
            place, "empty-list", f"the message has no channel; begin its text with a line like: ## {ways.example}"
        )
    elif stray is not None:
        message = f"text stands before the first channel; begin it with a line like: ## {ways.example}"
        log.error(start.moved(stray), "text-before-channel", message)
    variants: list[Variant] = []
    seen: dict[tuple[str, str], int] = {}
    for (number, title), (end, _) in zip(marks, [*marks, (len(lines), "")][1:], strict=True):
        variant = _read_variant(title, lines[number + 1 : end], start.moved(number), ways, log)
        if variant is None:
            continue
        key = (variant.channel, variant.tone)
        if key in seen:
            log.error(
                variant.place,
                "duplicate-variant",
                f"{quote(title)} stands on line {seen[key]} already; tell the two apart by a tone, "
                f"like: ## {variant.channel}, formal",
            )
            continue
        seen[key] = variant.place.line
        variants.append(variant)
    return tuple(variants)


def _read_variant(title: str, lines: list[str], place: Place, ways: _Ways, log: Log) -> Variant | None:
    """Read what stands under a heading; a channel that is not known hides no mistake in its text."""
    name, _, tone = (piece.strip() for piece in title.partition(","))
    channel = ways.channels.get(name)
    if channel is None:
        log.error(place.moved(0, 4), "unknown-channel", f"{quote(name)} is no channel{hint(name, ways.channels)}")
    offset = 1 + _empty_lines(lines, 0)
    match = ways.subject.match(lines[offset - 1]) if offset <= len(lines) else None
    subject = None
    if match:
        here = place.moved(offset)
        if channel is not None and not channel.subject:
            log.error(here, "unexpected-subject", f"'{channel.title}' has no subject; remove the line")
        if match[1].strip():
            subject = read_text(match[1].rstrip(), place.moved(offset, match.start(1) + 1), log)
        elif channel is None or channel.subject:
            log.error(here, "missing-subject", "the subject is empty; say what the message is about, in a few words")
        offset += 1 + _empty_lines(lines, offset)
    elif channel is not None and channel.subject:
        message = f"{quote(title)} has no subject; begin it with a line like: {ways.subject_word}: Good to meet you"
        log.error(place, "missing-subject", message)
    body = _read_body(lines[offset - 1 :], place.moved(offset), ways, log)
    if body is None and channel is not None:
        message = f"no message stands under {quote(title)}; write it or remove the heading"
        log.error(place, "empty-section", message)
    return Variant(channel, tone, subject, body, place) if channel and body else None


def _empty_lines(lines: list[str], start: int) -> int:
    """Return how many lines from `start` on are empty."""
    return next((n for n, line in enumerate(lines[start:]) if line.strip()), max(len(lines) - start, 0))


def _read_body(lines: list[str], place: Place, ways: _Ways, log: Log) -> MessageText | None:
    for number, line in enumerate(lines):
        if _OTHER_HEADING.match(line):
            message = f"a message is plain text without headings; only a channel has one, like: ## {ways.example}"
            log.error(place.moved(number), "heading-level", message)
    source = "\n".join(line.rstrip() for line in lines).rstrip()
    return read_text(source, place, log) if source else None
