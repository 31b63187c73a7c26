"""Reads guide.yml: what the guide is, its stages, the order of its lessons, its paths and shared fields."""

from __future__ import annotations

from generator.diagnostics import Log, Place
from generator.model import Need, Path, Settings, Situation, Stage, Step
from generator.parse.message import FIELDS, read_fields
from generator.schema import ListOf, Record, Slug, TextValue, Values
from generator.yaml_nodes import read_yaml

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


def read_guide_file(path: str, text: str, log: Log) -> Settings | None:
    """Read guide.yml; None when what is wrong with it leaves nothing to work with."""
    top = Place(path)
    node = read_yaml(text, top, log)
    if node is None:
        return None
    values = GUIDE.read(node, "guide.yml", log)
    if values is None or not values.complete:
        return None
    taken: dict[str, dict[str, Place]] = {"stage": {}, "situation": {}, "path": {}}
    for kind, key in (("stage", "stages"), ("situation", "situations"), ("path", "paths")):
        for entry in values.get(key, ()):
            id = entry.get("id")
            if id in taken[kind]:
                first = taken[kind][id].line
                log.error(id.place, "duplicate-id", f"'{id}' is the id of the {kind} on line {first} already")
            elif id is not None:
                taken[kind][id] = id.place
    return Settings(
        id=values["id"],
        title=values["title"],
        tagline=values["tagline"],
        description=values["description"],
        language=values["language"],
        edition=values["edition"],
        promise=values["promise"],
        for_whom=values["for_whom"],
        start_here=tuple(Need(n["need"], n["page"]) for n in values.get("start_here", ()) if n.complete),
        stages=tuple(Stage(s["id"], s["title"], s["summary"]) for s in values["stages"] if s.complete),
        lessons=values["lessons"],
        situations=tuple(Situation(s["id"], s["title"]) for s in values["situations"] if s.complete),
        fields=read_fields(values.get("fields", {}), log),
        paths=tuple(_path(p) for p in values.get("paths", ()) if p.complete),
        place=top,
    )


def _path(values: Values) -> Path:
    steps = tuple(Step(step["lesson"], step["why"]) for step in values["steps"] if step.complete)
    return Path(
        values["id"],
        values["title"],
        values["for"],
        values["outcome"],
        steps,
        values.get("checklists", ()),
        values.get("messages", ()),
        values.place,
    )
