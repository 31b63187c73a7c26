"""Turns the bytes of a text file into text, and says what was assumed."""

from __future__ import annotations

import codecs
import re

from generator.importing.blocks import ImportFault
from generator.names import INVISIBLE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "a Word file of the old kind (.doc)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PK\x03\x04", "a zip file"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BREAKS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_SAVE_AS = "save it as Word (.docx), HTML, Markdown or plain text"


def text_of(data: bytes) -> tuple[str, str]:
    """Decode a text file.

    Args:
        data: the bytes of the file.

    Returns:
        The text, lines ended by a line feed, without invisible characters; and what was assumed ("" for plain UTF-8).

    Raises:
        ImportFault: the file is empty or holds no text.
    """
    for mark, name in _FORMATS:
        if data.startswith(mark):
            raise ImportFault(f"this is {name}, not text; {_SAVE_AS}")
    text, note = _decoded(data)
    text = INVISIBLE.sub("", _BREAKS.sub("\n", text)).replace("\u00ad", "").expandtabs(4)
    if not text.strip():
        raise ImportFault("the file is empty; write the article into it, or name another file")
    return text, note


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            note = "" if name == "UTF-8" else f"read as {name}, as its byte-order mark says"
            return _strictly(data[len(mark) :], encoding, name), note
    sample = data[:4096]
    if b"\0" in sample:
        # Plain text in UTF-16 has a zero in nearly every second byte, at the same side.
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
            if zeros > len(sample) // 4 and others <= zeros // 20:
                return _strictly(data, encoding, "UTF-16"), "read as UTF-16 (it has no byte-order mark)"
    if b"\0" in data:
        raise ImportFault(f"this is no text file (it holds zero bytes); {_SAVE_AS}")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    if declared is not None:
        name = declared[1].decode("ascii")
        try:
            return data.decode(name), f"read as {name}, as the file declares"
        except (LookupError, UnicodeError):
            pass
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if sum(not (c.isprintable() or c in "\n\r\t\f") for c in text[:20000]) > len(text[:20000]) // 100:
        raise ImportFault(f"this is no text file; {_SAVE_AS}")
    return text, "it is not UTF-8; read as Windows-1252 (Western European). If letters look wrong, save it as UTF-8"


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ImportFault(
            f"the file says that it is {name} and is not (byte {fault.start}); save it as UTF-8"
        ) from None
