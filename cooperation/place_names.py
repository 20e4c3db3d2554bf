"""All names the gazetteer knows, in all their forms, ready to be looked up."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from cooperation.inflection import adjective_forms, compound_half, fold, name_slots, noun_forms
from cooperation.language import Language
from cooperation.listed import listed

Kind = Literal["country", "region", "district", "city", "body", "enterprise", "people"]
Form = Literal["noun", "adjective", "people"]
Shape = Literal["any", "capital", "upper"]

# Generic words of region names and their abbreviations, which stand for every case.
_SHORT = {"область": "обл", "вобласць": "вобл", "район": "р-н", "раён": "р-н", "республика": "респ"}
_GENERIC = listed("область вобласць край район раён region district oblast округ")
_FIRST = ("country", "body", "region", "district", "city", "enterprise")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form can mean. ``shape``: how it has to be written to mean that.

    ``weak``: an adjective that tells only in front of a word of administration («Боровский район»).
    """

    kind: Kind
    code: str
    country: str | None
    region: str | None
    form: Form
    shape: Shape
    belarusian: bool
    weak: bool = False


@dataclass(slots=True)
class Names:
    """``single``: form to its reading; ``long``: first form to the rest of names of several words,
    the longest first; ``halves``: first parts of compounds («курско-»).
    """

    single: dict[str, Reading] = field(default_factory=dict)
    long: dict[str, list[tuple[tuple[frozenset[str], ...], Reading]]] = field(default_factory=dict)
    halves: dict[str, Reading] = field(default_factory=dict)


@cache
def names() -> Names:
    """The names of ``data/places.tsv``, read once (0.3 s)."""
    found = Names()
    for row in _rows():
        _add_row(found, row)
    for endings in found.long.values():
        endings.sort(key=lambda ending: -len(ending[0]))
    return found


def _rows() -> Iterator[list[str]]:
    text = (files("cooperation") / "data" / "places.tsv").read_text("utf-8")
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    yield from sorted(rows, key=lambda row: _FIRST.index(row[0]))


def _add_row(found: Names, row: list[str]) -> None:
    kind, code, country, region, mark, language, nouns, adjectives, peoples = row
    weak = mark == "weak"
    home = country == "BY" or mark == "joint"

    def reading(form: Form, shape: Shape) -> Reading:
        return Reading(kind, code, country or None, region or None, form, shape, home, weak)  # type: ignore[arg-type]  # the file's words

    spoken: Language = language  # type: ignore[assignment]  # the file's words
    for name in filter(None, nouns.split(";")):
        bare = name.rstrip("!")
        upper = bare.isupper() and len(bare) <= 6 and (name.endswith("!") or len(bare) <= 4)
        _add_name(found, name, spoken, reading("noun", "upper" if upper else "capital"))
    shape: Shape = "capital" if spoken == "en" else "any"
    for name in filter(None, adjectives.split(";")):
        for form in adjective_forms(name, spoken):
            _set(found.single, form, reading("adjective", shape))
        half = compound_half(name, spoken)
        if half:
            _set(found.halves, half, reading("adjective", "any"))
    for name in filter(None, peoples.split(";")):
        for form in noun_forms(name, spoken):
            _set(found.single, form, reading("people", "any"))


def _add_name(found: Names, name: str, language: Language, reading: Reading) -> None:
    slots = name_slots(name, language)
    if len(slots) == 1:
        for form in slots[0]:
            _set(found.single, form, reading)
        return
    generic = fold(name.rsplit(maxsplit=1)[-1]) in _GENERIC
    if generic and language != "en":
        slots = (*slots[:-1], slots[-1] | {_SHORT.get(fold(name.rsplit(maxsplit=1)[-1]), "")})
        reading = Reading(
            reading.kind,
            reading.code,
            reading.country,
            reading.region,
            "noun",
            "any",
            reading.belarusian,
        )
    for form in slots[0]:
        found.long.setdefault(form, []).append((slots[1:], reading))


def _set(table: dict[str, Reading], form: str, reading: Reading) -> None:
    """Keep the first reading (countries come first); towns of one name lose their region."""
    known = table.get(form)
    if known is None:
        table[form] = reading
    elif known.kind == reading.kind == "city" and known.code != reading.code:
        table[form] = _either(known, reading)


def _either(known: Reading, other: Reading) -> Reading:
    if known.country != other.country or known.country == "BY":
        return known
    country = known.country or ""
    return Reading(known.kind, country, country, None, known.form, known.shape, known.belarusian)
