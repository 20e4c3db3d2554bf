"""Bad input gets a message that says what to do, and an exit code that means something."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from demo.site import StandIn
from storage import hosts
from storage.database import connect, writing
from tests.fixtures.command import Command


def test_an_unknown_source_is_named_with_its_nearest_neighbour(coopwatch: Command) -> None:
    _, errors = coopwatch("crawl", "mtp", code=2)
    assert "unknown source 'mtp'" in errors
    assert "did you mean mpt?" in errors


def test_a_broken_source_file_is_reported_by_name(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("key = 'own\n", "utf-8")
    _, errors = coopwatch("crawl", "own.toml", code=2)
    assert "own.toml" in errors
    assert "expected a TOML file" in errors


def test_a_mistake_in_a_source_file_is_reported_with_key_and_expectation(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    watching = coopwatch.watching(stand_in)
    file = tmp_path / "sources" / "mpt.toml"
    file.write_text(file.read_text("utf-8").replace('country = "BY"', 'country = "XX"'), "utf-8")
    _, errors = watching("run", code=2)
    assert "mpt.toml: country: expected an ISO 3166-1" in errors


def test_a_database_that_does_not_answer(coopwatch: Command) -> None:
    url = "postgresql://nobody:secret@127.0.0.1:9/none"
    _, errors = coopwatch("--database", url, "items", code=1)
    assert "is the server running" in errors
    assert "secret" not in errors


def test_a_database_url_that_cannot_be_read(coopwatch: Command) -> None:
    _, errors = coopwatch("--database", "mysql://host/news", "items", code=1)
    assert "sqlite:////path/to/file.db or postgresql://" in errors


def test_a_database_of_a_newer_program(coopwatch: Command, tmp_path: Path) -> None:
    coopwatch("items")
    with closing(sqlite3.connect(tmp_path / "coopwatch.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    _, errors = coopwatch("items", code=1)
    assert "has schema 9999" in errors
    assert "install the newer coopwatch" in errors


def test_an_empty_database_url_says_that_one_is_needed(coopwatch: Command) -> None:
    _, errors = coopwatch("--database", "", "items", code=1)
    assert "COOPWATCH_DATABASE_URL is empty" in errors


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_wrong_date_is_told_how_it_is_written(coopwatch: Command, option: str) -> None:
    _, errors = coopwatch("items", option, "31.12.2022", code=2)
    assert "expected a day such as 2023-07-10" in errors


def test_a_wrong_kind_is_told_the_right_ones(coopwatch: Command) -> None:
    _, errors = coopwatch("items", "--kind", "visits", code=2)
    assert "agreement" in errors


def test_a_file_that_is_no_html(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    _, errors = coopwatch("extract", "picture.html", code=2)
    assert "HTML" in errors


def test_an_empty_page(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"<html><body></body></html>")
    _, errors = coopwatch("extract", "empty.html", code=2)
    assert errors.startswith("coopwatch: ")


def test_a_file_that_is_not_there(coopwatch: Command) -> None:
    for command in ("extract", "assess"):
        _, errors = coopwatch(command, "none.txt", code=2)
        assert "none.txt: No such file" in errors


def test_a_text_that_is_empty(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n", "utf-8")
    _, errors = coopwatch("assess", "empty.txt", code=2)
    assert "the file is empty" in errors


def test_json_lines_without_a_body(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"title": "a", "body": "b"}\n{"title": "a"}\n', "utf-8")
    _, errors = coopwatch("assess", "rows.jsonl", code=2)
    assert 'line 2: expected "title" and "body"' in errors


def test_an_article_that_is_not_there(coopwatch: Command) -> None:
    _, errors = coopwatch("show", "7", code=1)
    assert "there is no article 7" in errors


def test_a_wrong_configuration_file(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "coopwatch.toml").write_text('contct = "me"\n', "utf-8")
    _, errors = coopwatch("items", code=2)
    assert "coopwatch.toml" in errors
    assert "contct" in errors


def test_a_host_that_another_crawl_is_visiting(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'coopwatch.db'}")
    host = stand_in.url.removeprefix("http://")
    with writing(engine) as session:
        now = datetime.now(UTC)
        hosts.acquire(session, host, "coopwatch crawl, process 7", now, timedelta(minutes=5))
    engine.dispose()
    _, errors = coopwatch.watching(stand_in)("crawl", "mpt", code=75)
    assert "is being visited by coopwatch crawl, process 7" in errors
    assert stand_in.control.stats().visits == []
