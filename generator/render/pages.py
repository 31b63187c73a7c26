"""Which pages the site has: for each its address, its template and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Checklist, Guide, Lesson, Message, Path
from generator.words import Words

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
_KEYS = {
    LESSONS: "lessons",
    CHECKLISTS: "checklists",
    MESSAGES: "messages",
    PATHS: "paths",
    PLAN: "plan",
    PRINT: "print",
    DOWNLOADS: "downloads",
    REFERENCES: "studies",
}
"""The pages of the generator's own by their keys in the section `page` of a catalogue."""


def title_of(uri: str, words: Words) -> str:
    """Return the title of a page of the generator's own."""
    return words(f"page.{_KEYS[uri]}")


def pages_of(guide: Guide) -> tuple[Page, ...]:
    """Return all pages of the site, the home page first."""
    home = ((guide.settings.title, HOME),)
    words = guide.words
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
        title = title_of(uri, words)
        pages.append(Page(uri, template, title, description, trail=home, searchable=False))
        return (*home, (title, uri))

    trail = index(
        LESSONS,
        "lessons.md.j2",
        words("page.lessons_about", n=len(guide.lessons)),
    )
    pages.extend(
        Page(f"lessons/{page.id}.md", "lesson.md.j2", page.title, page.objective, page, trail, page.asks)
        for page in guide.lessons
    )
    trail = index(
        CHECKLISTS,
        "checklists.md.j2",
        words("page.checklists_about", n=len(guide.checklists)),
    )
    pages.extend(
        Page(f"checklists/{page.id}.md", "checklist.md.j2", page.title, page.when, page, trail, page.asks)
        for page in guide.checklists
    )
    trail = index(
        MESSAGES,
        "messages.md.j2",
        words("page.messages_about", n=len(guide.messages)),
    )
    pages.extend(
        Page(f"messages/{page.id}.md", "message.md.j2", page.title, page.when, page, trail, page.asks)
        for page in guide.messages
    )
    if guide.settings.paths:
        trail = index(PATHS, "paths.md.j2", words("page.paths_about"))
        pages.extend(
            Page(f"paths/{page.id}.md", "path.md.j2", page.title, page.audience, page, trail)
            for page in guide.settings.paths
        )
    pages.append(
        Page(
            PLAN,
            "plan.md.j2",
            title_of(PLAN, words),
            words("page.plan_about"),
            trail=home,
            hide=("navigation", "toc"),
            searchable=False,
        )
    )
    pages.append(
        Page(
            PRINT,
            "print.md.j2",
            title_of(PRINT, words),
            words("page.print_about"),
            trail=home,
            asks=words.several("page.print_asks"),
            hide=("navigation", "toc"),
        )
    )
    pages.append(
        Page(
            DOWNLOADS,
            "downloads.md.j2",
            title_of(DOWNLOADS, words),
            words("page.downloads_about"),
            trail=home,
            hide=("navigation",),
            asks=words.several("page.downloads_asks"),
        )
    )
    if guide.claims:
        pages.append(Page(CLAIMS, "claims.md.j2", guide.claims.title, guide.claims.intro, trail=home))
    if guide.references:
        title = title_of(REFERENCES, words)
        pages.append(Page(REFERENCES, "references.md.j2", title, words("page.studies_about"), trail=home))
    return tuple(pages)


def navigation(guide: Guide) -> list[dict[str, object]]:
    """Return the site's navigation as plain data: titles with uris or with lists of the same."""
    words = guide.words

    def entries(pages: tuple[Lesson, ...] | tuple[Checklist, ...] | tuple[Message, ...], folder: str) -> list[object]:
        return [{page.title: f"{folder}/{page.id}.md"} for page in pages]

    lessons: list[object] = [LESSONS]
    for stage in guide.settings.stages:
        inside = guide.lessons_in(stage.id)
        if inside:
            lessons.append({stage.title: entries(inside, "lessons")})
    checklists: list[object] = [CHECKLISTS]
    messages: list[object] = [MESSAGES]
    for situation in guide.settings.situations:
        lists = guide.checklists_in(situation.id)
        texts = guide.messages_in(situation.id)
        if lists:
            checklists.append({situation.title: entries(lists, "checklists")})
        if texts:
            messages.append({situation.title: entries(texts, "messages")})
    nav: list[dict[str, object]] = [
        {words("page.home"): HOME},
        {title_of(LESSONS, words): lessons},
        {title_of(CHECKLISTS, words): checklists},
        {title_of(MESSAGES, words): messages},
    ]
    if guide.settings.paths:
        nav.append(
            {title_of(PATHS, words): [PATHS, *({path.title: f"paths/{path.id}.md"} for path in guide.settings.paths)]}
        )
    nav.append({title_of(PLAN, words): PLAN})
    nav.append({words("page.print_short"): PRINT})
    nav.append({title_of(DOWNLOADS, words): DOWNLOADS})
    research: list[object] = [REFERENCES] if guide.references else []
    if guide.claims:
        research.append({guide.claims.title: CLAIMS})
    if research:
        nav.append({words("page.research"): research})
    return nav
