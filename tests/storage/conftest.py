"""An open database and shorthands for articles and what the detector says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from storage import sources
from storage.database import connect, writing

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def empty(migrated_url: str) -> Iterator[Engine]:
    """A new database on SQLite and on PostgreSQL, with its tables."""
    engine = connect(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """A database on SQLite and on PostgreSQL with the source `mpt`, its baseline done."""
    with writing(empty) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        sources.baseline_done(session, "mpt", NOW)
    return empty
