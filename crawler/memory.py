"""What is known of a source's pages: the crawl's only way to the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from crawler.items import Found, Gone, Visit
from crawler.source import Source
from storage import archive, articles, hosts, identity, pages, sources, walks
from storage.article import Article
from storage.articles import Stored
from storage.database import reading, writing
from storage.hosts import Robots
from storage.pages import PageState
from storage.times import day_of
from storage.walks import WalkKind, WalkState

Walked = dict[str, WalkState]
"""A walk's routes by address."""

_ASK_AGAIN = timedelta(days=1)
_LAST_TIME = 6
_AT_ONCE = 2


class Memory:
    """Answers what was seen before and keeps what is seen now.

    Without an engine it knows nothing and keeps nothing, and every answer is that of a first day.
    """

    def __init__(
        self,
        source: Source,
        engine: Engine | None = None,
        *,
        quiet: bool = True,
        quiet_before: date | None = None,
    ) -> None:
        self.source = source
        self.engine = engine
        self.quiet = quiet
        self.quiet_before = quiet_before
        self._begun = datetime.now(UTC)
        # Addresses visited by this crawl and the day of what was there; only without a database.
        self._requests = 0
        self._here: dict[str, date | None] = {}

    def unknown(self, urls: Iterable[str], since: date | None = None) -> list[str]:
        """Those of ``urls`` whose article is not known yet: never visited, left out for its age by
        a crawl that wanted less (``since``: what is older is not wanted now), or missing then.
        """
        wanted = list(dict.fromkeys(urls))
        if self.engine is None:
            return [url for url in wanted if url not in self._here]
        with reading(self.engine) as session:
            states = pages.known(session, self.source.key, wanted)
        now = datetime.now(UTC)
        return [url for url in wanted if url not in states or _worth(states[url], since, now)]

    def due(self, limit: int, *, owed: bool = False) -> list[str]:
        """Pages whose next visit is due; ``owed``: only those that have never answered."""
        if self.engine is None:
            return []
        with reading(self.engine) as session:
            states = pages.due(session, self.source.key, datetime.now(UTC), limit, owed=owed)
        return [state.url for state in states]

    def days(self, urls: Iterable[str]) -> dict[str, date]:
        """The day of publication of the articles at ``urls``, as far as it is known."""
        if self.engine is None:
            return {url: day for url in urls if (day := self._here.get(url)) is not None}
        with reading(self.engine) as session:
            return pages.days(session, self.source.key, urls)

    def is_news(self, urls: list[str], ground_at: datetime | None) -> bool:
        """Whether one of ``urls`` is no known ground: not known, or first seen after ``ground_at``,
        when the last complete crawl was over (None: found by this crawl).

        Not what this crawl has asked for decides: feeds are first to ask for the articles that
        the first listing page shows, and what was published before those lies on the next. And
        what an interrupted poll has found is no ground: it reads the newest first, and what it
        did not come to lies behind.
        """
        if self.unknown(urls):
            return True
        if self.engine is None:
            return False
        with reading(self.engine) as session:
            return pages.any_found_since(session, self.source.key, urls, ground_at or self._begun)

    def read_here(self, site_ids: Iterable[str]) -> dict[str, int]:
        """Those of the site's ids whose article this crawl has read, with our numbers."""
        if self.engine is None:
            return {}
        with reading(self.engine) as session:
            return pages.read_since(session, self.source.key, site_ids, self._begun)

    def state(self, url: str) -> PageState | None:
        """How ``url`` answered last."""
        if self.engine is None:
            return None
        with reading(self.engine) as session:
            return pages.known(session, self.source.key, [url]).get(url)

    def keep(self, found: Found, assessment: Assessment) -> Stored | None:
        """Store a reading, the visit and the response that brought it, in one transaction."""
        if self.engine is None:
            published = found.article.published
            day = None if published is None else day_of(published)
            for url in (found.visit.url, found.article.url, *found.visit.doubles):
                self._here[url] = day
            return None
        with writing(self.engine) as session:
            self._archive(session, found.visit)
            stored = articles.store(
                session,
                found.source,
                found.article,
                assessment,
                seen_at=found.visit.at,
                baseline=self.quiet or self._is_backlog(found.article),
            )
            for url in found.visit.doubles:
                self._visited(
                    session,
                    url,
                    found.visit,
                    status=found.visit.status,
                    article_id=stored.article_id,
                )
            for url in dict.fromkeys((found.visit.url, found.article.url)):
                self._visited(
                    session,
                    url,
                    found.visit,
                    status=found.visit.status,
                    etag=found.visit.etag,
                    last_modified=found.visit.last_modified,
                    article_id=stored.article_id,
                    changed=stored.change in {"revised", "reverted"},
                )
            if found.visit.answer is not None and found.visit.answer.withheld:
                archive.forget_article(session, stored.article_id)
        return stored

    def _is_backlog(self, article: Article) -> bool:
        """Whether it was there before the source was watched: found now, but no news."""
        before, published = self.quiet_before, article.published
        return before is not None and published is not None and day_of(published) < before

    def another_address(self, url: str, site_id: str) -> None:
        """Remember that ``url`` leads to an article that was read before the address was met.

        The next crawl would ask for it otherwise. It becomes the address that is visited again:
        a listing's own link lasts longer than the form that a feed happened to use.
        """
        article_id = self.read_here([site_id]).get(site_id)
        if self.engine is None or article_id is None or self.state(url) is not None:
            return
        with writing(self.engine) as session:
            visit = Visit(url, 200, datetime.now(UTC))
            self._visited(session, url, visit, status=200, article_id=article_id)
            identity.add_address(
                session,
                article_id,
                source=self.source.key,
                url=url,
                site_id=site_id,
                seen_at=visit.at,
            )

    def _visited(self, session: Session, url: str, visit: Visit, **facts: Any) -> None:
        every = self.source.politeness.interval
        pages.visited(session, self.source.key, url, at=visit.at, every=every, **facts)

    def note(self, visit: Visit) -> None:
        """Remember a visit that brought no article.

        A passing trouble is kept as a 503, whatever status it came with: the page is owed an
        answer and will be asked again.
        """
        if self.engine is None:
            self._here[visit.url] = visit.left_out
            return
        with writing(self.engine) as session:
            if not visit.temporary:
                self._archive(session, visit)
            self._visited(
                session,
                visit.url,
                visit,
                status=503 if visit.temporary else visit.status,
                etag=None if visit.temporary else visit.etag,
                last_modified=None if visit.temporary else visit.last_modified,
                left_out=visit.left_out,
                listing=visit.listing,
            )

    def archive(self, visit: Visit) -> None:
        """Archive what a visit brought and take it off the visit, which may be kept for long."""
        if self.engine is not None:
            with writing(self.engine) as session:
                self._archive(session, visit)
        visit.answer = None

    def _archive(self, session: Session, visit: Visit) -> None:
        if visit.answer is not None:
            archive.keep(
                session,
                self.source.key,
                visit.answer.url,
                at=visit.at,
                status=visit.status,
                headers=visit.answer.headers,
                body=visit.answer.body,
                withheld=visit.answer.withheld,
            )

    def gone(self, visit: Visit, kind: Gone) -> str | None:
        """Record that a page is gone: "suspected" at first, "withdrawn" when confirmed."""
        if self.engine is None:
            return None
        with writing(self.engine) as session:
            answer = articles.gone(session, self.source.key, visit.url, kind, visit.at)
            self._visited(
                session,
                visit.url,
                visit,
                status=404 if visit.status == 200 else visit.status,
            )
        return answer

    def begin_walk(self, kind: WalkKind, routes: list[str], since: date | None) -> Walked:
        """The state of each route of the walk; a sweep that was complete begins another pass."""
        now = datetime.now(UTC)
        if self.engine is None:
            return {}
        with writing(self.engine) as session:
            known = walks.states(session, self.source.key, kind)
            if kind == "sweep" and all(r in known and known[r].finished_at for r in routes):
                walks.begin_anew(session, self.source.key, kind, routes, since, now)
            begun = {
                route: walks.begin(session, self.source.key, kind, route, since, now)
                for route in routes
            }
        # What an earlier process read in this walk need not be read again under another address.
        self._begun = min([self._begun, *(one.begun_at for one in begun.values())])
        return begun

    def keep_walk(self, kind: WalkKind, route: str, **facts: Any) -> None:
        """Remember how far a walk has come on a route; see `storage.walks.keep`."""
        if self.engine is not None:
            with writing(self.engine) as session:
                walks.keep(session, self.source.key, kind, route, **facts)

    def finish_walk(self, kind: WalkKind, route: str) -> None:
        """Remember that a route was walked to its end."""
        if self.engine is not None:
            with writing(self.engine) as session:
                walks.finish(session, self.source.key, kind, route, datetime.now(UTC))

    def count_request(self) -> int:
        """Count a request to the source; returns how many were made today (source's zone)."""
        today = datetime.now(self.source.timezone).date()
        if self.engine is None:
            self._requests += 1
            return self._requests
        with writing(self.engine) as session:
            return sources.count_request(session, self.source.key, today)

    def requests_today(self) -> int:
        """How many requests were made to the source today, by whatever crawls."""
        today = datetime.now(self.source.timezone).date()
        if self.engine is None:
            return self._requests
        with reading(self.engine) as session:
            return sources.requests_on(session, self.source.key, today)

    def robots(self, host: str) -> Robots | None:
        """What the host's robots.txt said last."""
        if self.engine is None:
            return None
        with reading(self.engine) as session:
            return hosts.robots(session, host)

    def keep_robots(self, host: str, text: str, status: int) -> None:
        """Remember what the host's robots.txt said."""
        if self.engine is not None:
            with writing(self.engine) as session:
                hosts.keep_robots(session, host, text, status, datetime.now(UTC))

    def back_off(self, host: str, until: datetime) -> None:
        """Remember that the host wants to be left alone until then."""
        if self.engine is not None:
            with writing(self.engine) as session:
                hosts.back_off(session, host, until)


def _worth(state: PageState, since: date | None, now: datetime) -> bool:
    """Whether a known page is worth asking for where a route shows it.

    One that has not answered yet is, soon again at first; later it waits for its turn. One that
    was missing or no article may have come: ever more rarely, some times.
    """
    if state.article_id is not None:
        return False
    if state.left_out is not None:
        return since is None or state.left_out >= since
    if state.owed:
        return state.failures <= _AT_ONCE or (state.next_visit or now) < now
    if state.visits > _LAST_TIME:
        return False
    return now - state.fetched_at > _ASK_AGAIN * (1 << max(state.visits - 1, 0))
