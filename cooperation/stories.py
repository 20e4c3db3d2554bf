"""Whether two articles report the same act.

The same act, parties and date make one story, whatever the outlet, language or length; the next
session of a group, another month of a statistic, an announcement and its outcome do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from cooperation.model import sigmoid
from cooperation.story_profile import Profile, profile

SAME = 0.5  # from this value on two articles are one story

# Log odds, set by hand from the definition (guidelines, section 9); the 16 pairs of stories-dev
# were looked at when they were set.
_BIAS = -4.2
_PLACES, _NAMES, _NUMBERS, _WORDS = 2.0, 2.6, 2.4, 4.0
_DAY_SHARED, _ORDINAL_SHARED = 0.7, 0.7
_DAYS_DIFFER, _ORDINALS_DIFFER, _STAGE_DIFFERS = -1.5, -3.0, -2.5
_PARTNERS_DIFFER, _NUMBERS_DIFFER = -8.0, -2.5
_LARGE = 50  # smaller numbers are the same by chance
_NUMBERS_TELL, _NUMBERS_SHARED = 3, 1 / 3  # an update corrects a figure, it keeps the others
_APART = frozenset({"announced", "cancelled"})  # stages that are told apart surely enough
_FREE_DAYS = 3  # reprints and translations appear within them
_PER_DAY = -0.25
_UNDATED = -0.5


def same_story(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """The probability (0 to 1) that two articles report the same act.

    Both are mappings with ``title``, ``body``, ``language`` and ``published`` (the last two may be
    missing or None).
    """
    return compare(profile(a), profile(b))


def compare(a: Profile, b: Profile) -> float:
    """``same_story`` of two articles whose profiles are known: for one article against many."""
    odds = _BIAS + _likeness(a, b) + _differences(a, b) + _distance(a, b)
    return sigmoid(odds)


def index_keys(codes: Set[str]) -> frozenset[str]:
    """The keys under which a story's candidates are looked up, from the party codes of an article.

    Two reports of one act share a key: a foreign or joint party, or a Belarusian region where no
    other is named. Belarus itself is no key: every item has it.
    """
    telling = frozenset(code for code in codes if code != "BY")
    return telling or frozenset(codes)


def _likeness(a: Profile, b: Profile) -> float:
    return (
        _PLACES * _shared(a.places, b.places)
        + _NAMES * _shared(a.names, b.names)
        + _NUMBERS * _shared(a.numbers, b.numbers)
        + (_WORDS * _shared(a.words, b.words) if _comparable(a, b) else _WORDS / 4)
        + (_DAY_SHARED if a.days & b.days else 0.0)
        + (_ORDINAL_SHARED if a.ordinals & b.ordinals else 0.0)
    )


def _differences(a: Profile, b: Profile) -> float:
    found = 0.0
    if a.days and b.days and not a.days & b.days:
        found += _DAYS_DIFFER
    if a.ordinals and b.ordinals and not a.ordinals & b.ordinals:
        found += _ORDINALS_DIFFER
    if _partners_differ(a.places, b.places):
        found += _PARTNERS_DIFFER
    large = [frozenset(n for n in one.numbers if n >= _LARGE) for one in (a, b)]
    if min(map(len, large)) >= _NUMBERS_TELL:
        found += _NUMBERS_DIFFER * max(0.0, 1 - _shared(*large) / _NUMBERS_SHARED)
    if a.stage != b.stage and _APART & {a.stage, b.stage}:
        found += _STAGE_DIFFERS if _comparable(a, b) else _STAGE_DIFFERS / 2
    return found


def _partners_differ(a: Set[str], b: Set[str]) -> bool:
    """Whether both name partners abroad and none of them is the same.

    Regions are compared where both name some: two regions of one country are two partners.
    """
    abroad = [{code for code in codes if code.partition("-")[0] != "BY"} for codes in (a, b)]
    regions = [{code for code in codes if "-" in code} for codes in abroad]
    first, second = regions if all(regions) else abroad
    return bool(first and second) and first.isdisjoint(second)


def _distance(a: Profile, b: Profile) -> float:
    if a.published is None or b.published is None:
        return _UNDATED
    return _PER_DAY * max(0, abs((a.published - b.published).days) - _FREE_DAYS)


def _comparable(a: Profile, b: Profile) -> bool:
    """Russian and Belarusian words sound alike and tell a stage alike; English ones do not."""
    return (a.language == "en") == (b.language == "en")


def _shared(a: frozenset[Any], b: frozenset[Any]) -> float:
    """The share of the shorter text's traits that the other has too."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
