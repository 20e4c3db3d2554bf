"""What a spider hands on: an article it found, or a visit that brought none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from scrapy.http import Response

from cooperation.assessment import Assessment
from crawler import noarchive
from storage.article import Article

Gone = Literal["deleted", "unpublished"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 as it goes into the archive; ``url`` is the address that gave it, after redirects.

    ``withheld``: the site asks that no copy be kept.
    """

    url: str
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)
    withheld: bool

    @classmethod
    def of(cls, response: Response) -> Answer:
        """What is kept of a response. Scrapy has undone its compression by now."""
        pairs = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        return cls(response.url, pairs, response.body, noarchive.is_asked(response))


@dataclass(slots=True)
class Visit:
    """One answer of the site. ``url`` is what was asked for; ``validators`` (ETag,
    Last-Modified) are as received and only those of a 200. ``status`` 0: no answer.

    ``gone`` tells a page that speaks of a withdrawal; ``temporary`` one that says nothing about
    the article (outage, wall, maintenance page), whatever its status. ``doubles`` are other
    addresses of the same page, told by the site's id in them, that were not asked for.
    ``answer`` is what a 200 brought.
    ``left_out``: the page holds an article of that date, older than wanted.
    ``listing``: it is a page of a route, not of an article.
    """

    url: str
    status: int
    at: datetime
    etag: str | None = None
    last_modified: str | None = None
    gone: Gone | None = None
    temporary: bool = False
    reason: str = ""
    doubles: tuple[str, ...] = ()
    answer: Answer | None = None
    left_out: date | None = None
    listing: bool = False

    @classmethod
    def of(cls, response: Response) -> Visit:
        """The visit that a response ends; after a redirect it counts for the address asked for."""
        url = response.meta.get("redirect_urls", [response.url])[0]
        visit = cls(url, response.status, datetime.now(UTC))
        visit.doubles = tuple(response.meta.get("doubles", ()))
        if response.status == 200:
            visit.etag = header(response, "ETag")
            visit.last_modified = header(response, "Last-Modified")
            visit.answer = Answer.of(response)
        return visit


@dataclass(slots=True)
class Found:
    """An article as it was read at one visit, on its way through the pipelines."""

    article: Article
    source: str
    visit: Visit
    assessment: Assessment | None = None


def header(response: Response, name: str) -> str | None:
    """One header of a response as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if isinstance(value, bytes) else None


def headers(response: Response) -> dict[str, str]:
    """All headers of a response as text."""
    found = {}
    for name in response.headers:
        text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        if (value := header(response, text)) is not None:
            found[text] = value
    return found
