"""Proves that every message can be sent: at its longest, with every choice of optional parts, in its channel."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from generator.addresses import decode, mailto, whatsapp
from generator.channels import ADDRESS, Limit
from generator.diagnostics import Log, Place, quote
from generator.message_text import fill
from generator.model import Field, Message, Variant
from generator.sms import foreign_characters, septets
from generator.texts import Literally, MessageText, Optionally

MOST_FIELDS = 6
MOST_OPTIONAL = 6
"""Optional parts in a text; all 64 ways to combine them are tried."""

_SLIPS = (
    (re.compile(r"  "), "two spaces in a row"),
    (re.compile(r" [,.;:?!)]"), "a space before a mark"),
    (re.compile(r"\n\n\n"), "two empty lines in a row"),
    (re.compile(r"(?:^|\n)[,.;:?!]"), "a line that begins with a mark"),
    (re.compile(r",\s*,|\.\s*,|,\."), "two marks in a row"),
    (re.compile(r"[ \t]\n|\n[ \t]"), "a space at the end or the beginning of a line"),
    (re.compile(r"[{}\[\]]|TODO|XXX"), "something left to fill in"),
)


def check_message(message: Message, shared: Mapping[str, Field], log: Log) -> None:
    """Note whether a message cannot be sent as it is.

    Args:
        message: a message; a text that could not be read in full, or with a field that was not, is passed over.
        shared: the fields that the guide declares for all messages.
        log: takes what is wrong.
    """
    if "text" in message.doubts:
        return
    known = {**shared, **message.own_fields}
    for variant in message.variants:
        fields = {name: known[name] for name in variant.fields if name in known}
        if len(fields) == len(variant.fields) and all(field.example and field.max for field in fields.values()):
            _check_variant(variant, fields, log)


def _check_variant(variant: Variant, fields: dict[str, Field], log: Log) -> None:
    name = f"'{variant.channel}{', ' + variant.tone if variant.tone else ''}'"
    optional = sum(isinstance(piece, Optionally) for piece in variant.body.pieces)
    if len(fields) > MOST_FIELDS:
        log.error(variant.place, "too-many-fields", f"{name} has {len(fields)} fields; at most {MOST_FIELDS}")
    if optional > MOST_OPTIONAL:
        log.error(variant.place, "too-many-optional", f"{name} has {optional} optional parts; at most {MOST_OPTIONAL}")
        return
    examples = {field.id: field.example for field in fields.values()}
    longest = {field.id: filler(field) for field in fields.values()}
    _check_slips(variant, name, examples, optional, log)
    _check_lengths(variant, name, examples, longest, log)
    if variant.way.gsm:
        _check_alphabet(variant, name, fields, log)
    _check_addresses(variant, name, longest, log)


def filler(field: Field) -> str:
    """Return a text of the field's longest length, with a space in every five characters as in real words."""
    return ("xxxx " * field.max)[: field.max - 1] + "x"


def _combinations(optional: int) -> Iterator[tuple[bool, ...]]:
    return itertools.product((True, False), repeat=optional)


def _check_slips(variant: Variant, name: str, examples: dict[str, str], optional: int, log: Log) -> None:
    texts = [("the subject", fill(variant.subject, examples))] if variant.subject else []
    for kept in _combinations(optional):
        left_out = [str(number) for number, keep in enumerate(kept, 1) if not keep]
        what = f"without optional part {' and '.join(left_out)}" if left_out else "at its examples"
        texts.append((what, fill(variant.body, examples, kept.__getitem__)))
    seen: set[str] = set()
    for what, text in texts:
        for pattern, slip in _SLIPS:
            match = pattern.search(text)
            if match and slip not in seen:
                seen.add(slip)
                around = text[max(0, match.start() - 20) : match.end() + 20]
                log.error(variant.place, "untidy-text", f"{name} has {slip} {what}: {quote(around)}")


def _check_lengths(variant: Variant, name: str, examples: dict[str, str], longest: dict[str, str], log: Log) -> None:
    channel = variant.way
    if channel.body is not None:
        # A piece that is left out can only make the text shorter: all of them kept is the worst case.
        text = fill(variant.body, longest)
        length = septets(text) if channel.gsm else len(text.encode("utf-16-le")) // 2
        _check_limit(
            channel.body, length, f"{name} has {length} characters with every field at its longest", variant.place, log
        )
    if channel.subject is not None and variant.subject is not None:
        subject = fill(variant.subject, examples)
        _check_limit(
            channel.subject, len(subject), f"the subject of {name} has {len(subject)} characters", variant.place, log
        )


def _check_limit(limit: Limit, length: int, what: str, place: Place, log: Log) -> None:
    if length > limit.most:
        note = log.error if limit.kind == "hard" else log.warning
        note(place, "too-long-to-send", f"{what}; at most {limit.most} ({limit.source})")


def _check_alphabet(variant: Variant, name: str, fields: dict[str, Field], log: Log) -> None:
    own = "".join(_words(variant.body)) + "".join(field.example for field in fields.values())
    foreign = foreign_characters(own)
    if foreign:
        shown = ", ".join(f"'{character}' (U+{ord(character):04X})" for character in foreign)
        log.error(
            variant.place,
            "not-in-sms",
            f"{name} holds {shown}, which the SMS alphabet lacks: a part then holds 70 characters, not 160; "
            "write it plainly",
        )


def _words(text: MessageText) -> Iterator[str]:
    for piece in text.pieces:
        for inner in piece.pieces if isinstance(piece, Optionally) else (piece,):
            if isinstance(inner, Literally):
                yield inner.text


def _check_addresses(variant: Variant, name: str, longest: dict[str, str], log: Log) -> None:
    subject = fill(variant.subject, longest) if variant.subject else ""
    body = fill(variant.body, longest)
    for kind in variant.way.links:
        address = mailto(subject, body) if kind == "mailto" else whatsapp(body)
        carried = {"subject": subject, "body": body} if kind == "mailto" else {"text": body}
        if decode(address) != carried:
            log.error(variant.place, "broken-address", f"{name} does not survive as a {kind} address; report this")
        _check_limit(
            ADDRESS, len(address), f"{name} makes a {kind} address of {len(address)} characters", variant.place, log
        )
