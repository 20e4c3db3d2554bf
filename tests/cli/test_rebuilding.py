"""`coopwatch reextract` and `reassess` as their user sees them."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from storage.database import connect
from tests.crawler.conftest import few
from tests.fixtures.command import Command
from tests.fixtures.monitor import MonitorOf
from tests.fixtures.stand_in import MakeStandIn


def test_differences_are_shown_and_written_on_demand(
    coopwatch: Command, tmp_path: Path, make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in(articles=few(4))
    monitor_of(site).crawl()
    command = coopwatch.watching(site)
    engine = connect(f"sqlite:///{tmp_path / 'coopwatch.db'}")
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE revision SET text = 'Версия для печати ' || text, digest = article_id")
        )
        connection.execute(text("UPDATE assessment SET data = json_set(data, '$.score', 0.123)"))
    engine.dispose()

    shown, told = command("reextract")
    assert shown.count("Версия для печати") == 4
    assert max(map(len, shown.splitlines())) <= 100
    assert "4 revisions: 4 changed" in told
    assert "fields: text 4" in told
    assert "nothing was written; --write does it" in told
    lines = command("reextract", "--source", "mpt", "--json")[0].splitlines()
    changed = [json.loads(line) for line in lines]
    assert [one["became"] for one in changed] == ["changed"] * 4
    (change,) = changed[0]["changes"]
    assert change["before"] == f"Версия для печати {change['after']}"

    _, told = command("reassess", "--article", "2")
    assert "1 article: 1 changed" in told
    assert "fields: score 1" in told
    _, told = command("reextract", "--write")
    assert "written; nothing is announced" in told
    assert "4 articles: 4 as stored" in command("reassess")[1]  # they were assessed anew, too
    assert "read again from the archive" in command("show", "1")[0]


def test_there_is_nothing_to_rebuild(coopwatch: Command) -> None:
    assert "0 revisions: none" in coopwatch("reextract")[1]
    _, errors = coopwatch("reextract", "--source", "mtp", code=2)
    assert "did you mean mpt?" in errors
