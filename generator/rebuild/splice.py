"""Writes changed pages into the last site: what stands around a page's own part is the same as it was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from generator.converted import STRUCTURED_DATA, frame_of_page
from generator.finish import finish_site, set_back
from generator.generate import Generated, Written
from generator.rebuild.record import PageRecord, Record, Slot, Slots, state_of_site
from generator.render.blocks import anchors, elements, lift, put_back
from generator.render.pages import navigation
from generator.render.search_index import search_entries, without_search_marks
from generator.site_files import put


def frame_of(generated: Generated, pages: Mapping[str, str]) -> str:
    """Return a hash of everything in a guide that can show on another page than its own.

    That is more than it seems: the navigation has every title, and a heading is in its page's list of contents, which
    the navigation shows too. The authors' manual names the guide, the sitemap has the date of its edition, and MkDocs
    looks at where links lead. Only the HTML blocks of a page, but for the anchors in them and which elements there are,
    and its structured data stand on that page alone.

    Args:
        generated: the guide.
        pages: by page what can show of it.
    """
    guide = generated.guide.settings
    shared = [
        [guide.id, guide.title, guide.tagline, guide.description, guide.language, guide.edition],
        navigation(generated.guide),
        [(one.page.uri, pages[one.page.uri]) for one in generated.pages],
        sorted(generated.files),
    ]
    return sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()


def hashes(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Return the hash of each file."""
    return {uri: sha256(_bytes(content)).hexdigest() for uri, content in files.items()}


def slots_of(written: Written, html: str, content: str) -> Slots:
    """Return where what is a page's alone stands in it.

    Args:
        written: what it was built from.
        html: the finished page.
        content: its own part in it.
    """
    return _only(html, content), _only(html, written.meta.get(STRUCTURED_DATA, ""))


def _only(html: str, part: str) -> Slot | None:
    """Return where a part stands, None when it does not or when it stands in two places."""
    at = html.find(part) if part else -1
    return None if at < 0 or html.find(part, at + 1) >= 0 else (at, at + len(part))


def splice(record: Record, generated: Generated, site: Path, new: Path) -> bool:
    """Make the new site of the last one, where all pages together still make the same frame.

    Args:
        record: notes of the build that made `site`; brought up to date.
        generated: the guide as it is now.
        site: the last site.
        new: an empty folder.

    Returns:
        Whether it was done; if not, `new` holds nothing that is worth anything, nor does `record`.
    """
    changed = [one for one in generated.pages if not _is_noted(record, one)]
    frames = {uri: page.frame for uri, page in record.pages.items()}
    lifted = {one.page.uri: lift(one.body) for one in changed}
    for one in changed:
        skeleton, blocks = lifted[one.page.uri]
        frames[one.page.uri] = frame_of_page(one.meta, skeleton, anchors(blocks), elements(blocks))
    if frame_of(generated, frames) != record.frame:
        return False
    try:
        _link(record.site, site, new)
        # Somebody may have changed a file, or put another site in its place meanwhile.
        if state_of_site(new) != record.site:
            return False
    except OSError:
        return False
    for written in changed:
        page = record.pages[written.page.uri]
        if not _splice_page(page, written, lifted[written.page.uri][1], new / page.path):
            return False
        page.source = written.source
    now = hashes(generated.files)
    anew = {record.pages[one.page.uri].path for one in changed}
    for uri, content in generated.files.items():
        if now[uri] != record.files[uri]:
            put(new / uri, _bytes(content))
            anew.add(uri)
    record.files = now
    set_back(new, record.unfinished)
    entries = [entry for page in record.pages.values() for entry in page.entries]
    known = {name: look for name, look in record.looks.items() if name not in anew}
    finished = finish_site(new, entries, record.finishing, generated.guide.words, known)
    record.looks = finished.looks
    # A script that may not run is for the plugin to speak of.
    return not finished.strange


def _is_noted(record: Record, written: Written) -> bool:
    noted = record.pages.get(written.page.uri)
    return noted is not None and noted.source == written.source


def _splice_page(page: PageRecord, written: Written, blocks: list[str], path: Path) -> bool:
    """Put what is new on a page into its file and its record; False where that cannot be done."""
    content = put_back(page.skeleton, blocks)
    if page.search is not None:
        page.entries = search_entries(content, *page.search)
    content = without_search_marks(content)
    html = _changed(page, path.read_bytes().decode(), content, written.meta.get(STRUCTURED_DATA, ""))
    if html is None:
        return False
    page.content, page.data = slots_of(written, html, content)
    put(path, html.encode())
    return page.content is not None and page.data is not None


def _changed(page: PageRecord, html: str, content: str, data: str) -> str | None:
    if page.content is None or page.data is None:
        return None
    for (begin, end), part in sorted([(page.content, content), (page.data, data)], reverse=True):
        html = html[:begin] + part + html[end:]
    return html


def _link(names: Iterable[str], site: Path, new: Path) -> None:
    """Put the files of a site into a new folder without copying what they hold, where the file system can."""
    for folder in {(new / name).parent for name in names}:
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        try:
            os.link(site / name, new / name)
        except OSError:
            shutil.copy2(site / name, new / name)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
