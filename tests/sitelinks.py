"""Everything in a built site that leads to a place in the same site, and what of it leads nowhere."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from pypdf import PdfReader

_HOLD_LINKS = ("href", "src", "action", "poster", "data-plan", "data-more")
_FOLDED = re.compile(r"\n[ \t]")


class _Page(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors.update(filter(None, (values.get("id"), values.get("name") if tag == "a" else None)))
        self.links += [values[name] for name in _HOLD_LINKS if values.get(name)]
        self.links += [one.split()[0] for one in values.get("srcset", "").split(",") if one.strip()]
        if values.get("http-equiv", "").lower() == "refresh":
            self.links.append(values["content"].partition("url=")[2])


def broken_links(site: Path, origin: str) -> list[str]:
    """Return every link inside a site that leads to no file, or to no anchor of a page.

    Args:
        site: the folder.
        origin: the address it is published at, with a slash at its end; links that begin so are links inside.
    """
    pages = {
        path.relative_to(site).as_posix(): _Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")
    }
    broken = set()
    for where, base, link in _all_links(site, origin, pages):
        address = urljoin(base, link)
        if not address.startswith(origin):
            continue
        target = urlsplit(address.removeprefix(origin))
        file = unquote(target.path)
        file += "index.html" if not file or file.endswith("/") else ""
        if not (site / file).is_file():
            broken.add(f"{where}: {link}")
        elif target.fragment and file in pages and not _has(pages, file, unquote(target.fragment)):
            broken.add(f"{where}: {link}: no such anchor")
    return sorted(broken)


def _has(pages: dict[str, _Page], file: str, anchor: str) -> bool:
    # The page for printing takes the name of a page to choose it.
    return anchor in pages[file].anchors or (file == "print/index.html" and f"{anchor}/index.html" in pages)


def _all_links(site: Path, origin: str, pages: dict[str, _Page]) -> Iterator[tuple[str, str, str]]:
    """Iterate over all links: the file each stands in, the address it starts from, and itself."""
    for name, page in pages.items():
        # The page for lost visitors is shown at any address: its links start from the site's root.
        base = origin + ("" if name == "404.html" else name)
        yield from ((name, base, link) for link in page.links)
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".css":
            for link in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8")):
                yield name, origin + name, link
        elif path.suffix == ".ics":
            text = _FOLDED.sub("", path.read_text(encoding="utf-8"))
            yield from ((name, origin, link) for link in re.findall(re.escape(origin) + r"[^\s\\;]*", text))
        elif path.suffix == ".epub":
            yield from ((name, origin, link) for link in _links_of_book(path, origin))
        elif path.suffix == ".pdf":
            yield from ((name, origin, link) for link in _links_of_paper(path.read_bytes()))
        elif name == "sitemap.xml":
            yield from ((name, origin, loc.text or "") for loc in ET.parse(path).iter() if loc.tag.endswith("}loc"))  # noqa: S314  # our own
        elif name == "guide.json":
            yield from ((name, origin, link) for link in _links_of_data(json.loads(path.read_text(encoding="utf-8"))))
        elif name == "edition.json":
            edition = json.loads(path.read_text(encoding="utf-8"))
            yield from ((name, origin, link) for kind in ("files", "downloads") for link in edition[kind])
        elif name == "search/search_index.json":
            entries = json.loads(path.read_text(encoding="utf-8"))["docs"]
            yield from ((name, origin, entry["location"]) for entry in entries)


def _links_of_data(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _links_of_data(inside, key if key in ("pdf", "cards") else name)
    elif isinstance(value, list):
        for inside in value:
            yield from _links_of_data(inside, key)
    elif isinstance(value, str) and key in ("url", "pdf", "cards", "ics"):
        yield value


def _links_of_book(path: Path, origin: str) -> Iterator[str]:
    """Iterate over the book's links to the site; those inside it, which epubcheck knows too, are checked here."""
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        pages = {name: _Page(book.read(name).decode()) for name in names if name.endswith(".xhtml")}
    for name, page in pages.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(file))) if file else name
            if urlsplit(link).scheme:
                yield link
            elif inside not in names or (anchor and inside in pages and unquote(anchor) not in pages[inside].anchors):
                yield f"{origin}in the book/{name}/{link}"


def _links_of_paper(content: bytes) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(content)).pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A")
            if action is not None and "/URI" in action:
                yield str(action["/URI"])
