"""Headings and sentences of an article: what is found without marks, and how an author corrects it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from generator.diagnostics import Log, report
from generator.importing.blocks import Article
from generator.importing.inferring import outline_of
from generator.importing.language import language
from generator.importing.outline import Outline
from generator.importing.outline_file import outline_text, read_outline_file
from generator.importing.sentences import is_action, quoted_questions, situations, split_sentences
from tests.article_figures import labels, measure, precision
from tests.support import ROOT

EN = language("en")
HEADINGS_RIGHT, LEVELS_RIGHT = 0.99, 0.99
ACTIONS_PRECISE, ACTIONS_FOUND = 0.99, 0.98
"""Shares over all labelled articles; the manual states the figures."""


def text_article(*lines: str) -> Article:
    return Article("a.txt", (), marked=False, lines=lines)


def kinds(outline: Outline) -> list[tuple[str, str]]:
    return [(entry.kind, entry.text) for entry in outline.entries]


def test_headings_levels_and_actions_of_the_labelled_articles_are_found_as_often_as_the_manual_says() -> None:
    figures = [measure(label) for label in labels()]
    assert len(figures) >= 6
    slips = [slip for f in figures for slip in f.slips]
    right, wrong, missed = (sum(f.headings[n] for f in figures) for n in range(3))
    assert precision(right, wrong) >= HEADINGS_RIGHT, slips
    assert precision(right, missed) >= HEADINGS_RIGHT, slips
    assert sum(f.levels[0] for f in figures) / sum(f.levels[1] for f in figures) >= LEVELS_RIGHT, slips
    right, wrong, missed = (sum(f.actions[n] for f in figures) for n in range(3))
    assert precision(right, wrong) >= ACTIONS_PRECISE, slips
    assert precision(right, missed) >= ACTIONS_FOUND, slips


def networking_article() -> tuple[list[str], list[tuple[str, str]]]:
    """Return lines under the headings of the guide's own article, and these headings with what they become.

    The lines are made up: as many and as long as in the article, whose words are not ours to keep.
    """
    headings = yaml.safe_load((ROOT / "content/outline.yml").read_text(encoding="utf-8"))["headings"]
    chance = random.Random(65)  # noqa: S311  # the same lines every time
    # Many different words, as in any text: what an article is about stands out only against them.
    first, second, third = ("mo", "lu", "ra", "ki", "te"), ("lan", "ber", "dos", "fin", "ga"), ("el", "ik", "um")
    filler = [a + b + c for a in first for b in second for c in third]

    def prose(topic: str = "") -> str:
        words = [chance.choice(filler) for _ in range(chance.randint(18, 45))]
        if topic:
            words[4] = topic
            words[9] = chance.choice(("connections", "professional", "relationships"))
        return f"{' '.join(words).capitalize()}."

    lines, wanted = [prose("networking"), prose("networking")], []
    for section in headings:
        wanted.append(("section", section["heading"]))
        lines += [section["heading"], prose("networking")]
        if not section.get("parts") and section["heading"] != "Conclusion":
            lines += [f"- Better {word}: {prose()}" for word in ("lamps", "rain", "noon", "folk")]
        for part in section.get("parts", ()):
            wanted.append(("part", part))
            lines += [part, prose("networking" if chance.random() < 0.2 else "")]
    return lines, wanted


def test_all_headings_of_the_articles_shape_are_found_with_their_level_and_no_others() -> None:
    lines, wanted = networking_article()
    assert len(wanted) == 65
    assert kinds(outline_of(text_article(*lines), EN)) == wanted


LONG = "Here stands a paragraph that is long enough to be one, with a mark at its end."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PART ONE", LONG, "PART TWO", LONG], ["section", "section"]),
        (["Chapter 1: Go", LONG, "1.1 First", LONG, "1.2 Next", LONG, "Chapter 2: Stay", LONG], None),
        (["A Title", "=======", "", LONG, "", "One", "---", LONG, "", "Two", "---", LONG], None),
        (["# A", LONG, "## B", LONG, "### C", LONG], None),
    ],
)
def test_marks_of_all_kinds_tell_levels(lines: list[str], expected: list[str] | None) -> None:
    found = [entry.kind for entry in outline_of(text_article(*lines), EN).entries]
    if expected is not None:
        assert found[-2:] == expected[-2:]
    else:
        assert found[0] in ("title", "section")
        assert len(found) >= 3
        assert found[1] in ("part", "section")


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Miller",
        "12 March 2024",
        "You can start small:",
        "Yours sincerely",
        "https://x.example",
        "- Apples",
        "and so on",
    ],
)
def test_lines_that_only_look_like_headings_are_none(line: str) -> None:
    article = text_article("Title of This", LONG, "First Heading", LONG, line, LONG, "Second Heading", LONG)
    assert line not in [entry.text for entry in outline_of(article, EN).entries]


def test_a_list_without_marks_is_no_row_of_headings() -> None:
    article = text_article(
        "A Title", LONG, "What You Need", "Apples", "Pears", "Plums", "Figs", LONG, "How to Go On", LONG
    )
    assert "Pears" not in [entry.text for entry in outline_of(article, EN).entries]


@pytest.mark.parametrize(
    "sentence",
    [
        "Write down three names.",
        "Don’t wait for a reply.",
        "Never leave a stub.",
        "If it rains, stay at home.",
        "After a first talk, send a few lines.",
        "First, look around.",
        "You should not take more than a quarter.",
        "Guests must not use a machine.",
        "- Clear aims: Note the date of each.",
        "(b) check the guard;",
        "Check in with them once a month.",
        "It is treated, so leave it outside.",
        "Ask them one plain question: “How was the night?”",
    ],
)
def test_a_sentence_that_tells_the_reader_to_do_something_is_an_action(sentence: str) -> None:
    assert is_action(sentence, EN)


@pytest.mark.parametrize(
    "sentence",
    [
        "Work will be loud in spring.",
        "Trust takes a year or two.",
        "Gardening is about soil.",
        "“Go home,” she said.",
        "Do you know them?",
        "By waiting, people lose time, support and money.",
        "When you have friends, respect, and time, life is good.",
        "You do not need to shout.",
        "They should have known.",
        "Questions like these help.",
        "These rules keep it safe, and keep it open.",
        "The ability to create, maintain, and nurture ties counts.",
    ],
)
def test_a_sentence_that_only_states_is_none(sentence: str) -> None:
    assert not is_action(sentence, EN)


def test_sentences_end_where_they_end() -> None:
    text = "Ask Dr. Lee, e.g. by mail. “Is it far?” Mia asked. It costs 3.50 today... Then J. Smith came!"
    assert split_sentences(text, EN) == [
        "Ask Dr. Lee, e.g. by mail.",
        "“Is it far?”",
        "Mia asked.",
        "It costs 3.50 today...",
        "Then J. Smith came!",
    ]


def test_questions_in_quotation_marks_are_found() -> None:
    text = 'Ask “How are you?” or "What now?", and say "Thanks."'
    assert quoted_questions(text) == ["How are you?", "What now?"]


@pytest.mark.parametrize(
    ("sentence", "messages"),
    [
        ("Write a few lines to thank them.", ["thank"]),
        ("Write often, checking in or congratulating somebody.", ["congratulate", "check-in"]),
        ("Send a card when it snows.", ["follow-up"]),
        ("Write every name down.", []),
    ],
)
def test_a_sentence_that_asks_to_write_finds_its_starter(sentence: str, messages: list[str]) -> None:
    assert situations(sentence, EN) == messages


ARTICLE = text_article("My Title", LONG, "One Thing", LONG, "Another Thing", LONG)


def corrected(*changes: tuple[str, str]) -> tuple[Outline, str]:
    inferred = outline_of(ARTICLE, EN)
    text = outline_text(ARTICLE, inferred)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    log = Log()
    return read_outline_file("o.txt", text, inferred, "line", "a.txt", log), report(log.sorted())


def test_an_outline_that_nobody_changed_says_what_was_inferred() -> None:
    outline, said = corrected()
    assert outline == outline_of(ARTICLE, EN)
    assert said == "no problems"


def test_an_author_changes_levels_drops_headings_and_adds_others() -> None:
    outline, said = corrected(
        ("5  section  Another Thing", "5  part  Another Thing\n6  detail  Here stands a paragraph"),
        ("1  title    My Title", "0  title  A Better Title\n1  text  My Title"),
    )
    assert said == "no problems"
    assert kinds(outline) == [
        ("title", "A Better Title"),
        ("section", "One Thing"),
        ("part", "Another Thing"),
        ("detail", "Here stands a paragraph"),
    ]
    assert outline.blocks[-1].text.startswith("that is long enough")


def test_a_heading_that_the_outline_does_not_name_becomes_text_with_a_warning() -> None:
    outline, said = corrected(("5  section  Another Thing\n", ""))
    assert "Another Thing" not in [entry.text for entry in outline.entries]
    assert said.startswith("a.txt:5:1: warning[bad-outline]: 'Another Thing' looks like a heading and is not in")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("section  One", "setcion  One", "'setcion' is no kind of heading; did you mean 'section'?"),
        ("section  One Thing", "section", "expected line, kind and heading, like: 12  part  Follow Up"),
        ("section  One", "detail  One", "'One Thing' is a detail without a part above it"),
        ("One Thing", "No Thing", "no line of the article begins with 'No Thing'; line 3 reads 'One Thing'"),
        ("section  Another", "title  Another", "'Another Thing' is a second title"),
    ],
)
def test_a_mistake_in_the_outline_is_named_with_its_line(old: str, new: str, said: str) -> None:
    _, found = corrected((old, new))
    assert said in found
    assert "o.txt:1" in found


def test_headings_that_moved_to_other_lines_are_found_by_their_words() -> None:
    later = text_article("My Title", LONG, LONG, "One Thing", LONG, "Another Thing", LONG)
    text = outline_text(ARTICLE, outline_of(ARTICLE, EN))
    log = Log()
    outline = read_outline_file("o.txt", text, outline_of(later, EN), "line", "a.txt", log)
    assert [entry.line for entry in outline.entries] == [1, 4, 6]
    assert log.noted == 0


def test_every_language_has_all_its_words_and_starters() -> None:
    for code in (path.stem for path in (ROOT / "generator/importing/words").glob("*.yml")):
        for message, _ in language(code).writing:
            assert Path(ROOT, "generator/importing/starters", code, f"{message}.md").is_file()
