"""Pages: how each URL answered last, and when it is worth another visit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage import withdrawal
from storage.database import insert_new
from storage.ledger import PageRow
from storage.tables import ArticleRow

# The waiting times below are those of a source polled hourly. One that is polled more often has
# them shortened in proportion; one polled more rarely has them as they are.
HOURLY = timedelta(hours=1)
# Age of an article -> time to its next visit. Most edits come within hours of publication (a
# wrong name, a photograph), few after a month; an old article is visited for its withdrawal
# mostly. With two articles a day and ten years of archive this costs about 140 requests a day, 25
# minutes at Crawl-delay 10. Simulated with edits of which nine of ten come in the first days
# (benchmarks/revisits.py): 85 % of the edits are seen within a day, after 1.8 days on average; one
# interval for all sees under 1 % at the same cost, after six weeks. Daily visits in the second week
# and half a year for the old ones see 4 % more within the day than 3 days and 120 days do.
_TIERS = (
    (timedelta(days=2), timedelta(hours=6)),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(days=45), timedelta(days=3)),
    (timedelta(days=120), timedelta(days=10)),
    (timedelta(days=365), timedelta(days=30)),
)
_OLD = timedelta(days=180)
# Gone at first sight: the confirming visit is worth a request soon, but not to a site that is
# being rebuilt this minute.
_CONFIRM = timedelta(hours=1)
_RETURN = timedelta(days=30)
_SHORTEST = timedelta(hours=3)
_LAST_ATTEMPT = 10  # five in the first day and a half, then daily
_GONE = frozenset({403, 404, 410})


@dataclass(frozen=True, slots=True)
class PageState:
    """A URL as it was last visited. ``read_at`` is its last 200: `fetched_at` may be a 304's.

    ``etag`` and ``last_modified`` are those of the last 200, exactly as received. ``left_out``:
    an article of that date is there, which no crawl has wanted yet.
    """

    url: str
    article_id: int | None
    status: int
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    read_at: datetime | None
    next_visit: datetime | None
    visits: int
    changes: int
    failures: int
    left_out: date | None

    @property
    def owed(self) -> bool:
        """Whether it has not answered yet: what it holds is not known."""
        return self.article_id is None and self.failures > 0 and self.status >= 500


def known(session: Session, source: str, urls: Iterable[str]) -> dict[str, PageState]:
    """Those of the URLs that were visited before, with their state."""
    wanted = list(dict.fromkeys(urls))
    found = {}
    for start in range(0, len(wanted), 500):  # databases limit the number of parameters
        rows = session.scalars(
            select(PageRow).where(
                PageRow.source == source, PageRow.url.in_(wanted[start : start + 500])
            )
        )
        found.update({row.url: _state(row) for row in rows})
    return found


def due(
    session: Session, source: str, now: datetime, limit: int, *, owed: bool = False
) -> list[PageState]:
    """Pages whose next visit is due, the longest overdue first; ``owed``: only those that were
    asked for and have not answered yet.
    """
    query = select(PageRow).where(PageRow.source == source, PageRow.next_visit <= now)
    if owed:
        query = query.where(PageRow.article_id.is_(None))
    rows = session.scalars(query.order_by(PageRow.next_visit, PageRow.id).limit(limit))
    return [_state(row) for row in rows]


def days(session: Session, source: str, urls: Iterable[str]) -> dict[str, date]:
    """The day of publication of the articles at those URLs, as far as it is known."""
    rows = session.execute(
        select(PageRow.url, func.coalesce(ArticleRow.published_on, PageRow.left_out))
        .outerjoin(ArticleRow, ArticleRow.id == PageRow.article_id)
        .where(PageRow.source == source, PageRow.url.in_(list(urls)))
    )
    return {url: day for url, day in rows if day is not None}


def any_found_since(session: Session, source: str, urls: Iterable[str], since: datetime) -> bool:
    """Whether one of the URLs leads to an article that was first seen at or after ``since``."""
    found = session.scalar(
        select(PageRow.id)
        .join(ArticleRow, ArticleRow.id == PageRow.article_id)
        .where(
            PageRow.source == source,
            PageRow.url.in_(list(urls)),
            ArticleRow.first_seen_at >= since,
        )
        .limit(1)
    )
    return found is not None


def read_since(
    session: Session, source: str, site_ids: Iterable[str], since: datetime
) -> dict[str, int]:
    """Those of the site's ids whose article was read at or after ``since``, with our numbers."""
    names = {f"id:{site_id}": site_id for site_id in site_ids}
    rows = session.execute(
        select(ArticleRow.identity, ArticleRow.id).where(
            ArticleRow.source == source,
            ArticleRow.identity.in_(list(names)),
            ArticleRow.last_seen_at >= since,
        )
    )
    return {names[identity]: number for identity, number in rows}


def visited(  # noqa: PLR0913 - one visit has as many facts
    session: Session,
    source: str,
    url: str,
    *,
    at: datetime,
    status: int,
    etag: str | None = None,
    last_modified: str | None = None,
    article_id: int | None = None,
    changed: bool | None = None,
    left_out: date | None = None,
    listing: bool = False,
    every: timedelta = HOURLY,
) -> None:
    """Record a visit and decide the next one, for a source that is polled ``every`` so often.

    Validators are kept of a 200 only (a 304 leaves them, an error never brings its own).
    ``article_id`` is the article that was read there; ``changed`` whether its content had
    changed. Of several pages of one article only the last one read is visited again. A page that
    failed (5xx) before its content was ever seen is owed an answer and gets a next visit as well,
    unless it is a ``listing``, which its route visits.
    """
    insert_new(
        session,
        PageRow,
        source=source,
        url=url,
        status=status,
        fetched_at=at,
        visits=0,
        changes=0,
        failures=0,
    )
    row = session.scalars(select(PageRow).where(PageRow.source == source, PageRow.url == url)).one()
    row.status, row.fetched_at, row.visits = status, at, row.visits + 1
    if status == 200:
        row.read_at, row.etag, row.last_modified = at, etag, last_modified
    if changed:
        row.changes, row.changed_at = row.changes + 1, at
    row.article_id = article_id or row.article_id
    row.left_out = left_out
    answered = status in (200, 304) or status in _GONE
    row.failures = 0 if answered else row.failures + 1
    article = None if row.article_id is None else session.get(ArticleRow, row.article_id)
    if article is not None and status == 304:
        withdrawal.returned(session, article, at)  # what the last 200 brought is there again
    pace = min(1.0, every / HOURLY)
    row.next_visit = None if listing else _next_visit(row, article, at, pace)
    if article_id is not None and row.next_visit is not None:
        session.execute(
            update(PageRow)
            .where(PageRow.article_id == article_id, PageRow.id != row.id)
            .values(next_visit=None)
        )
    session.flush()


def lead_to(
    session: Session, source: str, url: str, article_id: int, due: datetime | None = None
) -> None:
    """Let the page belong to another article from now on, and visit it again when it is ``due``."""
    again = {} if due is None else {"next_visit": due}
    session.execute(
        update(PageRow)
        .where(PageRow.source == source, PageRow.url == url)
        .values(article_id=article_id, **again)
    )


def _next_visit(
    row: PageRow, article: ArticleRow | None, at: datetime, pace: float
) -> datetime | None:
    """When to look again; None for an article whose text is not to be kept, for a page that holds
    no article, and for one that has never answered in a week.
    """
    if article is None and (row.status < 500 or row.failures > _LAST_ATTEMPT):
        return None
    if article is not None and article.redacted_at is not None:
        return None
    if row.failures:
        wait = min(timedelta(hours=1) * (1 << min(row.failures - 1, 5)), timedelta(days=1))
    elif article is None:
        return None
    elif row.status in _GONE:
        wait = _RETURN if article.withdrawn else _CONFIRM
    else:
        wait = interval(at - article.dated_at, row.changes, _since(row.changed_at, at))
    return at + wait * pace * _spread(row.url)


def interval(age: timedelta, changes: int, since_change: timedelta | None) -> timedelta:
    """The time to the next visit of an article of this age.

    A change makes an article young again: who edits once may edit twice. Beyond the first, each
    observed change halves the interval, twice at most.
    """
    if since_change is not None:
        age = min(age, since_change)
    wait = next((tier for limit, tier in _TIERS if age < limit), _OLD)
    halvings = min(max(changes - 1, 0), 2)
    return max(wait / (1 << halvings), _SHORTEST)


def _since(moment: datetime | None, at: datetime) -> timedelta | None:
    return None if moment is None else at - moment


def _spread(url: str) -> float:
    """A factor of 0.85 to 1.15, always the same for a URL: a backfill's pages part again."""
    return 0.85 + 0.3 * (zlib.crc32(url.encode()) / 2**32)


def _state(row: PageRow) -> PageState:
    return PageState(
        url=row.url,
        article_id=row.article_id,
        status=row.status,
        etag=row.etag,
        last_modified=row.last_modified,
        fetched_at=row.fetched_at,
        read_at=row.read_at,
        next_visit=row.next_visit,
        visits=row.visits,
        changes=row.changes,
        failures=row.failures,
        left_out=row.left_out,
    )
