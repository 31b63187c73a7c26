"""Synthetic guides of any size: the same number gives the same files, in the mix and the lengths of the real guide."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = """
ask answer begin bring call choose come day early end event find first follow friend give good group hand hear
help hour idea interest invite keep kind know learn leave lesson letter line list long lunch make mean meet
mind month name need new next note offer open paper part people person place plan point question read ready
reason reply room say second see send share short show small someone start stay story table talk team tell
thank thing think time town trade trust turn use visit wait want week welcome word work write year
""".split()  # noqa: SIM905  # a list of words

# Of 86 content pages of the guide here, 15 are lessons, 24 checklists and 47 messages.
_LESSONS, _CHECKLISTS, _OF = 15, 24, 86
_OWN_PAGES = 7
"""Home, three indexes, the plan, what there is to take away, the studies."""
_PER_STAGE, _PER_SITUATION = 5, 8


def write_guide(folder: Path, pages: int) -> None:
    """Write the content folder of a guide that has a number of pages.

    A lesson has about 1,300 words in six parts, a checklist 12 items, a message five texts of about 45 words: the
    lengths of the guide here.

    Args:
        folder: the guide's folder; files of an earlier call are overwritten.
        pages: how many pages the site will have, at least 20.
    """
    words = _Words(pages)
    content = pages - _OWN_PAGES
    lessons = [f"lesson-{n}" for n in range(1, max(1, round(content * _LESSONS / _OF)) + 1)]
    checklists = [f"checklist-{n}" for n in range(1, max(1, round(content * _CHECKLISTS / _OF)) + 1)]
    messages = [f"message-{n}" for n in range(1, content - len(lessons) - len(checklists) + 1)]
    stages = [f"stage-{n}" for n in range(1, -(-len(lessons) // _PER_STAGE) + 1)]
    situations = [f"situation-{n}" for n in range(1, -(-len(messages) // _PER_SITUATION) + 1)]
    files = {
        "guide.yml": _guide(words, lessons, stages, situations),
        "outline.yml": "article: An article\nheadings:\n"
        + "".join(f"  - heading: Heading {number}\n" for number in range(1, len(lessons) + 1)),
        "references.yml": _REFERENCES,
    }
    for number, id in enumerate(lessons, 1):
        stage = stages[(number - 1) // _PER_STAGE]
        files[f"lessons/{id}.md"] = _lesson(words, number, stage, words.one(checklists), words.one(messages))
    for number, id in enumerate(checklists):
        lesson, situation = lessons[number % len(lessons)], situations[number % len(situations)]
        files[f"checklists/{id}.md"] = _checklist(words, number + 1, lesson, situation, words.one(messages))
    for number, id in enumerate(messages):
        lesson, situation = lessons[number % len(lessons)], situations[number // _PER_SITUATION]
        files[f"messages/{id}.md"] = _message(words, number + 1, lesson, situation)
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class _Words:
    """Makes text by chance, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # no secret

    def one(self, of: list[str]) -> str:
        return self._random.choice(of)

    def phrase(self, count: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=count)).capitalize()

    def sentences(self, count: int) -> str:
        return " ".join(f"{self.phrase(self._random.randint(8, 18))}." for _ in range(count))


def _guide(words: _Words, lessons: list[str], stages: list[str], situations: list[str]) -> str:
    lines = [
        "id: synthetic",
        "title: A synthetic guide",
        "tagline: Made to be measured.",
        f"description: {words.sentences(1)}",
        "language: en",
        'edition: "2026-11"',
        f"promise: [{words.sentences(2)}]",
        f"for_whom: [{words.sentences(1)}]",
        "start_here:",
        *(f"  - {{need: {words.phrase(6)}, page: messages/message-1}}" for _ in range(4)),
        "stages:",
        *(f"  - {{id: {id}, title: {words.phrase(2)} {id[6:]}, summary: {words.sentences(1)}}}" for id in stages),
        f"lessons: [{', '.join(lessons)}]",
        "situations:",
        *(f"  - {{id: {id}, title: {words.phrase(2)} {id[10:]}}}" for id in situations),
        "fields:",
        "  first_name: {label: Their first name, example: Noor, max: 20}",
        "  your_name: {label: Your name, example: Sam, max: 20}",
    ]
    return "\n".join(lines) + "\n"


def _lesson(words: _Words, number: int, stage: str, checklist: str, message: str) -> str:
    head = [
        "---",
        f"title: {words.phrase(5)} {number}",
        f"stage: {stage}",
        "minutes: 8",
        f"objective: {words.phrase(12)}.",
        f"asks: [{words.phrase(6).lower()}, {words.phrase(5).lower()}]",
        f"key_points: [{words.phrase(10)}., {words.phrase(11)}., {words.phrase(9)}.]",
        f"covers: {{Heading {number}: part-1}}",
        "---",
        words.sentences(4),
    ]
    for part in range(1, 7):
        link = f"[{words.phrase(3).lower()}](../checklists/{checklist}.md)"
        other = f"[{words.phrase(2).lower()}](../messages/{message}.md)"
        head += [
            f"\n## {words.phrase(4)} {{#part-{part}}}\n",
            words.sentences(4),
            "",
            f"{words.sentences(4)} Take {link} for it, or *{words.phrase(2).lower()}*.",
            "",
            f"{words.sentences(3)} Some write {other} [@first2002].",
        ]
        if part % 3 == 1:
            head += ["", '!!! evidence "What is known"', f"    {words.sentences(3)} That is known [@second2016]."]
        if part % 3 == 2:
            head += ["\n### Try it (10 minutes)\n", *(f"{n}. {words.sentences(1)}" for n in range(1, 5))]
    head += ["\n### Reflect\n", *(f"- {words.phrase(10)}?" for _ in range(2))]
    return "\n".join(head) + "\n"


def _checklist(words: _Words, number: int, lesson: str, situation: str, message: str) -> str:
    lines = [
        "---",
        f"title: {words.phrase(5)} {number}",
        f"when: {words.phrase(10)}.",
        "minutes: 20",
        f"lesson: {lesson}",
        f"situation: {situation}",
        f"asks: [{words.phrase(6).lower()}]",
        "---",
    ]
    for group in range(3):
        lines += ["", f"## {words.phrase(2)}", ""]
        for item in range(1, 5):
            lines.append(f"- [ ] {words.phrase(9)}. {{#item-{group * 4 + item}}}")
            link = f"[{words.phrase(2).lower()}](../messages/{message}.md)"
            lines.append(f"      {words.phrase(8)}, {link}, {words.phrase(6).lower()}.")
    return "\n".join(lines) + "\n"


def _message(words: _Words, number: int, lesson: str, situation: str) -> str:
    lines = [
        "---",
        f"title: {words.phrase(5)} {number}",
        f"when: {words.phrase(10)}.",
        f"not_when: {words.phrase(8)}.",
        f"lesson: {lesson}",
        f"situation: {situation}",
        "send: 1 day after meeting",
        f"asks: [{words.phrase(6).lower()}, {words.phrase(5).lower()}]",
        "fields:",
        "  thing: {label: What it is about, example: the list of books, max: 40}",
        "  place: {label: Where you met, example: the town hall, max: 30}",
        "---",
    ]
    for channel, subject in (("Email", True), ("Email, formal", True), ("LinkedIn message", False)):
        lines += ["", f"## {channel}", ""]
        if subject:
            lines += ["Subject: About {thing}", "", "Hi {first_name},", ""]
        lines += [
            f"{words.sentences(2)} It was about {{thing}} in {{place}}. [[{words.sentences(1)}]]",
            "",
            words.sentences(1),
            "",
            "{your_name}",
        ]
    for channel in ("Text message", "Chat message"):
        text = f"Hi {{first_name}}, {words.phrase(9).lower()} about {{thing}}. {words.phrase(5)}?"
        lines += ["", f"## {channel}", "", text]
    return "\n".join(lines) + "\n"


_REFERENCES = "".join(
    f"""{key}:
  authors: {author}
  year: {year}
  title: A study of {author}
  where: A Journal 1(2)
  doi: {doi}
  kind: survey
  finding: A finding.
  limit: A limit.
"""
    for key, author, year, doi in (
        ("first2002", "Ada First", 2002, "10.1086/421787"),
        ("second2016", "Ben Second", 2016, "10.1086/421788"),
    )
)
