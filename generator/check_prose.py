"""Checks how a guide is written: plain words, short sentences, items that begin with a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check_links import prose_of
from generator.diagnostics import Log, Place, quote
from generator.markdown import plain_text
from generator.model import Checklist, Guide, Lesson, Message
from generator.parse.style import Exemption, Style
from generator.readability import grade, sentences, words
from generator.texts import Prose


class _Rules:
    """Notes what breaks a rule, unless an exemption covers it; remembers which exemptions were needed."""

    def __init__(self, style: Style, log: Log) -> None:
        self.style = style
        self.needed: set[Exemption] = set()
        self._log = log

    def broken(self, place: Place, rule: str, text: str, message: str) -> None:
        for exemption in self.style.exemptions:
            if exemption.rule == rule and place.path.endswith(f"/{exemption.file}") and exemption.text in text:
                self.needed.add(exemption)
                return
        self._log.error(place, rule, message)


def check_prose(guide: Guide, style: Style, log: Log) -> None:
    """Note everything that the style does not allow.

    Args:
        guide: a guide without errors.
        style: its rules.
        log: takes what breaks them, and exemptions that nothing needs any more.
    """
    rules = _Rules(style, log)
    for lesson in guide.lessons:
        # The formula was made for English: in another language its number would mean nothing.
        _check_lesson(lesson, rules, graded=guide.words.base == "en")
    for checklist in guide.checklists:
        _check_checklist(checklist, rules)
    patterns = [(phrase, re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)) for phrase in style.banned]
    for place, text in _texts(guide):
        for phrase, pattern in patterns:
            if pattern.search(text):
                rules.broken(
                    place, "banned-phrase", text, f"'{phrase}' says nothing here; say what you mean: {quote(text)}"
                )
    for exemption in set(style.exemptions) - rules.needed:
        log.warning(exemption.place, "unused-exception", "nothing needs this exception any more; remove it")


def lesson_text(lesson: Lesson) -> str:
    """Return the words of a lesson as a reader meets them: a heading or a list entry is a sentence of its own."""
    blocks: list[str] = []
    for title, sections in (("", lesson.opening), *((part.title, part.sections) for part in lesson.parts)):
        blocks.append(title)
        for section in sections:
            blocks.extend(text for _, text in _blocks(section.prose))
    return "\n".join(block if block.endswith((".", "?", "!", ":")) else f"{block}." for block in blocks if block)


def _blocks(prose: Prose) -> Iterator[tuple[Place, str]]:
    for token in prose.tokens:
        if token.type == "inline":
            line = token.map[0] if token.map else 0
            yield prose.place.moved(line), plain_text([token])


def _check_lesson(lesson: Lesson, rules: _Rules, *, graded: bool) -> None:
    text = lesson_text(lesson)
    level = grade(text)
    if graded and level > rules.style.grade:
        rules.broken(
            lesson.place,
            "hard-to-read",
            lesson.id,
            f"the lesson reads at grade {level:.1f}; at most {rules.style.grade}",
        )
    _check_range(len(words(text)), rules.style.lesson_words, lesson.place, "the lesson has {} words", lesson.id, rules)
    for prose in prose_of(lesson):
        for place, block in _blocks(prose):
            for sentence in sentences(block):
                count = len(words(sentence))
                if count > rules.style.sentence_words:
                    rules.broken(
                        place,
                        "long-sentence",
                        sentence,
                        f"a sentence of {count} words; at most {rules.style.sentence_words}: {quote(sentence)}",
                    )


def _check_checklist(checklist: Checklist, rules: _Rules) -> None:
    _check_range(
        len(checklist.items), rules.style.items, checklist.place, "the checklist has {} items", checklist.id, rules
    )
    for item in checklist.items:
        text = plain_text(item.text.tokens)
        first = next(iter(words(text)), "")
        if first.lower() not in rules.style.verbs:
            rules.broken(
                item.place,
                "no-verb",
                text,
                f"the item begins with '{first}', which 'verbs' of style.yml does not list; "
                f"begin with what to do: {quote(text)}",
            )
        if len(text) > rules.style.item_characters:
            rules.broken(
                item.place,
                "long-item",
                text,
                f"the item has {len(text)} characters; at most {rules.style.item_characters}: {quote(text)}",
            )


def _check_range(number: int, allowed: tuple[int, int], place: Place, what: str, name: str, rules: _Rules) -> None:
    least, most = allowed
    if not least <= number <= most:
        rules.broken(place, "wrong-length", name, f"{what.format(number)}; expected {least} to {most}")


def _texts(guide: Guide) -> Iterator[tuple[Place, str]]:
    """Iterate over all texts that readers see, with their places."""
    for lesson in guide.lessons:
        head = (lesson.title, lesson.objective, *lesson.key_points, *(part.title for part in lesson.parts))
        yield from ((getattr(text, "place", lesson.place), str(text)) for text in head)
        for prose in prose_of(lesson):
            yield from _blocks(prose)
    for checklist in guide.checklists:
        yield checklist.place, f"{checklist.title}. {checklist.when}"
        for item in checklist.items:
            yield item.place, plain_text(item.text.tokens)
            yield item.why.place, plain_text(item.why.tokens)
    for message in guide.messages:
        yield from _message_texts(message)


def _message_texts(message: Message) -> Iterator[tuple[Place, str]]:
    yield message.place, f"{message.title}. {message.when} {message.not_when}"
    for variant in message.variants:
        yield variant.place, f"{variant.subject.source if variant.subject else ''} {variant.body.source}"
