"""The messages as a package for espanso, a free text expander.

Source of the format: espanso.org, "Package Specification" and "Forms" (version 2), and what espanso's own code does
with marks in a text. A message that has blanks asks for them in one small form, by their labels; the text itself stands
apart from the form ("verbose syntax"), so no word of an author is taken for part of it.

Pieces that can be left out: a form of espanso can offer choices, but none that hold other fields, and it cannot close
the gap that a piece leaves. So a message with such pieces has two triggers: one for the whole text and one, ending in
`.short:`, for the text without them. Both read as the page shows them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.edition import edition_date
from generator.export.archive import zip_archive
from generator.export.expanders import Snippet, snippets, trigger
from generator.message_text import fill
from generator.model import Guide
from generator.texts import MessageText, Optionally
from generator.words import Words

_CURSOR = re.compile(r"\$(?=\|\$)")


# PyYAML's dumper in C writes the same in a third of the time; it comes with all usual installations.
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Readable(_Dumper):  # type: ignore[misc]  # either is a SafeDumper
    """Writes texts of several lines as blocks, which people can read and change."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else None)


_Readable.add_representer(str, _text)
_Readable.add_multi_representer(str, _text)


def espanso_package(guide: Guide, site_url: str) -> bytes:
    """Return the package as a zip archive that holds one folder.

    Args:
        guide: a guide without errors.
        site_url: the site's address with a slash at its end, "" when it is not known.
    """
    name = guide.settings.id
    matches = [match for one in snippets(guide) for match in _matches(one, guide.words)]
    files = {
        "_manifest.yml": _yaml(_manifest(guide, site_url)),
        "package.yml": _yaml({"matches": matches}),
        "README.md": _readme(guide, matches),
    }
    return zip_archive({f"{name}/{path}": text.encode() for path, text in files.items()})


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=1_000_000)


def _manifest(guide: Guide, site_url: str) -> dict[str, str]:
    settings = guide.settings
    day = edition_date(settings.edition)
    number = day.day if day and len(settings.edition) > 7 else 0
    manifest = {
        "name": settings.id,
        "title": settings.title,
        "description": settings.description,
        # A newer edition has a higher number, by which espanso knows it.
        "version": f"{day.year}.{day.month}.{number}" if day else "1.0.0",
        "author": settings.title,
    }
    return {**manifest, "homepage": site_url} if site_url else manifest


def _matches(one: Snippet, words: Words) -> list[dict[str, Any]]:
    variant = one.variant
    found = [_match(one, "", one.title, fill(variant.body, _slots(variant.body)), variant.body)]
    if any(isinstance(piece, Optionally) for piece in variant.body.pieces):
        short = fill(variant.body, _slots(variant.body), keep=lambda _: False)
        found.append(_match(one, ".short", words("expander.short", title=one.title), short, variant.body))
    if variant.subject:
        subject = fill(variant.subject, _slots(variant.subject))
        label = words("expander.subject", title=one.title)
        found.append(_match(one, ".subject", label, subject, variant.subject))
    return found


def _slots(text: MessageText) -> dict[str, str]:
    return {name: f"{{{{form1.{name}}}}}" for name in text.fields}


def _match(one: Snippet, ending: str, label: str, replace: str, text: MessageText) -> dict[str, Any]:
    """Return one trigger with its text, and with a form for the blanks that are in it."""
    asked = [name for name in text.fields if f"{{{{form1.{name}}}}}" in replace]
    match: dict[str, Any] = {
        "trigger": trigger(one.name + ending),
        "label": label,
        "replace": _CURSOR.sub("$$|$", replace),
    }
    if asked:
        layout = "\n".join(f"{_caption(one.labels[name])}: [[{name}]]" for name in asked)
        # Empty and of one line: that is what a field of a form is when nothing else is said.
        match["vars"] = [{"name": "form1", "type": "form", "params": {"layout": layout}}]
    return match


def _caption(label: str) -> str:
    """Return a label in which a form sees no field: doubled brackets and braces are drawn apart."""
    return re.sub(r"([\[\]{}])(?=\1)", r"\1 ", label)


def _readme(guide: Guide, matches: list[dict[str, Any]]) -> str:
    settings = guide.settings
    words = guide.words
    install = (
        f"1. {words('expander.install_folder')}",
        f"2. {words('expander.install_put', folder=settings.id)}",
        f"3. {words('expander.install_restart')}",
    )
    use = (words("expander.use"), words("expander.use_short"), words("expander.use_subject"))
    blocks = (
        f"# {_words(settings.title)}",
        _words(settings.description),
        words("expander.edition", edition=_words(settings.edition)),
        f"## {words('expander.install')}",
        "\n".join(install),
        f"## {words('expander.triggers')}",
        "\n".join(use),
        "\n".join(f"- `{match['trigger']}` {_words(match['label'])}" for match in matches),
    )
    return "\n\n".join(blocks) + "\n"


def _words(text: str) -> str:
    """Return text as Markdown that reads as exactly this text."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", text)
