"""Messages are proved sendable: lengths, alphabets, addresses and every choice of optional parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import addresses, sms
from generator.build import load_guide
from generator.channels import ADDRESS, CHANNELS, stale_limits
from generator.check_messages import filler
from generator.diagnostics import Place
from generator.model import Field
from tests.support import MESSAGE, tiny_guide, write_project


def _found(folder: Path, message: str) -> list[str]:
    project = write_project(folder, tiny_guide(message=message))
    return [str(diagnostic) for diagnostic in load_guide(project / "content").diagnostics]


def test_a_good_message_has_nothing_wrong(tmp_path: Path) -> None:
    assert _found(tmp_path, MESSAGE) == []


def test_a_note_that_can_grow_past_its_limit_is_named_with_length_and_limit(tmp_path: Path) -> None:
    note = f"## LinkedIn note\n\nHi {{first_name}}, {'w' * 150} {{thing}}.\n"
    (found,) = _found(tmp_path, MESSAGE.replace("## Text message", note + "\n## Text message"))
    assert found.startswith(
        "content/messages/thank.md:20:1: error[too-long-to-send]: 'LinkedIn note' has 207 characters "
        "with every field at its longest; at most 200 ("
    )


def test_a_subject_is_measured_at_its_example(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, MESSAGE.replace("Subject: Thank you for {thing}", f"Subject: {'s' * 51}"))
    assert "error[too-long-to-send]: the subject of 'Email' has 51 characters; at most 50" in found


def test_a_typographic_mark_in_a_text_message_is_named(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, MESSAGE.replace("thanks for {thing}!", "it’s done, thanks for {thing}!"))
    assert "error[not-in-sms]: 'Text message' holds '’' (U+2019)" in found


def test_a_text_message_of_three_parts_is_too_long(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, MESSAGE.replace("thanks for {thing}!", f"{'t' * 300} {{thing}}!"))
    assert "'Text message' has 357 characters with every field at its longest; at most 306" in found


def test_a_mail_that_makes_too_long_an_address_is_named(tmp_path: Path) -> None:
    (found,) = _found(tmp_path, MESSAGE.replace("It came at the right time.", "many words " * 160 + "end."))
    assert "error[too-long-to-send]: 'Email' makes a mailto address of " in found
    assert "; at most 1800 (" in found


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Thank you  for {thing}.", "two spaces in a row at its examples"),
        ("Thank you , for {thing}.", "a space before a mark at its examples"),
        ("Thank you for {thing}.\n\n\nBye.", "two empty lines in a row at its examples"),
        ("Hi[[ {thing}]] , hello.", "a space before a mark at its examples"),
        ("Thank you, [[for {thing}]], friend.", "two marks in a row without optional part 1"),
        ("[[Thank you]]. And {thing}.", "a line that begins with a mark without optional part 1"),
        ("Thank you for {thing}. TODO", "something left to fill in at its examples"),
    ],
)
def test_a_slip_in_any_choice_of_optional_parts_is_named(tmp_path: Path, text: str, slip: str) -> None:
    message = MESSAGE.replace("Thank you for {thing}. [[It came at the right time.]]", text)
    assert f"error[untidy-text]: 'Email' has {slip}" in "\n".join(_found(tmp_path, message))


def test_more_than_six_fields_are_too_many(tmp_path: Path) -> None:
    names = [f"extra_{number}" for number in range(6)]
    fields = "".join(f"  {name}: {{label: L, example: e, max: 5}}\n" for name in names)
    message = MESSAGE.replace("fields:\n", f"fields:\n{fields}").replace(
        "Hi {first_name},\n", "Hi {first_name},\n" + " ".join(f"{{{name}}}" for name in names) + "\n", 1
    )
    (found,) = _found(tmp_path, message)
    assert "error[too-many-fields]: 'Email' has 8 fields; at most 6" in found


def test_every_limit_has_a_source_and_a_day() -> None:
    limits = [ADDRESS, *(limit for channel in CHANNELS for limit in (channel.body, channel.subject) if limit)]
    assert all(limit.source and limit.checked.year >= 2026 for limit in limits)


def test_a_limit_is_old_after_a_year(tmp_path: Path) -> None:
    assert stale_limits(date(2027, 11, 23)) == ()
    assert "LinkedIn note" in [name for name, _ in stale_limits(date(2027, 11, 25))]
    project = write_project(tmp_path, tiny_guide())
    found = load_guide(project / "content", today=date(2030, 1, 1)).diagnostics
    assert "the limit of 200 for 'LinkedIn note' was last checked on 2026-11-23" in "\n".join(map(str, found))
    assert {diagnostic.severity for diagnostic in found} == {"warning"}


@pytest.mark.parametrize(
    ("text", "septets", "parts"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("€" * 80, 160, 1),
        ("[a]", 5, 1),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
    ],
)
def test_a_text_message_is_counted_in_septets_and_parts(text: str, septets: int, parts: int) -> None:
    assert (sms.septets(text), sms.parts(text)) == (septets, parts)


def test_the_sms_alphabet_has_some_accents_and_no_typographic_marks() -> None:
    assert sms.foreign_characters("é è ñ ö ü à @ £") == ""
    assert sms.foreign_characters("’á—á👋") == "’á—👋"


@given(
    subject=st.text(st.characters(exclude_categories=["Cs"])), body=st.text(st.characters(exclude_categories=["Cs"]))
)
def test_an_address_gives_back_what_it_carries(subject: str, body: str) -> None:
    subject, body = (text.replace("\r", "") for text in (subject, body))
    assert addresses.decode(addresses.mailto(subject, body)) == {"subject": subject, "body": body}
    assert addresses.decode(addresses.whatsapp(body)) == {"text": body}
    assert " " not in addresses.mailto(subject, body)


@given(st.integers(1, 200))
def test_a_filler_has_just_the_longest_length(longest: int) -> None:
    text = filler(Field("x", "X", "x", longest, Place("")))
    assert len(text) == longest
    assert text.strip() == text
