"""Reads claims.yml: what is often said about the subject and not supported, with an honest wording for each."""

from __future__ import annotations

from generator.diagnostics import Log
from generator.model import Claim, Claims
from generator.schema import ListOf, Record, TextValue

_CLAIM = Record(
    {
        "says": TextValue("Follow up within 24 hours"),
        "honest": TextValue("Write while they still remember you."),
        "why": TextValue("Nobody has tested how many hours to wait."),
        "cites": ListOf(TextValue("edwards2002")),
    },
    optional=frozenset({"cites"}),
)
CLAIMS = Record(
    {"title": TextValue("What advice gets wrong"), "intro": TextValue("You will hear these."), "claims": ListOf(_CLAIM)}
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
