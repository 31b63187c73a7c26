"""Serves a built site to the browser of the one who writes it."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import socketserver
import sys
from functools import cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import jinja2

from generator.preview.state import Preview, Shown

WAITING = "/.preview/"
"""Where a page asks for a newer state than the one behind the slash; no file of a site begins with a dot."""
_PATIENCE = 25.0
"""Seconds after which a question is answered anyway: below the half minute at which proxies give up."""
_FIRST_BUILD = 120.0
"""Seconds that a page waits for the first build."""
_HERE = Path(__file__).parent


class Server(http.server.ThreadingHTTPServer):
    """Serves the state of a preview at an address."""

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        if _is_version_6(host):
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # host and port

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a browser that has gone; anything else is a fault of this program and is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # what the base class passes

    @property
    def url(self) -> str:
        """The address to open."""
        host, port = self.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}/"


def _is_version_6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith(WAITING):
            self._send(self.server.preview.newer(self.path.removeprefix(WAITING), _PATIENCE).encode(), "text/plain")
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with a file, pages with the live part at their end; whatever a browser has kept is out of date."""
        del self.headers["If-Modified-Since"]
        shown = self.server.preview.shown(_FIRST_BUILD)
        if shown.site is None:
            return self._page((_HERE / "empty.html").read_bytes(), shown, HTTPStatus.SERVICE_UNAVAILABLE)
        self.directory = str(shown.site)
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._page(path.read_bytes(), shown)
        if not path.exists():
            missing = shown.site / "404.html"
            return self._page(missing.read_bytes() if missing.is_file() else b"", shown, HTTPStatus.NOT_FOUND)
        return super().send_head()

    def _page(self, html: bytes, shown: Shown, status: HTTPStatus = HTTPStatus.OK) -> BytesIO:
        end = html.rfind(b"</body>")
        end = len(html) if end < 0 else end
        body = html[:end] + _live(shown).encode() + html[end:]
        self._head(status, "text/html; charset=utf-8", len(body))
        return BytesIO(body)

    def _send(self, body: bytes, type: str) -> None:
        self._head(HTTPStatus.OK, type, len(body))
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, type: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the terminal is for what is wrong with the content."""


def _live(shown: Shown) -> str:
    heading = "This is the last good state. The newest one has mistakes:" if shown.site else "There are mistakes:"
    return _template().render(state=shown.id, trouble=shown.trouble, heading=heading, address=WAITING)


@cache
def _template() -> jinja2.Template:
    source = (_HERE / "live.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True).from_string(source)
