"""What `coaching-guide import` does, step by step; printing is left to the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Log, counted, has_errors, report
from generator.files import read_source
from generator.importing.blocks import Article, ImportFault
from generator.importing.decoding import text_of
from generator.importing.drafting import Draft, drafted
from generator.importing.editions import RECORD_FILE, compare, marks_of, read_record, record_text, report_lines
from generator.importing.inferring import outline_of
from generator.importing.language import language as language_of
from generator.importing.outline import Outline
from generator.importing.outline_file import LARGEST_OUTLINE, outline_lines, outline_text, read_outline_file
from generator.importing.project import check_target, replace_file, write_project
from generator.importing.reading import read_article
from generator.parse import read_guide
from generator.scaffold import new_guide

DONE, WRONG_CONTENT, WRONG_CALL = 0, 1, 2


@dataclass
class Outcome:
    """What a call came to: its exit code, and lines for standard output and for standard error."""

    status: int = DONE
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)


def import_article(
    article_file: Path,
    folder: Path,
    *,
    outline_file: Path | None = None,
    language: str = "en",
    accept: bool = False,
    confirm: Callable[[list[str]], bool] | None = None,
) -> Outcome:
    """Make a project from an article, or compare a new edition with the one it was made from.

    Args:
        article_file: the article.
        folder: the project's folder.
        outline_file: where the outline is written for correction; read when it is there.
        language: the code of the language the article is written in.
        accept: whether a new edition becomes the one to compare with.
        confirm: asked, with the outline as lines, before a project is made of levels that were inferred.
    """
    outcome = Outcome()
    again = (folder / RECORD_FILE).is_file()
    try:
        if not again:
            check_target(folder)
    except ImportFault as fault:
        return Outcome(WRONG_CALL, warned=[f"coaching-guide: {folder}: {fault}"])
    try:
        article = read_article(article_file)
        outcome.warned += [f"{article_file}: {note}" for note in article.notes]
        outline = outline_of(article, language_of(language))
        if outline_file is not None:
            if not outline_file.exists():
                return _write_outline(outline_file, article, outline, outcome)
            corrected = _read_outline(outline_file, article, outline, outcome)
            if corrected is None:
                return outcome
            outline = corrected
        draft = drafted(article, outline, language_of(language), _around(folder))
    except ImportFault as fault:
        outcome.status = WRONG_CONTENT
        outcome.warned.append(f"coaching-guide: {article_file}: {fault}")
        return outcome
    if again:
        return _compare(folder, article, draft, outcome, accept=accept)
    inferred = not article.marked and outline_file is None and bool(outline.entries)
    if inferred:
        outcome.said += ["The file does not mark its headings; these were found:", *outline_lines(outline)]
        if confirm is not None and not confirm(outcome.said):
            return Outcome(said=["nothing was written; --outline FILE writes the outline for you to correct"])
        if confirm is not None:
            outcome.said = []
    return _write(folder, article, draft, outcome)


def _around(folder: Path) -> dict[str, str]:
    """Return the files of a new guide that hold none of its content: settings, and help for editors."""
    files = new_guide(folder.resolve().name)
    # Its README speaks of the pages that `new` writes.
    return {path: text for path, text in files.items() if not path.startswith("content/") and path != "README.md"}


def _write_outline(path: Path, article: Article, outline: Outline, outcome: Outcome) -> Outcome:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(outline_text(article, outline))
    outcome.said.append(f"{path}: {counted(len(outline.entries), 'heading')}; correct it, then call the same again")
    return outcome


def _text_in(path: Path) -> str:
    if not path.is_file():
        raise ImportFault("this is no ordinary file; name another one")
    if path.stat().st_size > LARGEST_OUTLINE:
        raise ImportFault(f"the file has more than {LARGEST_OUTLINE:,} bytes; it cannot be an outline")
    return text_of(path.read_bytes())[0]


def _read_outline(path: Path, article: Article, outline: Outline, outcome: Outcome) -> Outline | None:
    try:
        text = _text_in(path)
    except ImportFault as fault:
        outcome.status = WRONG_CONTENT
        outcome.warned.append(f"coaching-guide: {path}: {fault}")
        return None
    log = Log()
    corrected = read_outline_file(str(path), text, outline, article.unit, article.name, log)
    if log.noted:
        outcome.warned.append(report(log.sorted()))
    if has_errors(log.sorted()):
        outcome.status = WRONG_CONTENT
        return None
    return corrected


def _write(folder: Path, article: Article, draft: Draft, outcome: Outcome) -> Outcome:
    files = draft.files | {RECORD_FILE: record_text(article.name, marks_of(draft.structure))}
    written, kept = write_project(folder, files)
    kinds = {
        kind: sum(path.startswith(f"content/{kind}s/") for path in written)
        for kind in ("lesson", "checklist", "message")
    }
    made = ", ".join(counted(number, kind) for kind, number in kinds.items())
    outcome.said.append(f"{folder}: {made}, all of them drafts ({counted(len(written), 'file')} written)")
    outcome.said += [f"kept as it was: {folder / path}" for path in kept]
    outcome.said.append(f"see them with: coaching-guide serve {folder} --drafts")
    return outcome


def _compare(folder: Path, article: Article, draft: Draft, outcome: Outcome, *, accept: bool) -> Outcome:
    """Say what a new edition changed; of the project only import.yml is written, and only when it is accepted."""
    path = folder / RECORD_FILE
    log = Log()
    try:
        old = read_record(str(path), _text_in(path), log)
    except ImportFault as fault:
        old = None
        outcome.warned.append(f"coaching-guide: {path}: {fault}")
    if old is None:
        outcome.status = WRONG_CONTENT
        if log.noted:
            outcome.warned.append(report(log.sorted()))
        outcome.warned.append(f"without {path} no edition can be compared; import into a new folder")
        return outcome
    marks = marks_of(draft.structure)
    comparison = compare(old, marks)
    content = folder / "content"
    guide = read_guide(read_source(content, Log()), Log()) if content.is_dir() else None
    outcome.said += report_lines(comparison, guide, article.unit)
    if not comparison:
        outcome.said.append(f"{article.name} says what it said when {folder} was made")
    elif accept:
        replace_file(path, record_text(article.name, marks))
        outcome.said += ["", f"{path}: this edition is the one to compare with now; no other file was touched"]
    else:
        outcome.said += ["", "no file was touched; when the guide says what this edition says, add --accept"]
    return outcome
