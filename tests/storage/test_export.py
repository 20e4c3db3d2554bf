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
from pyld import jsonld
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


def test_jsonld_is_read_by_another_program(filled: Engine) -> None:
    """Expanded by PyLD, with schema.org's vocabulary in place of the context on the net."""
    vocabulary = {
        "contextUrl": None,
        "documentUrl": "https://schema.org",
        "document": {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}},
    }
    options = {"documentLoader": lambda _url, _options: vocabulary}
    articles = jsonld.expand(json.loads(_bytes(filled, "jsonld")), options)
    assert {one["@type"][0] for one in articles} == {"https://schema.org/NewsArticle"}
    assert len(articles) == 3
    item = next(one for one in articles if "https://schema.org/mentions" in one)
    assert item["@id"] == item["https://schema.org/url"][0]["@id"] == lifts().url
    assert item["https://schema.org/datePublished"][0]["@value"] == "2026-11-19"
    mentioned = str(item["https://schema.org/mentions"])
    assert "RU-KRS" in mentioned
    assert "Подъём" in mentioned
    assert not any("javascript" in str(one.get("@id")) for one in articles)
    assert len(_bytes(filled, "jsonl").splitlines()) == 3


ASK_DATASETTE = """
import asyncio, json, sys
from datasette.app import Datasette
path, metadata, *questions = sys.argv[1:]
room = Datasette([path], metadata=json.load(open(metadata)))
async def ask():
    for question in questions:
        answer = await room.client.get(question)
        answer.raise_for_status()
        print(json.dumps(answer.text))
asyncio.run(ask())
"""


def test_datasette_opens_a_published_file_and_answers_its_questions(
    filled: Engine, tmp_path: Path
) -> None:
    target = tmp_path / "items.db"
    with reading(filled) as session:
        number, metadata = publish(session, parse(""), target, NOW, Manners())
    assert number == 1
    described = json.loads(metadata.read_text("utf-8"))["databases"]["items"]
    values = "code=RU-KRS&currency=RUB"
    canned = {f"/items/{name}.json?_shape=array&{values}": name for name in described["queries"]}
    pages = ["/items/item", "/items/item.json?_shape=array&_search=delegation", "/-/metadata.json"]
    answer = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-c", ASK_DATASETTE),
            *(str(target), str(metadata), *canned, *pages),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    answers = dict(zip([*canned.values(), *pages], told, strict=True))
    assert [row["title"] for row in json.loads(answers["with_a_region"])] == [lifts().title]
    assert json.loads(answers["largest_amounts"])[0]["value"] == 2e9
    assert json.loads(answers["partners"])[0]["code"] == "RU"
    assert "The sentence that carries the flag" in answers["/items/item"]
    assert json.loads(answers["/-/metadata.json"])["title"] == "Cooperation items"


def test_the_columns_of_a_published_file_are_described(filled: Engine, tmp_path: Path) -> None:
    target = tmp_path / "items.db"
    with reading(filled) as session:
        _, metadata = publish(session, parse(""), target, NOW, Manners())
    tables = json.loads(metadata.read_text("utf-8"))["databases"]["items"]["tables"]
    with closing(sqlite3.connect(target)) as copy:
        assert "text" not in [row[1] for row in copy.execute("PRAGMA table_info(item)")]
        for table, words in tables.items():
            names = {row[1] for row in copy.execute(f"PRAGMA table_info({table})")}
            assert set(words.get("columns", {})) <= names


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
