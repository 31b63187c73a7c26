"""The whole way from content files to a checked guide and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.check import check_guide
from generator.diagnostics import Diagnostic, Log, has_errors
from generator.files import read_source
from generator.model import Guide
from generator.parse import read_guide


@dataclass(frozen=True, slots=True)
class Checked:
    """A guide with everything that was found wrong with it; `guide` is None when it cannot be used."""

    guide: Guide | None
    diagnostics: tuple[Diagnostic, ...]


def load_guide(content: Path, root: str | None = None) -> Checked:
    """Read and check a guide.

    Args:
        content: the content folder.
        root: what diagnostics print for that folder; its name when not given.
    """
    log = Log()
    source = read_source(content, log, root)
    guide = read_guide(source, log) if content.is_dir() else None
    if guide is not None:
        check_guide(guide, source, log)
    diagnostics = log.sorted()
    return Checked(None if has_errors(diagnostics) else guide, diagnostics)


def packaged_templates() -> Path:
    """Return the folder of the templates that come with the generator."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


def template_folders(project: Path, kind: str) -> list[Path]:
    """Return where templates of a kind ("pages", "print") are looked for: the project's own folder comes first."""
    folders = [project / "templates" / kind, packaged_templates() / kind]
    return list(dict.fromkeys(folder for folder in (f.resolve() for f in folders) if folder.is_dir()))
