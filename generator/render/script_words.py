"""Puts the words of a language into the reader's scripts, so that they cost a page no more than words written there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from generator.render.scripts import ScriptError
from generator.words import PLACEHOLDER, Entry, Words

_CALL = re.compile(
    # t("key"  or  t(condition?"key":"other"
    r'\bt\((?:(?P<condition>(?!")(?:(?!\bt\()[^;\n])*?)(?<!\?)\?)?"(?P<one>[a-z_]+)"(?::"(?P<other>[a-z_]+)")?'
    # )  or  ,{values})  or  , and anything
    r"(?P<end>\)|,\{(?P<values>[^{}`]*)\}\)|,)"
)
_PUT_TOGETHER = re.compile(r"`([a-z_]+\$\{[\w.]+\}[a-z_]*)`")
_MARKS = re.compile(r"[`\\]|\$(?=\{)")
"""What means something inside a template literal."""


def with_words(scripts: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return the reader's scripts, by name, with the words they say in the place of their keys.

    The scripts are as `jsmin` leaves them: without comments, and without white space where it has no meaning.
    A key is given to `t`, as a text or as one of two (`t(done ? "lesson_unmark" : "lesson_mark")`). Where nothing has
    to be chosen in the page, the whole call becomes a literal. What is put together there (`t(`kind_${kind}`)`) is
    looked up there, too: all words that it may become are handed in, to the script of every page. Keys with a dot are
    words that a page brings.

    Raises:
        ScriptError: the script asks for a word that the catalogue lacks.
    """
    said = words.section("script")

    def put(match: re.Match[str]) -> str:
        keys = [match[name] for name in ("one", "other") if match[name]]
        for key in keys:
            if key not in said:
                raise ScriptError(f"the script says '{key}', which is not in 'script' of the catalogue")
        values = None if match["end"] == "," else _values(match["values"] or "")
        texts = [_literal(said[key], values) for key in keys]
        done = [text for text in texts if text]
        if len(done) == len(keys):
            return f"({match['condition']}?{done[0]}:{done[1]})" if match["condition"] else done[0]
        condition = f"{match['condition']}?" if match["condition"] else ""
        return f"t({condition}{':'.join(_json(said[key]) for key in keys)}{match['end']}"

    made = {name: _CALL.sub(put, script) for name, script in scripts.items()}
    found = [shape for script in made.values() for shape in _PUT_TOGETHER.findall(script)]
    shapes = [re.sub(r"\\\$\\\{.*?\\\}", "[a-z]+", re.escape(shape)) for shape in found]
    put_together = {key: said[key] for key in said if any(re.fullmatch(shape, key) for shape in shapes)}
    begin = {'LANGUAGE="en"': f"LANGUAGE={_json(words.language)}", "WORDS={}": f"WORDS={_json(put_together)}"}
    for empty, full in begin.items():
        made = {name: script.replace(f"const {empty};", f"const {full};", 1) for name, script in made.items()}
    return made


def with_search_words(script: str, words: Words) -> str:
    """Return the script of the search with the small words that turn a question round in a language."""
    telling = _json([word.lower() for word in words.grammar["search"]["telling"]])
    return script.replace("const TELLING=[];", f"const TELLING={telling};", 1)


def _literal(entry: Entry, values: Mapping[str, str] | None) -> str:
    """Return a text with its values as a literal of JavaScript; "" where the page has to put it together."""
    if not isinstance(entry, str) or values is None:
        return ""
    if not values:
        return _json(entry)
    pieces = [
        f"${{{values[piece]}}}" if odd % 2 else _MARKS.sub(r"\\\g<0>", piece)
        for odd, piece in enumerate(PLACEHOLDER.split(entry))
    ]
    return f"`{''.join(pieces)}`"


def _values(given: str) -> dict[str, str] | None:
    """Return the values of an object literal by name, each as code; None where it is not plain enough to be sure."""
    values: dict[str, str] = {}
    depth, piece, quoted = 0, "", False
    for mark in f"{given}," if given else "":
        quoted ^= mark == '"'
        depth += 0 if quoted else (mark in "([") - (mark in ")]")
        if mark != "," or depth or quoted:
            piece += mark
            continue
        name, colon, code = piece.partition(":")
        if not name.isidentifier():
            return None
        values[name] = code if colon else name
        piece = ""
    return values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
