"""Reads a message file."""

from __future__ import annotations

import re

from generator.channels import BY_TITLE
from generator.diagnostics import Log, Place, hint, quote
from generator.message_text import read_text
from generator.model import Field, Message, Variant
from generator.parse.front_matter import read_document
from generator.schema import FIELD_NAME, ListOf, MapOf, Record, Slug, TextValue, Values, WholeNumber
from generator.yaml_nodes import Text

FIELD = Record(
    {"label": TextValue("What you talked about"), "example": TextValue("tidal permits"), "max": WholeNumber(1, 1000)}
)
FIELDS = MapOf(FIELD, "topic: {label: What you talked about, example: tidal permits, max: 60}")
MESSAGE = Record(
    {
        "title": TextValue("Thank someone after a first conversation"),
        "when": TextValue("You met once and want to be remembered."),
        "not_when": TextValue("You have nothing specific to say yet."),
        "lesson": Slug(),
        "situation": Slug(),
        "send": TextValue("1 day after meeting"),
        "next": Slug(),
        "asks": ListOf(TextValue("they did not answer")),
        "fields": FIELDS,
    },
    optional=frozenset({"next", "asks", "fields"}),
)
_HEADING = re.compile(r"##[ \t]+(.*?)[ \t#]*\Z")
_SUBJECT = re.compile(r"Subject:[ \t]*(.*)\Z")


def read_message(id: str, path: str, text: str, log: Log) -> Message | None:
    """Read one message template; None when what is wrong with it leaves nothing to work with."""
    document = read_document(path, text, log)
    if document is None:
        return None
    values = MESSAGE.read(document.keys, "a message", log)
    variants = _read_variants(document.body, document.start, log)
    if values is None or not values.complete:
        return None
    return Message(
        id,
        values["title"],
        values["when"],
        values["not_when"],
        values["lesson"],
        values["situation"],
        values["send"],
        values.get("next"),
        values.get("asks", ()),
        read_fields(values.get("fields", {}), log),
        variants,
        document.keys.place,
    )


def read_fields(declared: dict[Text, Values], log: Log) -> dict[str, Field]:
    """Return the declared fields by name; note bad names and examples that are longer than allowed."""
    fields: dict[str, Field] = {}
    for name, values in declared.items():
        if not FIELD_NAME.match(name):
            log.error(
                name.place, "bad-id", f"{quote(name)} is no field name; expected lower-case words, like 'first_name'"
            )
        elif values.complete:
            if len(values["example"]) > values["max"]:
                log.error(
                    values.place_of("example"),
                    "example-too-long",
                    f"the example of '{name}' has {len(values['example'])} characters, its 'max' is {values['max']}",
                )
            fields[str(name)] = Field(str(name), values["label"], values["example"], values["max"], name.place)
    return fields


def _read_variants(body: str, start: Place, log: Log) -> tuple[Variant, ...]:
    lines = body.split("\n")
    marks = [(number, match[1]) for number, line in enumerate(lines) if (match := _HEADING.match(line))]
    first = marks[0][0] if marks else len(lines)
    stray = next((number for number in range(first) if lines[number].strip()), None)
    if stray is not None:
        log.error(
            start.moved(stray), "text-before-channel", "text before the first channel; begin with a line like: ## Email"
        )
    if not marks:
        log.error(start, "empty-list", "the message has no text; begin one with a line like: ## Email")
    variants: list[Variant] = []
    seen: dict[tuple[str, str], int] = {}
    for (number, title), (end, _) in zip(marks, [*marks, (len(lines), "")][1:], strict=True):
        variant = _read_variant(title, lines[number + 1 : end], start.moved(number), log)
        if variant is None:
            continue
        key = (variant.channel, variant.tone)
        if key in seen:
            log.error(
                variant.place,
                "duplicate-variant",
                f"{quote(title)} stands on line {seen[key]} already; give it another tone",
            )
            continue
        seen[key] = variant.place.line
        variants.append(variant)
    return tuple(variants)


def _read_variant(title: str, lines: list[str], place: Place, log: Log) -> Variant | None:
    name, _, tone = (piece.strip() for piece in title.partition(","))
    channel = BY_TITLE.get(name)
    if channel is None:
        log.error(place, "unknown-channel", f"{quote(name)} is no channel{hint(name, BY_TITLE)}")
        return None
    offset = 1
    while lines and not lines[0].strip():
        lines, offset = lines[1:], offset + 1
    subject = None
    match = _SUBJECT.match(lines[0]) if lines else None
    if match:
        subject_place = place.moved(offset, match.start(1) + 1)
        if not channel.subject:
            log.error(place.moved(offset), "unexpected-subject", f"a {channel.title} has no subject; remove the line")
        elif not match[1].strip():
            log.error(
                place.moved(offset), "missing-subject", "the subject is empty; say what the message is, in a few words"
            )
        else:
            subject = read_text(match[1].rstrip(), subject_place, log)
        lines, offset = lines[1:], offset + 1
    elif channel.subject:
        log.error(
            place,
            "missing-subject",
            f"{quote(title)} has no subject; begin with a line like: Subject: Good to meet you",
        )
    while lines and not lines[0].strip():
        lines, offset = lines[1:], offset + 1
    source = "\n".join(line.rstrip() for line in lines).rstrip()
    if not source:
        log.error(
            place, "empty-section", f"nothing stands under {quote(title)}; write the message or remove the heading"
        )
        return None
    return Variant(channel.title, tone, subject, read_text(source, place.moved(offset), log), place)
