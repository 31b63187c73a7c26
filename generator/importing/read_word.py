"""Reads an article in Word's format (.docx).

With expat and not with a library for Word: what is needed is the text, the level of a heading and lists, each with
the number of its paragraph. Only three parts of the file are unpacked, each up to a limit; nothing a file links to is
opened, macros are not touched, and a file that declares entities is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from generator.importing.blocks import Article, Block, BlockKind, ImportFault
from generator.names import INVISIBLE

LARGEST_PART = 10_000_000
"""Bytes of a part when unpacked; the text of a 300-page book takes about 5,000,000."""
_MOST_ENTRIES = 10_000
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_SAVE_AGAIN = "open it in Word and save it as .docx"
_TITLE, _QUOTE, _CODE = "title", "quote", "code"
_NAMED = {"title": _TITLE, "quote": _QUOTE, "intense quote": _QUOTE, "html preformatted": _CODE, "plain text": _CODE}
_HEADING = re.compile(r"heading ([1-9])\Z")
_LIST = re.compile(r"list (?:bullet|number|paragraph)(?: ([2-9]))?\Z")
_DEEPEST_STYLE = 20


def read_word(name: str, data: bytes) -> Article:
    """Read a Word file.

    Args:
        name: its name.
        data: its bytes.

    Raises:
        ImportFault: it is no Word file, broken, or unpacks to more than `LARGEST_PART`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename: info for info in archive.infolist()}
            if len(names) > _MOST_ENTRIES:
                raise ImportFault(f"the file holds {len(names):,} parts; no Word file does: {_SAVE_AGAIN}")
            if _DOCUMENT not in names:
                kind = "an OpenDocument file" if "content.xml" in names else "a zip file, but no Word file"
                raise ImportFault(f"this is {kind}; save the article as Word (.docx), HTML or text")
            document = _part(archive, names[_DOCUMENT])
            styles = _part(archive, names[_STYLES]) if _STYLES in names else b""
    except zipfile.BadZipFile:
        raise ImportFault(f"this is no Word file (.docx), or it is damaged; {_SAVE_AGAIN}") from None
    except (RuntimeError, NotImplementedError):
        raise ImportFault("the file is encrypted or packed in an unusual way; save it without a password") from None
    except (zlib.error, EOFError, OSError, ValueError):
        raise ImportFault(f"the file is damaged; {_SAVE_AGAIN}") from None
    notes = ["its macros were not read"] if any(part.endswith("vbaProject.bin") for part in names) else []
    reader = _Document(_read_styles(styles) if styles else {})
    _parse(document, reader.start, reader.end, reader.characters)
    if reader.linked:
        notes.append("what it links to or embeds was not opened")
    blocks = tuple(reader.blocks)
    if not blocks:
        raise ImportFault("the file holds no text")
    marked = sum(block.kind == "heading" for block in blocks) > 1
    return Article(name, blocks, marked, unit="paragraph", notes=tuple(notes))


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack a part; what a file says about its own size is not trusted."""
    with archive.open(info) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ImportFault(
            f"'{info.filename}' in the file unpacks to more than {LARGEST_PART:,} bytes; import it in parts"
        )
    return data


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters

    def refuse(*_: object) -> None:
        raise ImportFault(f"the file declares entities, which no Word file does; {_SAVE_AGAIN}")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise ImportFault(f"the file is damaged; {_SAVE_AGAIN}") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _value(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if _local(name) == "val"), "")


def _on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in ("0", "false", "off")


@dataclass
class _Style:
    name: str = ""
    based_on: str = ""
    level: int = -1
    list: bool = False


def _read_styles(data: bytes) -> dict[str, _Style]:
    """Return the styles by id; Word names built-in styles in English in every language."""
    styles: dict[str, _Style] = {}
    current = [_Style()]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "style":
            id = next((value for key, value in attributes.items() if _local(key) == "styleId"), "")
            current[0] = styles.setdefault(id, _Style())
        elif tag == "name":
            current[0].name = _value(attributes).lower()
        elif tag == "basedOn":
            current[0].based_on = _value(attributes)
        elif tag == "outlineLvl" and _value(attributes).isdecimal():
            current[0].level = int(_value(attributes)[:2])
        elif tag == "numPr":
            current[0].list = True

    _parse(data, start, lambda _: None, lambda _: None)
    return styles


class _Document:
    """Gathers the paragraphs of a document while its elements open and close."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self.blocks: list[Block] = []
        self.linked = False
        self._styles = styles
        self._number = 0
        self._open: list[list[str]] = []
        """The words of each paragraph that is open: text boxes hold paragraphs inside a paragraph."""
        self._kinds: list[tuple[BlockKind, int]] = []
        self._bold: list[bool] = []
        self._run_bold = False
        self._in_text = False
        self._hidden = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag in ("del", "moveFrom", "instrText", "Fallback", "footnoteReference", "endnoteReference"):
            self._hidden += 1
        elif tag == "p":
            self._number += 1
            self._open.append([])
            self._kinds.append(("paragraph", 0))
            self._bold.append(True)
        elif not self._open:
            return
        elif tag == "pStyle":
            self._kinds[-1] = self._kind_of(_value(attributes))
        elif tag == "outlineLvl" and _value(attributes) in set("012345678"):
            self._kinds[-1] = ("heading", int(_value(attributes)) + 1)
        elif tag == "ilvl" and self._kinds[-1][0] in ("paragraph", "item"):
            level = _value(attributes)
            self._kinds[-1] = ("item", min(int(level), 8) + 1 if level.isdecimal() and len(level) < 3 else 1)
        elif tag == "numPr" and self._kinds[-1][0] == "paragraph":
            self._kinds[-1] = ("item", 1)
        elif tag == "r":
            self._run_bold = False
        elif tag == "b":
            self._run_bold = _on(attributes)
        elif tag == "t":
            self._in_text = True
        elif tag in ("tab", "br", "cr"):
            self._open[-1].append(" ")
        elif tag == "noBreakHyphen":
            self._open[-1].append("-")
        elif tag in ("hyperlink", "drawing", "object", "pict", "altChunk"):
            self.linked = True

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag in ("del", "moveFrom", "instrText", "Fallback", "footnoteReference", "endnoteReference"):
            self._hidden -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p" and self._open:
            text = " ".join(INVISIBLE.sub("", "".join(self._open.pop())).split())
            kind, level = self._kinds.pop()
            strong = self._bold.pop()
            if text:
                self.blocks.append(Block(kind, text, self._number, level, strong and kind == "paragraph"))

    def characters(self, text: str) -> None:
        if self._in_text and self._open and not self._hidden:
            self._open[-1].append(text)
            if text.strip():
                self._bold[-1] &= self._run_bold

    def _kind_of(self, id: str) -> tuple[BlockKind, int]:
        """Return what a style makes of a paragraph; a style takes after the one it is based on."""
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(id)
            name = style.name if style else re.sub(r"(\d)", r" \1", id.lower())
            if heading := _HEADING.match(name):
                return "heading", int(heading[1])
            if _NAMED.get(name) == _TITLE:
                return "heading", 0
            if name in _NAMED:
                return ("quote", 0) if _NAMED[name] == _QUOTE else ("code", 0)
            if style and 0 <= style.level <= 8:
                return "heading", style.level + 1
            if deep := _LIST.match(name):
                return "item", int(deep[1] or 1)
            if style and style.list:
                return "item", 1
            if not style or not style.based_on:
                break
            id = style.based_on
        return "paragraph", 0
