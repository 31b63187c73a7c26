"""Everything that a site depends on, as hashes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from generator.environment import DRAFTS, PREVIEW_URL
from generator.template_folders import packaged_templates, template_folders

KINDS = ("pages", "print", "book", "manual", "theme")
_PLUGINS = frozenset({"coaching-guide", "search", "material/search"})
"""What these do to a page depends on that page and on the settings alone; what others do cannot be known."""
_ENVIRONMENT = (DRAFTS, PREVIEW_URL, "SOURCE_DATE_EPOCH")
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
    themes = [*template_folders(project, "theme"), *_custom(config)]
    folders = [*(folder for kind in KINDS for folder in template_folders(project, kind)), *_custom(config)]
    if not _is_plain(read_settings(config), config, themes) or any(map(_leads_elsewhere, folders)):
        return None
    hash = sha256()
    hash.update(repr((sys.version, drafts, str(datetime.now(UTC).date()), *_versions())).encode())
    hash.update(repr([os.environ.get(name) for name in _ENVIRONMENT]).encode())
    hash.update(config.read_bytes())
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
    if (theme.get("name") if isinstance(theme, dict) else theme) != "material":
        return False
    ours = (packaged_templates() / "theme").resolve()
    return all(folder == ours or not any(folder.rglob("*.html")) for folder in themes)


def _custom(config: Path) -> list[Path]:
    """Return the folder of the author's own files of the theme, if mkdocs.yml names one."""
    theme = read_settings(config).get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return [(config.parent / str(custom)).resolve()] if custom else []


def _leads_elsewhere(folder: Path) -> bool:
    """Whether a folder below this one is a link: what it leads to is used too, and is not looked at here."""
    return any(Path(path, name).is_symlink() for path, names, _ in os.walk(folder) for name in names)


def _versions() -> Iterator[str]:
    """Iterate over the installed packages with their versions, as the names of their folders give them."""
    for path in sys.path:
        if Path(path).is_dir():
            yield from sorted(one.name for one in Path(path).iterdir() if one.suffix in (".dist-info", ".egg-info"))


def paths_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Iterate over the files below a folder in order, by path from there; what Python compiles is left out."""
    for path, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for name in sorted(files):
            file = Path(path, name)
            yield file.relative_to(folder).as_posix(), file


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Iterate over the files below a folder in order, by path from there, without those that cannot be read."""
    for name, path in paths_below(folder):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        yield name, content


def content_state(content: Path) -> dict[str, str]:
    """Return a hash of everything in a content folder, by path; links are never followed out of it.

    What a thing is belongs to it: a link in the place of a file with the same bytes is a change.
    """
    state = {}
    home = content.resolve()
    for folder, inside, files in os.walk(content):
        for path in (Path(folder, name) for name in (*inside, *files)):
            state[path.relative_to(content).as_posix()] = sha256(_described(path, home)).hexdigest()
    return state


def _described(path: Path, home: Path) -> bytes:
    try:
        link = os.fsencode(path.readlink()) if path.is_symlink() else b""
        # Nothing else can lie outside: the folders on the way to it are no links.
        if link and not path.resolve().is_relative_to(home):
            return b"outside\0" + link
        kind = stat.S_IFMT(path.stat().st_mode)
        content = path.read_bytes() if stat.S_ISREG(kind) else b""
    except (OSError, RuntimeError) as fault:
        return f"unreadable\0{fault}".encode()
    return b"\0".join((str(kind).encode(), link, content))
