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
from crawler.walk import Link, Walk
from storage.walks import WalkKind

RECENT_PAGES = 2
"""Listing pages of each language that a first crawl reads; the archive is for a walk."""

_REVISITS = 200
# Listings are newest first: where the last links of a page are known, so is what follows. Three of
# them, for one may have come by another way (a translation, a feed) before its time.
_LAST = 3
_FARTHEST = 50  # pages of a listing in one poll
# The first pages of the routes, then what is new on them, then page by page to known ground.
_FIRST, _NEW, _DEEPER, _REVISIT = 20, 10, 5, 0
_PASSING = {"error", "wall", "empty"}


class NewsSpider(Spider):
    """Follows a source's routes to pages not seen before, and revisits those that are due; or
    walks through the archive, which is `Walk`'s to direct.
    """

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
        self.ground_at: datetime | None = None
        self.walk: Walk | None = None
        # What was asked for and may not be stored yet.
        self._asked: set[str] = set()
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
        """What this crawl is: page, backfill, sweep, baseline or poll."""
        if self.arguments.url is not None:
            return "page"
        if self.arguments.walk is not None:
            return self.arguments.walk
        return "baseline" if self.first_time else "poll"

    @property
    def is_whole(self) -> bool:
        """Whether it has read what a source's first complete pass must: the newest pages of every
        route, nothing left out.
        """
        if self.arguments.url is not None or self.arguments.since is not None:
            return False
        return self.walk is None or self.walk.begun

    async def start(self) -> AsyncIterator[Any]:
        """One page, or every route and then the pages that are due; a walk begins by itself."""
        if self.arguments.url is not None:
            yield self._page_request(self.arguments.url, _NEW)
            return
        self.routes = self._declared()
        if self.arguments.walk is not None:
            self._begin_walk(self.arguments.walk)
            for url in self.memory.due(_REVISITS, owed=True):
                yield self._page_request(url, _REVISIT)
            return
        for route in self.routes:
            yield self._route_request(route, route.url)
        for url in self.memory.due(_REVISITS):
            yield self._page_request(url, _REVISIT, conditional=True)

    def _declared(self) -> list[Route]:
        """The routes of the source file; a sitemap has no order and is for a walk."""
        source = self.source
        declared: list[tuple[Any, list[str]]] = [
            ("feed", source.feeds),
            ("listing", source.listings),
            ("sitemap", source.sitemaps if self.arguments.walk else []),
        ]
        return [Route(kind, url) for kind, urls in declared for url in source.absolute(urls)]

    def _begin_walk(self, kind: WalkKind) -> None:
        since = self.arguments.since
        self.walk = Walk(kind, self.memory, since=since, limit=self.arguments.limit)
        states = self.memory.begin_walk(kind, [route.url for route in self.routes], since)
        for route in self.routes:
            self.walk.add(route, states.get(route.url))

    def step(self) -> list[Request]:
        """What a walk asks for next, now that everything asked for is stored; empty at its end."""
        while self.walk is not None:
            self._asked.clear()
            self._doubles.clear()
            step = self.walk.step()
            if not isinstance(step, list):
                way, url = step
                return [self._route_request(way.route, url)]
            if not step:
                break
            if pairs := self._unseen(step):
                return [self._page_request(url, _NEW, doubles=doubles) for url, doubles in pairs]
        return []

    def _route_request(self, route: Route, url: str) -> Request:
        callbacks = {
            "feed": self.parse_feed, "listing": self.parse_listing, "sitemap": self.parse_sitemap,
        }  # fmt: skip
        return Request(
            url,
            callback=callbacks[route.kind],
            errback=self.failed,
            cb_kwargs={"route": route},
            priority=_FIRST if url == route.url else _DEEPER,
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
            meta={"conditional": conditional, "doubles": [] if doubles is None else doubles},
        )

    def _unseen(self, links: list[Link]) -> list[tuple[str, list[str]]]:
        """Addresses of ``(link, id)`` pairs that are unknown and not yet asked for here, each
        with the (growing) list of its doubles.
        """
        new = [pair for pair in links if pair[0] not in self._asked]
        fresh = set(self.memory.unknown((link for link, _ in new), self.arguments.since))
        read = self.memory.read_here(site_id for _, site_id in new if site_id is not None)
        chosen = []
        for link, site_id in new:
            if site_id is not None and (site_id in self._doubles or site_id in read):
                self._doubles.setdefault(site_id, []).append(link)
                self.memory.another_address(link, site_id)
                continue
            doubles = self._doubles.setdefault(site_id, []) if site_id is not None else []
            if link in fresh:
                self._asked.add(link)
                chosen.append((link, doubles))
        return chosen

    async def parse_feed(self, response: Response, route: Route) -> AsyncIterator[Any]:
        """Articles of a feed."""
        yield self._listing_visit(response)
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
        """Pages of a sitemap, what changed last first; an index of sitemaps leads to its parts."""
        yield self._listing_visit(response)
        if not self._answered(response, route) or self.walk is None:
            return
        entries = sorted(read_sitemap(response.body), key=lambda entry: entry[2], reverse=True)
        if not entries:
            route.failure = "not a sitemap, or an empty one"
            return
        wanted = [entry for entry in entries if not self.source.excludes(entry[1])]
        self.walk.parts(route, (url for kind, url, _ in wanted if kind == "sitemap"))
        since = f"{self.arguments.since or ''}"
        self._follow(
            route,
            [
                (home(url, self.source), self.source.url_id(url))
                for kind, url, changed in wanted
                if kind == "page" and (not changed or changed >= since)
            ],
        )

    async def parse_listing(self, response: Response, route: Route) -> AsyncIterator[Any]:
        """Articles of a listing page, and the next page until known ground."""
        yield self._listing_visit(response)
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
        links = [(link, self.source.url_id(link)) for link in listing.links]
        requests = self._follow(route, links, listing.next, listing.ahead)
        for request in requests:
            yield request
        if listing.next and self._goes_on(route, listing.links):
            yield self._route_request(route, listing.next)

    def _goes_on(self, route: Route, links: list[str]) -> bool:
        """Whether the next page of a listing is worth a request: not where the last links of this
        one are known ground, nor where the pager leads in a circle. A first crawl lays ground.
        """
        page = hash(tuple(links))
        circle = page in route.shown
        route.shown.add(page)
        if self.walk is not None or circle or (self.first_time and route.pages >= RECENT_PAGES):
            return False
        news = self.memory.is_news(links[-_LAST:], None if self.settled else self.ground_at)
        if news and route.pages >= _FARTHEST:
            route.failure = f"news on {_FARTHEST} pages; a sweep or a backfill reads the rest"
            return False
        return news

    def _answered(self, response: Response, route: Route) -> bool:
        """Count a page of a route; False where there is nothing to read in it."""
        route.pages += 1
        route.status = response.status
        if response.status not in {200, 304}:
            route.failure = f"answered {response.status}"
            if self.walk is not None and response.status in {404, 410}:
                self.walk.lost(route)
        return response.status == 200

    def _listing_visit(self, response: Response) -> Visit:
        """A walk leaves no validators: a poll must not take for read what a walk stopped at."""
        visit = Visit.of(response)
        visit.listing = True
        if self.walk is not None:
            visit.etag = visit.last_modified = None
        return visit

    def _follow(
        self,
        route: Route,
        links: list[Link],
        following: str | None = None,
        ahead: int | None = None,
    ) -> list[Request]:
        """Requests for what is new among the links of a page; a walk takes them page by page."""
        route.links += len(links)
        if self.walk is not None:
            route.unknown += self.walk.opened(route, links, following, ahead)
            return []
        new = self._unseen(links)
        route.unknown += len(new)
        return [self._page_request(url, _NEW, doubles=doubles) for url, doubles in new]

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """The article of a page, or a visit that says why there is none."""
        visit = Visit.of(response)
        if response.status == 200:
            found = self._read(response, visit)
            self._came(found)
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
        self._came(visit)
        yield visit

    def _came(self, result: Found | Visit) -> None:
        """Tell the walk what came of a page that it had asked for."""
        if self.walk is not None:
            refused = isinstance(result, Visit) and (result.temporary or result.status == 403)
            self.walk.came(found=isinstance(result, Found), failed=refused)

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
        since, published = self.arguments.since, article.published
        if since is not None and published is not None and _day(published, self.source) < since:
            visit.reason = f"published before {since}"
            visit.left_out = _day(published, self.source)
            return visit
        return Found(article, self.source.key, visit)

    async def failed(self, failure: Failure) -> AsyncIterator[Any]:
        """No answer at all: of a route it is its failure, of a page a passing trouble, unless it
        is not to be had (forbidden by robots.txt, too large, redirected to another host).
        """
        request: Request = failure.request  # type: ignore[attr-defined] # set by Scrapy
        error = failure.value
        passing = not isinstance(error, IgnoreRequest | DownloadCancelledError)
        unsaid = "too large" if isinstance(error, DownloadCancelledError) else type(error).__name__
        reason = " ".join(str(error).split()) or unsaid
        visit = Visit(request.url, 0, datetime.now(UTC), temporary=passing, reason=reason)
        if (route := request.cb_kwargs.get("route")) is not None:
            route.failure = reason
            visit.listing = True
        else:
            self._came(visit)
        yield visit


def _day(published: date, source: Source) -> date:
    if isinstance(published, datetime):
        return published.astimezone(source.timezone).date()
    return published
