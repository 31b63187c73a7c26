"""Reads guide.yml: what the guide is, its stages, the order of its lessons, its paths and shared fields."""

from __future__ import annotations

from generator.diagnostics import Log, Place, quote
from generator.model import Need, Path, Settings, Situation, Stage, Step
from generator.names import INDEX, LANGUAGE, no_file_name
from generator.parse.channels import CHANNELS, read_channels
from generator.parse.message import FIELDS, read_fields
from generator.schema import ListOf, Record, Slug, TextValue
from generator.values import Values

_STAGE = Record(
    {
        "id": Slug(meaning="What lessons call it under 'stage'."),
        "title": TextValue("Start", meaning="What readers see."),
        "summary": TextValue("First steps.", meaning="What this stretch of the way is for."),
    }
)
_SITUATION = Record(
    {
        "id": Slug(meaning="What checklists and messages call it under 'situation'."),
        "title": TextValue("Saying thank you", meaning="What readers see."),
    }
)
_NEED = Record(
    {
        "need": TextValue("They did not answer", meaning="What a reader comes with, in their words."),
        "page": TextValue("messages/gentle-second-message", meaning="The page that serves it: folder and id."),
    }
)
_STEP = Record(
    {
        "lesson": Slug(meaning="A lesson: a file's name without '.md'."),
        "why": TextValue("Begin with people who know you.", meaning="Why it stands here on the path."),
    }
)
_PATH = Record(
    {
        "id": Slug(meaning="The end of its address: /paths/ID/."),
        "title": TextValue("For the shy", meaning="What readers see."),
        "for": TextValue("You would rather stay home.", meaning="Whom it is for."),
        "outcome": TextValue("You have written to three people.", meaning="What has happened at its end."),
        "steps": ListOf(_STEP, meaning="Its lessons in their order."),
        "checklists": ListOf(Slug(), at_least=0, meaning="Checklists to print for it."),
        "messages": ListOf(Slug(), at_least=0, meaning="Messages to send on it."),
    },
    optional=frozenset({"checklists", "messages"}),
)
GUIDE = Record(
    {
        "id": Slug(meaning="Under this name readers' devices keep ticks and notes; it never changes."),
        "title": TextValue("Good Company", meaning="What the guide is called."),
        "tagline": TextValue("A guide to ...", meaning="The line under the title."),
        "description": TextValue(
            "Lessons, checklists and messages about ...", meaning="What search engines and previews show."
        ),
        "language": TextValue("en", meaning="The language of the content and of the words around it, as a code."),
        "edition": TextValue('"2026-11"', meaning="Which edition this is; a month or a day dates the pages."),
        "promise": ListOf(TextValue("What the reader gets."), meaning="The paragraphs that open the home page."),
        "for_whom": ListOf(TextValue("You are new in your field."), meaning="Whom the guide is for."),
        "start_here": ListOf(_NEED, meaning="The shortcuts on the home page."),
        "terms": TextValue(
            "Free to read, print and copy.", meaning="What it costs and what readers may do with it, for the home page."
        ),
        "stages": ListOf(_STAGE, meaning="The stretches of the way through the guide, in their order."),
        "lessons": ListOf(Slug(), meaning="The lessons in their order; those of a stage stand together."),
        "situations": ListOf(_SITUATION, meaning="The moments by which checklists and messages are listed."),
        "fields": FIELDS,
        "channels": CHANNELS,
        "paths": ListOf(_PATH, at_least=0, meaning="Ways through the guide for different readers."),
    },
    meaning="What the guide is, the order of its lessons, and what all its messages share.",
    optional=frozenset({"channels", "fields", "paths", "start_here", "terms"}),
)


def read_guide_file(path: str, text: str, log: Log) -> Settings:
    """Read guide.yml; what cannot be read in it is empty and named in `doubts`."""
    values = GUIDE.read_file(path, text, log)
    for kind, key in (("stage", "stages"), ("situation", "situations"), ("path", "paths")):
        _check_ids(values.entries(key), kind, log)
    # The e-book is named after the guide.
    if why_not := no_file_name(values.text("id")):
        log.error(values.text("id").place, "bad-id", why_not)
    language = values.text("language")
    if language and not LANGUAGE.fullmatch(language):
        message = f"{quote(language)} is no language tag; expected one like 'en', 'de' or 'pt-BR' (BCP 47)"
        log.error(language.place, "bad-language", message)
    return Settings(
        id=values.text("id"),
        title=values.text("title"),
        tagline=values.text("tagline"),
        description=values.text("description"),
        language=values.text("language"),
        edition=values.text("edition"),
        promise=values.entries("promise"),
        for_whom=values.entries("for_whom"),
        start_here=tuple(Need(n["need"], n["page"]) for n in values.entries("start_here") if n.complete),
        stages=tuple(Stage(s["id"], s["title"], s["summary"]) for s in values.entries("stages") if s.complete),
        lessons=values.entries("lessons"),
        situations=tuple(Situation(s["id"], s["title"]) for s in values.entries("situations") if s.complete),
        fields=read_fields(values.get("fields", {}), log),
        paths=tuple(_path(p) for p in values.entries("paths") if "id" in p),
        place=Place(path),
        doubts=values.doubts,
        terms=values.text("terms"),
        channels=read_channels(values.entries("channels"), log),
    )


def unread_settings(path: str) -> Settings:
    """Return the settings of a guide.yml of which nothing is known."""
    return read_guide_file(path, "", Log())


def _check_ids(entries: tuple[Values, ...], kind: str, log: Log) -> None:
    taken: dict[str, Place] = {}
    for id in (entry.text("id") for entry in entries if "id" in entry):
        if id in taken:
            log.error(id.place, "duplicate-id", f"'{id}' is the id of the {kind} on line {taken[id].line} already")
        elif kind == "path" and id == INDEX:
            log.error(id.place, "bad-id", f"'{INDEX}' is the page that lists all paths; choose another id")
        elif kind == "path" and (why_not := no_file_name(id)):
            log.error(id.place, "bad-id", why_not)
        taken.setdefault(id, id.place)


def _path(values: Values) -> Path:
    steps = tuple(Step(step["lesson"], step.text("why")) for step in values.entries("steps") if "lesson" in step)
    return Path(
        values["id"],
        values.text("title"),
        values.text("for"),
        values.text("outcome"),
        steps,
        values.entries("checklists"),
        values.entries("messages"),
        values.place,
    )
