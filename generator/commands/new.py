"""`new`: guides, lessons, checklists and messages to begin with; `schemas`: the formats for editors."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.commands.common import (
    DONE,
    WRONG_CALL,
    WRONG_CONTENT,
    AddCommand,
    fail,
    is_project,
    no_project,
    replace,
)
from generator.diagnostics import Log, hint, report
from generator.files import read_source
from generator.model import Guide, Kind
from generator.names import INDEX, SLUG, no_file_name, no_id
from generator.parse import GUIDE_FILE, read_guide

_NEEDED = {
    "lesson": ("stages", "lessons"),
    "checklist": ("lessons", "situations"),
    "message": ("lessons", "situations"),
}
"""What must be readable in guide.yml before a page of a kind can be added."""


def add_commands(add: AddCommand) -> None:
    """Add the commands of this module."""
    command = add(
        "new", _new_guide, "Begin a guide, a lesson, a checklist or a message from an example.", project=False
    )
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND", parser_class=type(command))
    text = "Begin a guide in a new folder; it can be built at once."
    guide = kinds.add_parser("guide", help=text, description=text)
    guide.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    guide.set_defaults(run=_new_guide)
    for kind, belongs in (
        ("lesson", {"stage": "the stage it belongs to (default: the last lesson's)"}),
        ("checklist", {"lesson": "the lesson it belongs to (default: the last one)"}),
        ("message", {"lesson": "the lesson it belongs to (default: the last one)"}),
    ):
        text = f"Begin a {kind} from an example, filled so that `check` finds no error in it."
        page = kinds.add_parser(kind, help=f"Begin a {kind} from an example.", description=text)
        page.add_argument("id", metavar="ID", help="its file's name without .md, which is the end of its address")
        page.add_argument(
            "--project", default=".", type=Path, metavar="DIR", help="folder of the guide (default: here)"
        )
        for name, help in belongs.items():
            page.add_argument(f"--{name}", metavar="ID", help=help)
        if kind != "lesson":
            page.add_argument("--situation", metavar="ID", help="where it is listed (default: the first situation)")
        page.set_defaults(run=_new_page)
    command = add("schemas", _schemas, "Write the JSON Schemas of the content files, for editors.", project=False)
    command.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write them to")


def _new_guide(options: argparse.Namespace) -> int:
    # Imported late, here and below: the other commands need not wait for the templates' engine.
    from generator.scaffold import new_guide

    folder: Path = options.folder
    # A repository may have been begun already.
    if folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - {".git"}):
        return fail(f"{folder}: not an empty folder; name a new one", WRONG_CALL)
    files = new_guide(folder.resolve().name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder if folder.exists() else folder.parent))
    try:
        for path, text in files.items():
            target = aside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        aside.chmod(0o755)
        if folder.exists():
            for made in aside.iterdir():
                made.rename(folder / made.name)
        else:
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    print(f"{folder}: a guide with one lesson, checklist and message; begin in {folder / 'content' / GUIDE_FILE}")
    return DONE


def _new_page(options: argparse.Namespace) -> int:
    project: Path = options.project
    kind: Kind = options.kind
    if not is_project(project):
        return no_project(project)
    if not SLUG.match(options.id):
        return fail(no_id(options.id), WRONG_CALL)
    if options.id == INDEX:
        return fail(f"'{INDEX}' is the page that lists all {kind}s; choose another id", WRONG_CALL)
    if why_not := no_file_name(options.id):
        return fail(why_not, WRONG_CALL)
    content = project / "content"
    path = content / f"{kind}s" / f"{options.id}.md"
    if not path.parent.resolve().is_relative_to(content.resolve()):
        return fail(f"{path.parent}: this is a link to a place outside the content folder", WRONG_CALL)
    if path.exists():
        return fail(f"{path}: there is such a {kind} already; choose another id", WRONG_CALL)
    log = Log()
    guide = read_guide(read_source(content, log), log)
    if guide.settings.doubts.intersection(_NEEDED[kind]) or not guide.settings.lessons:
        found = [each for each in log.sorted() if each.place.path == guide.settings.place.path]
        print(report(found), file=sys.stderr)
        return fail(f"mend {content / GUIDE_FILE} first: the new {kind} takes its place from it", WRONG_CONTENT)
    names = _names_for_lesson(guide, options.stage) if kind == "lesson" else _names_for_page(guide, options)
    if isinstance(names, str):
        return fail(names, WRONG_CALL)
    return _write_page(kind, options.id, guide, names, path)


def _names_for_lesson(guide: Guide, stage: str | None) -> Mapping[str, str] | str:
    """Return what a new lesson belongs to, or what is wrong with the name that was given."""
    if stage is None:
        last = next((lesson for lesson in guide.lessons if lesson.id == guide.settings.lessons[-1]), None)
        stage = last.stage if last is not None else guide.settings.stages[-1].id
    return _known("stage", stage, (each.id for each in guide.settings.stages)) or {"stage": stage}


def _names_for_page(guide: Guide, options: argparse.Namespace) -> Mapping[str, str] | str:
    lesson = options.lesson or str(guide.settings.lessons[-1])
    situation = options.situation or guide.settings.situations[0].id
    return (
        _known("lesson", lesson, map(str, guide.settings.lessons))
        or _known("situation", situation, (each.id for each in guide.settings.situations))
        or {"lesson": lesson, "situation": situation}
    )


def _known(kind: str, name: str, names: Iterable[str]) -> str:
    known = list(names)
    return "" if name in known else f"there is no {kind} '{name}'{hint(name, known)}"


def _write_page(kind: Kind, id: str, guide: Guide, names: Mapping[str, str], path: Path) -> int:
    from generator.scaffold import NotListedError, new_page, with_lesson

    guide_file = path.parent.parent / GUIDE_FILE
    listed = None
    if kind == "lesson" and id not in guide.settings.lessons:
        try:
            before = _first_behind(guide, names["stage"])
            listed = with_lesson(guide_file.read_bytes().decode("utf-8"), id, before)
        except NotListedError:
            message = f"{guide_file}: write 'lessons' as a list, each on a line of its own, like: - {id}"
            return fail(message, WRONG_CONTENT)
    text = new_page(kind, id, guide, names)
    path.parent.mkdir(exist_ok=True)
    # "x": whoever made the file in the meantime keeps it.
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    if listed is not None:
        try:
            replace(guide_file, listed)
        except OSError:
            path.unlink()
            raise
    print(f"{path}: a {kind} to write over" + (f", listed in {guide_file}" if listed is not None else ""))
    return DONE


def _first_behind(guide: Guide, stage: str) -> str | None:
    """Return the first listed lesson of a later stage, before which a new lesson of `stage` stands; None at the end."""
    order = {each.id: number for number, each in enumerate(guide.settings.stages)}
    stages = {lesson.id: str(lesson.stage) for lesson in guide.lessons}
    behind = (id for id in guide.settings.lessons if order.get(stages.get(id, ""), -1) > order[stage])
    return next((str(id) for id in behind), None)


def _schemas(options: argparse.Namespace) -> int:
    from generator.export.schemas import json_schemas

    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        replace(out / name, text)
    print(f"{out}: {len(json_schemas())} schemas")
    return DONE
