"""Reads references.yml: the studies that lessons cite."""

from __future__ import annotations

import re

from generator.diagnostics import Log, Place, quote
from generator.model import Reference
from generator.schema import MapOf, Record, TextValue, WholeNumber
from generator.yaml_nodes import read_yaml

REFERENCE = Record(
    {
        "authors": TextValue("Phil Edwards, Ian Roberts and others"),
        "year": WholeNumber(1500, 2999),
        "title": TextValue("Increasing response rates"),
        "where": TextValue("BMJ 324, 1183"),
        "doi": TextValue("10.1136/bmj.324.7347.1183"),
        "kind": TextValue("review of trials"),
        "finding": TextValue("What was found."),
        "limit": TextValue("What it does not show."),
    },
    optional=frozenset({"doi", "where"}),
)
REFERENCES = MapOf(REFERENCE, "edwards2002: {authors: ..., year: 2002, ...}")
_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
_DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+\Z")
"""The form that the DOI Handbook gives for nearly all DOIs."""


def read_references(path: str, text: str, log: Log) -> dict[str, Reference]:
    """Read references.yml; the studies that are right, by key, in the order written."""
    node = read_yaml(text, Place(path), log)
    declared = REFERENCES.read(node, "references.yml", log) if node is not None else None
    references: dict[str, Reference] = {}
    for key, values in (declared or {}).items():
        if not _KEY.match(key):
            log.error(
                key.place,
                "bad-id",
                f"{quote(key)} is no key; expected lower-case letters and digits, like 'edwards2002'",
            )
        elif values.complete:
            doi = values.get("doi", "")
            if doi and not _DOI.match(doi):
                log.error(
                    values.place_of("doi"),
                    "bad-doi",
                    f"{quote(doi)} is no DOI; expected its bare form, like: 10.1136/bmj.324",
                )
                continue
            references[str(key)] = Reference(
                str(key),
                values["authors"],
                values["year"],
                values["title"],
                values.get("where", ""),
                doi,
                values["kind"],
                values["finding"],
                values["limit"],
                key.place,
            )
    return references
