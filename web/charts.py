"""Numbers as pictures: what the templates draw as SVG, every mark with its link."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from storage.query import narrowed
from storage.statistics import Counted, Overview
from web.languages import Words, atlas

_PARTNERS = 12
_LARGEST = 26.0  # pixels: radius of the largest circle


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the grid: its tint from 0 to 5 and where it leads."""

    number: int
    tint: int
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows by years."""

    years: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Circle:
    """A mark of the map."""

    x: float
    y: float
    r: float
    number: int
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of the map."""

    name: str
    width: int
    height: int
    outlines: list[tuple[str, bool]]
    circles: list[Circle]


def _search(asked: str, *conditions: str) -> str:
    """The search for a query and further conditions."""
    return "/search?" + urlencode({"q": narrowed(asked, *conditions)})


def kinds(counted: Overview, words: Words, asked: str) -> Grid:
    """Items by kind and year."""
    return _grid(
        counted.kinds,
        {one.value: words.t(f"kind_{one.value}") for one in counted.kinds},
        "kind",
        asked,
    )


def partners(counted: Overview, words: Words, asked: str) -> Grid:
    """Items by partner country and year; the partners with most items."""
    total: Counter[str] = Counter()
    for one in counted.partners:
        total[one.value] += one.number
    top = [code for code, _ in total.most_common(_PARTNERS)]
    named = {code: words.place(code, counted.names.get(code, "")) for code in top}
    return _grid([one for one in counted.partners if one.value in named], named, "party", asked)


def _grid(counted: Sequence[Counted], named: dict[str, str], field: str, asked: str) -> Grid:
    by_value: dict[str, Counter[str]] = defaultdict(Counter)
    for one in counted:
        by_value[one.value][one.period] += one.number
    periods = sorted({one.period for one in counted})
    years = [str(year) for year in range(int(periods[0]), int(periods[-1]) + 1)] if periods else []
    years = years[-12:]
    most = max((one.number for one in counted), default=1)
    rows = []
    for value in sorted(by_value, key=lambda one: (-sum(by_value[one].values()), one)):
        cells = []
        for year in years:
            number = by_value[value][year]
            tint = math.ceil(5 * math.sqrt(number / most)) if number else 0
            where = _search(asked, f"{field}:{value}", f"date:{year}", "is:item")
            cells.append(Cell(number, tint, where, f"{named[value]}, {year}: {number}"))
        rows.append((named[value], cells))
    return Grid(years, rows)


def maps(counted: Overview, words: Words, asked: str) -> list[Panel]:
    """The panels of the map, the largest circles drawn first so that none hides another."""
    most = max((n for code, n in counted.parties.items() if code != "BY"), default=1)
    found = []
    for name, panel in atlas()["panels"].items():
        circles = []
        for code, (x, y) in panel["marks"].items():
            number = counted.parties.get(code, 0)
            if number and code != "BY":
                radius = max(4.0, _LARGEST * math.sqrt(number / most))
                place = words.place(code, counted.names.get(code, ""))
                where = _search(asked, f"party:{code}", "is:item")
                circles.append(Circle(x, y, round(radius, 1), number, place, where))
        outlines = [(path, code in {"BY", "RU"}) for code, path in panel["paths"].items()]
        circles.sort(key=lambda one: (-one.r, one.name))
        found.append(Panel(name, panel["width"], panel["height"], outlines, circles))
    return found
