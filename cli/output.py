"""Rows for people (a table of at most the terminal's width) and for programs (JSON, CSV)."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

MINSK = ZoneInfo("Europe/Minsk")
PIPED_WIDTH = 100  # columns of a table that goes into a file or a pipe

Row = Mapping[str, Any]


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading and the cell's text for a row."""

    heading: str
    cell: Callable[[Row], str]
    justify: str = "left"
    wrap: bool = True


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, or PIPED_WIDTH where there is none."""
    found = Console(stderr=stderr, highlight=False)
    return (
        found if found.is_terminal else Console(stderr=stderr, highlight=False, width=PIPED_WIDTH)
    )


def local(moment: date | datetime | None) -> str:
    """A time as people in Minsk write it; a date without a time stays a date; None is a dash."""
    if moment is None:
        return "–"
    if isinstance(moment, datetime):
        return moment.astimezone(MINSK).strftime("%d.%m.%Y %H:%M")
    return moment.strftime("%d.%m.%Y")


def print_rows(
    rows: Iterable[Row], columns: list[Column], form: Format, *, stderr: bool = False
) -> int:
    """Print the rows; returns how many there were. A table shows ``columns``, the rest all keys.

    ``stderr``: a table goes there, where standard output is for something else.
    """
    match form:
        case Format.TABLE:
            return _table(rows, columns, stderr=stderr)
        case Format.JSON:
            listed = list(rows)
            print_json(listed)
            return len(listed)
        case Format.JSONL:
            return _lines(rows)
        case Format.CSV:
            return _csv(rows)


def print_json(value: object) -> None:
    """One JSON document, readable, in UTF-8."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _table(rows: Iterable[Row], columns: list[Column], *, stderr: bool) -> int:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(
            column.heading,
            justify="right" if column.justify == "right" else "left",
            no_wrap=not column.wrap,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(escape(column.cell(row)) for column in columns))
    if table.row_count:
        console(stderr=stderr).print(table)
    return table.row_count


def _lines(rows: Iterable[Row]) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last value is the count
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    return count


def _csv(rows: Iterable[Row]) -> int:
    writer = None
    count = 0
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), extrasaction="ignore")
            writer.writeheader()
        writer.writerow({key: _cell(value) for key, value in row.items()})
        count += 1
    return count


def _cell(value: object) -> str:
    """A cell of a CSV file; one that a spreadsheet would run as a formula is made text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        text = "; ".join(value)
    elif isinstance(value, (list, tuple, dict)):
        text = json.dumps(value, ensure_ascii=False, default=_plain)
    else:
        text = str(_plain(value)) if isinstance(value, (date, datetime)) else str(value)
    is_number = isinstance(value, (int, float))
    return (
        f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else text
    )


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is not a value that can be printed as JSON")
