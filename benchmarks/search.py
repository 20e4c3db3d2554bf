"""How fast the database and the reading room answer with many articles.

    python benchmarks/search.py 100000 sqlite:////tmp/many.db
    python benchmarks/search.py 100000 postgresql://...    (an empty database)

Fills the database if it is empty (the keys of a vocabulary are computed once, so that a million
articles take minutes), then prints the 95th percentile of each question in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, insert, select, text

from storage import finding, items, sources
from storage.database import connect, reading, writing
from storage.query import parse
from storage.query_sql import ANNOUNCED, ITEMS
from storage.record import article as stored_article
from storage.search import _column
from storage.tables import (
    AmountRow,
    ArticleRow,
    AssessmentRow,
    KindRow,
    PartyRow,
    PersonRow,
    RevisionRow,
    SearchRow,
)
from web.app import create_app
from web.cursors import written
from web.settings import WebSettings

WORDS = 180  # of an article
COMMON = "область"  # in a fifth of all articles
REGIONS = ["RU-KRS", "RU-BRY", "RU-SMO", "RU-VOR", "RU-KLU", "RU-MOS", "RU-TA", "RU-BA"]
KINDS = ["visit", "talks", "agreement", "project", "supply", "trade", "event", "body"]
REPEATS = 60
BATCH = 2_000


def main(number: int, url: str) -> None:
    """Fill, ask, print."""
    engine = connect(url)
    with reading(engine) as session:
        there = session.scalar(select(func.count(ArticleRow.id))) or 0
    if there < number:
        began = time.perf_counter()
        fill(engine, number)
        print(f"filled with {number} articles in {time.perf_counter() - began:.0f} s")
    if engine.dialect.name == "postgresql":  # which does it by itself after a while
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    measure(engine)


def fill(engine: Engine, number: int) -> None:
    """Articles of invented news: Zipf-distributed words, an item in five, an announced in fifty."""
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
    made = _articles(number)
    while batch := list(islice(made, BATCH)):
        with writing(engine) as session:
            for table in (ArticleRow, RevisionRow, SearchRow, AssessmentRow):
                session.execute(insert(table), [one[table] for one in batch])
            for table in (PartyRow, KindRow, PersonRow, AmountRow):
                rows = [row for one in batch for row in one.get(table, ())]
                if rows:
                    session.execute(insert(table), rows)


def vocabulary() -> list[tuple[str, str]]:
    """Words with their keys: stems and endings of Russian nouns, joined."""
    stems = [a + b for a in _SYLLABLES for b in _SYLLABLES]
    words = [f"{stem}{end}" for end in ("ка", "тор", "ение", "ость") for stem in stems]
    return [(word, _column(word)) for word in words]


_SYLLABLES = [c + v for c in "бвгдзклмнпрст" for v in "аеиоу"]


def _articles(number: int) -> Iterator[dict[Any, Any]]:
    lottery = random.Random(7)
    known = vocabulary()
    weights = [1 / (rank + 10) for rank in range(len(known))]
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    common = (COMMON, "област")
    for count in range(1, number + 1):
        words = lottery.choices(known, weights, k=WORDS)
        if lottery.random() < 0.2:
            words[lottery.randrange(10, WORDS)] = common
        flagged = lottery.random() < 0.2
        notice = ("new" if lottery.random() < 0.1 else "baseline") if flagged else None
        yield _article(count, words, now - timedelta(minutes=45 * count), flagged, notice, lottery)


def _article(
    count: int,
    words: list[tuple[str, str]],
    at: datetime,
    flagged: bool,
    notice: str | None,
    lottery: random.Random,
) -> dict[Any, Any]:
    title = " ".join(word for word, _ in words[:8]).capitalize()
    body = ". ".join(" ".join(w for w, _ in words[n : n + 12]) for n in range(8, WORDS, 12))
    url = f"https://mpt.example/ru/news/{count}"
    kind, region = lottery.choice(KINDS), lottery.choice(REGIONS)
    evidence = [
        {"start": 0, "end": 20, "field": "body", "text": body[:20], "rule": "x", "weight": 1.0}
    ]
    said = {"cooperation": flagged, "score": 0.9, "version": "1", "kinds": [kind]}
    made: dict[Any, Any] = {
        ArticleRow: {
            **dict.fromkeys(ArticleRow.__table__.columns.keys()),
            "id": count,
            "source": "mpt",
            "identity": f"id:{count}",
            "site_id": str(count),
            "url": url,
            "canonical_url": url,
            "title": title,
            "language": "ru",
            "published_at": at,
            "published_on": at.date(),
            "dated_at": at,
            "revision": 1,
            "first_seen_at": at,
            "last_seen_at": at,
            "baseline": False,
            "flagged": flagged,
            "score": 0.9,
            "stage": "concluded" if flagged else None,
            "notice": notice,
        },
        RevisionRow: {
            **dict.fromkeys(RevisionRow.__table__.columns.keys()),
            "article_id": count,
            "number": 1,
            "seen_at": at,
            "digest": str(count),
            "url": url,
            "title": title,
            "text": body,
            "html": "",
            "images": [],
            "files": [],
            "layout": "drupal7",
            "provenance": {},
            "cosmetic": False,
        },
        SearchRow: {
            "article_id": count,
            "title_keys": " ".join(key for _, key in words[:8]),
            "text_keys": " ".join(key for _, key in words[8:]),
        },
        AssessmentRow: {
            "article_id": count,
            "revision": 1,
            "version": "1",
            "flagged": flagged,
            "score": 0.9,
            "stage": None,
            "sector": None,
            "assessed_at": at,
            "data": {**said, "evidence": evidence if flagged else []},
        },
    }
    if flagged:
        made[PartyRow] = [
            {"article_id": count, "kind": k, "code": code, "name": code, "side": None}
            for k, code in (("country", "BY"), ("country", "RU"), ("region", region))
        ]
        made[KindRow] = [{"article_id": count, "kind": kind}]
        made[PersonRow] = [{"article_id": count, "name": f"Имярек {count % 900}", "post": ""}]
        made[AmountRow] = [
            {
                "article_id": count,
                "value": float(lottery.randrange(10**9)),
                "currency": "RUB",
                "qualifier": "exact",
                "what": "",
            }
        ]
    return made


def measure(engine: Engine) -> None:
    """Print p50 and p95 of each question, in the database and over HTTP."""
    lottery = random.Random(11)
    middle = [word for word, _ in vocabulary()[40:400]]
    deep = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with reading(engine) as session:
        total = items.count(session)
    app = create_app(engine, WebSettings(names=("testserver",)))
    with TestClient(app) as client:

        def http(path: Callable[[], str]) -> Callable[[], object]:
            return lambda: client.get(path()).raise_for_status()

        def asked(query: Callable[[], str], **more: Any) -> Callable[[], object]:
            def run() -> object:
                with reading(engine) as session:
                    return finding.find(session, parse(query()), limit=30, **more)

            return run

        def one() -> object:
            with reading(engine) as session:
                return stored_article(session, lottery.randrange(1, total))

        def two() -> str:
            return f"{lottery.choice(middle)} {lottery.choice(middle)}"

        after = (deep - timedelta(minutes=45 * total // 2), 0)
        questions: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "inbox": (
                asked(lambda: "is:unseen", only=(ANNOUNCED, *ITEMS)),
                http(lambda: "/"),
            ),
            "article": (one, http(lambda: f"/article/{lottery.randrange(1, total)}")),
            "two words": (asked(two), http(lambda: f"/search?q={two()}")),
            "party": (
                asked(lambda: f"party:{lottery.choice(REGIONS)}"),
                http(lambda: f"/api/items?q=party:{lottery.choice(REGIONS)}"),
            ),
            "deep page": (
                asked(lambda: "", after=after),
                http(lambda: "/api/articles?after=" + (written(after) or "")),
            ),
            "word in a fifth": (
                asked(lambda: COMMON),
                http(lambda: f"/api/articles?q={COMMON}"),
            ),
        }
        for name, (inside, over_http) in questions.items():
            print(f"{name:18} database {_figures(inside)}   HTTP {_figures(over_http)}")


def _figures(ask: Callable[[], object]) -> str:
    """Elapsed time, and processor time of this process: on a busy machine they differ."""
    ask()
    times, works = [], []
    for _ in range(REPEATS):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - began) * 1000)
        works.append((time.process_time() - worked) * 1000)
    half, most, work = statistics.median(times), _p95(times), _p95(works)
    return f"p50 {half:7.1f}  p95 {most:7.1f}  (processor p95 {work:6.1f}) ms"


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
