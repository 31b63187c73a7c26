"""What a name may look like: ids of pages, parts and items, names of fields, and characters nobody can see."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from generator.diagnostics import quote

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_ID = 80
"""Characters in an id: it names files, to which endings are added, and most file systems take 255 bytes."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
"""Names that are devices to Windows in every folder, whatever their ending (Microsoft, "Naming Files, Paths")."""
INDEX = "index"
"""The page that lists the others of its folder: no page of an author can have its name."""
MANUAL = "manual/"
"""Where the authors' manual stands in the site: readers' navigation, search and offline copy go without it."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")
"""A language, perhaps with its script and its region: "de", "pt-BR", "zh-Hant-TW" (BCP 47 without its rarer forms).

Browsers refuse a tag that is none, and with it the whole script that hands it to `Intl`.
"""
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb"
    r"\ufffe\uffff\U000e0000-\U000e007f]"
    r"|[\ud800-\udfff]"
)
"""Control characters, line ends that only some programs see, marks that turn the direction of writing, letters that
show nothing (Hangul fillers, the empty Braille cell), the hidden alphabet U+E0000 to U+E007F, and what is no character.

The joiners U+200C and U+200D are no part of it: Persian words and some emoji are written with them. Nor are U+200E and
U+200F, which Hebrew and Arabic text with numbers needs, and which turn nothing but what stands beside them.
"""


def slug_of(text: str) -> str:
    """Return an id made of a text, "" when nothing in it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def no_file_name(id: str) -> str:
    """Return why an id cannot name a page or file, "" when it can."""
    if len(id) > LONGEST_ID:
        return f"{quote(id)} has {len(id)} characters; at most {LONGEST_ID}"
    if _DEVICE.match(id):
        return f"'{id}' is a device to Windows, where no file can have this name; choose another, like 'the-{id}'"
    return ""


def no_id(text: str) -> str:
    """Return the message that a text is no id, with the id it might have been."""
    name = PurePosixPath(text).stem if text.endswith(".md") else text
    example = slug_of(name)[:40].strip("-") or "write-first"
    return f"{quote(text)} is no id; expected lower-case letters, digits and single hyphens, like '{example}'"


def alphabetical(text: str) -> tuple[str, str]:
    """Return a key by which titles are put in order: accents and capitals decide only between titles alike."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return bare, text
