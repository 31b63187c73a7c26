"""Which files an e-book has: its chapters in reading order, its table of contents, and where links in it lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.model import Guide


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the book.

    `id` names it in the package document, `template` the file in `templates/book` that writes it, `subject` is what it
    is about, as data, `landmark` its kind in the list of landmarks ("" for none).
    """

    id: str
    template: str
    title: str
    subject: Any = None
    landmark: str = ""

    @property
    def file(self) -> str:
        """Its name in the book."""
        return f"{self.id}.xhtml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `file` is "" for a heading that only groups the lines in it."""

    title: str
    file: str = ""
    inside: tuple[Entry, ...] = field(default=())


CONTENTS = "contents"


def chapters_of(guide: Guide, data: dict[str, Any]) -> tuple[Chapter, ...]:
    """Return the chapters in reading order.

    Args:
        guide: a guide without errors.
        data: the same guide as `workbook_data` gives it.
    """
    settings = guide.settings
    words = guide.words
    chapters = [
        Chapter("cover", "cover.xhtml.j2", settings.title, landmark="cover"),
        Chapter("title", "title.xhtml.j2", settings.title, landmark="titlepage"),
        Chapter(CONTENTS, "contents.xhtml.j2", words("book.contents"), landmark="toc"),
        Chapter("about", "about.xhtml.j2", words("book.about")),
    ]
    if settings.paths:
        chapters.append(Chapter("paths", "paths.xhtml.j2", words("book.paths")))
    chapters.append(Chapter("situations", "situations.xhtml.j2", words("book.situations")))
    for stage in data["stages"]:
        if stage["lessons"]:
            first = not any(chapter.landmark == "bodymatter" for chapter in chapters)
            landmark = "bodymatter" if first else ""
            chapters.append(Chapter(f"stage-{stage['id']}", "stage.xhtml.j2", stage["title"], stage, landmark))
            chapters += [
                Chapter(_id(lesson["id"]), "lesson.xhtml.j2", lesson["title"], lesson) for lesson in stage["lessons"]
            ]
    if data["checklists"]:
        chapters.append(Chapter("checklists", "checklists.xhtml.j2", words("book.checklists")))
        checklists = {checklist["id"]: checklist for checklist in data["checklists"]}
        chapters += [
            Chapter(_id(entry["to"]), "checklist.xhtml.j2", entry["title"], checklists[entry["to"]])
            for situation in data["situations"]
            for entry in situation["checklists"]
        ]
    if guide.messages:
        chapters.append(Chapter("messages", "messages.xhtml.j2", words("book.messages")))
        chapters += [
            Chapter(_id(message["id"]), "message.xhtml.j2", message["title"], message)
            for situation in data["situations"]
            for message in situation["messages"]
        ]
    if guide.claims:
        chapters.append(Chapter("claims", "claims.xhtml.j2", guide.claims.title, guide.claims))
    if guide.references:
        chapters.append(Chapter("studies", "studies.xhtml.j2", words("book.studies"), landmark="bibliography"))
    return tuple(chapters)


def contents_of(guide: Guide, chapters: Sequence[Chapter]) -> tuple[Entry, ...]:
    """Return the table of contents: lessons by stage, checklists and messages by situation, in reading order."""
    titles = {chapter.id: chapter for chapter in chapters}

    def line(id: str, *inside: Entry, number: str = "") -> Iterable[Entry]:
        chapter = titles.get(id)
        return [Entry(number + chapter.title, chapter.file, inside)] if chapter else []

    def by_situation(folder: str) -> tuple[Entry, ...]:
        pages = guide.checklists if folder == "checklists" else guide.messages
        groups = (
            Entry(
                situation.title,
                inside=tuple(
                    entry
                    for page in pages
                    if page.situation == situation.id
                    for entry in line(_id(f"{folder}/{page.id}"))
                ),
            )
            for situation in guide.settings.situations
        )
        return tuple(group for group in groups if group.inside)

    return (
        *line("about"),
        *line("paths"),
        *line("situations"),
        *(
            entry
            for stage in guide.settings.stages
            for entry in line(
                f"stage-{stage.id}",
                *(
                    inner
                    for number, lesson in enumerate(guide.lessons, 1)
                    if lesson.stage == stage.id
                    for inner in line(_id(f"lessons/{lesson.id}"), number=f"{number}. ")
                ),
            )
        ),
        *line("checklists", *by_situation("checklists")),
        *line("messages", *by_situation("messages")),
        *line("claims"),
        *line("studies"),
    )


def places_of(guide: Guide, chapters: Sequence[Chapter]) -> dict[str, str]:
    """Return where each place that the guide links to stands in the book, such as "lesson-x.xhtml#part-y"."""
    files = {chapter.id: chapter.file for chapter in chapters}
    places: dict[str, str] = {}
    for lesson in guide.lessons:
        place = f"lessons/{lesson.id}"
        if _id(place) in files:
            places[place] = files[_id(place)]
            places.update({f"{place}#{part.id}": f"{files[_id(place)]}#part-{part.id}" for part in lesson.parts})
    for place in (
        *(f"checklists/{page.id}" for page in guide.checklists),
        *(f"messages/{m.id}" for m in guide.messages),
    ):
        if _id(place) in files:
            places[place] = files[_id(place)]
    places.update({f"paths/{path.id}": f"paths.xhtml#path-{path.id}" for path in guide.settings.paths})
    # Keys may hold any mark, so a study is found by its number.
    places.update({f"studies/{key}": f"studies.xhtml#study-{n}" for n, key in enumerate(guide.references, 1)})
    return places


def _id(place: str) -> str:
    """Return the id of the chapter for a page: "lessons/x" is "lesson-x"."""
    kind, _, id = place.partition("/")
    return f"{kind.removesuffix('s')}-{id}"
