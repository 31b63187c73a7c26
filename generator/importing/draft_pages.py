"""Drafts of lessons and checklists."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importing.blocks import Block
from generator.importing.language import Language
from generator.importing.names import Ids, title_of
from generator.importing.outline import Entry
from generator.importing.sources import Sentence, Sources
from generator.importing.structure import Piece, Portion, Section
from generator.importing.writing import comment, plain, value

_WORDS_A_MINUTE = 200
"""Reading speed for a text one wants to understand; adults read 175 to 300 words a minute (Brysbaert 2019)."""
_MINUTES_TO_DO = 5
_MOST_QUOTED = 24_000
"""Bytes of the article that a lesson quotes; a content file has at most 50,000."""
MOST_ITEMS = 40
_MOST_KEY_POINTS = 5
_LONGEST_ITEM = 600


class Pages:
    """Writes the drafts of one article."""

    def __init__(self, article: str, unit: str, language: Language) -> None:
        """Begin.

        Args:
            article: the name of its file.
            unit: what its places count: "line" or "paragraph".
            language: the language it is written in.
        """
        self._article = article
        self._unit = unit
        self._language = language

    def place(self, line: int) -> str:
        """Return a place of the article in words: 'article.txt, line 12'."""
        return f"{self._article}, {self._language.phrases[self._unit]} {line}"

    def lesson(self, section: Section, stage: str, found: dict[str, Sources], preface: Sequence[Block] = ()) -> str:
        """Return the draft of a lesson.

        Args:
            section: the section of the article.
            stage: the stage it belongs to.
            found: what was found in each portion, by its heading.
            preface: the text before the first section, which stands in the first lesson.
        """
        says = self._language.says
        words = sum(len(block.text.split()) for portion in section.portions for block in portion.blocks)
        covers, parts = self._covers(section)
        lines = [
            "---",
            f"title: {value(section.title)}",
            "draft: true",
            comment(self.place(section.line)),
            f"stage: {stage}",
            f"minutes: {min(1440, _MINUTES_TO_DO + -(-words // _WORDS_A_MINUTE))}",
            f"objective: {value(says('objective', heading=section.title))}",
            "key_points:",
            *(f"  - {value(point)}" for point in self._key_points(section, found)),
            "covers:",
            *(f"  {value(heading)}: {value(part)}" for heading, part in covers),
            "---",
        ]
        budget = [_MOST_QUOTED]
        if section.parts or preface:
            lines += [plain(says("opening")), "", *self._quoted(preface, budget)]
        if section.parts:
            lines += self._quoted(section.pieces, budget)
            lines += self._questions(found[section.heading].questions)
        for portion in parts:
            lines += [f"## {plain(portion.title)} {{#{portion.id}}}", ""]
            quoted = self._quoted(portion.pieces, budget)
            lines += quoted or [plain(says("nothing")), ""]
            lines += self._questions(found[portion.heading].questions)
        lines += ["### Reflect", "", f"- {plain(says('reflect', heading=section.title))}", ""]
        return "\n".join(lines)

    def _covers(self, section: Section) -> tuple[list[tuple[str, str]], list[Portion]]:
        """Return which part covers which heading; a section without subsections is one part."""
        if section.parts:
            own = [(section.heading, "opening")]
            return own + [(part.heading, part.id) for part in section.parts], section.parts
        only = Portion(section.heading, section.title, Ids("part").give(section.title), section.line, section.pieces)
        return [(only.heading, only.id)], [only]

    def _key_points(self, section: Section, found: dict[str, Sources]) -> list[str]:
        firsts = [found[portion.heading].first for portion in (section.parts or [section])]
        points = [self._language.says("key_point", sentence=first.text) for first in firsts if first is not None]
        return points[:_MOST_KEY_POINTS] or [self._language.says("key_point_empty")]

    def _quoted(self, pieces: Sequence[Piece], budget: list[int]) -> list[str]:
        """Return the article's own words as a quotation, for the author to put in new ones."""
        if not pieces:
            return []
        head = self._language.says("from_article", place=self.place(pieces[0].line))
        lines = [f"> *{plain(head)}:*"]
        in_list = False
        for piece in pieces:
            line = _quoted_line(piece)
            budget[0] -= len(line.encode())
            if budget[0] < 0:
                lines += [">", f"> *{plain(self._language.says('goes_on', place=self.place(pieces[-1].line)))}*"]
                break
            item = isinstance(piece, Block) and piece.kind == "item"
            if not (item and in_list):
                lines.append(">")
            lines.append(f"> {line}")
            in_list = item
        return [*lines, ""]

    def _questions(self, questions: Sequence[Sentence]) -> list[str]:
        if not questions:
            return []
        title = self._language.says("talking_points", place=self.place(questions[0].line)).replace('"', "'")
        return [f'!!! example "{title}"', *(f"    - {plain(question.text)}" for question in questions), ""]

    def checklist(
        self, section: Section, groups: Sequence[tuple[Portion, Sequence[Sentence]]], messages: dict[str, str]
    ) -> str:
        """Return the draft of a checklist.

        Args:
            section: the section it belongs to.
            groups: the portions that tell the reader to do something, each with its sentences.
            messages: the id of the message that a sentence asks for, by the sentence.
        """
        says = self._language.says
        count = sum(len(sentences) for _, sentences in groups)
        lines = [
            "---",
            f"title: {value(says('checklist_title', heading=section.title))}",
            "draft: true",
            f"when: {value(says('checklist_when'))}",
            f"minutes: {min(count, MOST_ITEMS) * 5}",
            f"lesson: {value(section.id)}",
            "situation: practice",
            "---",
            "",
        ]
        if count > MOST_ITEMS:
            lines += [plain(says("more_items", count=count - MOST_ITEMS)), ""]
        ids = Ids("item")
        room = MOST_ITEMS
        for portion, sentences in groups:
            if room <= 0:
                break
            lines += [f"## {plain(portion.title)}", ""]
            for sentence in sentences[:room]:
                text = sentence.text if len(sentence.text) <= _LONGEST_ITEM else sentence.text[:_LONGEST_ITEM] + "..."
                words = plain(text)
                if sentence.text in messages:
                    words = f"[{words}](../messages/{messages[sentence.text]}.md)"
                lines.append(f"- [ ] {words} {{#{ids.give(' '.join(text.split()[:5]))}}}")
                lines.append(f"      {plain(says('item_from', place=self.place(sentence.line)))}")
            lines.append("")
            room -= len(sentences)
        return "\n".join(lines)


def _quoted_line(piece: Piece) -> str:
    if isinstance(piece, Entry):
        return f"**{plain(title_of(piece.text))}**"
    text = plain(piece.text)
    return f"{'  ' * (min(piece.level, 3) - 1)}- {text}" if piece.kind == "item" else text
