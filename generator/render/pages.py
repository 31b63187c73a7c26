"""Which pages the site has: for each its address, its template and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import counted
from generator.model import Checklist, Guide, Lesson, Message, Path

Subject = Lesson | Checklist | Message | Path | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written.

    `uri` is its Markdown file, `template` the file in `templates/pages` that writes it, `trail` the title and uri of
    each page above it, `asks` what readers would type to find it, `boost` how much it counts in search (1 is normal).
    """

    uri: str
    template: str
    title: str
    description: str
    subject: Subject = None
    trail: tuple[tuple[str, str], ...] = ()
    asks: tuple[str, ...] = ()
    boost: float = 1
    hide: tuple[str, ...] = ()
    searchable: bool = True

    @property
    def has_source(self) -> bool:
        """Whether the page has a content file of its own at the same place."""
        return isinstance(self.subject, Lesson | Checklist | Message)


HOME = "index.md"
LESSONS = "lessons/index.md"
CHECKLISTS = "checklists/index.md"
MESSAGES = "messages/index.md"
PATHS = "paths/index.md"
PLAN = "plan.md"
PRINT = "print.md"
DOWNLOADS = "downloads.md"
REFERENCES = "references.md"
CLAIMS = "claims.md"
_TITLES = {
    LESSONS: "Lessons",
    CHECKLISTS: "Checklists",
    MESSAGES: "Messages",
    PATHS: "Paths",
    PLAN: "My plan",
    PRINT: "Print what you need",
    DOWNLOADS: "Take it with you",
    REFERENCES: "Studies cited",
}


def pages_of(guide: Guide) -> tuple[Page, ...]:
    """Return all pages of the site, the home page first."""
    home = ((guide.settings.title, HOME),)
    # Home and the indexes repeat the words of the pages they list: only those pages should answer a search.
    pages = [
        Page(
            HOME,
            "home.md.j2",
            guide.settings.title,
            guide.settings.description,
            hide=("navigation", "toc"),
            searchable=False,
        )
    ]

    def index(uri: str, template: str, description: str) -> tuple[tuple[str, str], ...]:
        pages.append(Page(uri, template, _TITLES[uri], description, trail=home, searchable=False))
        return (*home, (_TITLES[uri], uri))

    trail = index(
        LESSONS,
        "lessons.md.j2",
        f"{counted(len(guide.lessons), 'short lesson')} by stage, each with one thing to learn and something to do.",
    )
    pages.extend(
        Page(f"lessons/{page.id}.md", "lesson.md.j2", page.title, page.objective, page, trail, page.asks)
        for page in guide.lessons
    )
    trail = index(
        CHECKLISTS,
        "checklists.md.j2",
        f"{counted(len(guide.checklists), 'checklist')} by situation, a sheet of paper each, to tick here or to print.",
    )
    pages.extend(
        Page(f"checklists/{page.id}.md", "checklist.md.j2", page.title, page.when, page, trail, page.asks)
        for page in guide.checklists
    )
    trail = index(
        MESSAGES,
        "messages.md.j2",
        f"{counted(len(guide.messages), 'message')} by situation, written out for email, chat and other channels.",
    )
    pages.extend(
        Page(f"messages/{page.id}.md", "message.md.j2", page.title, page.when, page, trail, page.asks)
        for page in guide.messages
    )
    if guide.settings.paths:
        trail = index(
            PATHS, "paths.md.j2", "Ways through the guide for different readers. Take the one that sounds like you."
        )
        pages.extend(
            Page(f"paths/{page.id}.md", "path.md.j2", page.title, page.audience, page, trail)
            for page in guide.settings.paths
        )
    pages.append(
        Page(
            PLAN,
            "plan.md.j2",
            _TITLES[PLAN],
            "Your notes, open items and follow-ups, gathered on one page and kept on your own device.",
            trail=home,
            hide=("navigation", "toc"),
            searchable=False,
        )
    )
    pages.append(
        Page(
            PRINT,
            "print.md.j2",
            _TITLES[PRINT],
            "Choose checklists, lessons and messages, and print them in one go, each on paper of its own.",
            trail=home,
            asks=("print a checklist", "print several lists"),
            hide=("navigation", "toc"),
        )
    )
    pages.append(
        Page(
            DOWNLOADS,
            "downloads.md.j2",
            _TITLES[DOWNLOADS],
            "The guide on paper, as an e-book, in your calendar and in your text expander.",
            trail=home,
            hide=("navigation",),
            asks=("downloads", "print the whole guide", "pdf", "ebook", "epub", "kindle", "read offline"),
        )
    )
    if guide.claims:
        pages.append(Page(CLAIMS, "claims.md.j2", guide.claims.title, guide.claims.intro, trail=home))
    if guide.references:
        description = "The studies that the lessons cite: what each one found, and what it does not show."
        pages.append(Page(REFERENCES, "references.md.j2", _TITLES[REFERENCES], description, trail=home))
    return tuple(pages)


def navigation(guide: Guide) -> list[dict[str, object]]:
    """Return the site's navigation as plain data: titles with uris or with lists of the same."""

    def entries(pages: tuple[Lesson, ...] | tuple[Checklist, ...] | tuple[Message, ...], folder: str) -> list[object]:
        return [{page.title: f"{folder}/{page.id}.md"} for page in pages]

    lessons: list[object] = [LESSONS]
    for stage in guide.settings.stages:
        inside = tuple(lesson for lesson in guide.lessons if lesson.stage == stage.id)
        if inside:
            lessons.append({stage.title: entries(inside, "lessons")})
    checklists: list[object] = [CHECKLISTS]
    messages: list[object] = [MESSAGES]
    for situation in guide.settings.situations:
        lists = tuple(page for page in guide.checklists if page.situation == situation.id)
        texts = tuple(page for page in guide.messages if page.situation == situation.id)
        if lists:
            checklists.append({situation.title: entries(lists, "checklists")})
        if texts:
            messages.append({situation.title: entries(texts, "messages")})
    nav: list[dict[str, object]] = [
        {"Home": HOME},
        {_TITLES[LESSONS]: lessons},
        {_TITLES[CHECKLISTS]: checklists},
        {_TITLES[MESSAGES]: messages},
    ]
    if guide.settings.paths:
        nav.append({_TITLES[PATHS]: [PATHS, *({path.title: f"paths/{path.id}.md"} for path in guide.settings.paths)]})
    nav.append({_TITLES[PLAN]: PLAN})
    nav.append({"Print": PRINT})
    nav.append({_TITLES[DOWNLOADS]: DOWNLOADS})
    research: list[object] = [REFERENCES] if guide.references else []
    if guide.claims:
        research.append({guide.claims.title: CLAIMS})
    if research:
        nav.append({"Research": research})
    return nav
