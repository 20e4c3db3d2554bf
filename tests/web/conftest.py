"""A reading room with hostile and ordinary articles, in process and at a real address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine

from storage import sources
from storage.database import connect, writing
from tests.storage.samples import LIFTS, article, flag, lifts, put
from web.app import serve
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = serve(engine, WebSettings(port=port))
    thread = threading.Thread(target=server.run)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            if server.started:
                break
            time.sleep(0.05)
        httpx.get(url).raise_for_status()
        yield url
    finally:
        server.should_exit = True
        thread.join(10)
