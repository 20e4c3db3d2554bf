"""Who travels to whom: the guest and the host among the parties of a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from cooperation.party_features import Place, row, word_keys
from cooperation.reading import Unit

Side = Literal["host", "guest"]

_FROM, _TO, _AWAY, _HOSTING = map(word_keys, ("from", "to", "away", "hosting"))
_REACH = 6  # units between «received» and those it tells of
_JOURNEYS = frozenset({"delegation", "visit_noun", "travel"})


def sides(
    countries: Mapping[str, Sequence[Place]], regions: Mapping[str, Sequence[Place]]
) -> dict[str, Side]:
    """The side of each party for which the text tells one; a region's tells its country's too.

    Where one of two countries has a side, the other has the other one.
    """
    weights = {code: _weight(places) for code, places in {**countries, **regions}.items()}
    found = {code: _named(weight) for code, weight in weights.items() if weight}
    if len(countries) == 2:
        one, other = sorted(countries, key=lambda code: -abs(weights[code]))
        if one in found:
            found[other] = "host" if found[one] == "guest" else "guest"
    for code in regions:
        country = code[:2]
        if code not in found and country in found and country in countries:
            found[code] = found[country]
    return found


def _named(weight: int) -> Side:
    return "host" if weight > 0 else "guest"


def _weight(places: Sequence[Place]) -> int:
    """Above 0 the more the text tells a host, below 0 a guest."""
    return sum(_host(place) - _guest(place) for place in places)


def _host(place: Place) -> bool:
    """«Arrived in Kursk», «visited Kursk», «the governor of Kursk received»."""
    sentence = place.sentence
    first, last = row(sentence.units, place.unit)
    before = sentence.units[max(0, first - 3) : first]
    journey = not _JOURNEYS.isdisjoint(sentence.classes)
    if journey and any(unit.key in _TO for unit in before[-1:]):
        return True
    if any(unit.key in _AWAY for unit in before):
        return True
    if before and not any("official" in unit.classes for unit in before):
        return False
    return any(unit.key in _HOSTING for unit in sentence.units[last : last + _REACH])


def _guest(place: Place) -> bool:
    """«A delegation of Kursk», «guests from Kursk», «the governor of Kursk arrived»."""
    sentence = place.sentence
    first, last = row(sentence.units, place.unit)
    before = sentence.units[max(0, first - 3) : first]
    after = sentence.units[last : last + 2]
    if any(unit.key in _FROM for unit in before[-1:]):
        return not (_JOURNEYS | {"receive"}).isdisjoint(sentence.classes)
    if _is_delegation(before) or (place.mention.form == "adjective" and _is_delegation(after)):
        return True
    if any(unit.key in _HOSTING for unit in sentence.units[max(0, first - _REACH) : first]):
        return True
    official = any("official" in unit.classes for unit in before)
    behind = sentence.units[last:]
    return (official or place.mention.form == "people") and any(
        "travel" in unit.classes for unit in behind
    )


def _is_delegation(units: Sequence[Unit]) -> bool:
    return any("delegation" in unit.classes for unit in units)
