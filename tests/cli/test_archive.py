"""`coopwatch archive`: what it holds, what goes out, and that a re-crawl after that is no news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.crawler.conftest import few
from tests.fixtures.command import Command
from tests.fixtures.monitor import MonitorOf
from tests.fixtures.stand_in import MakeStandIn


def test_status_export_and_prune(
    coopwatch: Command, tmp_path: Path, make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in(articles=few(5))
    monitor = monitor_of(site)
    monitor.crawl()
    site.control.clear_caches()
    monitor.visit()

    (row,) = json.loads(coopwatch("archive", "status", "--format", "json")[0])
    assert row["source"] == "mpt"
    assert row["responses"] >= row["bodies"] > 10
    assert row["ratio"] > 2
    output, _ = coopwatch("archive", "status")
    assert max(map(len, output.splitlines())) <= 100

    _, told = coopwatch("archive", "export", "all.warc.gz", "--source", "mpt")
    assert "0 left out" in told
    with (tmp_path / "all.warc.gz").open("rb") as file:
        found = sum(record.rec_type != "warcinfo" for record in ArchiveIterator(file))
    assert found == row["responses"]

    before = monitor.rows("SELECT id, title, revision, notice FROM article ORDER BY id")
    output, _ = coopwatch("archive", "prune", "--max-size", "1KB", "--json")
    pruned = json.loads(output)
    assert pruned["removed"] > 0
    assert pruned["size"] <= 1000
    site.control.clear_caches()
    monitor.visit()
    assert monitor.rows("SELECT id, title, revision, notice FROM article ORDER BY id") == before
    assert monitor.rows("SELECT max(number) FROM revision") == [(1,)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prune"], "expected --older-than, --max-size or both"),
        (["prune", "--older-than", "1 year"], "expected a number of days such as 365d"),
        (["prune", "--max-size", "much"], "expected a size such as 5GB"),
        (["export", "pages.zip"], "expected a name that ends in .warc.gz"),
    ],
)
def test_wrong_usage(coopwatch: Command, arguments: list[str], message: str) -> None:
    _, errors = coopwatch("archive", *arguments, code=2)
    assert message in " ".join(errors.replace("│", "").split())
