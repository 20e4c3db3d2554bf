"""Hosts: what their robots.txt said, who visits them now, and until when they want no visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from storage.database import StorageError, insert_new
from storage.ledger import HostRow


@dataclass(frozen=True, slots=True)
class Robots:
    """The last answer to a request for robots.txt; ``text`` is empty unless it was a 200."""

    text: str
    status: int
    fetched_at: datetime


class HostBusy(StorageError):  # noqa: N818 - says what is the matter
    """Another visitor holds the host."""

    def __init__(self, host: str, holder: str, until: datetime) -> None:
        super().__init__(
            f"{host} is being visited by {holder}; its lease runs until "
            f"{until:%Y-%m-%d %H:%M:%S} UTC and ends by itself if that visitor is gone"
        )
        self.host = host
        self.holder = holder
        self.until = until


def robots(session: Session, host: str) -> Robots | None:
    """The host's robots.txt as it was last fetched; None if it never was."""
    row = session.get(HostRow, host)
    if row is None or row.robots_at is None or row.robots_status is None:
        return None
    return Robots(row.robots_text or "", row.robots_status, row.robots_at)


def keep_robots(session: Session, host: str, text: str, status: int, at: datetime) -> None:
    """Remember what the host's robots.txt said, so that the next process need not ask again."""
    row = _row(session, host)
    row.robots_text, row.robots_status, row.robots_at = text.replace("\x00", ""), status, at
    session.flush()


def acquire(session: Session, host: str, holder: str, now: datetime, ttl: timedelta) -> None:
    """Take the host for ``ttl``, or raise HostBusy. ``holder`` names program, pid and machine.

    One conditional update decides, so that of two who ask at once only one gets it.
    """
    _row(session, host)
    taken = session.scalar(
        update(HostRow)
        .where(
            HostRow.host == host,
            or_(
                HostRow.lease_until.is_(None),
                HostRow.lease_until <= now,
                HostRow.lease_holder == holder,
            ),
        )
        .values(lease_holder=holder, lease_until=now + ttl)
        .returning(HostRow.host)
    )
    if taken is None:
        row = session.get_one(HostRow, host, populate_existing=True)
        raise HostBusy(host, row.lease_holder or "", row.lease_until or now)


def renew(session: Session, host: str, holder: str, now: datetime, ttl: timedelta) -> None:
    """Prolong the lease; raises HostBusy when it ran out and another visitor has the host."""
    acquire(session, host, holder, now, ttl)


def release(session: Session, host: str, holder: str) -> None:
    """Give the host back; does nothing when ``holder`` does not have it."""
    session.execute(
        update(HostRow)
        .where(HostRow.host == host, HostRow.lease_holder == holder)
        .values(lease_holder=None, lease_until=None)
    )


def back_off(session: Session, host: str, until: datetime) -> None:
    """Leave the host alone until then (Retry-After, 429, 503); a later time stands."""
    row = _row(session, host)
    row.backoff_until = max(row.backoff_until or until, until)
    session.flush()


def backoff_until(session: Session, host: str, now: datetime) -> datetime | None:
    """Until when the host is to be left alone; None when it may be visited."""
    row = session.get(HostRow, host)
    if row is None or row.backoff_until is None or row.backoff_until <= now:
        return None
    return row.backoff_until


def _row(session: Session, host: str) -> HostRow:
    insert_new(session, HostRow, host=host)
    return session.get_one(HostRow, host)
