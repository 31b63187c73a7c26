"""How hard an English text is to read; words and sentences are found in any language."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"')\]]))\s+|\n+")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")
_SILENT = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)\Z")
_VOWELS = re.compile(r"[aeiouy]{1,2}")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line break ends one too."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables a word has: its groups of vowels, without a silent ending."""
    plain = re.sub(r"'(?:s|t|re|ve|ll|d|m)?\Z", "", word.lower().replace("-", ""))
    if len(plain) <= 3:
        return 1
    return max(1, len(_VOWELS.findall(_SILENT.sub("", plain).removeprefix("y"))))


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: US school years a reader needs.

    Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75:
    0.39 words per sentence + 11.8 syllables per word - 15.59. A text without words has grade 0.
    """
    all_words = words(text)
    if not all_words:
        return 0.0
    per_sentence = len(all_words) / len(sentences(text))
    per_word = sum(map(syllables, all_words)) / len(all_words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59
