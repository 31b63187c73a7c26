"""Reads the content files into a guide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from generator.channels import built_in_channels, with_own
from generator.diagnostics import Log, Place
from generator.model import Checklist, Field, Guide, Lesson, Message, Settings
from generator.names import INDEX, SLUG, alphabetical, no_file_name, no_id
from generator.parse.checklist import read_checklist
from generator.parse.claims import read_claims
from generator.parse.guide_file import read_guide_file, unread_settings
from generator.parse.lesson import read_lesson
from generator.parse.message import read_message
from generator.parse.outline import read_outline
from generator.parse.references import read_references
from generator.parse.words import read_words
from generator.words import Words
from generator.yaml_nodes import Text

if TYPE_CHECKING:
    from generator.kept_pages import KeptPages

_Page = Lesson | Checklist | Message
_Kind = TypeVar("_Kind", Lesson, Checklist, Message)
Prove = Callable[[Message, Mapping[str, Field], Log], None]
"""Notes what is wrong with a message, which is given with the fields that the guide declares for all."""

GUIDE_FILE = "guide.yml"
OUTLINE_FILE = "outline.yml"
REFERENCES_FILE = "references.yml"
CLAIMS_FILE = "claims.yml"
STYLE_FILE = "style.yml"
REGISTER_FILE = "published.yml"
WORDS_FILE = "words.yml"
FOLDERS = ("lessons", "checklists", "messages")
DATA_FILES = (GUIDE_FILE, OUTLINE_FILE, REFERENCES_FILE, CLAIMS_FILE, STYLE_FILE, REGISTER_FILE, WORDS_FILE)


@dataclass(frozen=True, slots=True)
class Source:
    """The content as text.

    `files` maps paths relative to `root` (such as "lessons/x.md") to text with line feeds; `root` ("content") stands
    before them in diagnostics; `unread` names the files that are there and cannot be read as text.
    """

    root: str
    files: Mapping[str, str]
    unread: frozenset[str] = frozenset()

    def has(self, file: str) -> bool:
        """Tell whether a file is there, readable or not."""
        return file in self.files or file in self.unread

    def place(self, file: str) -> Place:
        """Return the first place of a file."""
        return Place(f"{self.root}/{file}")

    def ids(self, folder: str) -> dict[str, str]:
        """Return the files of a folder by id, which is the file's name without its ending; unread ones too."""
        # By their text: paths as objects took a tenth of a second for 500 pages.
        names = (file.rpartition("/") for file in sorted(self.files.keys() | self.unread))
        return {name[:-3]: f"{above}/{name}" for above, _, name in names if above == folder and name.endswith(".md")}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that holds a page: what kind of page, its id, its path relative to the content folder, what reads it."""

    kind: type[_Page]
    id: str
    file: str
    read: Callable[[Log], _Page | None]


def read_guide(source: Source, log: Log, kept: KeptPages | None = None, prove: Prove | None = None) -> Guide:
    """Read a whole guide.

    Args:
        source: the content files.
        log: takes everything that is wrong with a single file; `check_guide` looks at how they fit together.
        kept: what is known of its pages before they are read; takes what is read of them.
        prove: looks whether a message can be sent; nobody does when not given.

    Returns:
        The guide with everything in it that can be read.
    """
    settings = _read_settings(source, log)
    words = read_guide_words(source, settings, log)
    channels = with_own(built_in_channels(words), settings.channels)

    def read_and_prove(id: str, path: str, text: str, log: Log) -> Message | None:
        message = read_message(id, path, text, log, words, channels)
        if message is not None and prove is not None:
            prove(message, settings.fields, log)
        return message

    files = [
        *_list_folder(source, "lessons", Lesson, partial(read_lesson, words=words), log),
        *_list_folder(source, "checklists", Checklist, read_checklist, log),
        *_list_folder(source, "messages", Message, read_and_prove, log),
    ]
    if kept is not None:
        pages = kept.read_all(source, channels, files, log)
    else:
        pages = [page for one in files if (page := one.read(log)) is not None]
    headings = (
        read_outline(source.place(OUTLINE_FILE).path, source.files[OUTLINE_FILE], log)
        if OUTLINE_FILE in source.files
        else ()
    )
    references = (
        read_references(source.place(REFERENCES_FILE).path, source.files[REFERENCES_FILE], log, words)
        if REFERENCES_FILE in source.files
        else {}
    )
    claims = (
        read_claims(source.place(CLAIMS_FILE).path, source.files[CLAIMS_FILE], log)
        if CLAIMS_FILE in source.files
        else None
    )
    # The first place counts where one is taken twice.
    order: dict[str, int] = {id: number for number, id in reversed([*enumerate(settings.lessons)])}
    situations = {situation.id: number for number, situation in enumerate(settings.situations)}

    def by_situation(page: Checklist | Message) -> tuple[int, tuple[str, str]]:
        return situations.get(page.situation, len(situations)), alphabetical(page.title)

    return Guide(
        settings,
        tuple(sorted(_of(Lesson, pages), key=lambda lesson: (order.get(lesson.id, len(order)), lesson.id))),
        tuple(sorted(_of(Checklist, pages), key=by_situation)),
        tuple(sorted(_of(Message, pages), key=by_situation)),
        headings,
        references,
        claims,
        words,
        channels,
    )


def read_guide_words(source: Source, settings: Settings, log: Log) -> Words:
    """Return the words of a guide's language, with those that it puts in their place."""
    language = settings.language if isinstance(settings.language, Text) else Text.at("", settings.place)
    return read_words(language, source.place(WORDS_FILE).path, source.files.get(WORDS_FILE), log)


def _read_settings(source: Source, log: Log) -> Settings:
    place = source.place(GUIDE_FILE)
    if GUIDE_FILE in source.files:
        return read_guide_file(place.path, source.files[GUIDE_FILE], log)
    if not source.has(GUIDE_FILE):
        message = "there is no guide.yml; it holds the title, the stages and the order of the lessons"
        log.error(place, "missing-file", message)
    return unread_settings(place.path)


def _list_folder(
    source: Source, folder: str, kind: type[_Page], read: Callable[[str, str, str, Log], _Page | None], log: Log
) -> Iterator[PageFile]:
    for id, file in source.ids(folder).items():
        place = source.place(file)
        if not SLUG.match(id):
            log.error(place, "bad-id", f"the file's name {no_id(id)}")
        elif id == INDEX:
            log.error(place, "bad-id", f"'{INDEX}.md' is the page that lists all {folder}; choose another name")
        elif why_not := no_file_name(id):
            log.error(place, "bad-id", f"the file's name {why_not}")
        if file in source.files:
            yield PageFile(kind, id, file, partial(read, id, place.path, source.files[file]))


def _of(kind: type[_Kind], pages: Iterable[_Page]) -> Iterator[_Kind]:
    return (page for page in pages if isinstance(page, kind))


__all__ = [
    "CLAIMS_FILE",
    "DATA_FILES",
    "FOLDERS",
    "GUIDE_FILE",
    "OUTLINE_FILE",
    "REFERENCES_FILE",
    "REGISTER_FILE",
    "STYLE_FILE",
    "WORDS_FILE",
    "Guide",
    "Lesson",
    "PageFile",
    "Source",
    "read_guide",
    "read_guide_words",
]
