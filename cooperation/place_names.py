"""All names the gazetteer knows, in all their forms, ready to be looked up."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from cooperation.inflection import (
    LONGEST_ENDING,
    Paradigm,
    adjective,
    compound_half,
    fold,
    name_forms,
    noun,
)
from cooperation.listed import listed
from cooperation.spoken import Language

Kind = Literal["country", "region", "district", "city", "body", "enterprise", "people"]
Form = Literal["noun", "adjective", "people"]
Shape = Literal["any", "capital", "upper"]

# Generic words of region names: their abbreviations, which stand for every case, and odd plurals.
_SHORT = {
    "область": "обл",
    "вобласць": "вобл абласцей абласцям абласцямі абласцях",
    "район": "р-н",
    "раён": "р-н",
}
_GENERIC = listed("область вобласць край район раён region district oblast округ")
_Rest = tuple[tuple[Paradigm, ...], ...]
_FIRST = ("country", "body", "region", "district", "city", "enterprise")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form can mean. ``shape``: how it has to be written to mean that.

    ``weak``: an adjective that tells only in front of a word of administration («Боровский район»).
    ``key``: what the search puts in the place of all its names, or "".
    ``rank``: of two readings the lower one holds.
    """

    kind: Kind
    code: str
    country: str | None
    region: str | None
    form: Form
    shape: Shape
    belarusian: bool
    weak: bool
    key: str
    rank: int


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a word can mean: as a noun, as an adjective, as the first of a name of several words.

    ``longer``: what follows it in such names, the longest first.
    """

    noun: Reading | None
    adjective: Reading | None
    longer: list[tuple[_Rest, Reading]]


class Names:
    """All names; looking up a word gives what the word can mean in the form it has."""

    def __init__(self) -> None:
        self._nouns: _Table = {}
        self._adjectives: _Table = {}
        self._halves: dict[str, Reading] = {}
        self._long: dict[str, list[tuple[frozenset[str], _Rest, Reading]]] = {}
        # One word is looked up again and again.
        self.meanings = lru_cache(_KEPT_WORDS)(self._meanings)

    def half(self, word: str) -> Reading | None:
        """The first part of a compound: «курско-»."""
        return self._halves.get(word)

    def _meanings(self, word: str) -> Meanings | None:
        """What the folded word can mean; None for most."""
        found = Meanings(
            _best(self._nouns, word), _best(self._adjectives, word), self._longer(word)
        )
        return found if found.noun or found.adjective or found.longer else None

    def _longer(self, word: str) -> list[tuple[_Rest, Reading]]:
        found = [
            (rest, reading)
            for root, ending in _cuts(word)
            for endings, rest, reading in self._long.get(root, ())
            if ending in endings
        ]
        return sorted(found, key=lambda name: -len(name[0]))

    def add_name(self, name: str, language: Language, reading: Reading) -> None:
        """A noun, or a name of several words."""
        first, *rest = name_forms(name, language)
        if not rest:
            for root, endings in first:
                self._nouns.setdefault(root, []).append((endings, reading))
            return
        last = fold(name.rsplit(maxsplit=1)[-1])
        if last in _GENERIC and language != "en":
            rest[-1] = (*rest[-1], ("", listed(_SHORT.get(last, last))))
            reading = replace(reading, shape="any")
        for root, endings in first:
            self._long.setdefault(root, []).append((endings, tuple(rest), reading))

    def add_adjective(self, word: str, language: Language, reading: Reading) -> None:
        """An adjective, and the first half that it makes in compounds."""
        root, endings = adjective(word, language)
        self._adjectives.setdefault(root, []).append((endings, reading))
        if language != "en":
            self._halves.setdefault(compound_half(word, language), reading)

    def add_people(self, word: str, language: Language, reading: Reading) -> None:
        """Inhabitants."""
        for root, endings in noun(word, language):
            self._nouns.setdefault(root, []).append((endings, reading))


_Table = dict[str, list[tuple[frozenset[str], Reading]]]
_KEPT_WORDS = 30_000


@cache
def names() -> Names:
    """The names of ``data/places.tsv``, read once."""
    found = Names()
    text = (files("cooperation") / "data" / "places.tsv").read_text("utf-8")
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for rank, row in enumerate(sorted(rows, key=lambda row: _FIRST.index(row[0]))):
        _add_row(found, row, rank)
    return found


def _add_row(found: Names, row: list[str], rank: int) -> None:
    kind, code, country, region, mark, key, language, nouns, adjectives, peoples = row
    known: dict[str, Any] = {
        "kind": kind,
        "code": code,
        "country": country or None,
        "region": region or None,
        "belarusian": country == "BY" or mark == "joint",
        "weak": mark == "weak",
        "key": key,
        "rank": rank,
    }
    spoken: Language = language  # type: ignore[assignment]  # the file's words
    for name in filter(None, nouns.split(";")):
        found.add_name(name, spoken, Reading(form="noun", shape=_shape(name), **known))
    shape: Shape = "capital" if spoken == "en" else "any"
    for name in filter(None, adjectives.split(";")):
        found.add_adjective(name, spoken, Reading(form="adjective", shape=shape, **known))
    for name in filter(None, peoples.split(";")):
        found.add_people(name, spoken, Reading(form="people", shape="any", **known))


def _shape(name: str) -> Shape:
    bare = name.rstrip("!")
    if bare.isupper() and len(bare) <= (6 if name.endswith("!") else 4):
        return "upper"
    return "any" if name[0].islower() else "capital"


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(min(LONGEST_ENDING, len(word)) + 1):
        yield word[: len(word) - cut], word[len(word) - cut :]


def _best(table: _Table, word: str) -> Reading | None:
    """The first reading by rank (countries come first); towns of one name lose their region."""
    fitting = [
        reading
        for root, ending in _cuts(word)
        for endings, reading in table.get(root, ())
        if ending in endings
    ]
    if not fitting:
        return None
    fitting.sort(key=lambda reading: reading.rank)
    best = fitting[0]
    for other in fitting[1:]:
        # The bigger town stands first in the file; a much smaller one is not meant.
        if best.kind == "city" == other.kind and not (other.weak and not best.weak):
            best = _either(best, other)
    return best


def _either(known: Reading, other: Reading) -> Reading:
    if known.code == other.code or known.country != other.country or known.country == "BY":
        return known
    return replace(known, code=known.country or "", region=None)
