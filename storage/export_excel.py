"""What was found as an Excel workbook that reads well: frozen header, real dates and links.

Written with XlsxWriter in its constant-memory mode, row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any
from urllib.parse import urlsplit

import xlsxwriter

from storage.export import Row
from storage.times import ZONE

# Excel's own limits; it calls a file that breaks one of them damaged.
_CELL = 32_767
_LINK = 2_079
_LINKS = 65_530
_ROWS = 1_048_575

_WIDTHS = {"title": 70, "url": 30, "evidence": 80, "organizations": 40, "text": 80}
_TIMES = {"published", "first_seen"}


def write(plain: Iterable[Row], names: list[str], target: IO[bytes]) -> int:
    """Write the rows as one workbook, a further sheet where one is full; returns their number."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy",
    }
    book = xlsxwriter.Workbook(target, options)
    writer = _Writer(book, names)
    for one in plain:
        writer.add(one)
    book.close()
    return writer.total


class _Writer:
    def __init__(self, book: Any, names: list[str]) -> None:
        self.total = 0
        self._book = book
        self._names = names
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = book.add_format({"valign": "top", "text_wrap": True})
        self._top = book.add_format({"valign": "top"})
        self._day = book.add_format({"valign": "top", "num_format": "dd.mm.yyyy"})
        self._time = book.add_format({"valign": "top", "num_format": "dd.mm.yyyy hh:mm"})
        self._link = book.add_format({"valign": "top", "font_color": "#0B5C8A", "underline": 1})
        self._begin()

    def add(self, one: Row) -> None:
        if self._row == _ROWS:
            self._begin()
        self._row += 1
        self.total += 1
        for column, name in enumerate(self._names):
            self._write(column, name, one[name])

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._row = 0
        self._links = 0
        for column, name in enumerate(self._names):
            self._sheet.set_column(column, column, _WIDTHS.get(name, 16 if name in _TIMES else 12))
            self._sheet.write_string(0, column, name, self._head)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, _ROWS, len(self._names) - 1)

    def _write(self, column: int, name: str, value: object) -> None:
        sheet, at = self._sheet, (self._row, column)
        if isinstance(value, datetime):
            local = value.astimezone(ZONE).replace(tzinfo=None)
            sheet.write_datetime(*at, local, self._time)
        elif isinstance(value, date):
            sheet.write_datetime(*at, value, self._day)
        elif isinstance(value, bool):
            sheet.write_boolean(*at, value, self._top)
        elif isinstance(value, int | float):
            sheet.write_number(*at, value, self._top)
        elif value is not None:
            text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            if name == "url" and self._links < _LINKS and _may_be_link(text):
                self._links += 1
                sheet.write_url(*at, text, self._link, text[:255])
            else:
                sheet.write_string(*at, text[:_CELL], self._text)


def _may_be_link(text: str) -> bool:
    return urlsplit(text).scheme in {"http", "https"} and len(text) <= _LINK
