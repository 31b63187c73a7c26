"""Keeps the installed templates compiled, as Python keeps modules: a tenth of a build of a hundred pages was Jinja's.

They are kept where Python keeps this module compiled, and not in the project: what is read back is code, and a project
may come from anyone. For the same reason an author's own templates are not kept.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_OPTIONS = (
    "block_start_string",
    "block_end_string",
    "variable_start_string",
    "variable_end_string",
    "comment_start_string",
    "comment_end_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "newline_sequence",
    "keep_trailing_newline",
    "optimized",
    "autoescape",
    "finalize",
    "is_async",
    "sandboxed",
    "extensions",
    "policies",
)
"""What in an environment changes the code that it makes of a template (Jinja 3.1, `Environment`)."""
_VERSIONS = f"{sys.implementation.cache_tag} {sys.version} Jinja {jinja2.__version__}".encode()


def keep_compiled(environment: jinja2.Environment) -> None:
    """Have an environment keep what it compiles, if there is a folder for that."""
    made = _made_folder()
    if made is not None:
        environment.bytecode_cache = _Compiled(made)


class _Compiled(BytecodeCache):
    """Jinja's own way to keep code; a hash goes before it, so that a harmed file is not used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what is kept of a template, an empty bucket if that is nothing."""
        options = _described(environment)
        kept = options is not None and filename is not None and _is_installed(filename)
        key = sha256(f"{name}\0{filename}\0{options}".encode()).hexdigest() if kept else ""
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something whole to fill it with."""
        with suppress(OSError):
            head, _, code = (self._folder / bucket.key).read_bytes().partition(b"\n") if bucket.key else (b"", b"", b"")
            if head == _hash(code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled: written aside, then put in its place."""
        if not bucket.key:
            return
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as aside:
                aside.write(_hash(code) + b"\n" + code)
            Path(aside.name).replace(self._folder / bucket.key)


def _hash(code: bytes) -> bytes:
    return sha256(_VERSIONS + code).hexdigest().encode()


def _described(environment: jinja2.Environment) -> str | None:
    """Return the options of an environment; None where what a function decides is one of them."""
    options = {name: getattr(environment, name) for name in _OPTIONS}
    if any(callable(value) for value in options.values()):
        return None
    return repr(sorted({**options, "extensions": sorted(options["extensions"])}.items()))


@cache
def _installed() -> tuple[Path, ...]:
    """Return the folders of this generator's templates and of Material's."""
    from generator.template_folders import packaged_templates  # noqa: PLC0415

    return packaged_templates().resolve(), Path(jinja2.__file__).resolve().parent.parent


@cache
def _is_installed(filename: str) -> bool:
    return any(Path(filename).resolve().is_relative_to(folder) for folder in _installed())


def folder() -> Path:
    """Return where compiled templates are kept: beside this module as Python compiled it."""
    return Path(cache_from_source(__file__)).parent / "templates"


def _made_folder() -> Path | None:
    """Return the folder, None where nothing may be kept or it cannot be made."""
    if sys.dont_write_bytecode:
        return None
    try:
        made = folder()
        made.mkdir(parents=True, exist_ok=True)
    except (OSError, NotImplementedError):
        return None
    return made
