"""What the archive costs: how small pages are packed, with and without a dictionary of their site.

``python -m benchmarks.archiving`` takes the pages of the stand-in in each of its layouts;
``python -m benchmarks.archiving sqlite:///path/to/coopwatch.db`` the pages of each source of a
database of yours, and changes nothing in it.
"""

from __future__ import annotations

import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from demo.generator import generated
from demo.settings import LAYOUTS
from demo.site import StandIn
from storage import archive, packing, retention, sources
from storage.database import connect, reading, writing

_PAGES = 400


def main() -> None:
    """The command."""
    if sys.argv[1:]:
        engine = connect(sys.argv[1])
        _report(engine)
        engine.dispose()
        return
    with _temporary() as engine:
        for layout in LAYOUTS:
            _fill(engine, layout)
        _report(engine)
        for layout in LAYOUTS:
            _pack(engine, layout)


@contextmanager
def _temporary() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'pages.db'}")
        yield engine
        engine.dispose()


def _fill(engine: Engine, layout: str) -> None:
    """Archive the pages of the stand-in's articles in one layout, as a source of that name."""
    with StandIn(articles=generated(_PAGES), crawl_delay=None, layout=layout) as site:
        records = [one for one in site.articles() if one.status == "published"]
        started = time.perf_counter()
        spent = 0.0
        with writing(engine) as session:
            sources.ensure(session, layout, layout)
        for record in records:
            with urllib.request.urlopen(record.url) as answer:
                body, headers = answer.read(), list(answer.headers.items())
            begun = time.perf_counter()
            with writing(engine) as session:
                archive.keep(
                    session,
                    layout,
                    record.url,
                    at=datetime.now(UTC),
                    status=200,
                    headers=headers,
                    body=body,
                )
            spent += time.perf_counter() - begun
        whole = time.perf_counter() - started
        print(
            f"{layout}: {len(records)} pages archived, {1000 * spent / len(records):.1f} ms each "
            f"({whole:.0f} s with the requests)"
        )


def _report(engine: Engine) -> None:
    """One line for each source: what its pages take now, and what a new dictionary would make."""
    with reading(engine) as session:
        for held in retention.holdings(session):
            trial = packing.trial(session, held.source)
            stored = held.size + held.dictionary_size
            print(
                f"{held.source}: {held.bodies} bodies, {held.open_size:,} bytes open, "
                f"{stored:,} stored with {held.dictionaries} dictionaries "
                f"({held.open_size / max(stored, 1):.1f} to 1)"
            )
            if trial is None:
                print("  too few pages to train a dictionary")
                continue
            print(
                f"  on {trial.pages} pages not trained on: as it is {trial.open / trial.now:.1f} "
                f"to 1 ({trial.now / trial.pages:.0f} bytes a page), with a new dictionary of "
                f"{trial.size:,} bytes {trial.open / trial.then:.1f} to 1 "
                f"({trial.then / trial.pages:.0f} bytes a page)"
            )


def _pack(engine: Engine, key: str) -> None:
    started = time.perf_counter()
    with writing(engine) as session:
        packing.train(session, key, datetime.now(UTC))
    trained = time.perf_counter()
    saved = packing.pack(engine, key)
    packed = time.perf_counter()
    with reading(engine) as session:
        held = next(one for one in retention.holdings(session) if one.source == key)
    print(
        f"{key}: trained in {trained - started:.1f} s, packed in {packed - trained:.1f} s, "
        f"{saved:,} bytes saved; {held.size + held.dictionary_size:,} are left"
    )


if __name__ == "__main__":
    main()
