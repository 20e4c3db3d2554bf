"""The walk over a source's archive: a backfill or a sweep, page by page, resumable.

One page of a route is opened at a time, and the next one only when the articles of this one are
stored; so a crawl of 20,000 pages holds no more in memory than one of a thousand, and whatever
moment ends the process, what was done is in the database: the pages' states tell which articles
are known, the walk's row which page was not done yet.

Newest first over all routes: the route whose last page was youngest is the next to be opened. A
resumed route is read from its first page again until known ground (what was published since has
shifted all pages) and then goes on where it stopped. Articles that were deleted meanwhile shift
the pages the other way, so that some may slip by; the next sweep meets them.

No node numbers are tried out. The measured Drupal does answer 200 at /node/N, but most numbers are
no news, each miss costs the site the rendering of a whole page that no cache holds, eight thousand
of them a day's visits at Crawl-delay 10, and what no listing, feed or sitemap shows is not
offered to visitors: a guest does not try the doors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.discovery import Route
from crawler.memory import Memory
from storage.walks import WalkKind, WalkState

BATCH = 10
_REFUSED = 3  # so many articles of one page in a row, and none that answers, are a wall

Link = tuple[str, str | None]
"""An address and the site's id in it, if any."""


@dataclass(slots=True)
class Way:
    """One route and how far the walk has come on it in this crawl and before."""

    route: Route
    position: str | None = None
    pages: int = 0
    total: int | None = None
    remaining: int | None = None
    done: bool = False
    reached: date | None = None
    catching_up: bool = False
    next: str | None = None
    parts: deque[str] = field(default_factory=deque)
    seen: set[int] = field(default_factory=set)
    opened: int = 0
    asked: int = 0
    awaited: str | None = None


@dataclass(slots=True)
class _Open:
    """The page whose articles are being read."""

    way: Way
    links: list[Link]
    waiting: deque[Link]
    fresh: int
    next: str | None
    asked: int = 0
    failed: int = 0


class Walk:
    """Decides what to ask for next; `step` is called whenever everything asked for is stored."""

    def __init__(
        self,
        kind: WalkKind,
        memory: Memory,
        *,
        since: date | None,
        limit: int | None,
    ) -> None:
        self.kind = kind
        self.ways: list[Way] = []
        self.found = 0
        self.paused = ""
        self.failure = ""
        self._memory = memory
        self._since = since
        self._limit = limit
        self._open: _Open | None = None

    def add(self, route: Route, state: WalkState | None) -> None:
        """A route to walk, from its stored ``state`` on."""
        way = Way(route)
        if state is not None:
            way.position, way.pages, way.total = state.position, state.pages, state.total
            way.remaining, way.done = state.remaining, state.finished_at is not None
            way.catching_up = way.position is not None and route.kind == "listing"
        self.ways.append(way)

    @property
    def finished(self) -> bool:
        """Whether every route was walked to its end."""
        return all(way.done for way in self.ways)

    def opened(
        self, route: Route, links: Sequence[Link], following: str | None, ahead: int | None
    ) -> int:
        """A page of a route has been read and holds these links; ``ahead`` pages follow it, if its
        pager tells. Returns how many of the links are unknown.
        """
        way = self._way(route)
        unknown = set(self._memory.unknown((link for link, _ in links), self._since))
        waiting = deque(pair for pair in links if pair[0] in unknown)
        way.opened, way.awaited = way.opened + 1, None
        if ahead is not None and not way.catching_up:
            way.total = way.pages + 1 + ahead
        self._open = _Open(way, list(links), waiting, len(waiting), following)
        return len(waiting)

    def parts(self, route: Route, addresses: Iterable[str]) -> None:
        """An index of sitemaps leads to these; those before the stored position are done."""
        way = self._way(route)
        listed = list(addresses)
        if way.position in listed:
            listed = listed[listed.index(way.position) :]
        way.parts.extendleft(reversed(listed))

    def lost(self, route: Route) -> None:
        """The page where the walk stands is not there any more: another walk begins anew."""
        way = self._way(route)
        if way.position is not None and not way.catching_up:
            self._memory.keep_walk(self.kind, route.url, position=None, pages=0)

    def came(self, *, found: bool, failed: bool) -> None:
        """A page of an article has answered, or not."""
        self.found += found
        if self._open is not None:
            self._open.failed += failed

    def step(self) -> tuple[Way, str] | list[Link]:
        """What to ask for now: articles of the open page, else the next page of a route. An empty
        list at the end of the walk, when it is ``paused`` and after a ``failure``.
        """
        if self._open is not None:
            if self._open.asked >= _REFUSED and self._open.failed >= self._open.asked:
                self.failure = f"none of {self._open.asked} articles of a page could be had"
                return []
            if self._open.waiting:
                return self._batch(self._open)
            self._done(self._open)
            self._open = None
        if self._limit is not None and self.found >= self._limit and not self.finished:
            self.paused = f"{self._limit} articles were read, as many as wanted"
            return []
        return self._next()

    def _batch(self, page: _Open) -> list[Link]:
        left = BATCH if self._limit is None else min(BATCH, self._limit - self.found)
        if left <= 0:
            self.paused = f"{self._limit} articles were read, as many as wanted"
            return []
        batch = [page.waiting.popleft() for _ in range(min(left, len(page.waiting)))]
        page.asked += len(batch)
        page.way.asked += len(batch)
        return batch

    def _next(self) -> tuple[Way, str] | list[Link]:
        """The next page of the route that is youngest; feeds first, sitemaps last."""
        rank = {"feed": 0, "listing": 1, "sitemap": 2}
        open_ways = [way for way in self.ways if not way.done and not way.route.failure]
        if not open_ways:
            return []
        way = min(
            open_ways,
            key=lambda w: (
                rank[w.route.kind],
                -(w.reached or date.max).toordinal(),
                w.opened,
            ),
        )
        address = way.next or way.route.url
        if way.awaited == address:  # neither read nor refused: asking for it again would not end
            way.route.failure = "it could not be read; the log tells why"
            return self._next()
        way.awaited = address
        return way, address

    def _done(self, page: _Open) -> None:
        way = page.way
        days = self._memory.days(link for link, _ in page.links)
        if days:
            way.reached = min(days.values())
        if way.catching_up:
            ends = page.next is None or page.fresh == 0
            way.next = way.position if ends else page.next
            way.catching_up = not ends and page.next != way.position
            return
        digest = hash(tuple(page.links))
        circle = digest in way.seen and bool(page.links)
        way.seen.add(digest)
        way.pages += bool(page.links) and not circle
        way.next = way.position = way.parts.popleft() if way.parts else page.next
        if way.next is None or circle or self._too_old(page, days):
            way.done, way.remaining = True, 0
            self._memory.finish_walk(self.kind, way.route.url)
            return
        way.remaining = self._remaining(way)
        self._memory.keep_walk(
            self.kind,
            way.route.url,
            position=way.position,
            pages=way.pages,
            total=way.total,
            remaining=way.remaining,
        )

    def _too_old(self, page: _Open, days: dict[str, date]) -> bool:
        """Whether all that is dated on the page, and that is most of it, is older than wanted."""
        if self._since is None or page.way.route.kind != "listing":
            return False
        return 2 * len(days) >= len(page.links) > 0 and max(days.values()) < self._since

    def _remaining(self, way: Way) -> int | None:
        """Requests to the route's end: pages still to open, and articles as they came so far."""
        left = None if way.total is None else max(way.total - way.pages, 1)
        if self._since is not None and way.reached is not None:
            walked = max((date.today() - way.reached).days, 1)  # noqa: DTZ011 - a rough measure
            wanted = max((way.reached - self._since).days, 0)
            by_age = round(way.pages * wanted / walked) + 1
            left = by_age if left is None else min(left, by_age)
        if left is None:
            return None
        return round(left * (1 + way.asked / max(way.opened, 1)))

    @property
    def pages(self) -> tuple[int, int | None]:
        """Pages of the listings that are done, in this crawl and before, and how many there are."""
        listings = [way for way in self.ways if way.route.kind == "listing"]
        totals = [way.pages if way.done else way.total for way in listings]
        known = [total for total in totals if total is not None]
        return sum(way.pages for way in listings), sum(known) if known == totals else None

    @property
    def opened_pages(self) -> int:
        """Pages of all routes that this crawl has opened."""
        return sum(way.opened for way in self.ways)

    @property
    def done_pages(self) -> int:
        """Pages that this crawl has opened and whose articles are done."""
        return self.opened_pages - (self._open is not None)

    @property
    def begun(self) -> bool:
        """Whether the first page of every route is done, as far as it could be read."""
        return all(way.pages or way.done or way.route.failure for way in self.ways)

    @property
    def remaining(self) -> int | None:
        """Requests to the end of the walk; None where a route does not tell."""
        counts = [
            way.remaining for way in self.ways if not way.done and way.route.kind == "listing"
        ]
        if any(count is None for count in counts):
            return None
        page = self._open
        waiting = len(page.waiting) if page is not None and page.way.route.kind != "listing" else 0
        return sum(count or 0 for count in counts) + waiting

    def _way(self, route: Route) -> Way:
        return next(way for way in self.ways if way.route is route)
