"""The guide as values: what the content files say, each part with the place it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.channels import CHANNELS, Channel
from generator.diagnostics import Place
from generator.texts import MessageText, Prose
from generator.words import Words, english
from generator.yaml_nodes import Text

Kind = Literal["lesson", "checklist", "message"]


@dataclass(frozen=True, slots=True)
class Section:
    """A run of prose inside a part.

    `kind` is "prose", "exercise" (with `minutes`) or "reflection" (with `questions`).
    """

    kind: Literal["prose", "exercise", "reflection"]
    title: str
    prose: Prose
    minutes: int = 0
    questions: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One idea of a lesson; `id` is its anchor, "" while it has no right one."""

    id: str
    title: str
    sections: tuple[Section, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Lesson:
    """One section of the article, as something to learn and do.

    `covers` maps a heading of the article to the id of the part that takes it up.
    """

    id: str
    title: str
    stage: Text
    minutes: int
    objective: str
    asks: tuple[str, ...]
    key_points: tuple[str, ...]
    covers: Mapping[Text, Text]
    opening: tuple[Section, ...]
    parts: tuple[Part, ...]
    place: Place
    doubts: frozenset[str] = frozenset()
    """Keys that could not be read in full; what rests on them is not checked."""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick. `id` is written in the source ("" while it is not right there) and never changes meaning."""

    id: str
    text: Prose
    why: Prose
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together on the sheet; a list without headings is one group without a title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What to do in one situation, item by item."""

    id: str
    title: str
    when: str
    minutes: int
    lesson: Text
    situation: Text
    asks: tuple[str, ...]
    intro: Prose
    groups: tuple[Group, ...]
    place: Place
    doubts: frozenset[str] = frozenset()
    """Keys that could not be read in full; what rests on them is not checked."""
    repeat: str = ""
    """How often a routine comes back, a key of `schedule.RHYTHMS`; "" for a list that is no routine."""
    times: int = 0
    """How many turns a routine has; 0 when it goes on."""
    draft: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order of the sheet."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class Field:
    """Something the reader fills in; `max` is its longest length in characters."""

    id: str
    label: str
    example: str
    max: int
    place: Place


@dataclass(frozen=True, slots=True)
class Variant:
    """A message written for one channel (`way`), in one tone ("" when there is only one)."""

    way: Channel
    tone: str
    subject: MessageText | None
    body: MessageText
    place: Place

    @property
    def channel(self) -> str:
        """The title of its channel."""
        return self.way.title

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields in subject and body, each once."""
        texts = (self.subject, self.body) if self.subject else (self.body,)
        return tuple(dict.fromkeys(name for text in texts for name in text.fields))


@dataclass(frozen=True, slots=True)
class Message:
    """A message template; `own_fields` are the ones that the guide does not declare for all."""

    id: str
    title: str
    when: str
    not_when: str
    lesson: Text
    situation: Text
    send: str
    next: Text | None
    asks: tuple[str, ...]
    own_fields: Mapping[str, Field]
    variants: tuple[Variant, ...]
    place: Place
    doubts: frozenset[str] = frozenset()
    """Keys that could not be read in full; what rests on them is not checked."""
    repeat: str = ""
    """How often it comes back, a key of `schedule.RHYTHMS`; "" for a message that is sent once."""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the way through the guide."""

    id: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A moment in which a reader looks for a checklist or a message."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Need:
    """What a reader comes with, and the page (`kind/id`) that serves it."""

    need: str
    page: Text


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson on a path, and why it stands there."""

    lesson: Text
    why: str


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the guide for one kind of reader (`audience` is the `for` of the file)."""

    id: str
    title: str
    audience: str
    outcome: str
    steps: tuple[Step, ...]
    checklists: tuple[Text, ...]
    messages: tuple[Text, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the source article; `level` is 1 for a section, 2 for a subsection."""

    text: Text
    level: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A study that lessons cite; `short` is how it is cited: 'Epley and Schroeder', 'Boothby and others'."""

    key: str
    authors: str
    year: int
    title: str
    where: str
    doi: str
    kind: str
    finding: str
    limit: str
    short: str
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """Something often said and not supported, what can honestly be said instead, and why; `cites` holds keys."""

    says: Text
    honest: Text
    why: Text
    cites: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """The page of unsupported claims."""

    title: str
    intro: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What guide.yml says about the guide as a whole."""

    id: str
    title: str
    tagline: str
    description: str
    language: str
    edition: str
    promise: tuple[str, ...]
    for_whom: tuple[str, ...]
    start_here: tuple[Need, ...]
    stages: tuple[Stage, ...]
    lessons: tuple[Text, ...]
    situations: tuple[Situation, ...]
    fields: Mapping[str, Field]
    paths: tuple[Path, ...]
    place: Place
    doubts: frozenset[str] = frozenset()
    """Keys that could not be read in full; what rests on them is not checked."""
    terms: str = ""
    """What the guide costs and what readers may do with it, in a line for the home page."""
    channels: tuple[Channel, ...] = ()
    """Channels of its own."""


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide. Lessons stand in the order of guide.yml, checklists and messages by situation, then title.

    `words` are the generator's own, in the guide's language; `channels` all that its messages can be written for.
    """

    settings: Settings
    lessons: tuple[Lesson, ...]
    checklists: tuple[Checklist, ...]
    messages: tuple[Message, ...]
    headings: tuple[Heading, ...]
    references: Mapping[str, Reference] = field(default_factory=dict)
    claims: Claims | None = None
    words: Words = field(default_factory=english)
    channels: tuple[Channel, ...] = CHANNELS

    def lesson(self, id: str) -> Lesson:
        """Return the lesson with this id."""
        return next(lesson for lesson in self.lessons if lesson.id == id)

    def checklist(self, id: str) -> Checklist:
        """Return the checklist with this id."""
        return next(checklist for checklist in self.checklists if checklist.id == id)

    def message(self, id: str) -> Message:
        """Return the message with this id."""
        return next(message for message in self.messages if message.id == id)

    def stage(self, id: str) -> Stage:
        """Return the stage with this id."""
        return next(stage for stage in self.settings.stages if stage.id == id)

    def situation(self, id: str) -> Situation:
        """Return the situation with this id."""
        return next(situation for situation in self.settings.situations if situation.id == id)

    def lessons_in(self, stage: str) -> tuple[Lesson, ...]:
        """Return the lessons of a stage."""
        return tuple(lesson for lesson in self.lessons if lesson.stage == stage)

    def checklists_in(self, situation: str) -> tuple[Checklist, ...]:
        """Return the checklists for a situation."""
        return tuple(checklist for checklist in self.checklists if checklist.situation == situation)

    def messages_in(self, situation: str) -> tuple[Message, ...]:
        """Return the messages for a situation."""
        return tuple(message for message in self.messages if message.situation == situation)

    def checklists_of(self, lesson: str) -> tuple[Checklist, ...]:
        """Return the checklists that belong to a lesson."""
        return tuple(checklist for checklist in self.checklists if checklist.lesson == lesson)

    def messages_of(self, lesson: str) -> tuple[Message, ...]:
        """Return the messages that belong to a lesson."""
        return tuple(message for message in self.messages if message.lesson == lesson)

    def field(self, message: Message, name: str) -> Field:
        """Return a field of a message, its own or a shared one."""
        return message.own_fields.get(name) or self.settings.fields[name]

    def fields_of(self, message: Message) -> tuple[Field, ...]:
        """Return the fields that a message uses, shared ones first, each once, in order of use."""
        used = dict.fromkeys(name for variant in message.variants for name in variant.fields)
        return tuple(self.field(message, name) for name in used)
