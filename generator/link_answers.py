"""Asks addresses on the web whether they are still there. The only part of the generator that uses a network."""

from __future__ import annotations

import http.client
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

AT_ONCE = 4
"""How many addresses are asked at a time, each host by one question after the other."""
_MOST_MOVES = 10
_NO_HEAD = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 503})
"""Answers to HEAD that many hosts give only because it is no GET."""
_GONE = frozenset({404, 410})
_MOVED = frozenset({301, 302, 303, 307, 308})
_REGISTRARS = ("doi.org", "dx.doi.org")
"""They send on whoever asks for a known DOI; whether a publisher answers programs is another question."""

Kind = Literal["fine", "dead", "unsure", "unreached"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: `dead` is gone for certain, `unsure` answered but not plainly, `unreached` not at all."""

    kind: Kind
    words: str


def ask_all(addresses: Iterable[str], timeout: float = 15) -> dict[str, Answer]:
    """Ask every address once.

    Args:
        addresses: addresses with http or https.
        timeout: seconds to wait for one answer.
    """
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = pool.map(lambda group: [(address, _ask(address, timeout)) for address in group], hosts.values())
        return dict(pair for group in asked for pair in group)


def _ask(address: str, timeout: float) -> Answer:
    here = address
    for _ in range(_MOST_MOVES):
        try:
            status, place = _status(here, "HEAD", timeout)
            if status in _NO_HEAD:
                status, place = _status(here, "GET", timeout)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            reason = fault.reason if isinstance(fault, URLError) else fault
            return Answer("unreached", str(reason) or type(reason).__name__)
        if status not in _MOVED or not place:
            break
        if urlsplit(here).netloc in _REGISTRARS:
            return Answer("fine", "a known DOI")
        here = urljoin(here, place)
        if urlsplit(here).scheme not in ("http", "https"):
            return Answer("unsure", f"leads to {here}")
    else:
        return Answer("unsure", f"sent on more than {_MOST_MOVES} times")
    moved = f", now at {here}" if here != address else ""
    if status in _GONE:
        return Answer("dead", f"{status} {http.client.responses[status]}{moved}")
    if 200 <= status < 300:
        return Answer("fine", f"{status}{moved}")
    return Answer("unsure", f"{status} {http.client.responses.get(status, '')}".strip() + moved)


class _AsItComes(HTTPErrorProcessor):
    def http_response(self, request: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:  # noqa: ARG002
        """Hand every answer on, errors and moves too."""
        return response

    def https_response(self, request: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:  # noqa: ARG002
        """Do the same."""
        return response


def _status(address: str, method: str, timeout: float) -> tuple[int, str]:
    """Return the status of an answer and where it sends the reader on; its body is not read."""
    opener = OpenerDirector()
    # No other schemes, and no cookies: what is asked is what a reader's first visit would be answered.
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), _AsItComes()):
        opener.add_handler(handler)
    headers = {"User-Agent": "Mozilla/5.0 (compatible; coaching-guide links)", "Accept": "*/*"}
    try:
        with opener.open(Request(address, headers=headers, method=method), timeout=timeout) as answer:  # noqa: S310  # http(s) alone
            return answer.status, answer.headers.get("Location", "")
    except HTTPError as fault:
        return fault.code, ""
