"""Some pages for somebody who wants to look at a site: same manners as a crawl, nothing stored."""

from __future__ import annotations

import os
import platform
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import Settings
from sqlalchemy.engine import Engine

from configuration import Configuration
from crawler.items import headers
from crawler.memory import Memory
from crawler.politeness import Politeness
from crawler.robots import RememberedRobots, Rules
from crawler.source import Source
from storage import hosts
from storage.database import connect, reading, writing

T = TypeVar("T")

_LEASE = timedelta(minutes=2)
_LEAVE_ALONE = {429, 503}


class FetchError(Exception):
    """The page cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request. ``failure`` says in words why there is no page to read."""

    url: str
    status: int
    body: bytes
    headers: dict[str, str]
    failure: str = ""


class Guest:
    """Asks for one page after another, at the pace that source and robots.txt allow."""

    def __init__(self, crawler: Crawler, renew: Callable[[timedelta], None]) -> None:
        self._crawler = crawler
        self._renew = renew

    async def get(self, url: str) -> Answer:
        """The answer at ``url`` after redirects; raises FetchError where the site wants a rest."""
        self._renew(_LEASE + 2 * timedelta(seconds=self._politeness.delay))
        try:
            response = await self._crawler.engine.download_async(Request(url))
        except IgnoreRequest as refusal:
            reason = str(refusal) or "no answer"
            if reason.startswith("Forbidden by robots.txt"):
                reason = "robots.txt forbids it"
            return Answer(url, 0, b"", {}, reason)
        except Exception as error:  # noqa: BLE001 - whatever the network did, there is no page
            reason = " ".join(str(error).split()) or type(error).__name__
            return Answer(url, 0, b"", {}, reason)
        if response.status in _LEAVE_ALONE:
            raise FetchError(f"{url} answered {response.status}: the site wants a rest, come later")
        failure = "" if response.status == 200 else f"answered {response.status}"
        return Answer(response.url, response.status, response.body, headers(response), failure)

    def rules(self, url: str) -> Rules | None:
        """What robots.txt of the URL's host asks for; None before its first page."""
        robots = self._crawler.get_downloader_middleware(RememberedRobots)
        return robots.rules(urlsplit(url).netloc) if robots else None

    @property
    def remaining(self) -> timedelta:
        """Time until another visitor may ask."""
        return timedelta(seconds=self._politeness.remaining)

    @property
    def _politeness(self) -> Politeness:
        found = self._crawler.get_extension(Politeness)
        assert found is not None  # noqa: S101 - the project's settings enable it
        return found


Task = Callable[[Guest], Coroutine[Any, Any, T]]


@dataclass(slots=True)
class _Visit(Generic[T]):
    """What a visit is for, and what came of it."""

    task: Task[T]
    renew: Callable[[timedelta], None]
    result: T | None = None
    error: Exception | None = None
    remaining: timedelta = timedelta()


class _Visitor(Spider):
    name = "guest"
    handle_httpstatus_all = True
    source: Source | None = None
    memory: Memory | None = None
    visit: _Visit[Any]

    async def start(self) -> AsyncIterator[Any]:
        guest = Guest(self.crawler, self.visit.renew)
        try:
            self.visit.result = await self.visit.task(guest)
        except Exception as error:  # noqa: BLE001 - raised again where the visit was asked for
            self.visit.error = error
        self.visit.remaining = guest.remaining
        return
        yield  # an iterator without requests: the task makes its own


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """A task, the hosts that it visits and the source whose rules bind it."""

    task: Task[T]
    hosts: list[str]
    source: Source | None


def visit(plan: Plan[T], configuration: Configuration) -> T:
    """Carry out the plan and return its result or raise its error; see `visit_all`."""
    (result,) = visit_all([plan], configuration)
    if isinstance(result, Exception):
        raise result
    return result


def visit_all(plans: Sequence[Plan[T]], configuration: Configuration) -> list[T | Exception]:
    """Run each plan's task with a `Guest` of its hosts, side by side; results or errors in order.

    robots.txt, the source's hosts and delay and the lease of each host are respected. It runs
    Twisted's reactor, so a process can do it once. Raises HostBusy where another crawl is, and
    FetchError where a host asked to be left alone.
    """
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.set("LOG_ENABLED", False)  # the log of the command that visits is enough
    settings.set("RETRY_ENABLED", False)  # who looks can ask again
    settings.set("COOPWATCH_CONTACT", configuration.contact)
    with ExitStack() as stack:
        process = CrawlerProcess(settings)
        visits: list[tuple[_Visit[T], _Lease]] = []
        for plan in plans:
            engine, lease = stack.enter_context(_leased(sorted(plan.hosts), configuration))
            one = _Visit(plan.task, lease.renew)
            visits.append((one, lease))
            memory = Memory(plan.source, engine) if plan.source else None
            process.crawl(_visitor(plan.source), visit=one, source=plan.source, memory=memory)
        process.start()
        for one, lease in visits:
            lease.left = one.remaining
    return [one.error or one.result or FetchError("the visit was stopped") for one, _ in visits]


def _visitor(source: Source | None) -> type[_Visitor]:
    """The spider class with the source's delay."""
    delay = {} if source is None else {"DOWNLOAD_DELAY": source.politeness.delay}
    return type("_Visitor", (_Visitor,), {"custom_settings": delay})


def fetch(
    url: str, configuration: Configuration, source: Source | None
) -> tuple[str, bytes, dict[str, str]]:
    """Fetch one page and return its final URL, its bytes and its headers."""

    async def one(guest: Guest) -> Answer:
        return await guest.get(url)

    answer = visit(Plan(one, [urlsplit(url).netloc], source), configuration)
    if answer.failure:
        raise FetchError(f"{url}: {answer.failure}")
    return answer.url, answer.body, answer.headers


class _Lease:
    """The hosts, taken for the time of a visit."""

    def __init__(self, engine: Engine | None, site_hosts: list[str]) -> None:
        self._engine = engine
        self._hosts = site_hosts
        self._holder = f"coopwatch, process {os.getpid()} on {platform.node()}"
        self.left = timedelta()

    def renew(self, ttl: timedelta) -> None:
        """Take or keep the hosts for ``ttl``; raises HostBusy."""
        if self._engine is None:
            return
        with writing(self._engine) as session:
            for host in self._hosts:
                hosts.acquire(session, host, self._holder, datetime.now(UTC), ttl)

    def give_back(self) -> None:
        """Free the hosts; while the delay since the last request runs, nobody else may come."""
        if self._engine is None:
            return
        if self.left > timedelta():
            self.renew(self.left)
            return
        with writing(self._engine) as session:
            for host in self._hosts:
                hosts.release(session, host, self._holder)


@contextmanager
def _leased(
    site_hosts: list[str], configuration: Configuration
) -> Iterator[tuple[Engine | None, _Lease]]:
    engine = connect(configuration.database) if configuration.database else None
    lease = _Lease(engine, site_hosts)
    try:
        _check_rest(engine, site_hosts)
        lease.renew(_LEASE)
        try:
            yield engine, lease
        finally:
            lease.give_back()
    finally:
        if engine is not None:
            engine.dispose()


def _check_rest(engine: Engine | None, site_hosts: list[str]) -> None:
    if engine is None:
        return
    with reading(engine) as session:
        for host in site_hosts:
            until = hosts.backoff_until(session, host, datetime.now(UTC))
            if until is not None:
                when = f"{until:%Y-%m-%d %H:%M:%S} UTC"
                raise FetchError(f"{host} asked to be left alone until {when}")
