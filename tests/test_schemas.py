"""The JSON Schemas of content files, and the reference tables made of the same declarations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.explanations import EXPLANATIONS
from generator.export.schemas import json_schemas
from generator.formats import FORMATS
from generator.model import Lesson
from generator.reference import (
    channels_table,
    diagnostics_reference,
    diagnostics_table,
    formats_reference,
    table,
    templates_table,
    values_table,
    variables_table,
)
from generator.render.variables import VARIABLES
from generator.schema import Kind, ListOf, MapOf, Record
from generator.template_folders import packaged_templates
from tests.support import ROOT, tiny_guide

SCHEMAS = {name.removesuffix(".json"): json.loads(text) for name, text in json_schemas().items()}
CONTENT = ROOT / "content"
FORMAT_OF = {format.name: format for format in FORMATS}


def keys_in(text: str, file: str) -> Any:
    """Return the keys of a content file as an editor sees them."""
    return yaml.safe_load(text.split("---\n")[1] if file.endswith(".md") else text)


def faults(name: str, value: Any) -> list[str]:
    return [fault.message for fault in Draft7Validator(SCHEMAS[name]).iter_errors(value)]


def broken(file: str, old: str, new: str) -> Any:
    text = tiny_guide()[f"content/{file}"]
    assert old in text
    return keys_in(text.replace(old, new), file)


def test_the_packaged_schemas_are_those_of_the_declarations() -> None:
    folder = ROOT / "generator" / "schemas"
    packaged = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert packaged == json_schemas(), "run: python -m generator schemas --out generator/schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_real_content_keeps_to_its_schemas(name: str) -> None:
    files = sorted(CONTENT.glob(FORMAT_OF[name].files))
    # The guide here takes the words as they are.
    assert files or name == "words"
    found = {str(path): faults(name, keys_in(path.read_text(encoding="utf-8"), path.name)) for path in files}
    assert {path: messages for path, messages in found.items() if messages} == {}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("lesson", broken("lessons/first.md", "stage: start", "stage: At the Start"), "does not match"),
        ("lesson", broken("lessons/first.md", "minutes: 5", "minutes: five"), "'five' is not of type 'integer'"),
        ("lesson", broken("lessons/first.md", "title: The first lesson", "titel: X"), "'title' is a required property"),
        ("lesson", broken("lessons/first.md", "key_points: [One thing is enough.]", "key_points: []"), "[]"),
        (
            "checklist",
            broken("checklists/before.md", "when: The day before.", "when: 2026-11-24"),
            "not of type 'string'",
        ),
        ("checklist", broken("checklists/before.md", "minutes: 5", "minutes: 5000"), "greater than the maximum"),
        ("message", broken("messages/thank.md", "max: 30", "max: 30, min: 1"), "('min' was unexpected)"),
        ("message", broken("messages/thank.md", "  thing:", "  Thing:"), "'Thing' does not match"),
        ("guide", broken("guide.yml", "lessons: [first]", "lessons: first"), "'first' is not of type 'array'"),
        ("guide", broken("guide.yml", "why: It is the first.", "why: ' '"), "' ' does not match"),
        ("outline", broken("outline.yml", "article: An article", "article:"), "None is not of type 'string'"),
        ("references", broken("references.yml", "doi: 10.", "doi: https://doi.org/10."), "does not match"),
        ("references", broken("references.yml", "burt2004", "Burt2004"), "'Burt2004' does not match"),
        ("claims", {"title": "T", "intro": "I", "claims": []}, "[]"),
        ("style", {"grade": 8}, "is a required property"),
        ("published", {"published": [1]}, "1 is not of type 'string'"),
    ],
)
def test_a_mistake_in_a_key_breaks_the_schema(name: str, value: Any, said: str) -> None:
    assert any(said in message for message in faults(name, value)), faults(name, value)


def test_every_key_says_in_a_sentence_what_it_means() -> None:
    def silent(kind: Kind, path: str) -> list[str]:
        if isinstance(kind, Record):
            return [
                found
                for key, value in kind.keys.items()
                for found in [*([] if value.meaning else [f"{path}.{key}"]), *silent(value, f"{path}.{key}")]
            ]
        return silent(kind.kind, path) if isinstance(kind, ListOf | MapOf) else []

    assert [found for format in FORMATS for found in silent(format.kind, format.name)] == []


def test_the_reference_of_a_format_lists_its_keys_with_those_inside_them() -> None:
    lines = formats_reference()["message"].splitlines()
    assert lines[0] == "| Key | What it says | How it is written |"
    assert (
        "| `next`, optional | The message that may follow it: a file's name without '.md'. | id: `next: some-id` |"
        in lines
    )
    assert any(
        line.startswith("| `fields.NAME.max` | ") and "| whole number, 1 to 1000: `max: " in line for line in lines
    )


def test_a_cell_of_a_table_stays_one_cell() -> None:
    assert table(("A",), [("one | two\nthree",)]) == "| A |\n| --- |\n| one \\| two three |\n"


def test_the_reference_has_every_diagnostic_every_channel_and_every_page_template() -> None:
    templates = sorted(path.name for path in (packaged_templates() / "pages").glob("*.j2"))
    assert re.findall(r"^\| `([a-z-]+)` \|", diagnostics_table(), re.MULTILINE) == sorted(EXPLANATIONS)
    assert re.findall(r"^### ([a-z-]+) \{#\1\}$", diagnostics_reference(), re.MULTILINE) == sorted(EXPLANATIONS)
    assert "| `## Email` | 50 | no limit |" in channels_table()
    assert re.findall(r"^\| `([\w.]+)` \|", templates_table(packaged_templates() / "pages"), re.MULTILINE) == templates


def test_every_variable_of_the_packaged_templates_is_described() -> None:
    cells = [line.split(" | ")[1] for line in templates_table(packaged_templates() / "pages").splitlines()[2:]]
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} <= VARIABLES.keys()


def test_every_described_variable_is_there_for_templates(tmp_path: Path) -> None:
    from generator.build import load_guide
    from generator.render.pages import pages_of
    from generator.render.templates import PageWriter
    from generator.template_folders import template_folders
    from tests.support import write_project

    project = write_project(tmp_path, tiny_guide())
    tests = "".join(f"{{{{ {name} is defined }}}} " for name in VARIABLES)
    write_project(project, {"templates/pages/path.md.j2": tests})
    guide = load_guide(project / "content").guide
    assert guide is not None
    page = next(page for page in pages_of(guide) if page.template == "path.md.j2")
    assert PageWriter(guide, template_folders(project, "pages")).write(page)[1].split() == ["True"] * len(VARIABLES)
    assert len(variables_table().splitlines()) == len(VARIABLES) + 2


def test_the_attributes_of_a_value_are_listed_with_their_types() -> None:
    assert "| `key_points` | `tuple[str, ...]` |" in values_table(Lesson)
