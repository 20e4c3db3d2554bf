"""A visitor who keeps everything under control: one request, no redirects followed, no cookies."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from lxml import html


@dataclass(frozen=True)
class Answer:
    """One response; header names in lower case."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> html.HtmlElement:
        return html.document_fromstring(self.body)

    @property
    def validators(self) -> dict[str, str]:
        """What a conditional request has to send back."""
        return {
            "If-None-Match": self.headers["etag"],
            "If-Modified-Since": self.headers["last-modified"],
        }


def get(base: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path (or a whole URL on that base); header names with _ for -."""
    target = path.removeprefix(base)
    connection = HTTPConnection(urlsplit(base).netloc, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers=named)
        response = connection.getresponse()
        lowered = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, response.reason, lowered, response.read())
    finally:
        connection.close()
