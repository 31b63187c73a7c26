"""The whole way from content files to a checked guide and its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.channels import CHANNELS, Channel, stale_limits
from generator.check import check_guide
from generator.check_messages import check_message
from generator.check_prose import check_prose
from generator.diagnostics import Diagnostic, Log, has_errors
from generator.drafts import draft_pages, waiting_pages, without_drafts
from generator.files import read_source
from generator.kept_pages import KeptPages
from generator.model import Guide
from generator.parse import GUIDE_FILE, REGISTER_FILE, STYLE_FILE, WORDS_FILE, Source, read_guide, read_guide_words
from generator.parse.guide_file import read_guide_file
from generator.parse.style import read_style
from generator.register import Register, check_register, read_register
from generator.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """A guide with everything that was found wrong with it; `guide` is None when it cannot be used.

    `drafts` names the pages that say `draft: true`, `waiting` those that wait for a lesson which does ('lessons/x').
    `pages` is what is known of its pages.
    """

    guide: Guide | None
    diagnostics: tuple[Diagnostic, ...]
    register: Register | None = None
    drafts: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    pages: KeptPages = field(default_factory=KeptPages)


def load_guide(
    content: Path,
    root: str | None = None,
    *,
    prose: bool = False,
    today: date | None = None,
    drafts: bool = False,
    kept: KeptPages | None = None,
) -> Checked:
    """Read and check a guide.

    Args:
        content: the content folder.
        root: what diagnostics print for that folder; its name when not given.
        prose: whether to check how it is written, too.
        today: the day on which limits of channels are judged to be old; not judged when not given.
        drafts: whether the guide that is returned holds its drafts; they are checked in any case.
        kept: what the last build kept of the pages; nothing when not given.
    """
    log = Log()
    kept = kept or KeptPages()
    source = read_source(content, log, root)
    guide = read_guide(source, log, kept, check_message) if content.is_dir() else None
    register = _read_register(source, log)
    left_out: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    if guide is not None:
        check_guide(guide, source, kept.mentions, log)
        if not has_errors(log.sorted()):
            left_out = draft_pages(guide), waiting_pages(guide)
            guide = guide if drafts else without_drafts(guide)
            if register is not None:
                check_register(guide, register, log, () if drafts else (*left_out[0], *left_out[1]))
            if prose:
                _check_style(guide, source, log)
    if today is not None:
        _check_limits(source, guide.channels if guide else CHANNELS, today, log)
    diagnostics = log.sorted()
    return Checked(None if has_errors(diagnostics) else guide, diagnostics, register, *left_out, kept)


def load_words(content: Path) -> Words:
    """Return the words of the language that guide.yml names, unchecked; English where it names none."""
    files = {}
    for name in (GUIDE_FILE, WORDS_FILE):
        try:
            files[name] = (content / name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError):
            continue
    source = Source(content.name, files)
    settings = read_guide_file(source.place(GUIDE_FILE).path, files.get(GUIDE_FILE, ""), Log())
    return read_guide_words(source, settings, Log())


def _read_register(source: Source, log: Log) -> Register | None:
    if REGISTER_FILE not in source.files:
        return None
    return read_register(source.place(REGISTER_FILE).path, source.files[REGISTER_FILE], log)


def _check_style(guide: Guide, source: Source, log: Log) -> None:
    place = source.place(STYLE_FILE)
    if STYLE_FILE not in source.files:
        if not source.has(STYLE_FILE):
            log.error(place, "missing-file", "there is no style.yml; it says how the guide is to be written")
        return
    style = read_style(place.path, source.files[STYLE_FILE], log)
    if style is not None:
        check_prose(guide, style, log)


def _check_limits(source: Source, channels: Iterable[Channel], today: date, log: Log) -> None:
    for name, limit in stale_limits(today, channels):
        log.warning(
            source.place("messages"),
            "old-limit",
            f"the limit of {limit.most} for '{name}' was last checked on {limit.checked}; "
            f"look it up again in {limit.source}",
        )
