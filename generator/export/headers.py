"""The headers a site is served with: a Content-Security-Policy under which nothing runs but the theme."""

from __future__ import annotations

import re
from collections.abc import Iterable

HOSTS_FILE = "_headers"
"""Read by Netlify, Cloudflare Pages and hosts like them."""
NGINX_FILE = "headers.nginx.conf"
"""To be included in nginx's `server` block."""

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ADDRESS = r"[A-Za-z0-9._~/%-]*"
"""What a template may print into a script: a path, which can end no text in it."""
_NOT_RUN = re.compile(r"\btype=[\"']?application/(?:ld\+)?json\b", re.IGNORECASE)
_OTHERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
)
_OF_HOSTS = """\
  Cache-Control: no-cache
/*.ics
  Content-Type: text/calendar; charset=utf-8
/*.epub
  Content-Type: application/epub+zip
"""
"""What such a host is told besides. Browsers keep every file, and ask whether it is still right."""
_WHY = """\
The pages need no more than this. Scripts: the site's own files, and the few lines that Material for MkDocs writes into
its pages (the folder the site lies in, the colours the reader chose), each by its hash. Styles: the site's own files
only; no page has a style of its own. Pictures: the site's own, and those written into Material's stylesheet (data:)."""


def inline_scripts(html: str) -> list[str]:
    """Return the scripts that stand in a page and run there; data and scripts with an address do not."""
    return [
        match["code"]
        for match in _INLINE.finditer(html)
        if not _NOT_RUN.search(match["attributes"]) and not re.search(r"\bsrc=", match["attributes"])
    ]


def theme_scripts(templates: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches every inline script that templates of the theme write, and nothing else.

    A script that came from anywhere else is not let run, whoever got it into a page.

    Args:
        templates: the text of each template.
    """
    known = {code for text in templates for code in inline_scripts(_COMMENT.sub("", text)) if code.strip()}
    forms = sorted(_ADDRESS.join(map(re.escape, _PRINTED.split(code))) for code in known)
    return re.compile("|".join(forms) or r"(?!)")


def policy(scripts: Iterable[str]) -> str:
    """Return the Content-Security-Policy for all pages of a site.

    Args:
        scripts: the hashes of the inline scripts that may run ("sha256-..."), in any order.
    """
    hashes = sorted({f"'{hash}'" for hash in scripts})
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # The search index, the sitemap that instant navigation reads, and what is kept for no network.
        "connect-src": ["'self'"],
        # The search runs in a worker; the service worker keeps the guide on the device.
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def header_files(scripts: Iterable[str]) -> dict[str, str]:
    """Return the files that tell hosts which headers to send, by path.

    Args:
        scripts: the hashes of the inline scripts that may run.
    """
    headers = (("Content-Security-Policy", policy(scripts)), *_OTHERS)
    why = "".join(f"# {line}\n" for line in _WHY.splitlines())
    hosts = "".join(f"  {name}: {value}\n" for name, value in headers)
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers)
    return {
        HOSTS_FILE: "# Made by the build; hosts like Netlify and Cloudflare Pages read it.\n"
        f"{why}/*\n{hosts}{_OF_HOSTS}",
        NGINX_FILE: "# Made by the build; in the server block: include /path/to/site/headers.nginx.conf;\n"
        f"# A location with an add_header of its own has to include it again.\n{why}{nginx}",
    }
