"""`coopwatch redact`: the text is nowhere any more, and no later visit brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.site import StandIn
from storage import archive
from storage.database import reading
from tests.crawler.conftest import few
from tests.fixtures.command import Command
from tests.fixtures.monitor import Monitor, MonitorOf
from tests.fixtures.stand_in import MakeStandIn

SECRET = "Абвгдейкин"  # an invented name that stands in nothing else
FIRST, SECOND = "проживает по улице Тайной", "проживает по улице Скрытой"


def text(place: str) -> str:
    return f"Гражданин {SECRET} {place}. " + "Он получил письмо на почте. " * 12


def leftovers(folder: Path) -> list[str]:
    """Which of the words are still in the bytes of the database's files; keys are lower case."""
    stored = b"".join(path.read_bytes() for path in folder.glob("coopwatch.db*"))
    words = [SECRET, SECRET.casefold(), "абвгдейкин", "Тайной", "Скрытой"]
    return [word for word in words if word.encode() in stored]


def archived(monitor: Monitor) -> bytes:
    with reading(monitor.engine) as session:
        return b"".join(one.body or b"" for one in archive.responses(session, "mpt"))


@pytest.fixture
def site(make_stand_in: MakeStandIn) -> StandIn:
    return make_stand_in(articles=few(5))


def test_a_redacted_text_is_nowhere_and_does_not_come_back(
    coopwatch: Command, tmp_path: Path, site: StandIn, monitor_of: MonitorOf
) -> None:
    monitor = monitor_of(site)
    record = site.control.publish(f"О письме, которое получил {SECRET}", text=text(FIRST))
    monitor.crawl()
    site.control.edit(record["nid"], text=text(SECOND))
    site.control.clear_caches()
    monitor.visit()
    ((number,),) = monitor.rows(
        f"SELECT id FROM article WHERE site_id = '{record['nid']}' AND revision = 2"
    )
    assert SECRET.encode() in archived(monitor)
    assert leftovers(tmp_path)
    (tmp_path / "coopwatch.db.schema-0001.20260101-000000.backup").touch()

    _, errors = coopwatch("redact", str(number), "--reason", "ошибка", code=1)
    assert SECRET in errors
    assert "Aborted" in errors  # nobody was there to say yes
    _, errors = coopwatch("redact", str(number), "--reason", "по просьбе", "--yes")
    assert "schema-0001.20260101-000000.backup" in errors

    assert leftovers(tmp_path) == []
    assert SECRET.encode() not in archived(monitor)
    output, _ = coopwatch("show", str(number))
    assert "was redacted on" in output
    assert "Reason: по просьбе" in output

    site.control.edit(record["nid"], text=text(FIRST) + " Ещё раз.")
    site.control.clear_caches()
    monitor.visit()
    monitor.crawl(url=f"{site.url}{record['path']}")
    monitor.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert leftovers(tmp_path) == []
    assert SECRET.encode() not in archived(monitor)
    assert monitor.rows(f"SELECT DISTINCT text FROM revision WHERE article_id = {number}") == [
        ("",)
    ]
    others = monitor.rows("SELECT count(*) FROM revision WHERE text <> ''")
    assert others == [(5,)]


def test_it_needs_a_reason_and_an_article(coopwatch: Command) -> None:
    _, errors = coopwatch("redact", "1", "--yes", "--reason", "  ", code=2)
    assert "must say why" in errors
    _, errors = coopwatch("redact", "99", "--yes", "--reason", "x", code=1)
    assert "there is no article 99" in errors
