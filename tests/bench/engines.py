"""The engines that are compared: for each the files it needs and the command that builds them."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from generator.build import load_guide
from generator.generate import Settings, Written, generate
from generator.render.templates import as_file
from tests.bench.guides import write_guide

ADDRESS = "https://bench.example/"

# Exports (paper, the e-book, files for text expanders) are left out: no other engine makes them.
_OURS = f"""\
site_name: Bench
site_url: {ADDRESS}
docs_dir: content
theme: {{name: material}}
plugins:
  - coaching-guide: {{exports: false}}
  - search
"""
_PLAIN = f"""\
site_name: Bench
site_url: {ADDRESS}
theme:
  name: material
plugins:
  - search
markdown_extensions:
  - attr_list
  - toc
"""
_HUGO = f"""\
baseURL = "{ADDRESS}"
title = "Bench"
contentDir = "docs"
publishDir = "site"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
title = true
"""
_HUGO_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}"></head>
<body>
<nav><ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ range .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
<main>{{ .Content }}</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine with a project of its own.

    `kept` is what it keeps from one build to the next, taken away before a clean one; `page` is the file that an edit
    changes. `keeps` is False for one that builds everything every time.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    page: Path
    kept: tuple[str, ...] = ("site", ".cache", "public", "resources")
    environment: Mapping[str, str] = field(default_factory=dict)
    keeps: bool = True

    def clean(self) -> None:
        """Take away everything that an earlier build left."""
        for name in self.kept:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self) -> None:
        """Change the words of one message."""
        text = self.page.read_text(encoding="utf-8")
        assert "It was " in text
        self.page.write_text(text.replace("It was ", "It was again ", 1), encoding="utf-8")


def versions(tools: Path | None) -> str:
    """Return what is compared, with its version, and on what."""
    names = {name: version(name) for name in ("mkdocs", "mkdocs-material")}
    for name, command in (("zensical", ["zensical", "--version"]), ("hugo", ["hugo", "version"])):
        if tools is not None and (tools / name).exists():
            done = subprocess.run([tools / name, *command[1:]], capture_output=True, text=True, check=True)
            found = re.search(r"\d+\.\d+\.\d+", done.stdout)
            names[name] = found[0] if found else "?"
    told = ", ".join(f"{name} {version}" for name, version in names.items())
    return f"{told}; Python {platform.python_version()}, {os.cpu_count()} processors"


def engines(folder: Path, pages: int, tools: Path | None) -> Sequence[Engine]:
    """Write the same pages for every engine, each in a folder of its own.

    Args:
        folder: an empty folder.
        pages: how many pages.
        tools: the folder of the programs that are compared; what is not there is left out.
    """
    ours, plain = folder / "ours", folder / "plain"
    write_guide(ours, pages)
    (ours / "mkdocs.yml").write_text(_OURS, encoding="utf-8")
    checked = load_guide(ours / "content")
    assert checked.guide is not None, checked.diagnostics
    made = generate(checked, ours, Settings(ADDRESS, exports=False)).pages
    _write(plain, made)
    (plain / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    message = "messages/message-1.md"
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    path = {"PYTHONPATH": os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH"))))}
    found = [
        Engine(
            "ours", ours, (sys.executable, "-m", "generator", "build"), ours / "content" / message, environment=path
        ),
        Engine(
            "plain MkDocs + Material",
            plain,
            (sys.executable, "-m", "mkdocs", "build", "--quiet"),
            plain / "docs" / message,
            environment=quiet,
            keeps=False,
        ),
    ]
    if tools is not None and (tools / "zensical").exists():
        copy = folder / "zensical"
        _write(copy, made)
        (copy / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
        found.append(Engine("Zensical", copy, (str(tools / "zensical"), "build"), copy / "docs" / message))
    if tools is not None and (tools / "hugo").exists():
        copy = folder / "hugo"
        _write(copy, made, index="_index.md")
        (copy / "hugo.toml").write_text(_HUGO, encoding="utf-8")
        for name in ("single", "list", "home"):
            layout = copy / "layouts" / "_default" / f"{name}.html"
            layout.parent.mkdir(parents=True, exist_ok=True)
            layout.write_text(_HUGO_PAGE, encoding="utf-8")
        found.append(Engine("Hugo", copy, (str(tools / "hugo"), "--quiet"), copy / "docs" / message))
    return found


def _write(folder: Path, pages: Sequence[Written], index: str = "index.md") -> None:
    for one in pages:
        path = folder / "docs" / one.page.uri.replace("index.md", index)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_file(one.meta, one.body), encoding="utf-8")
