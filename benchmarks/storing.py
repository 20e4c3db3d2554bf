"""How fast articles are stored beside many others, and how many each is compared with.

    python -m benchmarks.storing 100000 sqlite:////tmp/many.db

Fills an empty database as ``benchmarks/search.py`` does, makes each item a story, then stores
labelled articles that are items and others, and prints milliseconds of ``store()``.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select, text

import cooperation
from benchmarks.search import fill
from cooperation.labelled import read_labelled
from storage import articles, sources
from storage.article import Article
from storage.database import connect, reading, writing
from storage.tables import ArticleRow

NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
OWN = Path(__file__).parent.parent / "tests" / "cooperation" / "labelled" / "own.jsonl"


def main(number: int, url: str) -> None:
    """Fill, store, print."""
    engine = connect(url)
    with reading(engine) as session:
        there = session.scalar(select(func.count(ArticleRow.id))) or 0
    if there < number:
        fill(engine, number)
        _tell_stories(engine)
    with writing(engine) as session:
        sources.baseline_done(session, "mpt", NEWEST - timedelta(days=400))
    taken: dict[bool, list[float]] = {True: [], False: []}
    for place, labelled in enumerate(read_labelled(OWN)):
        found = cooperation.assess(labelled.title, labelled.body, language=labelled.language)
        at = NEWEST - timedelta(hours=place)
        address = f"https://mpt.example/storing/{time.time_ns()}"
        article = Article(
            url=address, canonical_url=address, title=labelled.title, text=labelled.body,
            language=labelled.language, published=at, layout="drupal7",
        )  # fmt: skip
        began = time.perf_counter()
        with writing(engine) as session:
            articles.store(session, "mpt", article, found, seen_at=at, baseline=False)
        taken[found.cooperation].append(1000 * (time.perf_counter() - began))
    for flagged, name in ((True, "items"), (False, "others")):
        slowest = statistics.quantiles(taken[flagged], n=20)[-1]
        print(
            f"{len(taken[flagged])} {name}: median {statistics.median(taken[flagged]):.1f} ms,"
            f" 95th percentile {slowest:.1f} ms"
        )


def _tell_stories(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(
            text(
                "INSERT INTO story (id, created_at) SELECT id, dated_at FROM article WHERE flagged"
            )
        )
        session.execute(text("UPDATE article SET story_id = id WHERE flagged"))
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT setval('story_id_seq', (SELECT max(id) FROM story))"))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
