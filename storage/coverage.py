"""What an answer rests on: since when, from which sources, with which gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.ledger import CrawlRow, PageRow, SourceRow
from storage.query_sql import shown
from storage.tables import ArticleRow
from storage.times import day_of

State = Literal["complete", "partial", "failed", "none"]

_STATES: dict[str | None, State] = {
    "finished": "complete",
    "paused": "partial",
    "partial": "partial",
}
_BETTER: dict[State, int] = {"none": 0, "failed": 1, "partial": 2, "complete": 3}


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which no visit succeeded, both included; ``reason`` is that of the last failure."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What is there of one source; ``unread``: pages that could never be read as articles."""

    key: str
    name: str
    articles: int
    earliest: date | None
    latest: date | None
    watched_since: date | None
    last_success_at: datetime | None
    gaps: tuple[Gap, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is there of all sources."""

    sources: tuple[SourceCoverage, ...]

    @property
    def articles(self) -> int:
        """Articles of all sources."""
        return sum(source.articles for source in self.sources)

    @property
    def earliest(self) -> date | None:
        """Day of the earliest article of all."""
        return min((one.earliest for one in self.sources if one.earliest), default=None)

    @property
    def gaps(self) -> int:
        """Days without a successful visit, of all sources together."""
        return sum(
            (gap.last - gap.first).days + 1 for source in self.sources for gap in source.gaps
        )

    @property
    def unread(self) -> int:
        """Pages that could never be read, of all sources."""
        return sum(source.unread for source in self.sources)


def coverage(session: Session, now: datetime) -> Coverage:
    """What the database covers up to this moment."""
    counts = {
        key: (number, earliest, latest)
        for key, number, earliest, latest in session.execute(
            select(
                ArticleRow.source,
                func.count(),
                func.min(ArticleRow.dated_at),
                func.max(ArticleRow.dated_at),
            )
            .where(*shown())
            .group_by(ArticleRow.source)
        )
    }
    never_read = session.execute(
        select(PageRow.source, func.count())
        .where(PageRow.article_id.is_(None), PageRow.failures > 0)
        .group_by(PageRow.source)
    )
    unread = dict(never_read.all())
    found = []
    for source in session.scalars(select(SourceRow).order_by(SourceRow.key)):
        days = calendar(session, source.key, now)
        number, earliest, latest = counts.get(source.key, (0, None, None))
        success = session.scalar(
            select(func.max(CrawlRow.finished_at)).where(
                CrawlRow.source == source.key, CrawlRow.outcome == "finished"
            )
        )
        found.append(
            SourceCoverage(
                key=source.key,
                name=source.name,
                articles=number,
                earliest=day_of(earliest) if earliest else None,
                latest=day_of(latest) if latest else None,
                watched_since=days[0].day if days else None,
                last_success_at=success,
                gaps=tuple(_gaps(days)),
                unread=unread.get(source.key, 0),
            )
        )
    return Coverage(tuple(found))


@dataclass(frozen=True, slots=True)
class Day:
    """How the visits of one day went: the best of them, and why the last failure failed."""

    day: date
    state: State
    reason: str
    visits: int


def calendar(session: Session, source: str, now: datetime) -> list[Day]:
    """Each day since the first visit of a source, oldest first, up to today."""
    rows = session.execute(
        select(CrawlRow.started_at, CrawlRow.outcome, CrawlRow.reason)
        .where(CrawlRow.source == source, CrawlRow.kind != "page")
        .order_by(CrawlRow.started_at)
    )
    seen: dict[date, Day] = {}
    for started_at, outcome, reason in rows:
        if outcome is None:
            continue  # under way: the day is not over
        day = day_of(started_at)
        before = seen.get(day, Day(day, "none", "", 0))
        state = _STATES.get(outcome, "failed")
        seen[day] = Day(
            day,
            max(before.state, state, key=_BETTER.__getitem__),
            before.reason if state == "complete" else reason,
            before.visits + 1,
        )
    if not seen:
        return []
    first, last = min(seen), day_of(now)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [seen.get(day, Day(day, "none", "", 0)) for day in days]


def _gaps(days: list[Day]) -> Iterator[Gap]:
    """Runs of days without success. Today is not over yet and is no gap."""
    begun: date | None = None
    reason = ""
    for number, day in enumerate(days):
        missing = day.state in {"none", "failed"} and number < len(days) - 1
        if missing:
            begun = begun or day.day
            reason = day.reason or reason
        elif begun is not None:
            yield Gap(begun, day.day - timedelta(days=1), reason)
            begun, reason = None, ""
