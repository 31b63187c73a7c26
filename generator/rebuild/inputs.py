"""Everything that a site depends on, as hashes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from generator.environment import PREVIEW_URL
from generator.template_folders import packaged_templates, template_folders

KINDS = ("pages", "print", "book", "theme")
_PLUGINS = frozenset({"coaching-guide", "search", "material/search"})
"""What these do to a page depends on that page and on the settings alone; what others do cannot be known."""
_ENVIRONMENT = (PREVIEW_URL, "SOURCE_DATE_EPOCH")
"""Environment variables that change a site."""


class _Lenient(yaml.SafeLoader):
    """Reads mkdocs.yml for plain settings; MkDocs itself reads the tags in it."""


_Lenient.add_multi_constructor("", lambda *_: None)


def read_settings(config: Path) -> Mapping[str, Any]:
    """Return what a project's mkdocs.yml says, as far as it is plain YAML; nothing when it cannot be read."""
    try:
        settings = yaml.load(config.read_text(encoding="utf-8"), _Lenient)  # noqa: S506  # a SafeLoader
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        # MkDocs will say what is wrong with it.
        return {}
    return settings if isinstance(settings, dict) else {}


def frame_key(config: Path, drafts: bool) -> str | None:
    """Return a hash of all that a site depends on besides its content; None where that cannot be told.

    It covers mkdocs.yml, all templates and files of the theme, the generator itself, Python and every installed
    package with its version, the environment variables that change a site, and the day, which stands in the sitemap.

    Args:
        config: the project's mkdocs.yml.
        drafts: whether drafts are in the site.
    """
    project = config.parent
    themes = template_folders(project, "theme")
    if not _is_plain(read_settings(config), config, themes):
        return None
    hash = sha256()
    hash.update(repr((sys.version, drafts, str(datetime.now(UTC).date()), *_versions())).encode())
    hash.update(repr([os.environ.get(name) for name in _ENVIRONMENT]).encode())
    hash.update(config.read_bytes())
    folders = [folder for kind in KINDS for folder in template_folders(project, kind)]
    for folder in (Path(__file__).parent.parent, *folders):
        for name, content in files_below(folder):
            hash.update(f"{name}\0{len(content)}\0".encode() + content)
    return hash.hexdigest()


def _is_plain(settings: Mapping[str, Any], config: Path, themes: Iterable[Path]) -> bool:
    """Whether nothing but this generator and Material has a hand in the pages."""
    plugins = settings.get("plugins")
    if not isinstance(plugins, list) or any(key in settings for key in ("hooks", "INHERIT", "extra_templates")):
        return False
    names = {name for entry in plugins for name in (entry if isinstance(entry, dict) else (entry,))}
    if not names <= _PLUGINS or "!ENV" in config.read_text(encoding="utf-8"):
        return False
    theme = settings.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    ours = (packaged_templates() / "theme").resolve()
    own = [*themes, *([(config.parent / str(custom)).resolve()] if custom else [])]
    return all(folder == ours or not any(folder.rglob("*.html")) for folder in own)


def _versions() -> Iterator[str]:
    """Iterate over the installed packages with their versions, as the names of their folders give them."""
    for path in sys.path:
        if Path(path).is_dir():
            yield from sorted(one.name for one in Path(path).iterdir() if one.suffix in (".dist-info", ".egg-info"))


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Iterate over the files below a folder in order, by path from there.

    What Python compiles is left out, and what cannot be read.
    """
    for path, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for name in sorted(files):
            file = Path(path, name)
            try:
                content = file.read_bytes()
            except OSError:
                continue
            yield file.relative_to(folder).as_posix(), content


def content_state(content: Path) -> dict[str, str]:
    """Return the hash of every file of a content folder."""
    return {name: sha256(data).hexdigest() for name, data in files_below(content)}
