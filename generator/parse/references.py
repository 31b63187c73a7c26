"""Reads references.yml: the studies that lessons cite."""

from __future__ import annotations

import re

from generator.diagnostics import Log, quote
from generator.model import Reference
from generator.schema import MapOf, Record, TextValue, WholeNumber
from generator.values import Values
from generator.words import Words, english
from generator.yaml_nodes import Text

REFERENCE_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
_DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+\Z")
"""The form that the DOI Handbook gives for nearly all DOIs."""
REFERENCE = Record(
    {
        "authors": TextValue(
            "Phil Edwards, Ian Roberts and others",
            meaning="Who wrote it; an institution with its short name in brackets.",
        ),
        "year": WholeNumber(1500, 2999, meaning="The year it appeared."),
        "title": TextValue("Increasing response rates", meaning="What it is called."),
        "where": TextValue("BMJ 324, 1183", meaning="Journal, volume and page, or the publisher."),
        "doi": TextValue("10.1136/bmj.324.7347.1183", meaning="Its DOI, without an address before it.", pattern=_DOI),
        "kind": TextValue("review of trials", meaning="What kind of study it is."),
        "finding": TextValue("What was found.", meaning="What was found."),
        "limit": TextValue("What it does not show.", meaning="What it does not show."),
    },
    optional=frozenset({"doi", "where"}),
)
REFERENCES = MapOf(
    REFERENCE,
    "edwards2002: {authors: ..., year: 2002, ...}",
    meaning="The studies that lessons cite, by the key that stands behind '@' in a citation.",
    names=REFERENCE_KEY,
)


def read_references(path: str, text: str, log: Log, words: Words | None = None) -> dict[str, Reference]:
    """Read references.yml; all studies it names, by key, in the order written.

    Args:
        path: the file, for diagnostics.
        text: what stands in it.
        log: takes what is wrong.
        words: those of the guide's language, for the short names of studies; English when not given.
    """
    declared: dict[Text, Values] = REFERENCES.read_file(path, text, log) or {}
    references: dict[str, Reference] = {}
    for key, values in declared.items():
        if not REFERENCE_KEY.match(key):
            message = f"{quote(key)} is no key; expected lower-case letters, digits and hyphens, like 'edwards2002'"
            log.error(key.place, "bad-id", message)
        doi = values.text("doi")
        if doi and not _DOI.match(doi):
            bare = _DOI.search(doi)
            example = bare[0] if bare else "10.1136/bmj.324.7347.1183"
            message = f"{quote(doi)} is no DOI; expected its bare form, like: {example}"
            log.error(values.place_of("doi"), "bad-doi", message)
        references[str(key)] = Reference(
            str(key),
            values.text("authors"),
            values.number("year"),
            values.text("title"),
            values.text("where"),
            doi,
            values.text("kind"),
            values.text("finding"),
            values.text("limit"),
            _short(values.text("authors"), words or english()),
            key.place,
        )
    return references


def _short(authors: str, words: Words) -> str:
    """Return authors as they stand in a citation: 'Boothby and others', 'Epley and Schroeder', 'Burt', 'IAB'.

    An institution is cited by the short name it gives in brackets. Between the last two authors may stand "and" in
    English or in the guide's language; so may "others" behind them.
    """
    if authors.endswith(")") and "(" in authors:
        return authors[authors.rindex("(") + 1 : -1]
    ands = "|".join(re.escape(word) for word in dict.fromkeys(("and", words("format.and"))))
    names = [name.strip() for name in re.split(rf",|\s(?:{ands})\s", authors) if name.strip()]
    last = [name.removesuffix(" Jr.").split()[-1] for name in names]
    if len(names) > 2 or {"others", words("format.others")} & {*last}:
        return words("cite.others", name=last[0])
    return words("cite.two", first=last[0], last=last[1]) if len(last) == 2 else "".join(last)
