"""Sources in the database: when each is due, who is at it, and how its crawls went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage import quarantine
from storage.database import insert_new
from storage.ledger import CrawlRow, Outcome, SourceRow


@dataclass(frozen=True, slots=True)
class CrawlState:
    """One crawl; ``outcome`` is None while it runs (or after it was killed)."""

    id: int
    source: str
    kind: str
    started_at: datetime
    finished_at: datetime | None
    outcome: Outcome | None
    reason: str
    stats: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as the scheduler sees it; never crawled or due at once: ``due_at`` is None.

    ``settled``: the last poll (or baseline) came to its end, so that a listing that has not
    changed since then has nothing new. ``ground_at``: when the last crawl that came to its end
    was over; behind what was found since then there may be gaps.
    ``quarantined`` is how many pieces wait in quarantine for a decision.
    """

    key: str
    name: str
    baseline_at: datetime | None
    due_at: datetime | None
    claimed_by: str | None
    claimed_until: datetime | None
    last_crawl: CrawlState | None
    last_success_at: datetime | None
    settled: bool
    ground_at: datetime | None
    quarantined: int


def ensure(session: Session, key: str, name: str) -> None:
    """Make the source known to the database; its name may change, its key never."""
    insert_new(session, SourceRow, key=key, name=name)
    session.execute(
        update(SourceRow).where(SourceRow.key == key, SourceRow.name != name).values(name=name)
    )


def start_crawl(session: Session, source: str, kind: str, at: datetime) -> int:
    """Record the beginning of a crawl; returns its id.

    Crawls of the same kind that never reported an end were killed: they become interrupted.
    """
    session.execute(
        update(CrawlRow)
        .where(CrawlRow.source == source, CrawlRow.kind == kind, CrawlRow.finished_at.is_(None))
        .values(finished_at=at, outcome="interrupted", reason="the process ended without a word")
    )
    row = CrawlRow(source=source, kind=kind, started_at=at, reason="", stats={})
    session.add(row)
    session.flush()
    return row.id


def finish_crawl(
    session: Session,
    crawl_id: int,
    outcome: Outcome,
    stats: dict[str, Any],
    at: datetime,
    reason: str = "",
) -> None:
    """Record how a crawl ended: ``stats`` are plain values, ``reason`` is for a reader."""
    row = session.get_one(CrawlRow, crawl_id)
    row.outcome, row.stats, row.finished_at, row.reason = outcome, stats, at, reason
    session.flush()


def baseline_done(session: Session, source: str, at: datetime) -> None:
    """The first complete pass is over: what comes from now on can be new. Only once."""
    session.execute(
        update(SourceRow)
        .where(SourceRow.key == source, SourceRow.baseline_at.is_(None))
        .values(baseline_at=at)
    )


def count_request(session: Session, key: str, day: date) -> int:
    """Count one request to the source; returns how many there were on that ``day``."""
    row = session.get_one(SourceRow, key)
    if row.counted_on != day:
        row.counted_on, row.requests = day, 0
    row.requests = (row.requests or 0) + 1
    session.flush()
    return row.requests


def requests_on(session: Session, key: str, day: date) -> int:
    """How many requests were made to the source on that ``day``."""
    row = session.get(SourceRow, key)
    return (row.requests or 0) if row is not None and row.counted_on == day else 0


def claim_due(
    session: Session, keys: Iterable[str], now: datetime, holder: str, lease_seconds: float
) -> str | None:
    """Take the source among ``keys`` that has been due longest; None when none is due and free.

    A conditional update decides: two schedulers never get the same source. The claim ends with
    `set_due`, or by itself after ``lease_seconds``.
    """
    free = (
        or_(SourceRow.due_at.is_(None), SourceRow.due_at <= now),
        or_(SourceRow.claimed_until.is_(None), SourceRow.claimed_until <= now),
    )
    longest_due = (
        select(SourceRow.key)
        .where(SourceRow.key.in_(list(keys)), *free)
        .order_by(SourceRow.due_at.asc().nulls_first(), SourceRow.key)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalar(
        update(SourceRow)
        .where(SourceRow.key == longest_due, *free)
        .values(claimed_by=holder, claimed_until=now + timedelta(seconds=lease_seconds))
        .returning(SourceRow.key)
    )


def renew_claim(
    session: Session, key: str, holder: str, now: datetime, lease_seconds: float
) -> bool:
    """Prolong a claim while its crawl runs; False when it has been lost."""
    renewed = session.scalar(
        update(SourceRow)
        .where(SourceRow.key == key, SourceRow.claimed_by == holder)
        .values(claimed_until=now + timedelta(seconds=lease_seconds))
        .returning(SourceRow.key)
    )
    return renewed is not None


def set_due(session: Session, key: str, at: datetime) -> None:
    """Say when the source is to be crawled next; this ends the claim."""
    session.execute(
        update(SourceRow)
        .where(SourceRow.key == key)
        .values(due_at=at, claimed_by=None, claimed_until=None)
    )


def states(session: Session) -> list[SourceState]:
    """All sources the database knows, by key, each with its last crawl."""
    found = []
    for row in session.scalars(select(SourceRow).order_by(SourceRow.key)):
        last = crawls(session, row.key, limit=1)
        success = session.scalar(
            select(CrawlRow.finished_at)
            .where(CrawlRow.source == row.key, CrawlRow.outcome == "finished")
            .order_by(CrawlRow.started_at.desc())
            .limit(1)
        )
        last_poll = session.scalar(
            select(CrawlRow.outcome)
            .where(CrawlRow.source == row.key, CrawlRow.kind.in_(["baseline", "poll"]))
            .order_by(CrawlRow.started_at.desc(), CrawlRow.id.desc())
            .limit(1)
        )
        ground = session.scalar(
            select(func.max(CrawlRow.finished_at)).where(
                CrawlRow.source == row.key, CrawlRow.kind != "page", CrawlRow.outcome == "finished"
            )
        )
        found.append(
            SourceState(
                key=row.key,
                name=row.name,
                baseline_at=row.baseline_at,
                due_at=row.due_at,
                claimed_by=row.claimed_by,
                claimed_until=row.claimed_until,
                last_crawl=last[0] if last else None,
                last_success_at=success,
                settled=last_poll == "finished",
                ground_at=ground or row.baseline_at,
                quarantined=quarantine.count(session, row.key),
            )
        )
    return found


def crawls(session: Session, source: str, limit: int) -> list[CrawlState]:
    """The latest crawls of a source, newest first."""
    rows = session.scalars(
        select(CrawlRow)
        .where(CrawlRow.source == source)
        .order_by(CrawlRow.started_at.desc(), CrawlRow.id.desc())
        .limit(limit)
    )
    return [
        CrawlState(
            id=row.id,
            source=row.source,
            kind=row.kind,
            started_at=row.started_at,
            finished_at=row.finished_at,
            outcome=row.outcome,
            reason=row.reason,
            stats=row.stats,
        )
        for row in rows
    ]


def close_crawls(session: Session, source: str, reason: str, since: datetime, at: datetime) -> None:
    """Interrupted: crawls begun at or after ``since`` whose process ended without a report."""
    session.execute(
        update(CrawlRow)
        .where(
            CrawlRow.source == source,
            CrawlRow.started_at >= since,
            CrawlRow.finished_at.is_(None),
        )
        .values(finished_at=at, outcome="interrupted", reason=reason)
    )
