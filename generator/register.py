"""The register of published addresses: a page or an item that once was there does not vanish in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.check_links import nearest_page
from generator.diagnostics import RENAMED, Log, quote
from generator.links import page_url, relative_url
from generator.model import Guide
from generator.names import INDEX, SLUG, no_file_name
from generator.parse import REGISTER_FILE
from generator.schema import ListOf, MapOf, Record, TextValue
from generator.words import Words
from generator.yaml_nodes import Text

_HEAD = """\
# Every page and checklist item that was ever published. `python -m generator register` adds new ones below.
# One that goes away moves to `renamed` (its readers are sent on, its ticks go along) or to `retired` (with the reason).
"""
_MARK = "published:\n"
_ID = SLUG.pattern.removesuffix(r"\Z")
_ADDRESS = re.compile(rf"(?:lessons|messages|paths|checklists)/{_ID}(?:#{_ID})?\Z")
REGISTER = Record(
    {
        "renamed": MapOf(
            TextValue("messages/thank-after-meeting"),
            "messages/old: messages/new",
            meaning="Old addresses, each with its new one: readers are sent on.",
        ),
        "retired": MapOf(
            TextValue("The offer it was about has ended."),
            "messages/old: why it is gone",
            meaning="Addresses that are gone, each with the reason.",
        ),
        "published": ListOf(
            TextValue("lessons/build-connections"),
            at_least=0,
            meaning="Every page and item that was ever published; 'register' keeps this list.",
        ),
    },
    meaning="The register of published addresses.",
    optional=frozenset({"renamed", "retired"}),
)


@dataclass(frozen=True, slots=True)
class Register:
    """What was published: addresses like 'lessons/x' and 'checklists/x#item'."""

    renamed: dict[Text, Text]
    retired: dict[Text, Text]
    published: tuple[Text, ...]


def addresses_of(guide: Guide) -> tuple[str, ...]:
    """Return the address of every page with an id and of every checklist item, sorted."""
    found = [f"lessons/{lesson.id}" for lesson in guide.lessons]
    found += [f"messages/{message.id}" for message in guide.messages]
    found += [f"paths/{path.id}" for path in guide.settings.paths]
    for checklist in guide.checklists:
        found.append(f"checklists/{checklist.id}")
        found += [f"checklists/{checklist.id}#{item.id}" for item in checklist.items]
    return tuple(sorted(found))


def _ids_in(address: str) -> list[str]:
    return address.partition("/")[2].split("#")


def read_register(path: str, text: str, log: Log) -> Register | None:
    """Read published.yml; None when what is wrong with it leaves nothing to work with."""
    values = REGISTER.read_file(path, text, log)
    if not values.complete:
        return None
    renamed = values.get("renamed", {})
    for address in (*values["published"], *renamed, *renamed.values(), *values.get("retired", {})):
        # Readers of an old address are sent on by a page that is written there.
        if not _ADDRESS.match(address) or address.endswith(f"/{INDEX}") or any(map(no_file_name, _ids_in(address))):
            message = f"{quote(address)} is no address of a page or item; expected one like 'lessons/build-connections'"
            log.error(address.place, "bad-id", message)
    return Register(values.get("renamed", {}), values.get("retired", {}), values["published"])


def check_register(guide: Guide, register: Register, log: Log, left_out: Iterable[str] = ()) -> None:
    """Note every published address that is gone without a word, and every word about one that is still there.

    Args:
        guide: the guide as its readers see it.
        register: what was published.
        log: takes what is wrong.
        left_out: pages that are there, as 'lessons/x', and that drafts keep from readers.
    """
    drafts = set(left_out)
    here = set(addresses_of(guide))
    for address in register.published:
        if address not in here and address not in register.renamed and address not in register.retired:
            page = address.partition("#")[0]
            if page != address and page not in here:
                continue  # the page's own line says it
            if address in drafts:
                message = (
                    f"'{address}' was published and is left out as a draft now, so its readers would find nothing; "
                    "finish it, or list it under 'renamed' or 'retired'"
                )
                log.error(address.place, "vanished", message)
                continue
            log.error(
                address.place,
                "vanished",
                f"'{address}' was published and is gone; list it under 'renamed' (with its new address) "
                f"or 'retired' (with the reason){_near(address, here)}",
            )
    for kind, moved in (("renamed", register.renamed), ("retired", register.retired)):
        for old in moved:
            if old in here:
                log.error(
                    old.place, "still-there", f"'{old}' is listed as {kind}, but it is still there; remove the line"
                )
    for old, new in register.renamed.items():
        if new not in here:
            log.error(
                new.place, "unknown-address", f"'{old}' is renamed to '{new}', which is not there{_near(new, here)}"
            )


def _near(address: str, here: set[str]) -> str:
    meant = nearest_page(address, here, RENAMED)
    return f"; did you mean '{meant}'?" if meant else ""


def updated(text: str, guide: Guide) -> str:
    """Return published.yml with the addresses of the guide added; everything an author wrote in it stays.

    Args:
        text: the file as it is, "" when there is none.
        guide: a guide without errors.
    """
    head, mark, _ = (
        text.partition(_MARK) if _MARK in text else (text or f"{_HEAD}renamed: {{}}\nretired: {{}}\n", "", "")
    )
    old = read_register(REGISTER_FILE, text, Log()) if mark else None
    every = sorted({*addresses_of(guide), *(old.published if old else ())})
    lines = "".join(f"  - {address}\n" for address in every)
    return f"{head}{_MARK}{lines}"


def redirects(register: Register, words: Words, directory_urls: bool = True) -> dict[str, str]:
    """Return a page for each address that moved, by its file in the site: it sends the reader on.

    A renamed page leads to its new address, a retired one to the index of its kind, in words of the guide's language.
    """
    pages = {}
    moved = {str(old): f"{new}.md" for old, new in register.renamed.items() if "#" not in old}
    moved |= {str(old): f"{old.partition('/')[0]}/index.md" for old in register.retired if "#" not in old}
    for old, target in moved.items():
        here = page_url(f"{old}.md", directory_urls)
        link = escape(relative_url(page_url(target, directory_urls), here))
        onward = Markup('<a href="{}">{}</a>').format(link, words("page.moved_link"))
        said = words("page.moved_to", link=onward)
        pages[f"{here}index.html" if directory_urls else here] = (
            f'<!doctype html>\n<html lang="{escape(words.language)}" dir="{words.direction}">\n<meta charset="utf-8">\n'
            f"<title>{escape(words('page.moved'))}</title>\n"
            f'<meta http-equiv="refresh" content="0; url={link}">\n<meta name="robots" content="noindex">\n'
            f'<link rel="canonical" href="{link}">\n<p>{said}</p>\n</html>\n'
        )
    return pages
