"""The scripts of the reader's page: joined from parts, small, and of the types they say."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.render.scripts import ScriptError, joined, smaller


def test_parts_are_joined_in_their_order_in_one_scope() -> None:
    parts = {"order.txt": "two.js\n\none.js\n", "one.js": "const a = 1;\n", "two.js": "// Two.\nconst b = 2;\n"}
    assert joined(parts) == '(() => {\n"use strict";\nconst b = 2;\nconst a = 1;\n})();\n'


def test_every_misfit_of_the_order_is_named() -> None:
    parts = {"order.txt": "one.js\ntow.js\none.js\n", "one.js": "", "two.js": "", "three.js": ""}
    with pytest.raises(ScriptError) as fault:
        joined(parts)
    assert str(fault.value).split("\n") == [
        "order.txt names 'tow.js', which is not beside it",
        "order.txt names 'one.js' more than once",
        "order.txt leaves out 'three.js'; add a line with its name",
        "order.txt leaves out 'two.js'; add a line with its name",
    ]


def test_only_comments_types_and_white_space_leave_a_script() -> None:
    code = """/** What it is. */
  // A word.
/**
 * @param {string} text
 */
function f(text) {
  /** @type {Set<string>} */
  const all = new Set();


  return /** @type {any} */ (text); // stays
}
/** @type {any} */ (f)("/* text */");
/* Last. */
"""
    wanted = """function f(text) {const all = new Set();
return (text); // stays
}
(f)("/* text */");
"""
    assert smaller(code) == wanted


def test_a_line_that_ends_in_a_comment_stays_a_line() -> None:
    assert smaller("f(  // so {\n  1,\n  2);\n") == "f(  // so {\n1,2);\n"


def test_a_text_over_several_lines_keeps_its_white_space() -> None:
    code = "const a = `one\n\n  two`;\n  // A word.\n  const b = 1;\n"
    assert smaller(code) == "const a = `one\n\n  two`;\n  const b = 1;\n"


def test_the_code_of_the_pages_is_small_and_has_no_comments(site: Path) -> None:
    scripts = {path.name: path.read_bytes() for path in (site / "assets").glob("*.js")}
    sizes = {name: len(gzip.compress(script, 9)) for name, script in scripts.items()}
    assert sum(sizes.values()) < 30_000, sizes
    assert not [name for name, script in scripts.items() if b"/**" in script or b"\n//" in script]


def test_the_parts_themselves_are_not_published(site: Path) -> None:
    assert not (site / "assets/guide").exists()
