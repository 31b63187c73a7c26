"""Turns data and Typst templates into PDF files, and keeps what was made for the next time.

A file depends on nothing but its data, the templates and fonts, and the version of Typst: no clock, no system font,
no network. So the same input gives the same bytes, and a hash of the input is enough to find them again.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.diagnostics import Place

STANDARD = "ua-1"
"""PDF/UA-1: tagged, titled, with a language and with text that can be read aloud."""

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""The papers by the name that stands in a file's name; the value is Typst's name."""

_KEPT = 3
"""Entries kept for one file: a preview and a build differ in their address and should not push each other out."""
_MOST_REPLACED = 12
_MISSING_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_SOURCE_PLACE = re.compile(r"┌─ ([^\n]+?):(\d+):(\d+)\n")
_LOOKS = "(?:\\u200d.|[\\ufe0e\\ufe0f\\u20e3\\U0001f3fb-\\U0001f3ff\\U000e0020-\\U000e007f])*"
"""What may follow a pictogram and belongs to it: joined pictograms, variation selectors, skin tones, tags."""
_FONTS = (".otf", ".ttf", ".ttc", ".otc")


class TypesetError(Exception):
    """A print template that cannot be used: where, and why."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished file.

    `facts` is what the template says about it (its `<facts>`); `missing` holds the characters that no font has and
    that are therefore printed by their names.
    """

    pdf: bytes
    facts: dict[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A text that takes long to make: `make` makes it of `source`; `maker` stands for how, and changes with it.

    What is kept is found by source and maker, so that a build which finds everything makes none: the QR codes of the
    guide here take half a second.
    """

    source: str
    make: Callable[[str], str]
    maker: str


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be typeset.

    `name` is its address on the site, such as "workbook-a4.pdf"; `template` the template's file name, which reads
    `data` (values that JSON knows, and `Later`) from "data.json" and may say `<facts>`.
    """

    name: str
    template: str
    data: Mapping[str, Any]


class Typesetter:
    """Typesets the files of one guide."""

    def __init__(self, templates: Path | Sequence[Path], cache: Path | None = None) -> None:
        """Read the templates.

        Args:
            templates: the folders of the Typst templates, each file taken from the first that has it; fonts beside
                the templates are used besides the built-in ones.
            cache: where finished files are kept, None to keep nothing.
        """
        # A guide without paper needs this module for its fault alone.
        from importlib.metadata import version  # noqa: PLC0415

        folders = [templates] if isinstance(templates, Path) else list(templates)
        files: dict[str, Path] = {}
        for folder in reversed(folders):
            files.update({path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()})
        self._folder = folders[0]
        self._sources = {name: path.read_bytes() for name, path in sorted(files.items()) if path.suffix == ".typ"}
        fonts = {name: path for name, path in sorted(files.items()) if path.suffix.lower() in _FONTS}
        self._font_folders = sorted({str(path.parent) for path in fonts.values()})
        self._cache = cache
        self._fonts: Any = None
        self._base = sha256()
        for name, content in [
            ("typst", version("typst").encode()),
            ("standard", STANDARD.encode()),
            *self._sources.items(),
            *((name, path.read_bytes()) for name, path in fonts.items()),
        ]:
            self._base.update(f"{name}\0{len(content)}\0".encode() + content)

    def typeset_all(self, jobs: Sequence[Job]) -> list[Typeset]:
        """Return short files, several of them made at a time: Typst lets other threads run while it works.

        Not for long files: every file that is done ages what Typst remembers of the layout of all, so that a long one
        is laid out again and again (with the workbooks among 78 short files: 18.7 s of processor time, not 11.4 s).

        Raises:
            TypesetError: a template is missing or broken.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(self.typeset, jobs))

    def typeset(self, job: Job) -> Typeset:
        """Return a file, from the cache when nothing it depends on has changed.

        Raises:
            TypesetError: the template is missing or broken.
        """
        return self._kept(job.name, job.template, job.data, partial(self._make, job.template))

    def _kept(self, name: str, how: str, data: Mapping[str, Any], make: Callable[[str], Typeset]) -> Typeset:
        """Return what is kept under a name, or make it of the data and keep it; `how` is what else it depends on."""
        key = self._base.copy()
        key.update(f"{how}\0{_text_of(data, lambda later: f'{later.maker} {later.source}')}".encode())
        entry = self._entry(name, key.hexdigest())
        kept = _read_entry(entry) if entry else None
        if kept is not None:
            return kept
        made = make(_text_of(data, lambda later: later.make(later.source)))
        if entry is not None:
            _write_entry(entry, made)
        return made

    def draw(self, template: str, data: Mapping[str, Any], pixels: int) -> bytes:
        """Return the first page of a template as a PNG picture, from the cache when nothing it depends on has changed.

        Args:
            template: the template's file name; it reads the data from "data.json".
            data: values that JSON knows.
            pixels: how many of them stand on an inch of the page.

        Raises:
            TypesetError: the template is missing or broken.
        """

        def made(text: str) -> Typeset:
            import typst  # noqa: PLC0415

            files, shared = self._input(template, text)
            try:
                drawn: bytes | list[bytes] = typst.compile(files, format="png", ppi=pixels, **shared)
            except typst.TypstError as error:
                raise self._fault(template, error) from error
            # Words that run over to a second page give a list.
            return Typeset(drawn[0] if isinstance(drawn, list) else drawn)

        return self._kept(f"{template}.png", f"{template} {pixels}", data, made).pdf

    def _input(self, template: str, text: str) -> tuple[Any, dict[str, Any]]:
        """Return what Typst is given: the files, and where it may look for more."""
        import typst  # noqa: PLC0415

        if template not in self._sources:
            raise TypesetError(Place(self._shown(template)), "there is no such template")
        if self._fonts is None:
            self._fonts = typst.Fonts(include_system_fonts=False, font_paths=self._font_folders)
        files = {**self._sources, "main.typ": self._sources[template], "data.json": text.encode()}
        return files, {"root": str(self._folder), "font_paths": self._fonts, "ignore_system_fonts": True}

    def _entry(self, name: str, key: str) -> Path | None:
        return None if self._cache is None else self._cache / f"{name.replace('/', '_')}.{key[:40]}"

    def _make(self, template: str, text: str) -> Typeset:
        # Imported here: a build that finds everything in the cache does not need the 80 MB library.
        import typst  # noqa: PLC0415

        missing: list[str] = []
        standards = [STANDARD]
        while True:
            # The stub does not know that `input` takes files by name (documented in the wheel's README).
            files, shared = self._input(template, text)
            try:
                pdf = typst.compile(files, format="pdf", pdf_standards=standards, **shared)  # type: ignore[call-overload]
                found = json.loads(typst.query(files, "<facts>", field="value", **shared))
                return Typeset(pdf, found[0] if found else {}, tuple(missing))
            except typst.TypstError as error:
                glyph = _MISSING_GLYPH.search(str(error.message))
                if glyph is None or not standards:
                    raise self._fault(template, error) from error
                cluster = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), glyph[1])
                text = _named(text, cluster)
                if len(missing) >= _MOST_REPLACED or cluster in missing or cluster.isascii():
                    # Rather a paper that is not quite PDF/UA than none.
                    standards = []
                else:
                    missing.append(cluster)

    def _fault(self, template: str, error: Any) -> TypesetError:
        where = _SOURCE_PLACE.search(str(error.diagnostic))
        if where is None:
            return TypesetError(Place(self._shown(template)), str(error.message))
        name = Path(where[1]).name
        name = template if name == "main.typ" else name
        return TypesetError(Place(self._shown(name), int(where[2]), int(where[3]) + 1), str(error.message))

    def _shown(self, name: str) -> str:
        return f"templates/{self._folder.name}/{name}"


def describe_missing(characters: Iterable[str]) -> str:
    """Return what a diagnostic says about characters that no font has."""
    shown = ", ".join(f"'{c}' (U+{ord(c[0]):04X})" for c in characters)
    return (
        f"the fonts for paper have no {shown}, so its name is printed; "
        "leave it out, or put a font that has it beside the print templates"
    )


def _text_of(data: Mapping[str, Any], written: Callable[[Later], str]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=written)


def _named(text: str, cluster: str) -> str:
    """Return JSON text with a character, and the marks that change its looks, written out by name."""
    words = " ".join(unicodedata.name(c, f"U+{ord(c):04X}").lower() for c in cluster if c.isprintable())
    return re.sub(re.escape(cluster) + _LOOKS, f"({words})" if words else "", text)


def _read_entry(path: Path) -> Typeset | None:
    try:
        head, _, pdf = path.read_bytes().partition(b"\n")
        facts = json.loads(head)
        if facts["sha256"] != sha256(pdf).hexdigest():
            return None
        kept = Typeset(pdf, dict(facts["facts"]), tuple(facts["missing"]))
        os.utime(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept


def _write_entry(path: Path, made: Typeset) -> None:
    """Write an entry aside, then put it in its place; a cache that cannot be written to is no reason to fail."""
    head = json.dumps({"sha256": sha256(made.pdf).hexdigest(), "facts": made.facts, "missing": made.missing})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as aside:
            aside.write(head.encode() + b"\n" + made.pdf)
        Path(aside.name).replace(path)
        entries = [(entry.stat().st_mtime_ns, entry) for entry in path.parent.glob(f"{path.stem}.*")]
        for _, old in sorted(entries)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
