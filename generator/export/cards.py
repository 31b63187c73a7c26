"""The messages of a lesson as cards: a handout of two pages, one sheet of paper printed on both sides."""

from __future__ import annotations

from math import ceil
from typing import Any

from generator.export.message_data import message_data
from generator.export.paper import about, address
from generator.message_text import fill
from generator.model import Guide, Lesson, Message, Variant

PAGES = 2


def cards_data(guide: Guide, lesson: Lesson, site_url: str) -> dict[str, Any]:
    """Return what the template `cards.typ` lays out.

    Which variants go on the cards is decided by rank. Rank 0 is the author's first variant; then comes the shortest of
    each other channel, shortest first; then what is left, shortest first. As short counts the text as printed, with
    its examples; the author's order decides between equals. The template takes all variants where two pages hold
    them, else the first two of every message, else the first one; then the cards take the next ones in turn wherever
    their column has room. On a card they stand in the author's order. A lesson's only message has a card on both
    pages, which share its variants.

    Args:
        guide: a guide without errors.
        lesson: a lesson with messages.
        site_url: the site's address with a slash at its end, "" when it is not known.
    """
    cards = [_card(guide, message, site_url) for message in guide.messages_of(lesson.id)]
    return {
        "guide": about(guide),
        "lesson": {
            "title": lesson.title,
            "label": guide.words("lesson.number", number=guide.lessons.index(lesson) + 1),
            "address": address(site_url, f"lessons/{lesson.id}.md"),
        },
        "cards": _halves(cards[0]) if len(cards) == 1 else cards,
    }


def _card(guide: Guide, message: Message, site_url: str) -> dict[str, Any]:
    card = message_data(guide, message)
    ranks = variant_ranks(guide, message)
    return {
        **card,
        "variants": [{**variant, "rank": rank} for variant, rank in zip(card["variants"], ranks, strict=True)],
        "continued": False,
        "address": address(site_url, f"messages/{message.id}.md"),
    }


def variant_ranks(guide: Guide, message: Message) -> list[int]:
    """Return for each variant how many go on a card before it; `cards_data` states the rule."""
    examples = {field.id: field.example for field in guide.fields_of(message)}

    def length(variant: Variant) -> int:
        return sum(len(fill(text, examples)) for text in (variant.subject, variant.body) if text)

    first, *others = message.variants
    shown = {first.channel}
    of_new_channels: list[Variant] = []
    left: list[Variant] = []
    for variant in sorted(others, key=length):
        (left if variant.channel in shown else of_new_channels).append(variant)
        shown.add(variant.channel)
    order = [first, *of_new_channels, *left]
    return [order.index(variant) for variant in message.variants]


def _halves(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a card as two; the second may be all room to write."""
    variants = card["variants"]
    middle = ceil(len(variants) / PAGES)
    return [
        {**card, "variants": _ranked_anew(variants[:middle])},
        {**card, "variants": _ranked_anew(variants[middle:]), "continued": True},
    ]


def _ranked_anew(variants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ranks = sorted(variant["rank"] for variant in variants)
    return [{**variant, "rank": ranks.index(variant["rank"])} for variant in variants]
