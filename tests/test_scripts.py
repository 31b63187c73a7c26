"""The scripts of the reader's page: joined from parts, small, and of the types they say."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.render.scripts import SCRIPT, STYLE, ScriptError, joined
from generator.render.smaller import nested_template, smaller, tighter

# Two parts of what every page loads, and a script that stands apart.
PARTS = {
    "order.txt": "one.js\ntwo.js\n\n[lists: guide-list guide-plan]\nlist.js\n",
    "one.js": "/** One. */\nconst one = 1;\nconst quiet = `a  b ${one}`;\n",
    "two.js": "const APART = {};\n// Two.\nfunction two() {\n  return one; // stays one\n}\n",
    "list.js": "const own = 3;\nuse(two(), own, page.one);\n",
}


def test_parts_are_joined_in_their_order_in_one_scope() -> None:
    parts = {"order.txt": "two.js\n\none.js\n", "one.js": "const a = 1;\n", "two.js": "// Two.\nconst b = 2;\n"}
    assert joined(parts) == {SCRIPT: '(()=>{"use strict";const b=2;const a=1;})();\n'}


def test_a_script_that_stands_apart_is_handed_what_it_uses_of_the_script_of_every_page() -> None:
    assert joined(PARTS) == {
        SCRIPT: '(()=>{"use strict";const one=1;const quiet=`a  b ${one}`;'
        'const APART={"lists": "guide-list,guide-plan"};function two(){return one}'
        "\nwindow.coachingGuide={two}})();\n",
        "assets/lists.js": '(()=>{"use strict";const {two}=coachingGuide;const own=3;use(two(),own,page.one);})();\n',
    }


def test_a_variable_is_not_handed_over() -> None:
    parts = PARTS | {"one.js": "let one = 1;\n", "list.js": "use(one);\n"}
    with pytest.raises(ScriptError) as fault:
        joined(parts)
    assert str(fault.value) == (
        "order.txt [lists] uses 'one', which another script changes; hand over a function that returns it"
    )


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("a = `x ${b ? ` ${c}` : 1}`;", 1),
        ("a = '`';\n// `\nb = `${f({ c: 1 })} ${`  d`}`;", 3),
        ("a = `x ${b} y`;\nb = `${f({ c: '`' })} \\` {`;\nc = `d`;", 0),
        ("a = b.replace(/[`\"]/g, '') / 2;\nb = `${c}`;", 0),
    ],
)
def test_a_template_literal_inside_another_is_found(code: str, line: int) -> None:
    assert nested_template(code) == line


def test_a_part_with_a_template_literal_inside_another_is_a_misfit() -> None:
    with pytest.raises(ScriptError) as fault:
        joined({"order.txt": "one.js\n", "one.js": "const one = 1;\nconst two = `${one && ` ${one}`}`;\n"})
    assert str(fault.value) == (
        "order.txt names 'one.js', which has a template literal inside another in line 2; give the inner one a name"
    )


def test_a_script_that_would_change_stays_as_it_is() -> None:
    code = "/* Mine. */ const two = `${one && `  ${one}`}`;\n"
    assert smaller(code) == code
    assert smaller("/* Mine. */ const two = `  ${one}`;\n") == "const two=`  ${one}`;"


def test_marks_that_mean_nothing_are_left_out() -> None:
    code = "class Two {\n  one = [\n    1,\n  ];\n\n  get() {\n    call(\n      this.one,\n    );\n  }\n}\nlet two;\n"
    assert joined({"order.txt": "one.js\n", "one.js": code}) == {
        SCRIPT: '(()=>{"use strict";class Two{one=[1];get(){call(this.one)}}\nlet two;})();\n'
    }


def test_marks_in_texts_and_patterns_stay() -> None:
    code = 'one=["a;}",`b,)${c}\nd}\ne`,/[;,]/'
    assert tighter(f"{code},];") == f"{code}];"


def test_stylesheets_are_joined_in_their_order_without_what_means_nothing() -> None:
    parts = {
        "order.txt": "two.css\none.css\n",
        "one.css": "/* One. */\na :hover > b {\n  width: calc(1px + 2px);\n}\n",
        "two.css": 'b::after { content: "a  ; b" }\n',
    }
    assert joined(parts)[STYLE] == 'b::after{content:"a  ; b"}a :hover>b{width:calc(1px + 2px)}'


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


def test_the_code_of_the_pages_is_small_and_has_no_comments(site: Path) -> None:
    scripts = {path.name: path.read_bytes() for path in (site / "assets").glob("*.js")}
    sizes = {name: len(gzip.compress(script, 9)) for name, script in scripts.items()}
    assert sum(sizes.values()) < 30_000, sizes
    assert not [name for name, script in scripts.items() if b"/**" in script or b"\n//" in script]


def test_the_parts_themselves_are_not_published(site: Path) -> None:
    assert not (site / "assets/guide").exists()
