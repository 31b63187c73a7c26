"""A message as data for the templates of paper: its texts filled with the examples, word for word."""

from __future__ import annotations

from typing import Any

from generator.export.prose_tree import Node
from generator.model import Guide, Message
from generator.texts import Literally, MessageText, Optionally


def message_data(guide: Guide, message: Message) -> dict[str, Any]:
    """Return a message as the templates lay it out, with its variants in the author's order."""
    examples = {field.id: field.example for field in guide.fields_of(message)}
    return {
        "id": f"messages/{message.id}",
        "title": message.title,
        "when": message.when,
        "not_when": message.not_when,
        "send": message.send[:1].upper() + message.send[1:],
        "variants": [
            {
                "channel": variant.channel,
                "tone": variant.tone,
                "subject": _filled(variant.subject, examples)[0] if variant.subject else [],
                "body": _filled(variant.body, examples),
            }
            for variant in message.variants
        ],
    }


def _filled(text: MessageText, examples: dict[str, str]) -> list[list[Node]]:
    """Return a message text in paragraphs, filled with examples.

    Each run of words says whether it is an `example` to be changed and whether it is `optional`.
    """
    paragraphs: list[list[Node]] = [[]]

    def add(words: str, example: bool, optional: bool) -> None:
        for number, paragraph in enumerate(words.split("\n\n")):
            if number:
                paragraphs.append([])
            for line_number, line in enumerate(paragraph.split("\n")):
                if line_number and paragraphs[-1]:
                    paragraphs[-1].append({"t": "break"})
                if line:
                    paragraphs[-1].append({"t": "run", "text": line, "example": example, "optional": optional})

    for piece in text.pieces:
        optional = isinstance(piece, Optionally)
        for inner in piece.pieces if isinstance(piece, Optionally) else (piece,):
            if isinstance(inner, Literally):
                add(inner.text, False, optional)
            else:
                add(examples.get(inner.field, ""), True, optional)
    return [paragraph for paragraph in paragraphs if paragraph]
