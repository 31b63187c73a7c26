"""Reads guide.yml: what the guide is, its stages, the order of its lessons, its paths and shared fields."""

from __future__ import annotations

from generator.diagnostics import Log, Place
from generator.model import Need, Path, Settings, Situation, Stage, Step
from generator.names import INDEX
from generator.parse.message import FIELDS, read_fields
from generator.schema import ListOf, Record, Slug, TextValue
from generator.values import Values

_STAGE = Record({"id": Slug(), "title": TextValue("Start"), "summary": TextValue("First steps.")})
_SITUATION = Record({"id": Slug(), "title": TextValue("Saying thank you")})
_NEED = Record({"need": TextValue("They did not answer"), "page": TextValue("messages/gentle-second-message")})
_STEP = Record({"lesson": Slug(), "why": TextValue("Begin with people who know you.")})
_PATH = Record(
    {
        "id": Slug(),
        "title": TextValue("For the shy"),
        "for": TextValue("You would rather stay home."),
        "outcome": TextValue("You have written to three people."),
        "steps": ListOf(_STEP),
        "checklists": ListOf(Slug(), at_least=0),
        "messages": ListOf(Slug(), at_least=0),
    },
    optional=frozenset({"checklists", "messages"}),
)
GUIDE = Record(
    {
        "id": Slug(),
        "title": TextValue("Good Company"),
        "tagline": TextValue("A guide to ..."),
        "description": TextValue("Lessons, checklists and messages about ..."),
        "language": TextValue("en"),
        "edition": TextValue('"2026-11"'),
        "promise": ListOf(TextValue("What the reader gets.")),
        "for_whom": ListOf(TextValue("You are new in your field.")),
        "start_here": ListOf(_NEED),
        "stages": ListOf(_STAGE),
        "lessons": ListOf(Slug()),
        "situations": ListOf(_SITUATION),
        "fields": FIELDS,
        "paths": ListOf(_PATH, at_least=0),
    },
    optional=frozenset({"fields", "paths", "start_here"}),
)


def read_guide_file(path: str, text: str, log: Log) -> Settings:
    """Read guide.yml; what cannot be read in it is empty and named in `doubts`."""
    values = GUIDE.read_file(path, text, log)
    for kind, key in (("stage", "stages"), ("situation", "situations"), ("path", "paths")):
        _check_ids(values.entries(key), kind, log)
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
