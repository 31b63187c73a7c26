"""How languages choose between the forms of a text by a whole number.

Source: Unicode CLDR, "Language Plural Rules", for whole numbers. A language file names its rule; browsers have all of
them (`Intl.PluralRules`), so the reader's scripts take the categories from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names for the forms."""


@dataclass(frozen=True, slots=True)
class PluralRule:
    """Which forms there are, and which of them a number takes."""

    forms: tuple[str, ...]
    form_of: Callable[[int], str]


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _polish(n: int) -> str:
    return "one" if n == 1 else "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


PLURAL_RULES: Mapping[str, PluralRule] = {
    "one-is-1": PluralRule(("one", "other"), lambda n: "one" if n == 1 else "other"),
    "one-is-0-or-1": PluralRule(("one", "other"), lambda n: "one" if n < 2 else "other"),
    "no-forms": PluralRule(("other",), lambda _: "other"),
    "czech": PluralRule(("one", "few", "other"), lambda n: "one" if n == 1 else "few" if 2 <= n <= 4 else "other"),
    "polish": PluralRule(("one", "few", "many"), _polish),
    "slavic": PluralRule(("one", "few", "many"), _slavic),
    "arabic": PluralRule(CATEGORIES, _arabic),
}
"""The rules by the name that a language file calls them: English and German, French, Japanese, Czech, Polish, Russian
and Ukrainian, Arabic. Another one is an entry here."""
