"""A reading room with hostile and ordinary articles, in process and at a real address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from storage import sources
from storage.database import connect, writing
from tests.storage.samples import LIFTS, article, flag, lifts, put
from web.serving import Serving, beside
from web.settings import WebSettings

NOW = datetime.now(UTC).replace(microsecond=0)
HOSTILE = "<script>window.ran=1</script><img src=x onerror=window.ran=1>"


def fill(engine: Engine) -> None:
    """Three new items (a follow-up among them), an edited and a hostile article, a failed day."""
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        sources.baseline_done(session, "mpt", NOW - timedelta(days=9))
        for days, outcome in ((9, "finished"), (5, "failed"), (1, "finished")):
            at = NOW - timedelta(days=days)
            crawl = sources.start_crawl(session, "mpt", "poll", at)
            reason = "503 Service Unavailable" if outcome == "failed" else ""
            sources.finish_crawl(session, crawl, outcome, {}, at, reason)  # type: ignore[arg-type] # one of Outcome's words
    today = NOW.date()
    put(engine, lifts(published=today), flag(), at=NOW)
    put(engine, lifts(published=today, text=LIFTS + " Срок продлён."), flag(), at=NOW, days=0.1)
    put(
        engine,
        article(
            7,
            title=f"Курская делегация {HOSTILE}",
            text=f"Курск и Могилёв договорились. {HOSTILE}\njavascript:alert(1)",
            url="https://mpt.example/ru/news/7",
            files=["javascript:window.ran=1", "data:text/html,<script>1</script>"],
            published=today,
        ),
        flag(kinds=("visit",), evidence=()),
        at=NOW,
    )
    put(engine, article(3, published=today), at=NOW)


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """A filled database."""
    engine = connect(sqlite_url)
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def address(engine: Engine) -> Iterator[str]:
    """The room at a real address on loopback."""
    with beside(Serving(engine, WebSettings(port=0))) as url:
        yield url.rstrip("/")
