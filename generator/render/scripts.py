"""Makes the scripts and the stylesheet of the reader's page from their parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from rcssmin import cssmin

from generator.render.smaller import nested_template, tighter

ORDER = "order.txt"
"""The file that names the parts in their order, one a line; see `joined`."""
PARTS = "assets/guide/"
"""Where a theme has them."""
SCRIPT, STYLE = "assets/guide.js", "assets/guide.css"
"""Where the site has what every page loads."""
SEARCH_PART = "assets/search.js"
"""The script that readies a question for Material's search."""

_DECLARED = re.compile(r"^(?:async )?(function\*?|class|const|let|var) (\w+)", re.MULTILINE)
_HEAD = re.compile(r"\[([a-z-]+): ([a-z -]+)\]")


class ScriptError(Exception):
    """The parts of the scripts and the list of them do not fit; its text names every misfit."""


def joined(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the files that the parts make, by their addresses in the site.

    What every page loads is one script and one stylesheet. A line `[name: element element]` begins the parts of a
    script that is loaded where one of these elements is on the page: a lesson's first visit is 17 kB lighter for that.
    Classic scripts, because module scripts do not load from `file://`, each in a scope of its own. A part may use what
    any other of its script declares, and when it is loaded what earlier ones declare; in a script that stands apart
    also what the script of every page declares, which is handed over in `coachingGuide`.

    Args:
        parts: the parts by file name, and under `ORDER` the list of them.

    Raises:
        ScriptError: the list names a part twice or one that is not there, or leaves one out; or a script that stands
            apart uses a variable of the script of every page, of which it would see the first value alone.
    """
    groups = _groups(parts)
    common = [name for name in groups.pop(("", "")) if name.endswith(".js")]
    styles = [name for name in _order(parts) if name.endswith(".css")]
    declared = dict(_declared(parts, common))
    apart = {name: tighter(_text(parts, names)) for (name, _), names in groups.items()}
    used = {name: _used(declared, apart[name], {*dict(_declared(parts, names))}) for (name, _), names in groups.items()}
    faults = [
        f"[{name}] uses '{one}', which another script changes; hand over a function that returns it"
        for name, ones in used.items()
        for one in ones
        if declared[one] == "let"
    ]
    if faults:
        raise ScriptError("\n".join(f"{ORDER} {fault}" for fault in faults))
    where = {name: elements.replace(" ", ",") for name, elements in groups}
    core = tighter(_text(parts, common)).replace("const APART={};", f"const APART={json.dumps(where)};", 1)
    handed = ",".join(sorted({one for ones in used.values() for one in ones}))
    files = {SCRIPT: _scope(core + (f"\nwindow.coachingGuide={{{handed}}}" if handed else ""))}
    for name, code in apart.items():
        head = f"const {{{','.join(used[name])}}}=coachingGuide;" if used[name] else ""
        files[f"assets/{name}.js"] = _scope(head + code)
    return files | ({STYLE: cssmin(_text(parts, styles))} if styles else {})


def _order(parts: Mapping[str, str]) -> list[str]:
    return [line.strip() for line in parts[ORDER].splitlines() if line.strip()]


def _groups(parts: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Return the parts of each script by its name and its elements, both "" for what every page loads."""
    here = ("", "")
    groups: dict[tuple[str, str], list[str]] = {here: []}
    for line in _order(parts):
        if head := _HEAD.fullmatch(line):
            here = (head[1], head[2])
            groups[here] = []
        else:
            groups[here].append(line)
    names = [name for group in groups.values() for name in group]
    faults = [
        *(f"names '{name}', which is not beside it" for name in dict.fromkeys(names) if name not in parts),
        *(f"names '{name}' more than once" for name in dict.fromkeys(names) if names.count(name) > 1),
        *(f"leaves out '{name}'; add a line with its name" for name in sorted({*parts} - {*names, ORDER})),
        *(
            f"names '{name}', which has a template literal inside another in line {row}; give the inner one a name"
            for name in names
            if name.endswith(".js") and name in parts and (row := nested_template(parts[name]))
        ),
    ]
    if faults:
        raise ScriptError("\n".join(f"{ORDER} {fault}" for fault in faults))
    return groups


def _text(parts: Mapping[str, str], names: Iterable[str]) -> str:
    return "\n".join(parts[name] for name in names)


def _declared(parts: Mapping[str, str], names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Iterate over what parts declare for all of their script, with the word that declares it."""
    return ((name, kind) for part in names for kind, name in _DECLARED.findall(parts[part]))


def _used(declared: Iterable[str], code: str, own: set[str]) -> list[str]:
    words = {*re.findall(r"(?<![\w.$])[A-Za-z_]\w*", code)}
    return sorted(name for name in declared if name in words and name not in own)


def _scope(code: str) -> str:
    return f'(()=>{{"use strict";{code}}})();\n'
