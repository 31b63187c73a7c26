"""Runs every pattern of the generator on texts made to slow it down, under a limit; prints how many there were."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import generator

_SECONDS = 60
_LENGTH = 2_000
"""Characters: a pattern whose steps grow with the square of the text takes seconds for each of these texts."""
_BEGINS = ("", "a", "- ", '"', "## ", "[@", "Subject:", "10.1234/", "{")
_REPEATED = (*" \t\n\"'a#{[,.-1/(|$<=&\\_*:!?\u2026\u201c", "a ", "- ", "a.", "1 ", "a-", "aa-", "], ", ". ", "x:")
_TRUSTED = frozenset({"generator.export.headers._PRINTED", "generator.export.headers._COMMENT"})
"""Read the theme's templates only, which are the site owner's own."""
_ENDS = ("!", " x")


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Iterate over the patterns: name, pattern, whether it is looked for anywhere in a text."""
    every = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(generator.__path__[0]).rglob("*.py")))
    seen: set[str] = set()
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.endswith("__main__"):
            continue
        found = importlib.import_module(module.name)
        for name, value in vars(found).items():
            source = inspect.getsource(found) if name.startswith("_") else every
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and value.pattern not in seen:
                seen.add(value.pattern)
                yield (
                    f"{module.name}.{name}",
                    value,
                    bool(re.search(rf"\b{name}\.(?:search|sub|finditer|findall|split)\(", source)),
                )


def main() -> None:
    """Try all of them; a pattern that takes more steps than the text has characters, squared, ends the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    tried = 0
    for name, pattern, anywhere in patterns():
        if name in _TRUSTED:
            continue
        print(name, flush=True)
        for begin in _BEGINS:
            for repeated in _REPEATED:
                for end in _ENDS:
                    text = begin + repeated * (_LENGTH // len(repeated)) + end
                    if anywhere:
                        sum(1 for _ in pattern.finditer(text))
                    else:
                        pattern.match(text)
        tried += 1
    print(tried)


if __name__ == "__main__":
    main()
