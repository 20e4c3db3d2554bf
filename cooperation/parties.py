"""Which of the named countries and regions take part, and who is whose guest.

By the definition: a region takes part where it, its authority or a town's is a party, receives the
goods or the works, or has its figures stated; the seat of a company, the place of an event or of
passage is no party. A country takes part where it or anybody in it does. What beside a name speaks
for that is learnt (``party_features``), so that every named place gets its own answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cooperation.assessment import Parties, Span
from cooperation.assessment import Place as Party
from cooperation.model import Linear
from cooperation.party_features import Level, Place, candidates, names, row
from cooperation.party_sides import Side, sides
from cooperation.reading import Document

_ROW_OF_THREE = 5  # units: three places and what joins them
_UNION = ("UNION-STATE", "UNION-STATE-PC", "UNION-STATE-PA")  # bodies of Belarus and Russia alone


def find(document: Document, learnt: Mapping[str, Linear]) -> Parties:
    """The countries and regions that take part in a flagged item; Belarus always does."""
    regions = _chosen(document, "region", learnt["region"])
    countries = _chosen(document, "country", learnt["country"])
    for code, places in regions.items():
        countries.setdefault(places[0].mention.country or code[:2], places)
    codes = {"BY", *countries}
    if any(mention.code in _UNION for mention in document.mentions()):
        codes.add("RU")
    countries["BY"] = _of_belarus(document)
    found = sides(countries, regions)
    return Parties(
        countries=tuple(sorted(codes)),
        regions=tuple(sorted(regions)),
        places=tuple(
            _party(code, places, found.get(code))
            for code, places in sorted([*countries.items(), *regions.items()])
            if places
        ),
    )


def _chosen(document: Document, level: Level, learnt: Linear) -> dict[str, list[Place]]:
    found = candidates(document, level)
    odds = {code: learnt.log_odds(features) for code, features in names(document, level, found)}
    if level == "region":
        odds = _as_in_their_row(found, odds)
    return {code: found[code] for code in found if odds[code] > 0}


def _as_in_their_row(
    found: Mapping[str, Sequence[Place]], odds: Mapping[str, float]
) -> dict[str, float]:
    """The log odds where a place that a row of three or more names counts as the row on average.

    «Delegations of Penza, Vologda and Omsk»: all of them come or none does.
    """
    rows: dict[tuple[int, int], set[str]] = {}
    for code, places in found.items():
        for place in places:
            first, last = row(place.sentence.units, place.unit)
            if last - first >= _ROW_OF_THREE:
                rows.setdefault((place.number, first), set()).add(code)
    changed = dict(odds)
    for codes in rows.values():
        mean = sum(odds[code] for code in codes) / len(codes)
        changed.update({code: max(mean, odds[code]) if mean > 0 else odds[code] for code in codes})
    return changed


def _of_belarus(document: Document) -> list[Place]:
    """What stands for Belarus: its own name where it is there, else any place in it."""
    found = candidates(document, "country", home=True).get("BY", [])
    own = [place for place in found if place.mention.kind == "country"]
    return own or found


def _party(code: str, places: Sequence[Place], side: Side | None) -> Party:
    """A party under the fullest of the names that the text uses."""
    own = [p for p in places if p.mention.code == code] or list(places)
    nouns = [p.mention.text for p in own if p.mention.form == "noun"]
    name = max(nouns, key=len) if nouns else own[0].mention.text
    spans = tuple(Span(p.sentence.field, p.mention.start, p.mention.end) for p in own)
    return Party(code, name, side, spans)
