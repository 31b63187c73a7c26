"""What the sentences of an article do: tell the reader to do something, quote a question, ask to write to somebody."""

from __future__ import annotations

import re

from generator.importing.language import Language

_END = re.compile(
    # Only from where a run of marks begins: a long one would else be read again from each of its marks.
    r"(?<![.!?…])[.!?…]+[\"')\]”’»]*(?:(?=\s+[\"'(\[“‘«„]?[^\W_a-z])|\Z)"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_QUESTION = re.compile(r"[“\"«„]\s*([^“”\"«»„]{3,200}\?)\s*[”\"»“]")
_OPENS = re.compile(r"[\s\-–—•*·]*")
_ENUMERATION = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]\s+", re.IGNORECASE)
_LABEL = re.compile(r"([^.:?!]{1,40}):\s+(?=\S)")
_INNER = re.compile(r"(?:;|:|\s[–—]|[–—]|,\s+(?:so|then))\s+(?=\S)|[–—](?=\w)")
_QUOTES = "\"“«„‘'"
_LONGEST_CLAUSE = 30
"""Words in a clause before the imperative."""


def split_sentences(text: str, language: Language) -> list[str]:
    """Return the sentences of a paragraph."""
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].strip()
        last = _WORD.findall(piece)[-1:]
        if match[0].startswith(".") and last and match.end() < len(text):
            word = last[0].lower()
            if word in language.abbreviations or (len(word) == 1 and word.isalpha() and word != "i"):
                continue
        if piece:
            sentences.append(piece)
        start = match.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences


def quoted_questions(text: str) -> list[str]:
    """Return the questions that stand in quotation marks, each once."""
    return list(dict.fromkeys(" ".join(question.split()) for question in _QUESTION.findall(text)))


def situations(sentence: str, language: Language) -> list[str]:
    """Return the starter messages for what a sentence tells the reader to write; none when it does not."""
    found = [message for message, says in language.writing if says.search(sentence)]
    return [message for message in found if message != "follow-up"] or found


def is_action(sentence: str, language: Language) -> bool:
    """Tell whether a sentence tells its reader to do something, or not to."""
    text = sentence.replace("’", "'")
    text = _ENUMERATION.sub("", text[_OPENS.match(text).end() :], count=1)  # type: ignore[union-attr]  # matches always
    # A question that is quoted at the end is what the reader is told to ask.
    if not text or text[0] in _QUOTES or text.rstrip(")").endswith("?"):
        return False
    label = _LABEL.match(text)
    if label and len(label[1].split()) <= 4 and is_action(text[label.end() :], language):
        return True
    if _obliges(text, language) or _begins(text, language):
        return True
    if _follows_clause(text, language):
        return True
    return any(_begins(text[match.end() :], language, strict=True) for match in list(_INNER.finditer(text))[:6])


def _follows_clause(text: str, language: Language) -> bool:
    """Tell whether an imperative follows a clause that begins the sentence ("If it rains, ...")."""
    first = _words(text)[:1]
    if not first or first[0] not in language.clauses:
        return False
    before = 0
    for number, match in enumerate(list(re.finditer(r",\s+", text))[:4]):
        between = _words(text[before : match.start()])
        # A verb in its tense between two commas: the main clause has begun, and it is none that tells to do something.
        if len(between) > _LONGEST_CLAUSE or (number and language.tense & set(between)):
            return False
        rest = text[match.end() :]
        opening = _words(rest)[:1]
        joined = number > 0 and re.match(r"[^\W_]+ (?:and|or)\b", rest)
        joins = opening[:1] in (["and"], ["or"]) or joined
        listed = re.match(r"[^\W_]+,", rest)
        if not joins and not listed and _begins(rest, language):
            return True
        before = match.end()
    return False


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[:400])]


def _obliges(text: str, language: Language) -> bool:
    return bool(language.obligation.search(text)) and not language.no_obligation.search(text)


def _begins(text: str, language: Language, *, strict: bool = False) -> bool:
    """Tell whether a clause begins with an imperative; `strict` when it stands in the middle of a sentence."""
    words = _words(text)
    # Commas behind the first words ("First, ...") are no words; a few openers may stand before the verb.
    for _ in range(3):
        if len(words) > 1 and words[0] in language.before and words[0] not in ("never", "always"):
            words = words[1:]
    if not words:
        return False
    for negation in language.negations:
        count = len(negation.split())
        if words[:count] == negation.split() and len(words) > count:
            verb = words[count]
            if verb in language.verbs or verb in language.either:
                return True
            # "Do the", "never mind" and the like are judged by the word itself.
            if negation in ("do not", "don't"):
                return verb not in language.small
    verb, following = words[0], words[1] if len(words) > 1 else ""
    if following in language.tense:
        return False
    if verb in language.verbs:
        return not strict or following in language.objects or not following
    if verb in language.either:
        return following in language.objects or following.isdecimal() or following.endswith(("ing", "ly"))
    return False
