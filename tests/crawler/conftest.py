"""Crawls of the stand-in: in the test process's worker, or in a process of their own where the
process is what is tested.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler.commands.crawl import EXIT_CODES
from crawler.source import Source, load, relocated
from demo.articles import NewsItem, shipped
from demo.site import StandIn
from storage.database import connect, reading
from tests.fixtures.command import ROOT
from tests.fixtures.forking import Forked, fork
from tests.fixtures.monitor import Worker
from tests.fixtures.stand_in import MakeStandIn

DELAY = 0.001


@dataclass(frozen=True, slots=True)
class Ended:
    """A crawl that is over: the exit code of its outcome, log and the articles it wrote out."""

    code: int
    log: str
    articles: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Crawls:
    """Crawls of a stand-in into a database; options as ``scrapy crawl mpt`` takes them."""

    worker: Worker
    folder: Path
    source_file: Path
    database: str

    @property
    def source(self) -> Source:
        return load(self.source_file)

    def start(self, *options: str) -> Forked:
        """``scrapy crawl mpt``; its log is its error output."""
        options = ("-s", f"COOPWATCH_DATABASE_URL={self.database}", *options)
        options = ("-a", f"source={self.source_file}", *options)
        environment = os.environ | {"COOPWATCH_DATA_DIR": str(self.folder)}
        return fork("scrapy", "crawl", "mpt", *options, folder=ROOT, environment=environment)

    def run(self, *options: str) -> Ended:
        """A crawl in the worker; fails on a traceback in its log."""
        output = self.folder / "out.jsonl"
        output.unlink(missing_ok=True)
        settings: dict[str, Any] = {
            "COOPWATCH_DATABASE_URL": self.database,
            "FEEDS": {str(output): {"format": "jsonlines"}},
        }
        answer = self.worker.crawl(
            source=str(self.source_file),
            settings=settings | _pairs("-s", options),
            arguments=_pairs("-a", options),
        )
        assert "Traceback" not in answer["log"], answer["log"]
        return Ended(EXIT_CODES[answer["outcome"]], answer["log"], self._articles(output))

    def run_alone(self, *options: str) -> Ended:
        """A crawl as its user starts it: a process, its exit code and its output."""
        output = self.folder / "out.jsonl"
        process = self.start("-O", str(output), *options)
        printed, log = process.communicate(timeout=120)
        return Ended(process.wait(), printed + log, self._articles(output))

    @staticmethod
    def _articles(output: Path) -> list[dict[str, Any]]:
        lines = output.read_text("utf-8").splitlines() if output.exists() else []
        return [json.loads(line) for line in lines]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        engine = connect(self.database)
        try:
            with reading(engine) as session:
                return [tuple(row) for row in session.execute(text(query))]
        finally:
            engine.dispose()

    def change(self, *statements: str) -> None:
        """Let time pass, as far as the database knows of it."""
        engine = connect(self.database)
        try:
            with engine.begin() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()

    def make_due(self) -> None:
        """Let every page of an article be due for its next visit."""
        self.change("UPDATE page SET next_visit = '2020-01-01' WHERE next_visit IS NOT NULL")

    def last_crawl(self) -> tuple[str, str]:
        """(outcome, reason) of the last crawl."""
        return self.rows("SELECT outcome, reason FROM crawl ORDER BY id DESC LIMIT 1")[0]


def _pairs(flag: str, options: tuple[str, ...]) -> dict[str, str]:
    """What follows ``flag`` in ``options``: NAME=VALUE each time."""
    given = zip(options[::2], options[1::2], strict=True)
    return dict(value.split("=", 1) for name, value in given if name == flag)


def few(count: int) -> list[NewsItem]:
    """The youngest articles with some text: a crawl of them is short."""
    return [item for item in shipped() if item.kind == "news" and len(item.text) > 150][-count:]


@pytest.fixture
def small_site(make_stand_in: MakeStandIn) -> StandIn:
    """A stand-in with a dozen articles."""
    return make_stand_in(articles=few(12))


CrawlsOf = Callable[..., Crawls]


@pytest.fixture
def crawls_of(tmp_path: Path, worker: Worker, sqlite_url: str) -> CrawlsOf:
    """Makes the source file of a stand-in; its crawls go into a SQLite file, or where told."""

    def make(site: StandIn, database: str = sqlite_url) -> Crawls:
        shipped = resources.files("seeds").joinpath("mpt.toml").read_text("utf-8")
        file = tmp_path / "mpt.toml"
        file.write_text(relocated(shipped, site.url, delay=DELAY), "utf-8")
        return Crawls(worker, tmp_path, file, database)

    return make
