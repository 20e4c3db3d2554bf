"""Ranges that a text tells by a length: «трёхдневная встреча завершилась»."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from cooperation.amounts.numerals import WORDS

_SHORT: Final = {
    "двух": 2, "трех": 3, "трёх": 3, "четырех": 4, "четырёх": 4, "пяти": 5, "шести": 6, "семи": 7,
    "двое": 2, "трое": 3, "четверо": 4, "трох": 3, "чатырох": 4, "пяці": 5, "сямі": 7,
    "тры": 3, "два": 2, "чатыры": 4, "пяць": 5, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "шасці": 6,
}  # fmt: skip
_NUMBER: Final = r"(?P<n>\d{1,2}|[^\W\d_]{2,8})"
_WEEKS: Final = re.compile(
    rf"(?<!\w){_NUMBER}[\s-]?(?:недельн\w+|недел[ьияю]\w*|тыднёв\w+|тыдні|тыдняў|тыдня|weeks?)(?!\w)",
    re.IGNORECASE,
)
_DAYS: Final = re.compile(
    rf"(?<!\w){_NUMBER}[\s-]?(?:дневн\w+|дня|дней|дзённ\w+|дні|дзён|суток|сутак|days?)(?!\w)",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(
    r"завершил|закончил|завяршы|скончы|ended|concluded|wrapped\s+up|вернулись", re.IGNORECASE
)
_ENDS: Final = re.compile(r"завершает|завершаются|завяршае|заканчива|ends\s+today", re.IGNORECASE)
_WHOLE_LAST_WEEK: Final = re.compile(
    r"вс[юе]\s+прошл\w+\s+недел|(?:увесь|цэлы)\s+мінулы\s+тыдзень|all\s+last\s+week", re.IGNORECASE
)
_LEAD: Final = 500  # characters of the beginning in which the length of the act stands
_MOST: Final = 12


def _count(word: str) -> int:
    word = word.lower()
    value = int(word) if word.isdigit() else _SHORT.get(word) or int(WORDS.get(word, 0))
    return value if 1 < value <= _MOST else 0


def _length(pattern: re.Pattern[str], lead: str) -> int:
    return next((n for match in pattern.finditer(lead) if (n := _count(match["n"]))), 0)


def start_of_course(plain: str, last: date) -> date | None:
    """The Monday on which a course of some weeks began that ends on ``last``; None if not told."""
    weeks = _length(_WEEKS, plain[:_LEAD])
    if not weeks:
        return None
    return last - timedelta(days=last.weekday() + 7 * (weeks - 1))


def days_that_ended(plain: str, last: date) -> date | None:
    """The first day of an act of some days that the beginning says ended on ``last``; else None."""
    lead = plain[:_LEAD]
    days = _length(_DAYS, lead)
    return last - timedelta(days=days - 1) if days and _ENDED.search(lead) else None


def undated_range(plain: str, published: date) -> tuple[date, date] | None:
    """The days of an act told only by its length and its end, or as the whole last week."""
    lead = plain[:_LEAD]
    if _WHOLE_LAST_WEEK.search(lead):
        monday = published - timedelta(days=published.weekday() + 7)
        return monday, monday + timedelta(days=4)
    days = _length(_DAYS, lead)
    if not days:
        return None
    if _ENDS.search(lead):
        return published - timedelta(days=days - 1), published
    if _ENDED.search(lead):
        return published - timedelta(days=days), published - timedelta(days=1)
    return None
