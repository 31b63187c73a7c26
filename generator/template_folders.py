"""Where templates are looked for."""

from __future__ import annotations

from pathlib import Path


def packaged_templates() -> Path:
    """Return the folder of the templates that come with the generator."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


def template_folders(project: Path, kind: str) -> list[Path]:
    """Return where templates of a kind ("pages", "print") are looked for: the project's own folder comes first."""
    folders = [project / "templates" / kind, packaged_templates() / kind]
    return list(dict.fromkeys(folder for folder in (f.resolve() for f in folders) if folder.is_dir()))
