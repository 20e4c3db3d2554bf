"""How well facts are read: a label's people, sums, bodies and days against an assessment's.

The label's fields are those of the labelled sets, see ``cooperation.labelled``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cooperation.assessment import Person
from cooperation.facts import Facts

Tally = tuple[int, int, int]  # hits, found, wanted
Right = tuple[int, int]  # right ones, all

_ALIKE = 0.6  # share of words that two posts, or two names of a body, must have in common


def tallies(found: Facts, label: Mapping[str, Any]) -> dict[str, Tally]:
    """Hits, number found and number wanted of each sort of fact of one article."""
    bodies = [one.name for one in found.organizations]
    named = (label.get("parties") or {}).get("organizations") or []
    return {
        "persons": sets(_people(found.persons), _named(label)),
        "amounts": sets(
            ((a.value, a.currency, a.qualifier) for a in found.amounts),
            ((a["value"], a["currency"], a["qualifier"]) for a in label.get("amounts") or ()),
        ),
        "organizations": sets(map(plain, bodies), map(plain, named)),
        "organizations, loosely": loosely(bodies, named),
        "event dates": sets(found.event_dates, label.get("event_dates") or ()),
    }


def rights(found: Facts, label: Mapping[str, Any]) -> dict[str, Right]:
    """Of posts, days and sector: how many were there to be told, and how many are right."""
    people, named = _people(found.persons), _named(label)
    days = label.get("event_dates") or []
    sector = label.get("sector")
    told = {
        "posts": [alike(people[name], named[name]) for name in people.keys() & named.keys()],
        "event dates (told)": [list(found.event_dates) == list(days)] if days else [],
        "sector": [found.sector == sector] if sector else [],
    }
    return {name: (sum(checks), len(checks)) for name, checks in told.items()}


def plain(text: str) -> str:
    """Lower case, е for ё, words only: what two names are compared by."""
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def alike(one: str, other: str, *, stems: bool = False) -> bool:
    """Whether two phrases share most of their words (their beginnings, if ``stems``)."""
    cut: Callable[[str], str] = (lambda w: w[: max(4, len(w) - 2)]) if stems else (lambda w: w)
    left, right = ({cut(w) for w in plain(text).split()} for text in (one, other))
    return left == right or len(left & right) / max(1, len(left | right)) >= _ALIKE


def sets(found: Iterable[Any], wanted: Iterable[Any]) -> Tally:
    """Hits, number found, number wanted."""
    left, right = set(found), set(wanted)
    return len(left & right), len(left), len(right)


def loosely(found: Sequence[str], wanted: Sequence[str]) -> Tally:
    """As ``sets``, but names that are alike are the same; each is used once."""
    open_names = list(wanted)
    for name in found:
        match = next((other for other in open_names if alike(name, other, stems=True)), None)
        if match is not None:
            open_names.remove(match)
    return len(wanted) - len(open_names), len(found), len(wanted)


def _people(persons: Iterable[Person]) -> dict[str, str]:
    return {plain(one.name): one.post for one in persons}


def _named(label: Mapping[str, Any]) -> dict[str, str]:
    return {plain(one["name"]): one.get("post") or "" for one in label.get("persons") or ()}
