"""The messages for text expanders: programs that put a whole text where its short name is typed.

Every way a message is written has one short name (its trigger), made of the ids that its address on the site is made
of, so it is as lasting as they are: `:thank-after-meeting.email-formal:`. The mark between message and variant cannot
stand in an id, so no two can be the same; the colon at the end keeps one from being the beginning of another, which
would expand while somebody is still typing the longer one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.links import variant_anchor
from generator.message_text import CLOSING_MARKS, fill
from generator.model import Guide, Message, Variant
from generator.texts import Blank, Literally, MessageText, Optionally, Piece

_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""First characters that a spreadsheet may take for the beginning of a formula (OWASP, CSV Injection); the last four are
the wide forms that some programs read like the plain ones."""
_COLUMNS = ("trigger", "title", "channel", "tone", "subject", "text")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A message in one of the ways it is written; `name` is its trigger without the colons."""

    message: Message
    variant: Variant
    labels: dict[str, str]

    @property
    def name(self) -> str:
        """The ids of message and variant."""
        return f"{self.message.id}.{variant_anchor(self.variant)}"

    @property
    def title(self) -> str:
        """What it is, for a list of snippets."""
        tone = f", {self.variant.tone}" if self.variant.tone else ""
        return f"{self.message.title} ({self.variant.channel}{tone})"


def snippets(guide: Guide) -> Iterator[Snippet]:
    """Iterate over every way in which every message is written."""
    for message in guide.messages:
        labels = {field.id: field.label for field in guide.fields_of(message)}
        for variant in message.variants:
            yield Snippet(message, variant, labels)


def trigger(name: str) -> str:
    """Return what is typed for a name."""
    return f":{name}:"


def messages_csv(guide: Guide) -> bytes:
    """Return the messages as a table (RFC 4180) for a spreadsheet, or for any program that reads one.

    A blank is its label in brackets, as it is on the page while it is empty. The table begins with a byte order mark:
    most of those who open it do so in a spreadsheet, and Excel takes a table without the mark for one in the
    computer's own alphabet and spoils every accent. A program that does not know the mark sees it in the first heading,
    where it does no harm.
    """
    rows: list[Sequence[str]] = [_COLUMNS]
    for one in snippets(guide):
        blanks = {name: f"[{label}]" for name, label in one.labels.items()}
        subject = fill(one.variant.subject, blanks) if one.variant.subject else ""
        channel = one.variant.channel
        text = fill(one.variant.body, blanks)
        rows.append((trigger(one.name), one.message.title, channel, one.variant.tone, subject, text))
    return b"\xef\xbb\xbf" + _table(rows)


def textexpander_csv(guide: Guide) -> bytes:
    """Return the messages for TextExpander: abbreviation, text with fill-ins, label; without headings.

    Without a byte order mark too: it would become part of the first abbreviation.
    """
    rows: list[Sequence[str]] = []
    for one in snippets(guide):
        rows.append((trigger(one.name), _fill_ins(one.variant.body, one.labels), one.title))
        if one.variant.subject:
            subject = _fill_ins(one.variant.subject, one.labels)
            rows.append((trigger(f"{one.name}.subject"), subject, guide.words("expander.subject", title=one.title)))
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes: one that looks like a formula begins with an apostrophe."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _fill_ins(text: MessageText, labels: dict[str, str]) -> str:
    """Return a text in TextExpander's marks: `%filltext:name=...%` to fill in, `%fillpart...%` to leave out.

    What parts a piece that can be left out from its neighbours goes with it: of the gaps before and behind it the
    narrower one, so that the wider one remains, as `fill` does it.
    """
    out = ""
    taken = False  # whether the gap behind the last piece went with it
    for index, piece in enumerate(text.pieces):
        if not isinstance(piece, Optionally):
            words = _mark(piece, labels)
            out += words.lstrip() if taken else words
            taken = taken and not words.strip()
            continue
        words = "".join(_mark(inner, labels) for inner in piece.pieces)
        before = "" if taken else out[len(out.rstrip()) :]
        rest = text.pieces[index + 1 :]
        after = _gap(rest)
        if taken or not out.strip() or (_width(after) < _width(before) and not _ends(rest)):
            words += after
            taken = True
        else:
            out = out.rstrip()
            words = before + words
            taken = False
        out += f"%fillpart:name={_name(piece, labels)}:default=yes%{words}%fillpartend%"
    return out


def _gap(rest: Sequence[Piece]) -> str:
    """Return the white space that the next pieces begin with."""
    first = rest[0] if rest else None
    return first.text[: len(first.text) - len(first.text.lstrip())] if isinstance(first, Literally) else ""


def _ends(rest: Sequence[Piece]) -> bool:
    """Tell whether nothing follows, or a mark before which no space stands."""
    first = rest[0] if rest else Literally("")
    return isinstance(first, Literally) and (
        first.text.startswith(CLOSING_MARKS)
        or all(isinstance(piece, Literally) and not piece.text.strip() for piece in rest)
    )


def _width(gap: str) -> tuple[int, int]:
    return gap.count("\n"), len(gap)


def _mark(piece: Literally | Blank, labels: dict[str, str]) -> str:
    if isinstance(piece, Literally):
        return piece.text.replace("%", "%%")
    return f"%filltext:name={_plain(labels[piece.field])}%"


def _name(piece: Optionally, labels: dict[str, str]) -> str:
    """Return what a piece that can be left out is called: its own words."""
    words = "".join(
        inner.text if isinstance(inner, Literally) else f"[{labels[inner.field]}]" for inner in piece.pieces
    )
    return _plain(words)[:60].strip()


def _plain(text: str) -> str:
    """Return a name without the marks that end it."""
    return " ".join(text.replace("%", " ").replace(":", " ").split())
