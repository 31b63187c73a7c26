"""`ids`: items and parts without an id get one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from generator.commands.common import DONE, WRONG_CONTENT, AddCommand, fail, is_project, no_project, replace
from generator.diagnostics import Log, counted
from generator.files import read_source
from generator.parse import REGISTER_FILE, Source
from generator.register import read_register
from generator.stamp import stamp_checklist, stamp_lesson


def add_commands(add: AddCommand) -> None:
    """Add the command of this module."""
    command = add("ids", _ids, "Write an id behind every checklist item and every part of a lesson that has none.")
    command.add_argument("--check", action="store_true", help="only say which are missing")


def _ids(options: argparse.Namespace) -> int:
    project: Path = options.project
    if not is_project(project):
        return no_project(project)
    content = project / "content"
    source = read_source(content, Log())
    taken = _once_published(source)
    written = 0
    for file in sorted(source.files):
        path = content / file
        if file.startswith("checklists/"):
            text = path.read_bytes().decode("utf-8")
            stamped, stamps = stamp_checklist(str(path), text, taken.get(path.stem, ()))
        elif file.startswith("lessons/"):
            text = path.read_bytes().decode("utf-8")
            stamped, stamps = stamp_lesson(str(path), text)
        else:
            continue
        if stamps and not options.check:
            replace(path, stamped)
        for stamp in stamps:
            print(f"{source.root}/{file}:{stamp.line}: {{#{stamp.id}}}")
        written += len(stamps)
    if written and options.check:
        return fail(f"{counted(written, 'id')} missing; write them with: coaching-guide ids", WRONG_CONTENT)
    print(f"{counted(written, 'id')} written" if written else "every item and part has an id")
    return DONE


def _once_published(source: Source) -> Mapping[str, set[str]]:
    """Return the ids of items that were ever published, by checklist: readers' ticks hang on them."""
    log = Log()
    register = read_register(REGISTER_FILE, source.files[REGISTER_FILE], log) if REGISTER_FILE in source.files else None
    ids: dict[str, set[str]] = {}
    addresses = (*register.published, *register.renamed, *register.retired) if register else ()
    for address in addresses:
        page, _, item = address.partition("#")
        ids.setdefault(page.removeprefix("checklists/"), set()).add(item)
    return ids
