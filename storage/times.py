"""Time as the database keeps it: aware UTC moments, and days as people in Minsk count them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# Dates are shown in this zone, so a moment belongs to the day that its reader sees.
ZONE = ZoneInfo("Europe/Minsk")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, on databases with and without zones; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def day_of(moment: date | datetime) -> date:
    """The day on which a reader in Minsk places it; a date is its own day."""
    if isinstance(moment, datetime):
        return moment.astimezone(ZONE).date()
    return moment


def moment_of(day: date | datetime) -> datetime:
    """The moment itself in UTC, or the beginning of the day in Minsk."""
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
