"""What is known of a source's pages: the crawl's only way to the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from crawler.items import Found, Gone, Visit
from crawler.source import Source
from storage import archive, articles, hosts, pages
from storage.articles import Stored
from storage.database import reading, writing
from storage.hosts import Robots
from storage.pages import PageState

_ASK_AGAIN = timedelta(days=1)
_LAST_TIME = 6


class Memory:
    """Answers what was seen before and keeps what is seen now.

    Without an engine it knows nothing and keeps nothing, and every answer is that of a first day.
    """

    def __init__(self, source: Source, engine: Engine | None = None, *, quiet: bool = True) -> None:
        self.source = source
        self.engine = engine
        self.quiet = quiet
        self._read: dict[str, int] = {}  # the site's id -> our number, of what this crawl read

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those of ``urls`` not visited yet; a page that was missing may be asked for again."""
        wanted = list(dict.fromkeys(urls))
        if self.engine is None:
            return wanted
        with reading(self.engine) as session:
            states = pages.known(session, self.source.key, wanted)
        now = datetime.now(UTC)
        return [url for url in wanted if url not in states or _may_have_come(states[url], now)]

    def due(self, limit: int) -> list[str]:
        """Pages of articles whose next visit is due."""
        if self.engine is None:
            return []
        with reading(self.engine) as session:
            states = pages.due(session, self.source.key, datetime.now(UTC), limit)
        return [state.url for state in states]

    def state(self, url: str) -> PageState | None:
        """How ``url`` answered last."""
        if self.engine is None:
            return None
        with reading(self.engine) as session:
            return pages.known(session, self.source.key, [url]).get(url)

    def keep(self, found: Found, assessment: Assessment) -> Stored | None:
        """Store a reading, the visit and the response that brought it, in one transaction."""
        if self.engine is None:
            return None
        with writing(self.engine) as session:
            self._archive(session, found.visit)
            stored = articles.store(
                session,
                found.source,
                found.article,
                assessment,
                seen_at=found.visit.at,
                baseline=self.quiet,
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
        if found.article.site_id is not None:
            self._read[found.article.site_id] = stored.article_id
        return stored

    def another_address(self, url: str, site_id: str) -> None:
        """Remember that ``url`` leads to an article that was read before the address was met.

        The next crawl would ask for it otherwise. It becomes the address that is visited again:
        a listing's own link lasts longer than the form that a feed happened to use.
        """
        article_id = self._read.get(site_id)
        if self.engine is None or article_id is None or self.state(url) is not None:
            return
        with writing(self.engine) as session:
            visit = Visit(url, 200, datetime.now(UTC))
            self._visited(session, url, visit, status=200, article_id=article_id)

    def _visited(self, session: Session, url: str, visit: Visit, **facts: Any) -> None:
        every = self.source.politeness.interval
        pages.visited(session, self.source.key, url, at=visit.at, every=every, **facts)

    def note(self, visit: Visit) -> None:
        """Remember a visit that brought no article.

        A passing trouble is remembered of known pages only: an unknown one is to be asked for
        again at the next occasion. It is kept as a 503, whatever status it came with.
        """
        if self.engine is None:
            return
        if visit.temporary and self.state(visit.url) is None:
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


def _may_have_come(state: PageState, now: datetime) -> bool:
    """Pages that were missing or no article are asked for again, ever more rarely, some times."""
    if state.article_id is not None or state.visits > _LAST_TIME:
        return False
    return now - state.fetched_at > _ASK_AGAIN * (1 << max(state.visits - 1, 0))
