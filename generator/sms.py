"""How a text message is counted: the GSM-7 alphabet and its parts."""

from __future__ import annotations

import math

# 3GPP 23.038, section 6.2.1: the default alphabet, and the extension table, whose characters take two places.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
_ONE_PART, _EACH_OF_SEVERAL = 160, 153
"""Septets in a message of one part, and in each part of a longer one (six octets name the parts)."""


def foreign_characters(text: str) -> str:
    """Return the characters that GSM-7 does not have, each once; one makes every part hold 70 instead of 160."""
    return "".join(dict.fromkeys(character for character in text if character not in _BASIC | _EXTENSION))


def septets(text: str) -> int:
    """Return how many places a GSM-7 text takes; a character of the extension table counts as two."""
    return sum(2 if character in _EXTENSION else 1 for character in text)


def parts(text: str) -> int:
    """Return in how many parts a GSM-7 text is sent."""
    length = septets(text)
    return 1 if length <= _ONE_PART else math.ceil(length / _EACH_OF_SEVERAL)
