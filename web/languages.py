"""What the reader sees in his language: words, names of places, dates and sums."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_decimal
from fastapi import Request

from storage.query import QueryError
from storage.times import ZONE

LANGUAGES = ("ru", "be", "en")
NAMES = {"ru": "Русский", "be": "Беларуская", "en": "English"}


@dataclass(frozen=True, slots=True)
class Words:
    """One language; `t` gives the words of a key."""

    code: str
    texts: Mapping[str, str]

    def t(self, key: str, **details: Any) -> str:
        """The words under this key; details fill its braces."""
        return self.texts[key].format_map(details) if details else self.texts[key]

    def day(self, moment: date | datetime | None, form: str = "long") -> str:
        """A day as people write it; where no date is known, that is said."""
        if moment is None:
            return self.t("undated")
        if isinstance(moment, datetime):
            moment = moment.astimezone(ZONE).date()
        return format_date(moment, form, locale=self.code)

    def span(self, days: str) -> str:
        """An ISO day, or two with a slash between them, as people write it."""
        try:
            return " – ".join(
                self.day(date.fromisoformat(one), "medium") for one in days.split("/")
            )
        except ValueError:  # told by a detector of another version
            return days

    def time(self, moment: datetime | None) -> str:
        """Day and time in Minsk."""
        if moment is None:
            return "–"
        return format_datetime(moment.astimezone(ZONE), "d MMM y, HH:mm", locale=self.code)

    def number(self, value: float) -> str:
        """A number with the language's own separators."""
        return format_decimal(value, locale=self.code)

    def money(self, value: float, currency: str, qualifier: str) -> str:
        """A sum in words short enough for a list."""
        short = format_compact_decimal(value, fraction_digits=2, locale=self.code)
        sign = {"over": "> ", "under": "< ", "approx": "≈ "}.get(qualifier, "")
        return f"{sign}{short} {currency}"

    def place(self, code: str, otherwise: str = "") -> str:
        """The name of a country or region; as the text has it where we know none."""
        if "-" in code:
            return _regions().get(code, {}).get(self.code) or otherwise or code
        return Locale(self.code).territories.get(code) or otherwise or code

    def mistake(self, error: QueryError) -> str:
        """What is wrong with a query."""
        said = self.texts[f"query_{error.code}"].format_map(error.details)
        if error.suggestion:
            said = f"{said} {self.t('did_you_mean', suggestion=error.suggestion)}"
        return said


@cache
def words(code: str) -> Words:
    """The language with this code."""
    text = files("web").joinpath(f"texts/{code}.toml").read_text("utf-8")
    return Words(code, tomllib.loads(text))


def chosen(request: Request) -> Words:
    """The reader's choice, else what his browser asks for, else Russian."""
    wanted = request.cookies.get("lang", "")
    if wanted in LANGUAGES:
        return words(wanted)
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].split("-")[0].strip().lower()
        if code in LANGUAGES:
            return words(code)
    return words("ru")


@cache
def atlas() -> dict[str, Any]:
    """Outlines of the map and names of regions; see `web.atlas.draw`."""
    loaded: dict[str, Any] = json.loads(
        files("web").joinpath("atlas/atlas.json").read_text("utf-8")
    )
    return loaded


def _regions() -> dict[str, dict[str, str]]:
    regions: dict[str, dict[str, str]] = atlas()["regions"]
    return regions
