"""Exports and the published database, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from storage import export, export_excel
from storage.articles import gone
from storage.database import StorageError, reading, writing
from storage.export import Manners
from storage.publish import publish
from storage.query import parse
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, article, flag, lifts, put

HOSTILE = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture
def filled(engine: Engine) -> Engine:
    put(engine, lifts(), flag())
    put(engine, article(2, title=HOSTILE, text="@SUM(1+1)*cmd|' /C calc'!A0 и ещё слова."))
    put(engine, article(3, url="javascript:alert(1)"))
    return engine


def _bytes(engine: Engine, form: str, *, full_text: bool = False) -> bytes:
    manners = Manners(full_text)
    with reading(engine) as session:
        rows = export.rows(session, parse(""), manners)
        if form == "xlsx":
            target = io.BytesIO()
            export_excel.write(rows, export.columns(manners), target)
            return target.getvalue()
        if form == "csv":
            return b"".join(export.to_csv(rows, export.columns(manners)))
        writer = export.to_jsonl if form == "jsonl" else export.to_jsonld
        return b"".join(writer(rows))


def test_csv_runs_no_formula(filled: Engine) -> None:
    rows = list(csv.DictReader(io.StringIO(_bytes(filled, "csv").decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {row["title"] for row in rows} >= {f"'{HOSTILE}"}
    assert not any(value.startswith(("=", "@", "+")) for row in rows for value in row.values())
    assert next(row for row in rows if row["item"] == "yes")["regions"] == "BY-MA; RU-KRS"


def test_excel_has_real_dates_and_links_and_no_formula(filled: Engine) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_bytes(filled, "xlsx")))
    sheet = book.active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    head = [cell.value for cell in sheet[1]]
    cells = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert all(cell.data_type != "f" for row in cells for cell in row.values())
    assert all(isinstance(row["published"].value, datetime) for row in cells)
    assert all(isinstance(row["score"].value, int | float) for row in cells)
    links = {row["url"].hyperlink.target for row in cells if row["url"].hyperlink}
    assert len(links) == 2
    assert all(link.startswith("https://") for link in links)
    assert HOSTILE in {row["title"].value for row in cells}


def test_texts_leave_only_where_the_operator_says_so(filled: Engine) -> None:
    assert LIFTS.encode() not in _bytes(filled, "csv")
    assert LIFTS.encode() in _bytes(filled, "csv", full_text=True)


def test_jsonld_is_a_graph_of_news_articles(filled: Engine) -> None:
    graph = json.loads(_bytes(filled, "jsonld"))
    assert graph["@context"] == "https://schema.org"
    assert {one["@type"] for one in graph["@graph"]} == {"NewsArticle"}
    item = next(one for one in graph["@graph"] if "mentions" in one)
    assert {"@type": "AdministrativeArea", "identifier": "RU-KRS"} in item["mentions"]
    assert len(_bytes(filled, "jsonl").splitlines()) == 3


def test_a_published_file_opens_and_answers_its_queries(filled: Engine, tmp_path: Path) -> None:
    target = tmp_path / "items.db"
    with reading(filled) as session:
        number, metadata = publish(session, parse(""), target, NOW, Manners())
    assert number == 1
    described = json.loads(metadata.read_text("utf-8"))["databases"]["items"]
    with closing(sqlite3.connect(target)) as copy:
        for query in described["queries"].values():
            copy.execute(query["sql"], {"code": "RU-KRS", "currency": "RUB"}).fetchall()
        assert "text" not in [row[1] for row in copy.execute("PRAGMA table_info(item)")]
        for table, words in described["tables"].items():
            names = {row[1] for row in copy.execute(f"PRAGMA table_info({table})")}
            assert set(words.get("columns", {})) <= names
    answer = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "datasette", str(target)),
            *("--metadata", str(metadata), "--get", "/items/with_a_region.json?code=RU-KRS"),
        ],
        capture_output=True,
        check=True,
    )
    assert len(json.loads(answer.stdout)["rows"]) == 1


def test_withdrawn_articles_are_not_published(filled: Engine, tmp_path: Path) -> None:
    for days in (1, 2):
        with writing(filled) as session:
            gone(session, "mpt", lifts().url, "deleted", NOW.replace(day=20 + days))
    with reading(filled) as session:
        number, _ = publish(session, parse(""), tmp_path / "items.db", NOW, Manners())
    assert number == 0
    assert LIFTS[:60].encode() not in _bytes(filled, "jsonl", full_text=True)


def test_a_folder_that_is_not_there_is_named(filled: Engine, tmp_path: Path) -> None:
    with reading(filled) as session, pytest.raises(StorageError, match="cannot be written"):
        publish(session, parse(""), tmp_path / "none" / "items.db", NOW, Manners())
