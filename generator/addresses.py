"""Addresses that carry a message into another program."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit


def mailto(subject: str, body: str) -> str:
    """Return a mail link (RFC 6068: line breaks as CRLF, a space as %20, everything else that is special encoded)."""
    return f"mailto:?subject={_encode(subject)}&body={_encode(body.replace(chr(10), chr(13) + chr(10)))}"


def whatsapp(body: str) -> str:
    """Return an address that opens WhatsApp with a draft."""
    return f"https://wa.me/?text={_encode(body)}"


def decode(address: str) -> dict[str, str]:
    """Return what an address of this module carries, by the name of its part."""
    fields = dict(pair.split("=", 1) for pair in urlsplit(address).query.split("&"))
    return {name: unquote(value).replace("\r\n", "\n") for name, value in fields.items()}


def _encode(text: str) -> str:
    return quote(text, safe="")
