"""The command line: `python -m generator`, or `coaching-guide`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.build import load_guide, template_folders
from generator.diagnostics import Log, has_errors, hint, report
from generator.explanations import EXPLANATIONS, explain
from generator.parse import REGISTER_FILE

DONE, WRONG_CONTENT, WRONG_CALL = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Answers a wrong call with one line."""

    def error(self, message: str) -> None:  # type: ignore[override]  # never returns, as in the base class
        usage = " ".join(self.format_usage().split())
        self.exit(WRONG_CALL, f"{self.prog}: {message}; {usage}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="coaching-guide", description="Turns lessons, checklists and messages into a coaching guide.")
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    for name, run, text in (
        ("check", _check, "Print everything that is wrong with the content."),
        ("build", _build, "Build the site; the last good one stays when something is wrong."),
        ("serve", _serve, "Preview the site and rebuild it whenever a file changes."),
        ("register", _register, "Add new pages and items to the register of published addresses."),
        (
            "render",
            _render,
            "Write the pages as plain Markdown files, and all that goes with them, for another engine.",
        ),
    ):
        command = add(name, run, text)
        command.add_argument("project", nargs="?", default=".", type=Path, help="folder of the guide (default: here)")
        if name == "check":
            command.add_argument(
                "--prose", action="store_true", help="also check how it is written (content/style.yml)"
            )
        if name == "build":
            command.add_argument("--strict", action="store_true", help="let warnings fail the build too")
            command.add_argument(
                "--replace",
                action="store_true",
                help="replace the site's folder even if it holds files of somebody else",
            )
        if name == "serve":
            command.add_argument("--address", default="127.0.0.1:8000", help="host and port (default: %(default)s)")
        if name == "register":
            command.add_argument("--check", action="store_true", help="only say whether something is missing")
        if name == "render":
            command.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new or empty folder")
            command.add_argument("--site-url", default="", help="address the pages will have")
    command = add("explain", _explain, "Tell what a diagnostic means and how to mend it.")
    command.add_argument("code", nargs="?", help="the code in brackets, such as unknown-field (default: list all)")
    return parser


def _version() -> str:
    try:
        return version("coaching-guide")
    except PackageNotFoundError:
        return "(not installed)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it is done, 1 when the content is wrong, 2 when the call is.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BrokenPipeError:
        # The reader of the output is gone (`... | head`); Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return DONE
    except OSError as fault:
        return _fail(f"{fault.filename or 'a file'}: {fault.strerror or fault}", WRONG_CONTENT)


def _fail(message: str, status: int) -> int:
    print(f"coaching-guide: {message}", file=sys.stderr)
    return status


def _is_project(project: Path) -> bool:
    return (project / "content").is_dir()


def _no_project(project: Path) -> int:
    return _fail(f"{project}: no folder 'content' here; name the folder that holds it", WRONG_CALL)


def _check(options: argparse.Namespace) -> int:
    if not _is_project(options.project):
        return _no_project(options.project)
    today = datetime.now(UTC).date()
    checked = load_guide(options.project / "content", prose=options.prose, today=today)
    print(report(checked.diagnostics), file=sys.stderr if checked.diagnostics else sys.stdout)
    return WRONG_CONTENT if has_errors(checked.diagnostics) else DONE


def _mkdocs_config(project: Path) -> Path | None:
    return next((path for path in (project / "mkdocs.yml", project / "mkdocs.yaml") if path.is_file()), None)


def _build(options: argparse.Namespace) -> int:
    """Build aside, then swap: a build that fails leaves the last good site as it was."""
    project: Path = options.project
    config = _mkdocs_config(project)
    if config is None or not _is_project(project):
        return _no_project(project) if config else _fail(f"{project}: no mkdocs.yml here", WRONG_CALL)
    checked = load_guide(project / "content")
    if checked.diagnostics:
        print(report(checked.diagnostics), file=sys.stderr)
    if has_errors(checked.diagnostics) or (options.strict and checked.diagnostics):
        return WRONG_CONTENT
    # Imported late: MkDocs takes half a second, which `check` and `explain` need not wait for.
    from generator.publish import publish

    return publish(config, strict=options.strict, replace=options.replace)


def _serve(options: argparse.Namespace) -> int:
    config = _mkdocs_config(options.project)
    if config is None:
        return _fail(f"{options.project}: no mkdocs.yml here", WRONG_CALL)
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(config), "--dev-addr", options.address]
    os.execv(sys.executable, command)
    return DONE  # never reached: this process is MkDocs now


def _render(options: argparse.Namespace) -> int:
    from generator.export.make import make_files
    from generator.export.typeset import TypesetError
    from generator.jinja_templates import TemplateFault
    from generator.render.pages import pages_of
    from generator.render.templates import PageWriter, as_file

    project: Path = options.project
    out: Path = options.out
    if not _is_project(project):
        return _no_project(project)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        return _fail(f"{out}: not an empty folder; name a new one", WRONG_CALL)
    checked = load_guide(project / "content")
    if checked.diagnostics:
        print(report(checked.diagnostics), file=sys.stderr)
    if checked.guide is None:
        return WRONG_CONTENT
    renamed = checked.register.renamed if checked.register is not None else {}
    log = Log()
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        made = make_files(
            checked.guide,
            print_templates=template_folders(project, "print"),
            book_templates=template_folders(project, "book"),
            site_url=options.site_url,
            cache=project / ".cache" / "typeset",
            log=log,
        )
        pages = template_folders(project, "pages")
        writer = PageWriter(checked.guide, pages, options.site_url, renamed=renamed, downloads=made.downloads)
        files = {page.uri: as_file(*writer.write(page)).encode() for page in pages_of(checked.guide)} | made.files
        for uri, content in files.items():
            target = aside / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if log.sorted():
            print(report(log.sorted()), file=sys.stderr)
        aside.chmod(0o755)
        if out.exists():
            out.rmdir()
        aside.rename(out)
    except (TemplateFault, TypesetError) as fault:
        print(f"{fault.place}: error[template]: {fault.message}", file=sys.stderr)
        return WRONG_CONTENT
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    print(f"wrote {len(pages_of(checked.guide))} pages and {len(made.files)} files to {out}")
    return DONE


def _register(options: argparse.Namespace) -> int:
    from generator.register import updated

    if not _is_project(options.project):
        return _no_project(options.project)
    checked = load_guide(options.project / "content")
    if checked.guide is None:
        print(report(checked.diagnostics), file=sys.stderr)
        return WRONG_CONTENT
    path = options.project / "content" / REGISTER_FILE
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = updated(old, checked.guide)
    if new == old:
        print(f"{path}: every page and item is registered")
        return DONE
    if options.check:
        return _fail(f"{path}: new pages or items are not registered; run: coaching-guide register", WRONG_CONTENT)
    _replace(path, new)
    print(f"{path}: {new.count(chr(10)) - old.count(chr(10))} lines added")
    return DONE


def _replace(path: Path, text: str) -> None:
    """Write a file aside, then put it in its place: an interrupted call leaves the old one whole."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", delete=False
    ) as aside:
        aside.write(text)
    Path(aside.name).chmod(path.stat().st_mode if path.exists() else 0o644)
    Path(aside.name).replace(path)


def _explain(options: argparse.Namespace) -> int:
    if options.code is None:
        width = max(len(code) for code in EXPLANATIONS)
        for code, explanation in sorted(EXPLANATIONS.items()):
            print(f"{code:<{width}}  {explanation.summary}")
        return DONE
    if options.code not in EXPLANATIONS:
        return _fail(f"no code '{options.code}'{hint(options.code, EXPLANATIONS)}", WRONG_CALL)
    print(explain(options.code))
    return DONE
