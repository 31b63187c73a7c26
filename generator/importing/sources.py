"""What the sentences of a portion give: things to do, questions to ask, messages to write, each with its line."""

from __future__ import annotations

from dataclasses import dataclass

from generator.importing.blocks import Block
from generator.importing.language import Language
from generator.importing.sentences import is_action, quoted_questions, situations, split_sentences
from generator.importing.structure import Portion


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article with its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What was found in a portion; `writing` maps starter messages to the sentence that asks for each."""

    actions: tuple[Sentence, ...]
    questions: tuple[Sentence, ...]
    writing: dict[str, Sentence]
    first: Sentence | None


def sources_of(portion: Portion, language: Language) -> Sources:
    """Return what the sentences of a portion give."""
    return sources_in(tuple(portion.blocks), language)


def sources_in(blocks: tuple[Block, ...], language: Language) -> Sources:
    """Return what the sentences of some text give; code and quotations tell the reader nothing to do."""
    actions: dict[str, Sentence] = {}
    questions: dict[str, Sentence] = {}
    writing: dict[str, Sentence] = {}
    first: Sentence | None = None
    for block in blocks:
        if block.kind == "code":
            continue
        for question in quoted_questions(block.text):
            questions.setdefault(question, Sentence(question, block.line))
        if block.kind == "quote":
            continue
        for text in split_sentences(block.text, language):
            sentence = Sentence(text, block.line)
            first = first or sentence
            if is_action(text, language):
                actions.setdefault(text, sentence)
                for message in situations(text, language):
                    writing.setdefault(message, sentence)
    return Sources(tuple(actions.values()), tuple(questions.values()), writing, first)
