"""Exports, published databases and the query language at the command line."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.fixtures.command import Command
from tests.storage.samples import LIFTS


@pytest.fixture
def filled(coopwatch: Command, tmp_path: Path, filled_file: Path) -> Command:
    shutil.copy(filled_file, tmp_path / "coopwatch.db")
    return coopwatch


def test_a_query_is_exported_in_the_form_that_the_name_tells(
    filled: Command, tmp_path: Path
) -> None:
    _, said = filled("export", "kursk.xlsx", "party:RU-KRS", "-kind:talks", "is:item")
    assert said == "1 articles in kursk.xlsx\n"
    sheet = openpyxl.load_workbook(tmp_path / "kursk.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 2
    filled("export", "all.jsonl", "--full-text")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert any(LIFTS[:80] in line["text"] for line in lines)
    assert not list(tmp_path.glob("*.part"))


def test_a_published_database_is_ready_for_datasette(filled: Command, tmp_path: Path) -> None:
    command, said = filled("publish", "items.sqlite", "kind:supply")
    assert "1 items" in said
    assert command == "datasette serve items.sqlite --metadata items.metadata.json\n"
    assert (tmp_path / "items.sqlite").exists()


def test_search_takes_the_language_of_all_doors(filled: Command) -> None:
    output, _ = filled("search", "лифт", "OR", "станок", "-тендер", "is:item", "--format", "csv")
    assert [row["item"] for row in csv.DictReader(output.splitlines())] == ["True"]
    _, errors = filled("export", "x.csv", "лифт", "parti:RU", code=2)
    assert "did you mean party:?\n  лифт parti:RU\n       ^^^^^\n" in errors
    _, errors = filled("export", "x.pdf", code=1)
    assert ".xlsx" in errors
