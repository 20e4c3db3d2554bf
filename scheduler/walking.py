"""Which walk over a source's archive is to go on now, in the time between two polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crawler.manners import closing
from crawler.source import Source
from storage import sources, walks
from storage.walks import WalkKind

_SHORTEST = timedelta(seconds=30)  # less is not worth a process; the next poll is late by that


@dataclass(frozen=True, slots=True)
class WantedWalk:
    """A walk that may go on until ``closes``; ``budget``: requests to the source in one day."""

    kind: WalkKind
    closes: datetime
    budget: int | None = None

    def slice_until(self, next_poll: datetime, now: datetime) -> datetime:
        """When it has to make room for the next poll."""
        return max(min(self.closes, next_poll), now + _SHORTEST)


def walk_wanted(
    session: Session, source: Source, now: datetime, *, backfill: bool
) -> WantedWalk | None:
    """The backfill that was asked for and is not through, else the sweep that is due.

    A sweep is due one interval after the one before began, the first so long after the baseline;
    one that is under way goes on every night.
    """
    manners, zone = source.politeness, source.timezone
    closes = closing(manners.windows, zone, now)
    if closes is None:
        return None
    if backfill and not _through(session, source, "backfill"):
        return WantedWalk("backfill", closes)
    night_ends = closing(manners.nights, zone, now)
    if night_ends is None or not _sweep_due(session, source, now):
        return None
    if sources.requests_on(session, source.key, now.astimezone(zone).date()) >= manners.budget:
        return None
    return WantedWalk("sweep", min(closes, night_ends), manners.budget)


def _through(session: Session, source: Source, kind: WalkKind) -> bool:
    """Whether every route of the walk was walked to its end."""
    known = walks.states(session, source.key, kind)
    routes = source.absolute([*source.feeds, *source.listings, *source.sitemaps])
    return all(route in known and known[route].finished_at for route in routes)


def _sweep_due(session: Session, source: Source, now: datetime) -> bool:
    interval = source.politeness.sweep_interval
    if interval is None:
        return False
    known = walks.states(session, source.key, "sweep")
    if known and not _through(session, source, "sweep"):
        return True
    state = next((one for one in sources.states(session) if one.key == source.key), None)
    begun = [one.begun_at for one in known.values()]
    before = min(begun) if begun else state.baseline_at if state else None
    return before is not None and before + interval <= now
