"""One page for somebody who wants to look at it: same manners, nothing stored."""

from __future__ import annotations

import os
import platform
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from configuration import Configuration
from crawler.items import headers
from crawler.source import Source
from storage import hosts
from storage.database import connect, writing

_LEASE = timedelta(minutes=2)


class FetchError(Exception):
    """The page cannot be had; the message says why."""


class _OnePage(Spider):
    name = "page"
    handle_httpstatus_all = True
    source: Source | None = None
    url: str
    answers: ClassVar[list[Response]] = []
    failures: ClassVar[list[str]] = []

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, callback=self.keep, errback=self.failed)

    def keep(self, response: Response) -> None:
        self.answers.append(response)

    def failed(self, failure: Failure) -> None:
        self.failures.append(" ".join(str(failure.value).split()) or type(failure.value).__name__)


def fetch(
    url: str, configuration: Configuration, source: Source | None
) -> tuple[str, bytes, dict[str, str]]:
    """Fetch one page and return its final URL, its bytes and its headers.

    robots.txt, the source's hosts and the lease of the host are respected. It runs Twisted's
    reactor, so a process can do it once. Raises FetchError, or HostBusy where another crawl is.
    """
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.set("LOG_LEVEL", "ERROR")
    settings.set("COOPWATCH_CONTACT", configuration.contact)
    with _lease(urlsplit(url).netloc, configuration):
        process = CrawlerProcess(settings)
        process.crawl(_OnePage, url=url, source=source)
        process.start()
    if not _OnePage.answers:
        reason = "; ".join(_OnePage.failures) or "no answer: robots.txt or the source forbids it"
        raise FetchError(f"{url}: {reason}")
    response = _OnePage.answers[0]
    if response.status != 200:
        raise FetchError(f"{url} answered {response.status}")
    return response.url, response.body, headers(response)


@contextmanager
def _lease(host: str, configuration: Configuration) -> Iterator[None]:
    if not configuration.database:
        yield
        return
    engine = connect(configuration.database)
    holder = f"coopwatch extract, process {os.getpid()} on {platform.node()}"
    try:
        with writing(engine) as session:
            hosts.acquire(session, host, holder, datetime.now(UTC), _LEASE)
        yield
        with writing(engine) as session:
            hosts.release(session, host, holder)
    finally:
        engine.dispose()
