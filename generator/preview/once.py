"""One build for the preview, in a process of its own, which is started before there is anything to build.

`python -m generator.preview.once` loads what a build needs, then reads what to build as one JSON list of paths.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# What `Rebuild.build` would load late.
import generator.rebuild.splice
from generator.build import load_guide
from generator.commands.common import collect_seldom
from generator.diagnostics import has_errors, report
from generator.environment import DRAFTS
from generator.rebuild.build import Rebuild
from generator.stray_links import stray_links


def main(arguments: Sequence[str]) -> int:
    """Check a guide and build its site.

    Args:
        arguments: the project's mkdocs.yml, the folder for the new site, the folder of the last one, which need not be
            there, and the file that the notes about that one are kept in.

    Returns:
        0 when the new site stands; 1 when something is wrong, which has been printed.
    """
    collect_seldom()
    config, new, last, record = map(Path, arguments)
    drafts = os.environ.get(DRAFTS) == "1"
    rebuild = Rebuild(config, last, record, drafts)
    checked = load_guide(config.parent / "content", drafts=drafts, kept=rebuild.kept_pages)
    found = (*checked.diagnostics, *stray_links(config.parent))
    if has_errors(found):
        print(report(found), file=sys.stderr)
        return 1
    if not rebuild.build(checked, new, strict=False):
        return 1
    rebuild.keep()
    return 0


if __name__ == "__main__":
    import generator.mkdocs_build  # noqa: F401

    given = sys.stdin.read()
    # Nothing, when the preview ended before there was anything to build.
    sys.exit(main(json.loads(given)) if given else 0)
