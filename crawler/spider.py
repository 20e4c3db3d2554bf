"""The spider of a source: from its listings and feeds to its articles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.arguments import Arguments
from crawler.discovery import Route, read_feed, read_listing, read_sitemap
from crawler.extraction import extract
from crawler.extraction.address import home
from crawler.extraction.decoding import decode
from crawler.extraction.page import Page
from crawler.extraction.refusal import NotAnArticle
from crawler.items import Found, Visit, headers
from crawler.memory import Memory
from crawler.source import Source
from storage.article import Article

RECENT_PAGES = 2
"""Listing pages of each language that a first crawl reads; the archive is for a backfill."""

_REVISITS = 200
# The first pages of the routes, then what is new on them, then page by page into the archive; a
# sitemap has no order worth following and comes last.
_FIRST, _NEW, _DEEPER, _REVISIT, _SITEMAP, _FROM_SITEMAP = 20, 10, 5, 0, -10, -20
_PASSING = {"error", "wall", "empty"}


class NewsSpider(Spider):
    """Follows a source's routes to pages not seen before, and revisits those that are due."""

    source: Source
    # Everything but a redirect comes to the callbacks: each status means something here.
    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 600)]

    def __init__(self, arguments: Arguments, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.arguments = arguments
        self.memory = Memory(self.source)
        self.routes: list[Route] = []
        self.first_time = True
        self.settled = False
        self._doubles: dict[str, list[str]] = {}

    @classmethod
    def of(cls, source: Source) -> type[NewsSpider]:
        """The spider class of one source."""
        return type("NewsSpider", (cls,), {"name": source.key, "source": source})

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The source's delay and the operator's contact."""
        super().update_settings(settings)
        cls._set(settings, cls.source)

    @staticmethod
    def _set(settings: BaseSettings, source: Source) -> None:
        settings.set("DOWNLOAD_DELAY", source.politeness.delay, priority="spider")
        contact = settings["COOPWATCH_CONTACT"] or "no contact given"
        agent = f"coopwatch/{settings['COOPWATCH_VERSION']} (+{contact})"
        settings.set("USER_AGENT", agent, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Reads the arguments; raises ArgumentMistake."""
        arguments = Arguments.read(kwargs)
        spider = cls(arguments, *args)
        if arguments.source is not None:
            spider.source = arguments.source
            spider.memory = Memory(spider.source)
            if not crawler.settings.frozen:
                cls._set(crawler.settings, spider.source)
        spider._set_crawler(crawler)
        return spider

    @property
    def kind(self) -> str:
        """What this crawl is: page, backfill, baseline or poll."""
        if self.arguments.url is not None:
            return "page"
        if self.arguments.backfill:
            return "backfill"
        return "baseline" if self.first_time else "poll"

    async def start(self) -> AsyncIterator[Any]:
        """One page, or every route and then the pages that are due."""
        if self.arguments.url is not None:
            yield self._page_request(self.arguments.url, _NEW)
            return
        source = self.source
        declared: list[tuple[Any, list[str]]] = [
            ("feed", source.feeds),
            ("listing", source.listings),
            ("sitemap", source.sitemaps if self.arguments.backfill else []),
        ]
        self.routes = [Route(kind, url) for kind, urls in declared for url in source.absolute(urls)]
        for route in self.routes:
            yield self._route_request(route, route.url)
        for url in self.memory.due(_REVISITS):
            yield self._page_request(url, _REVISIT, conditional=True)

    def _route_request(self, route: Route, url: str) -> Request:
        priority = _FIRST if url == route.url else _DEEPER
        if route.kind == "sitemap":
            priority = _SITEMAP
        callbacks = {
            "feed": self.parse_feed, "listing": self.parse_listing, "sitemap": self.parse_sitemap,
        }  # fmt: skip
        return Request(
            url,
            callback=callbacks[route.kind],
            errback=self.failed,
            cb_kwargs={"route": route},
            priority=priority,
            meta={"conditional": self.settled and self.kind == "poll"},
        )

    def _page_request(
        self,
        url: str,
        priority: int,
        *,
        conditional: bool = False,
        doubles: list[str] | None = None,
    ) -> Request:
        return Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            priority=priority,
            meta={"conditional": conditional, "doubles": doubles or []},
        )

    def _unseen(self, links: list[tuple[str, str | None]]) -> list[tuple[str, list[str]]]:
        """Addresses of ``(link, id)`` pairs that are unknown and not yet asked for here, each
        with the (growing) list of its doubles.
        """
        fresh = set(self.memory.unknown(link for link, _ in links))
        chosen = []
        for link, site_id in links:
            if site_id is not None and site_id in self._doubles:
                self._doubles[site_id].append(link)
                self.memory.another_address(link, site_id)
                continue
            doubles = self._doubles.setdefault(site_id, []) if site_id is not None else []
            if link in fresh:
                chosen.append((link, doubles))
        return chosen

    async def parse_feed(self, response: Response, route: Route) -> AsyncIterator[Any]:
        """Articles of a feed."""
        yield Visit.of(response)
        if not self._answered(response, route):
            return
        entries = read_feed(response.body)
        if not entries:
            route.failure = "not a feed" if entries is None else "feed read, no entries"
            return
        links = [
            (home(response.urljoin(entry.url), self.source), self.source.guid_id(entry.guid))
            for entry in entries
        ]
        for request in self._follow(route, [p for p in links if not self.source.excludes(p[0])]):
            yield request

    async def parse_sitemap(self, response: Response, route: Route) -> AsyncIterator[Any]:
        """Pages of a sitemap; an index of sitemaps leads to its parts."""
        yield Visit.of(response)
        if not self._answered(response, route):
            return
        links = []
        for kind, url in read_sitemap(response.body):
            if self.source.excludes(url):
                continue
            if kind == "sitemap":
                yield self._route_request(route, url)
            else:
                links.append((home(url, self.source), self.source.url_id(url)))
        for request in self._follow(route, links):
            yield request

    async def parse_listing(self, response: Response, route: Route) -> AsyncIterator[Any]:
        """Articles of a listing page, and the next page until known ground."""
        yield Visit.of(response)
        if not self._answered(response, route):
            return
        given = headers(response)
        try:
            text = decode(response.body, given, self.source.charset)
            page = Page(text, response.url, given, self.source)
            listing = read_listing(page, self.source, route.look)
        except NotAnArticle as refusal:
            route.failure = str(refusal)
            return
        route.rule, route.look = listing.rule, listing.look or route.look
        if not listing.links:
            route.failure = "listing read, no article links"
            return
        before = len(route.seen)
        links = [(link, self.source.url_id(link)) for link in listing.links]
        requests = self._follow(route, links)
        for request in requests:
            yield request
        loops = len(route.seen) == before
        if listing.next and not loops and self._goes_on(route, bool(requests)):
            yield self._route_request(route, listing.next)

    def _goes_on(self, route: Route, any_unknown: bool) -> bool:
        """Whether the next page of a listing is worth a request.

        A page without an unknown link is known ground; a first crawl lays enough of it.
        """
        if self.arguments.backfill:
            return True
        if self.first_time:
            return route.pages < RECENT_PAGES
        return any_unknown

    def _answered(self, response: Response, route: Route) -> bool:
        """Count a page of a route; False where there is nothing to read in it."""
        route.pages += 1
        route.status = response.status
        if response.status not in {200, 304}:
            route.failure = f"answered {response.status}"
        return response.status == 200

    def _follow(self, route: Route, links: list[tuple[str, str | None]]) -> list[Request]:
        new = self._unseen([pair for pair in links if pair[0] not in route.seen])
        route.seen.update(link for link, _ in links)
        route.links += len(links)
        route.unknown += len(new)
        priority = _FROM_SITEMAP if route.kind == "sitemap" else _NEW
        return [self._page_request(url, priority, doubles=doubles) for url, doubles in new]

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """The article of a page, or a visit that says why there is none."""
        visit = Visit.of(response)
        if response.status == 200:
            found = self._read(response, visit)
            yield found
            for request in self._translations(response, found):
                yield request
            return
        if response.status in {404, 410}:
            visit.gone = "deleted"
        elif response.status == 403:
            visit.gone = "unpublished"
        visit.temporary = response.status == 429 or response.status >= 500
        visit.reason = f"answered {response.status}" if response.status != 304 else ""
        yield visit

    def _translations(self, response: Response, found: Found | Visit) -> list[Request]:
        """Requests for the article's versions in other languages that are not known yet."""
        if self.arguments.url is not None or not isinstance(found, Found):
            return []
        links = [
            home(response.urljoin(link), self.source)
            for layout in self.source.layouts
            if layout.name == found.article.layout
            for css in layout.translations
            for link in response.css(css).getall()
        ]
        pairs = [(link, self.source.url_id(link)) for link in links]
        wanted = [pair for pair in pairs if not self.source.excludes(pair[0])]
        return [
            self._page_request(url, _NEW, doubles=doubles) for url, doubles in self._unseen(wanted)
        ]

    def _read(self, response: Response, visit: Visit) -> Found | Visit:
        try:
            article = extract(
                response.body, response.url, source=self.source, headers=headers(response)
            )
        except NotAnArticle as refusal:
            visit.reason = str(refusal)
            visit.temporary = refusal.kind in _PASSING
            visit.gone = "deleted" if refusal.kind == "listing" else None
            return visit
        if self._too_old(article):
            visit.reason = f"published before {self.arguments.since}"
            visit.temporary = True
            return visit
        return Found(article, self.source.key, visit)

    def _too_old(self, article: Article) -> bool:
        since, published = self.arguments.since, article.published
        if since is None or published is None:
            return False
        return _day(published, self.source) < since

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """No answer at all: of a route it is its failure, of a page a passing trouble, unless it
        is not to be had (forbidden by robots.txt, too large, redirected to another host).
        """
        request: Request = failure.request  # type: ignore[attr-defined] # set by Scrapy
        reason = " ".join(str(failure.value).split()) or type(failure.value).__name__
        if (route := request.cb_kwargs.get("route")) is not None:
            route.failure = reason
        passing = not isinstance(failure.value, IgnoreRequest | DownloadCancelledError)
        yield Visit(request.url, 0, datetime.now(UTC), temporary=passing, reason=reason)


def _day(published: date, source: Source) -> date:
    if isinstance(published, datetime):
        return published.astimezone(source.timezone).date()
    return published
