"""Makes the files of a project from an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.files import LARGEST_PAGE
from generator.importing.blocks import Article, ImportFault
from generator.importing.draft_pages import Pages
from generator.importing.language import STARTERS, Language
from generator.importing.names import title_of
from generator.importing.outline import Outline, check_count
from generator.importing.sources import Sentence, Sources, sources_in, sources_of
from generator.importing.structure import Section, Structure, structured
from generator.importing.writing import comment, flow_value, value
from generator.names import slug_of
from generator.scaffold import SCHEMAS

_LESSONS_OF_ONE_STAGE = 5
_PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a project by path, and the structure of the article they were made from."""

    files: dict[str, str]
    structure: Structure


def drafted(article: Article, outline: Outline, language: Language, around: Mapping[str, str]) -> Draft:
    """Return the project that an article makes.

    Args:
        article: the article.
        outline: its outline.
        language: the language it is written in.
        around: the files of a project that hold none of its content, by path; mkdocs.yml gets the name of the guide.

    Raises:
        ImportFault: the article has more headings than a guide can hold.
    """
    check_count(len(outline.entries))
    structure = structured(outline, title_of(_name_of(article)) or language.phrases["the_article"])
    pages = Pages(article.name, article.unit, language)
    found = {
        portion.heading: sources_of(portion, language) for section in structure.sections for portion in section.portions
    }
    files: dict[str, str] = {}
    stages = _stages(structure.sections, language)
    messages = _messages(structure, found, pages, language)
    preface = sources_in(structure.preface, language)
    for number, (section, stage) in enumerate(zip(structure.sections, _stage_ids(stages, structure), strict=True)):
        files[f"content/lessons/{section.id}.md"] = _checked(
            section, pages.lesson(section, stage, found, structure.preface if number == 0 else ())
        )
        groups = [(portion, found[portion.heading].actions) for portion in section.portions]
        if number == 0 and preface.actions:
            groups[0] = (groups[0][0], (*preface.actions, *groups[0][1]))
        groups = [(portion, actions) for portion, actions in groups if actions]
        if groups:
            said = {sentence.text: id for id, (sentence, _, _) in messages.items()}
            files[f"content/checklists/{section.id}.md"] = pages.checklist(section, groups, said)
    files |= {f"content/messages/{id}.md": text for id, (_, text, _) in messages.items()}
    used = [situation for _, _, situation in messages.values()]
    fields = [
        name for name in language.phrases["fields"] if any(f"{{{name}}}" in text for _, text, _ in messages.values())
    ]
    files["content/guide.yml"] = _guide_file(structure, stages, used, fields, article, language)
    files["content/outline.yml"] = _outline_file(structure, article)
    files |= {path: _named(text, structure.title) if path == "mkdocs.yml" else text for path, text in around.items()}
    return Draft(dict(sorted(files.items())), structure)


def _checked(section: Section, text: str) -> str:
    """Return the text of a lesson, if a content file may be as large as it is."""
    if len(text.encode()) > LARGEST_PAGE:
        message = f"the section '{section.heading[:60]}' has {len(section.parts)} parts, more than a lesson holds"
        raise ImportFault(f"{message}; make sections of some of them with --outline FILE")
    return text


def _name_of(article: Article) -> str:
    return re.sub(r"[\W_]+", " ", article.name.rpartition(".")[0] or article.name).strip()


def _stages(sections: Sequence[Section], language: Language) -> list[tuple[str, str, str]]:
    several = len(sections) > _LESSONS_OF_ONE_STAGE
    return [tuple(s) for s in language.phrases["stages"]] if several else [tuple(language.phrases["one_stage"])]


def _stage_ids(stages: list[tuple[str, str, str]], structure: Structure) -> list[str]:
    count = len(structure.sections)
    return [stages[number * len(stages) // count][0] for number in range(count)]


def _messages(
    structure: Structure, found: dict[str, Sources], pages: Pages, language: Language
) -> dict[str, tuple[Sentence, str, str]]:
    """Return each starter message that the article asks for: the sentence, the file's text, the situation.

    It belongs to the lesson of the section that asks for it first.
    """
    messages: dict[str, tuple[Sentence, str, str]] = {}
    for section in structure.sections:
        for portion in section.portions:
            for id, sentence in found[portion.heading].writing.items():
                if id in messages:
                    continue
                text = (STARTERS / language.code / f"{id}.md").read_text(encoding="utf-8")
                situation = re.search(r"^situation: (.+)$", text, re.MULTILINE)
                source = f"{comment(pages.place(sentence.line))}: {comment(sentence.text)[2:]}"
                head = f"draft: true\n{source}\nlesson: {value(section.id)}"
                text = text.replace("lesson: LESSON", head)
                messages[id] = (sentence, text, situation[1] if situation else _PRACTICE)
    return messages


def _guide_file(
    structure: Structure,
    stages: list[tuple[str, str, str]],
    used: Sequence[str],
    fields: Sequence[str],
    article: Article,
    language: Language,
) -> str:
    phrases = language.phrases
    intro = [block.text for block in structure.preface if block.kind == "paragraph"][:3]
    promise = [language.says("from_preface", text=text) for text in intro] or [phrases["promise"]]
    titles: dict[str, str] = phrases["situations"]
    situations = [id for id in titles if id == _PRACTICE or id in used]
    lines = [
        f"# yaml-language-server: $schema=../{SCHEMAS}/guide.json",
        comment(f"What the guide is and the order of its lessons. Made from {article.name}; the words are drafts."),
        f"id: {value(slug_of(structure.title)[:40].strip('-') or 'guide')}",
        f"title: {value(structure.title, 120)}",
        f"tagline: {value(phrases['tagline'])}",
        f"description: {value(promise[0] if intro else phrases['tagline'], 300)}",
        f"language: {language.code}",
        'edition: "1"',
        "",
        "promise:",
        *(f"  - {value(text, 600)}" for text in promise),
        "",
        "for_whom:",
        f"  - {value(phrases['for_whom'])}",
        "",
        "stages:",
    ]
    for id, title, summary in stages:
        lines += [f"  - id: {id}", f"    title: {value(title)}", f"    summary: {value(summary)}"]
    lines += ["", "lessons:", *(f"  - {value(section.id)}" for section in structure.sections)]
    lines += ["", "situations:"]
    lines += [f"  - {{id: {id}, title: {flow_value(titles[id])}}}" for id in situations]
    if fields:
        lines += ["", "fields:"]
        for name, field in ((name, phrases["fields"][name]) for name in fields):
            pairs = f"label: {flow_value(field['label'])}, example: {flow_value(field['example'])}, max: {field['max']}"
            lines.append(f"  {name}: {{{pairs}}}")
    return "\n".join(lines) + "\n"


def _outline_file(structure: Structure, article: Article) -> str:
    lines = [
        f"# yaml-language-server: $schema=../{SCHEMAS}/outline.json",
        comment(f"The headings of {article.name}, in its order; `covers` of a lesson says what takes each one up."),
        f"article: {value(structure.title, 200)}",
        "headings:",
    ]
    for section in structure.sections:
        lines.append(f"  - heading: {value(section.heading)}")
        if section.parts:
            lines.append("    parts:")
            lines += [f"      - {value(part.heading)}" for part in section.parts]
    return "\n".join(lines) + "\n"


def _named(settings: str, title: str) -> str:
    """Return mkdocs.yml with the name of the guide."""
    name = f"site_name: {value(title, 120)}"
    return re.sub(r"^site_name:.*$", lambda _: name, settings, count=1, flags=re.MULTILINE)
