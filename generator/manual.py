"""The authors' manual: its pages, written from `templates/manual/` and from the generator's own declarations."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from generator import model, reference
from generator.export.guide_json import SCHEMA
from generator.generate import Settings
from generator.jinja_templates import environment, render
from generator.links import page_url, relative_url
from generator.names import MANUAL
from generator.render.structured_data import structured_data
from generator.template_folders import packaged_templates, template_folders

HOME = "index"
_TITLE = "For authors"

_VALUES = (
    model.Lesson,
    model.Part,
    model.Section,
    model.Checklist,
    model.Group,
    model.Item,
    model.Message,
    model.Variant,
    model.Field,
    model.Path,
    model.Step,
    model.Settings,
    model.Stage,
    model.Situation,
    model.Reference,
    model.Claim,
)
"""What page templates are given, in the order in which the manual describes it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the manual: `name` is its template's and its address's, `description` what it answers."""

    name: str
    title: str
    description: str

    @property
    def uri(self) -> str:
        """Its Markdown file."""
        return f"{MANUAL}{self.name}.md"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documentation (diataxis.fr names the four), with what it is for and its pages."""

    title: str
    purpose: str
    chapters: tuple[Chapter, ...]


FRONT = Chapter(HOME, _TITLE, "How a guide like this one is made from an article, checked, and published.")
KINDS = (
    Kind(
        "Tutorial",
        "Learn by making a guide.",
        (Chapter("quick-start", "Quick start", "From a short article to a guide in your browser, in ten minutes."),),
    ),
    Kind(
        "How-to guides",
        "Get one thing done.",
        (
            Chapter("install", "Install the generator", "What you need, and how you get the command coaching-guide."),
            Chapter("import-an-article", "Import an article", "Make a draft of a guide from an article of yours."),
            Chapter("revise-drafts", "Revise drafts", "Turn what the import wrote into pages you are glad to publish."),
            Chapter("write-a-lesson", "Write a lesson", "Add a lesson, with its parts, exercises and studies."),
            Chapter("write-a-checklist", "Write a checklist", "Add a list that fits on one sheet of paper."),
            Chapter("write-a-message", "Write a message", "Add a message that readers fill in, copy and send."),
            Chapter("change-the-look", "Change the look", "Use your own colours, page templates and paper."),
            Chapter("rename-or-retire", "Rename or retire a page", "Move a page without losing its readers' ticks."),
            Chapter(
                "check-everywhere",
                "Check in an editor and in CI",
                "See mistakes while you write, and before a change lands.",
            ),
            Chapter("publish", "Publish the site", "Put the built folder on any web host, with the right headers."),
            Chapter(
                "publish-from-ci", "Publish from a repository", "GitHub Pages or GitLab Pages, anew with each change."
            ),
            Chapter("publish-with-nginx", "Publish with nginx", "A server of your own, with every header set."),
            Chapter("hand-out", "Hand out a copy", "The whole site in one file, for readers without a network."),
            Chapter(
                "translate", "Write in another language", "What you can say in your language, and what stays English."
            ),
        ),
    ),
    Kind(
        "Reference",
        "Look something up.",
        (
            Chapter("formats", "Formats of the files", "Every file of a guide, with its keys and an example."),
            Chapter("commands", "Commands", "Every command with its arguments and exit codes."),
            Chapter("settings", "Settings", "What mkdocs.yml needs to hold, and what it may hold."),
            Chapter("diagnostics", "Diagnostics", "Every code that a check can print, and how the mistake is mended."),
            Chapter("templates", "Templates and their variables", "What the templates of pages are given."),
            Chapter("addresses", "Addresses", "Every page and file of a built site."),
            Chapter("guide-json", "guide.json", "The guide as data for other programs."),
            Chapter("browser-storage", "Browser storage", "What a reader's browser keeps, and under which names."),
        ),
    ),
    Kind(
        "Explanation",
        "Understand why it is so.",
        (
            Chapter("why-ids-stay", "Why ids stay for ever", "What hangs on an id once a reader has seen it."),
            Chapter("why-drafts", "Why drafts", "Why an import never publishes what it wrote."),
            Chapter("what-import-finds", "What import finds", "How well headings and actions are found, as measured."),
            Chapter(
                "how-messages-are-proved", "How messages are proved", "Why a message that passes the check can be sent."
            ),
            Chapter(
                "when-material-ends",
                "When MkDocs Material ends",
                "What your guide stands on, and what happens when it is gone.",
            ),
            Chapter("privacy", "Privacy", "What a guide knows of its readers: nothing."),
        ),
    ),
)


def manual_of(
    guide_title: str, settings: Settings, project: Path, parser: argparse.ArgumentParser
) -> dict[str, tuple[dict[str, Any], str]]:
    """Return the pages of the manual as it is published with a guide, of which it knows the title alone.

    That is what a build from the last site may rely on: see `rebuild.splice.frame_of`.

    Args:
        guide_title: the title of the guide.
        settings: what the engine says.
        project: the folder whose templates are used.
        parser: the parser of the command line.

    Raises:
        TemplateFault: a template is missing or broken.
    """
    return manual_pages(
        template_folders(project, "manual"),
        packaged_templates() / "pages",
        parser,
        guide_title=guide_title,
        site_url=settings.site_url,
        directory_urls=settings.directory_urls,
    )


def manual_pages(
    folders: Iterable[Path],
    page_templates: Path,
    parser: argparse.ArgumentParser,
    *,
    guide_title: str,
    site_url: str = "",
    directory_urls: bool = True,
) -> dict[str, tuple[dict[str, Any], str]]:
    """Return every page of the manual as front matter and Markdown, by its Markdown file.

    Args:
        folders: where the manual's templates are looked for, first match wins.
        page_templates: the packaged folder of page templates, which the reference lists.
        parser: the parser of the command line, of which the reference of commands is made.
        guide_title: the title of the guide that the manual is published with.
        site_url: the site's address with a slash at its end, "" when it is not known.
        directory_urls: whether a page's address ends in a slash (else in .html).

    Raises:
        TemplateFault: a template is missing or broken.
    """
    engine = environment(folders)
    # The templates are Markdown of our own, and so is what the reference is made of; no author's word comes in.
    engine.autoescape = False
    engine.globals.update(
        kinds=KINDS,
        front=FRONT,
        formats=reference.formats_reference(),
        diagnostics=reference.diagnostics_reference,
        channels=reference.channels_table,
        commands=lambda: reference.commands_reference(parser),
        page_templates=lambda: reference.templates_table(page_templates),
        guide_schema=SCHEMA,
        variables=reference.variables_table,
        values=lambda: "\n".join(f"### {of.__name__}\n\n{reference.values_table(of)}" for of in _VALUES),
    )
    written = {}
    for kind, chapter in chapters():
        here = page_url(chapter.uri, directory_urls)

        def url(other: Chapter, here: str = here) -> str:
            return relative_url(page_url(other.uri, directory_urls), here)

        body = render(engine, "_page.md.j2", "manual", {"page": chapter, "kind": kind, "url": url})
        written[chapter.uri] = (_front_matter(chapter, guide_title, site_url), body.strip() + "\n")
    return written


def chapters() -> Iterator[tuple[Kind | None, Chapter]]:
    """Return every page with its kind, the front page first; that one has none."""
    yield None, FRONT
    for kind in KINDS:
        for chapter in kind.chapters:
            yield kind, chapter


def _front_matter(chapter: Chapter, guide_title: str, site_url: str) -> dict[str, Any]:
    trail = [(guide_title, "index.md"), (FRONT.title, FRONT.uri)]
    if chapter is not FRONT:
        trail.append((chapter.title, chapter.uri))
    resource = {
        "@type": "TechArticle",
        "name": chapter.title,
        "description": chapter.description,
        "inLanguage": "en",
    }
    return {
        "title": str(escape(chapter.title)),
        "description": str(escape(chapter.description)),
        "structured_data": structured_data(resource, trail, site_url),
        "hide": ["navigation"],
        "search": {"exclude": True},
        "manual": True,
    }
