"""Opens an article and hands it to the reader of its format."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from generator.importing.blocks import Article, Block, ImportFault
from generator.importing.decoding import text_of
from generator.importing.read_html import read_html
from generator.importing.read_markdown import read_markdown
from generator.importing.read_word import read_word
from generator.names import INVISIBLE

LARGEST_TEXT = 1_000_000
"""Bytes in an article; a novel has about 600,000."""
LARGEST_WORD = 30_000_000
"""Bytes in a Word file, pictures included; how much is unpacked has a limit of its own in `read_word.py`."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_WORD = (".docx", ".docm", ".dotx")


def read_article(path: Path) -> Article:
    """Read an article from a file.

    Args:
        path: a file of plain text, Markdown, HTML or Word; which of them tells its ending, or else its first bytes.

    Raises:
        ImportFault: it cannot be read, is too large, or holds no text.
    """
    data = _bytes_of(path)
    suffix = path.suffix.lower()
    if suffix in _WORD or (data.startswith(b"PK\x03\x04") and suffix not in (".zip", ".odt", ".epub", ".pages")):
        article = read_word(path.name, data)
        size = sum(len(block.text) for block in article.blocks)
        if size > LARGEST_TEXT:
            raise ImportFault(
                f"the file holds {size:,} characters of text; at most {LARGEST_TEXT:,}: import it in parts"
            )
        return article
    if len(data) > LARGEST_TEXT:
        raise ImportFault(_too_large(len(data), LARGEST_TEXT))
    text, note = text_of(data)
    notes = (note,) if note else ()
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(text[:2000]):
        blocks = read_html(text)
    elif suffix in _MARKDOWN:
        blocks = read_markdown(text)
    else:
        lines = tuple(text.split("\n"))
        return Article(path.name, (), marked=False, lines=lines, notes=notes)
    # Once more behind the decoding: a reference such as &#8203; stands for an invisible character too.
    blocks = tuple(replace(block, text=INVISIBLE.sub("", block.text)) for block in blocks)
    blocks = tuple(block for block in blocks if block.text.strip())
    if not blocks:
        raise ImportFault("the file holds no text that a reader would see")
    return Article(path.name, blocks, has_marks(blocks), notes=notes)


def has_marks(blocks: tuple[Block, ...]) -> bool:
    """Tell whether a file marks its headings: a title alone does not tell the parts of an article apart."""
    return sum(block.kind == "heading" for block in blocks) > 1


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImportFault("this is a folder; name the file of the article")
        if not path.exists():
            raise ImportFault("there is no such file")
        if not path.is_file():
            raise ImportFault("this is no ordinary file; name the file of the article")
        size = path.stat().st_size
        if size > LARGEST_WORD:
            raise ImportFault(_too_large(size, LARGEST_WORD))
        # One byte more than allowed: a file that grows while it is read is noticed too.
        with path.open("rb") as file:
            return file.read(LARGEST_WORD + 1)
    except OSError as fault:
        raise ImportFault(f"the file cannot be read: {fault.strerror or fault}") from None
    except RuntimeError:  # a link that leads to itself, before Python 3.13
        raise ImportFault("this is a link that leads nowhere; name the file itself") from None


def _too_large(size: int, largest: int) -> str:
    return f"the file has {size:,} bytes; at most {largest:,}: import it in parts"
