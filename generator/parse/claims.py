"""Reads claims.yml: what is often said about the subject and not supported, with an honest wording for each."""

from __future__ import annotations

from generator.diagnostics import Log
from generator.model import Claim, Claims
from generator.schema import ListOf, Record, TextValue

_CLAIM = Record(
    {
        "says": TextValue("Follow up within 24 hours", meaning="What is often said."),
        "honest": TextValue("Write while they still remember you.", meaning="What can be said instead."),
        "why": TextValue("Nobody has tested how many hours to wait.", meaning="Why the claim does not hold."),
        "cites": ListOf(TextValue("edwards2002"), meaning="Studies it rests on: keys of references.yml."),
    },
    optional=frozenset({"cites"}),
)
CLAIMS = Record(
    {
        "title": TextValue("What advice gets wrong", meaning="The title of the page."),
        "intro": TextValue("You will hear these.", meaning="What stands above the claims."),
        "claims": ListOf(_CLAIM, meaning="The claims, in the order of the page."),
    },
    meaning="What is often said about the subject and not supported.",
)


def read_claims(path: str, text: str, log: Log) -> Claims | None:
    """Read claims.yml; None when what is wrong with it leaves nothing to work with."""
    values = CLAIMS.read_file(path, text, log)
    if not values.complete:
        return None
    claims = (
        Claim(claim["says"], claim["honest"], claim["why"], claim.entries("cites"))
        for claim in values["claims"]
        if claim.complete
    )
    return Claims(values["title"], values["intro"], tuple(claims))
