"""The messages for text expanders, read back as the expanders read them."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.build import load_guide
from generator.diagnostics import Log, Place
from generator.export.espanso import espanso_package
from generator.export.expanders import messages_csv, textexpander_csv
from generator.message_text import fill, read_text
from generator.model import Guide
from generator.parse import Source, read_guide
from generator.texts import MessageText, Optionally
from tests.support import MESSAGE, ROOT, tiny_guide
from tests.test_untrusted import PLAIN, SYNTAX
from tests.test_untrusted import _hostile as hostile_files

SITE = "https://tiny.example/"


def guide_of(files: dict[str, str]) -> Guide:
    content = {path.removeprefix("content/"): text for path, text in files.items() if path.startswith("content/")}
    guide = read_guide(Source("content", content), Log())
    assert guide is not None
    return guide


def tiny(**changes: str) -> Guide:
    return guide_of(tiny_guide(**changes))


@pytest.fixture(scope="module")
def guide() -> Guide:
    real = load_guide(ROOT / "content").guide
    assert real is not None
    return real


def examples_of(guide: Guide, id: str) -> dict[str, str]:
    return {field.id: field.example for field in guide.fields_of(guide.message(id))}


# ---- espanso --------------------------------------------------------------------------------------------------------


class Package:
    """An espanso package, opened."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.folder = self.archive.namelist()[0].partition("/")[0]
        self.manifest = yaml.safe_load(self.read("_manifest.yml"))
        self.matches: dict[str, dict[str, Any]] = {
            match["trigger"]: match for match in yaml.safe_load(self.read("package.yml"))["matches"]
        }

    def read(self, name: str) -> str:
        return self.archive.read(f"{self.folder}/{name}").decode()


def expanded(match: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """What espanso types, as its own code does it: variables, then escaped braces, then the mark for the cursor."""
    text = re.sub(r"\{\{\s*form1\.(\w+)\s*\}\}", lambda found: values[found[1]], match["replace"])
    assert not re.search(r"\{\{\s*\w+(\.\w+)?\s*\}\}", text)
    return text.replace("\\{\\{", "{{").replace("\\}\\}", "}}").replace("$|$", "")


def asked(match: Mapping[str, Any]) -> list[str]:
    """The fields of the form, as espanso finds them in its layout."""
    layout = "".join(var["params"]["layout"] for var in match.get("vars", ()))
    return ["".join(found) for found in re.findall(r"\{\{(.*?)\}\}|\[\[(.*?)\]\]", layout)]


@pytest.fixture(scope="module")
def package(guide: Guide) -> Package:
    return Package(espanso_package(guide, SITE))


def test_the_package_holds_what_espanso_asks_for(package: Package) -> None:
    assert package.archive.namelist() == [f"good-company/{n}" for n in ("_manifest.yml", "package.yml", "README.md")]
    assert re.fullmatch(r"[a-z0-9-]+", package.manifest["name"])
    assert package.manifest["name"] == package.folder
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", package.manifest["version"])
    assert {"name", "title", "description", "version", "author", "homepage"} == set(package.manifest)


def test_every_way_of_every_message_expands_to_its_text(package: Package, guide: Guide) -> None:
    count = 0
    for message in guide.messages:
        values = examples_of(guide, message.id)
        for match, text, keep in ways(package, message.id, guide):
            count += 1
            assert expanded(match, values) == fill(text, values, keep=keeping(keep))
    assert count == len(package.matches)


def keeping(keep: bool) -> Callable[[int], bool]:
    return lambda _: keep


def ways(package: Package, id: str, guide: Guide) -> list[tuple[dict[str, Any], MessageText, bool]]:
    """The triggers that a message must have: with the text behind each, and whether what can be left out stays."""
    from generator.links import variant_anchor

    found = []
    for variant in guide.message(id).variants:
        name = f":{id}.{variant_anchor(variant)}"
        found.append((package.matches[f"{name}:"], variant.body, True))
        if any(isinstance(piece, Optionally) for piece in variant.body.pieces):
            found.append((package.matches[f"{name}.short:"], variant.body, False))
        if variant.subject:
            found.append((package.matches[f"{name}.subject:"], variant.subject, True))
    return found


def test_a_form_asks_for_each_blank_of_its_text_once_by_its_label(package: Package, guide: Guide) -> None:
    for trigger, match in package.matches.items():
        labels = {field.id: field.label for field in guide.fields_of(guide.message(trigger[1:].partition(".")[0]))}
        blanks = re.findall(r"\{\{form1\.(\w+)\}\}", match["replace"])
        assert asked(match) == list(dict.fromkeys(blanks))
        if blanks:
            layout = match["vars"][0]["params"]["layout"]
            assert layout.split("\n") == [f"{labels[name]}: [[{name}]]" for name in asked(match)]


def test_no_trigger_is_the_beginning_of_another(package: Package) -> None:
    triggers = sorted(package.matches)
    assert [pair for pair in itertools.pairwise(triggers) if pair[1].startswith(pair[0])] == []
    assert all(re.fullmatch(r":[a-z0-9-]+\.[a-z0-9-]+(\.(short|subject))?:", trigger) for trigger in triggers)


def test_a_message_that_can_be_shorter_has_a_short_trigger_too() -> None:
    matches = Package(espanso_package(tiny(), SITE)).matches
    assert list(matches) == [":thank.email:", ":thank.email.short:", ":thank.email.subject:", ":thank.text-message:"]
    values = {"first_name": "Noor", "thing": "the lift"}
    assert expanded(matches[":thank.email:"], values).endswith("for the lift. It came at the right time.")
    assert expanded(matches[":thank.email.short:"], values).endswith("for the lift.")


@pytest.mark.parametrize(("edition", "number"), [("2026-11", "2026.11.0"), ("2026-11-05", "2026.11.5"), ("x", "1.0.0")])
def test_a_newer_edition_has_a_higher_number(edition: str, number: str) -> None:
    guide = tiny()
    newer = replace(guide, settings=replace(guide.settings, edition=edition))
    assert Package(espanso_package(newer, "")).manifest["version"] == number


@given(st.text("$|a", max_size=12))
def test_the_marks_of_espanso_in_a_text_are_typed_as_text(words: str) -> None:
    guide = tiny(message=MESSAGE.replace("It came at the right time.", f"x{words}x"))
    match = Package(espanso_package(guide, SITE)).matches[":thank.email:"]
    assert expanded(match, {"first_name": "A", "thing": "B"}).endswith(f"Thank you for B. x{words}x")


def test_the_marks_of_a_form_in_a_label_make_no_field_of_it() -> None:
    message = MESSAGE.replace("label: What they did", 'label: "[[[no]]] {{{no.no}}} [[thing]]"')
    match = Package(espanso_package(tiny(message=message), SITE)).matches[":thank.text-message:"]
    assert asked(match) == ["first_name", "thing"]


def test_words_full_of_marks_come_back_from_the_package() -> None:
    package = Package(espanso_package(guide_of(hostile_files()), SITE))
    assert package.manifest["title"] == SYNTAX
    assert PLAIN in package.matches[":thank.email:"]["replace"]
    assert "{{ 7" not in json.dumps(package.matches[":thank.email:"].get("vars"))


# ---- tables ---------------------------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def test_the_table_holds_every_way_of_every_message(guide: Guide, package: Package) -> None:
    data = messages_csv(guide)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(data[3:])
    assert head == ["trigger", "title", "channel", "tone", "subject", "text"]
    wanted = [(message, variant) for message in guide.messages for variant in message.variants]
    assert len(rows) == len(wanted)
    for row, (message, variant) in zip(rows, wanted, strict=True):
        blanks = {field.id: f"[{field.label}]" for field in guide.fields_of(message)}
        subject = fill(variant.subject, blanks) if variant.subject else ""
        assert row[1:] == [message.title, variant.channel, variant.tone, subject, fill(variant.body, blanks)]
        assert row[0] in package.matches


@pytest.mark.parametrize("make", [messages_csv, textexpander_csv])
def test_a_row_ends_as_the_standard_says_and_has_as_many_cells_as_every_other(make: Any, guide: Guide) -> None:
    data = make(guide)
    assert len({len(row) for row in rows_of(data)}) == 1
    assert data.endswith(b"\r\n")
    # Within a cell a line ends in LF alone; CR stands only where a row ends.
    assert data.count(b"\r") == data.count(b"\r\n") == len(rows_of(data))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d"])
@pytest.mark.parametrize("make", [messages_csv, textexpander_csv])
def test_no_cell_runs_as_a_formula(make: Any, start: str) -> None:
    formula = f"{start}HYPERLINK(1)"
    message = MESSAGE.replace("Say thanks", f"'{formula}'").replace(
        "Hi {first_name}, thanks", f"{formula} {{first_name}}, thanks"
    )
    rows = rows_of(make(tiny(message=message)).removeprefix(b"\xef\xbb\xbf"))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\uff1d")]
    assert any(cell.startswith(f"'{formula}") for cell in cells)


def filled_in(text: str, values: Mapping[str, str], keep: tuple[bool, ...]) -> str:
    """What TextExpander types, given what stands in each fill-in and which parts stay."""
    parts = iter(keep)
    text = re.sub(
        r"%fillpart:name=[^%:]*:default=yes%(.*?)%fillpartend%",
        lambda found: found[1] if next(parts) else "",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r"%filltext:name=([^%:]+)%", lambda found: values[found[1]], text)
    return text.replace("%%", "%")


def test_textexpander_types_what_the_page_shows_whatever_is_left_out(guide: Guide, package: Package) -> None:
    data = textexpander_csv(guide)
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = {row[0]: row[1] for row in rows_of(data)}
    checked = 0
    for message in guide.messages:
        values = examples_of(guide, message.id)
        named = {" ".join(f.label.replace(":", " ").split()): f.example for f in guide.fields_of(message)}
        for match, text, _ in ways(package, message.id, guide):
            trigger = match["trigger"].replace(".short:", ":")
            count = sum(isinstance(piece, Optionally) for piece in text.pieces)
            for keep in itertools.product((True, False), repeat=count):
                checked += 1
                wanted = fill(text, values, keep=keep.__getitem__)
                assert filled_in(rows[trigger], named, keep) == wanted
    assert checked > len(rows)


@pytest.mark.parametrize(
    "source",
    [
        "Hi.\n\n[[One.]]\n\n[[Two.]]\n\nBye",
        "Hi. [[One.]] [[Two.]] Bye",
        "[[One.]] [[Two.]] Bye",
        "Hi\n\n[[One.]] [[Two.]] Bye",
        "Hi [[One.]]\n\n[[Two.]]",
        "Hi [[One]], bye",
        "Hi[[, one]] and [[two]]",
        "Hi[[, one]] and {a}[[ or two]]",
        "100% [[of {a}]] sure",
    ],
)
def test_a_part_takes_with_it_what_parts_it_from_its_neighbours(source: str) -> None:
    message = MESSAGE.partition("Hi {first_name},")[0].replace("thing:", "a:").replace("{thing}", "{a}") + source + "\n"
    guide = tiny(message=message)
    text = read_text(source, Place("x"), Log())
    (content,) = [row[1] for row in rows_of(textexpander_csv(guide)) if row[0] == ":thank.email:"]
    count = sum(isinstance(piece, Optionally) for piece in text.pieces)
    for keep in itertools.product((True, False), repeat=count):
        wanted = fill(text, {"a": "b"}, keep=keep.__getitem__)
        assert filled_in(content, {"What they did": "b"}, keep) == wanted


@pytest.mark.parametrize("make", [messages_csv, textexpander_csv, lambda guide: espanso_package(guide, SITE)])
def test_the_same_guide_gives_the_same_bytes(make: Any) -> None:
    assert make(tiny()) == make(tiny())


def test_the_built_site_offers_them(site: Path) -> None:
    names = sorted(path.name for path in (site / "expanders").iterdir())
    assert names == ["espanso.zip", "messages.csv", "textexpander.csv"]
