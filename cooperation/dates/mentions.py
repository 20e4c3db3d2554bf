"""Days and ranges of days that a text mentions, with or without a year, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from cooperation.written_dates import MONTH, calendar_day, month_number

Sort = Literal["day", "range", "relative", "weekday", "number"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A day (``first == last``) or a range of days at ``text[start:end]``."""

    start: int
    end: int
    first: date
    last: date
    sort: Sort

    def iso(self) -> str:
        """The day, or ``first/last``."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


_ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        (
            "первого першага", "второго другога", "третьего трэцяга", "четвертого чацвёртага",
            "пятого пятага", "шестого шостага", "седьмого сёмага", "восьмого восьмага",
            "девятого дзявятага", "десятого дзясятага",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|-?(?:го|га|е|ае))?(?!\d)"
_DAY_OR_WORD: Final = rf"(?:{_DAY}|{'|'.join(_ORDINALS)})"
_YEAR: Final = r"(?:,?\s+(?P<y>(?:19|20)\d\d)(?!\d)(?:\s*(?:г\.|год[ау]?))?)?"
_TO: Final = r"(?:\s?[–-]\s?|\s+(?:по|до|да|па|to|until|through|till|and|и|і|ды)\s+)"
_DIGITS: Final = re.compile(r"(?<![\d.,:-])\d{1,2}(?!\d)|(?<![\d.,:-])(?:19|20)\d\d-\d\d-\d\d")
_ORDINAL: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_ORDINALS)})(?!\w)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?:between|между|паміж)\s+$", re.IGNORECASE)
_ENGLISH_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]

# «3–5 сентября», «с 28 февраля по 2 марта», «24 і 25 траўня», "8-11 September 2025"
_DAYS_FIRST: Final = re.compile(
    rf"(?<![\d.,:–-])(?P<d1>{_DAY_OR_WORD})(?:\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>(?:19|20)\d\d)(?:\s*г\.)?)?)?"
    rf"(?P<to>{_TO})(?P<d2>{_DAY})\s+(?P<m2>{MONTH}){_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST_RANGE: Final = re.compile(
    rf"(?<!\w)(?P<m1>{MONTH})\s+(?P<d1>{_DAY})(?P<to>{_TO})(?:(?P<m2>{MONTH})\s+)?(?P<d2>{_DAY}){_YEAR}",
    re.IGNORECASE,
)
_SINGLE: Final = re.compile(
    rf"(?<![\d.,:-])(?P<d>{_DAY_OR_WORD})\s+(?:of\s+)?(?P<m>{MONTH})\.?{_YEAR}", re.IGNORECASE
)
_MONTH_FIRST: Final = re.compile(rf"(?<!\w)(?P<m>{MONTH})\.?\s+(?P<d>{_DAY}){_YEAR}", re.IGNORECASE)
_NUMBERS: Final = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{2})\.(?P<y>(?:19|20)\d\d)(?![\d])"
    r"|(?<![\d-])(?P<yi>(?:19|20)\d\d)-(?P<mi>\d{2})-(?P<di>\d{2})(?!\d)"
)
_RELATIVE: Final = re.compile(
    r"(?<!\w)(?:(?P<d0>сегодня|сёння|today)|(?P<d1>вчера(?:шн\w+)?|учера|[ўу]чора(?:шн\w+)?|yesterday)|(?P<d2>позавчера|пазаўчора)"
    r"|(?P<n1>завтра|заўтра|tomorrow))(?!\w)",
    re.IGNORECASE,
)
_WEEKDAYS: Final = (
    "понедельник|панядзелак|monday", "вторник|аўторак|tuesday", "среду|сераду|wednesday",
    "четверг|чацвер|thursday", "пятницу|пятніцу|friday", "субботу|суботу|saturday",
    "воскресенье|нядзелю|sunday",
)  # fmt: skip
_WEEKDAY: Final = re.compile(
    r"(?<!\w)(?P<next>(?:в\s+следующ\w+|у\s+наступн\w+|next)\s+)?(?:(?:в|во|у|ў|on)\s+)?(?:"
    + "|".join(f"(?P<w{number}>{words})" for number, words in enumerate(_WEEKDAYS))
    + r")(?!\w)",
    re.IGNORECASE,
)
_RELATIVE_STEMS: Final = (
    "сегодня",
    "сёння",
    "today",
    "чера",
    "чора",
    "yester",
    "завтра",
    "заўтра",
    "tomor",
)
_WEEKDAY_STEMS: Final = (
    "недельник", "нядзел", "вторник", "аўторак", "сред", "серад", "четверг", "чацвер", "пятниц",
    "пятніц",    "суббот", "субот", "воскрес", "day",
)  # fmt: skip
_MOST: Final = 300  # numbers and words of one sort that are looked at
_HABIT: Final = re.compile(r"(?:кажд\w+|кожн\w+|every|each|по|прошл\w+ год\w*)\s+$", re.IGNORECASE)
_IDLE_TODAY: Final = re.compile(r"(?:на|по|да|до|уже|ужо)\s+$", re.IGNORECASE)
_NEAR: Final = timedelta(days=1)


def find(plain: str, published: date | None) -> list[Mention]:
    """The days mentioned in a normalised text, in its order.

    A day without a year takes the year that brings it nearest to ``published``; without
    ``published``, the only year that the text names elsewhere, else it is left out. «Сегодня»,
    «вчера» and weekdays need ``published``.
    """
    anchor = published or _only_year(plain)
    found: list[Mention] = []
    for mention in _all(plain, anchor, published):
        if not any(m.start < mention.end and mention.start < m.end for m in found):
            found.append(mention)
    return sorted(_without_repeats(found), key=lambda m: m.start)


def _all(plain: str, anchor: date | None, published: date | None) -> Iterator[Mention]:
    lower = plain.lower()
    starts = [m.start() for m in islice(_DIGITS.finditer(plain), _MOST)]
    if any(ending in lower for ending in ("ого ", "ога ", "ого\u00a0", "его ", "яга ", "ага ")):
        starts += [m.start() for m in islice(_ORDINAL.finditer(plain), _MOST)]
    for pattern in (_DAYS_FIRST, _NUMBERS, _SINGLE):
        for start in starts:
            if (match := pattern.match(plain, start)) is not None:
                yield from _read(match, pattern, anchor)
    if any(month in plain for month in _ENGLISH_MONTHS):
        for pattern in (_MONTH_FIRST_RANGE, _MONTH_FIRST):
            for match in islice(pattern.finditer(plain), _MOST):
                yield from _read(match, pattern, anchor)
    if published:
        yield from _relative(plain, lower, published)


def _read(match: re.Match[str], pattern: re.Pattern[str], anchor: date | None) -> Iterator[Mention]:
    if pattern is _DAYS_FIRST or pattern is _MONTH_FIRST_RANGE:
        if (mention := _range(match, anchor)) is not None:
            yield mention
        return
    if pattern is _NUMBERS:
        day = calendar_day(
            int(match["y"] or match["yi"]),
            int(match["m"] or match["mi"]),
            int(match["d"] or match["di"]),
        )
    else:
        day = _day(match["d"], match["m"], match["y"], anchor)
    if day:
        sort: Sort = "number" if pattern is _NUMBERS else "day"
        yield Mention(match.start(), match.end(), day, day, sort)


def _range(match: re.Match[str], anchor: date | None) -> Mention | None:
    year = match["y"]
    last = _day(match["d2"], match["m2"] or match["m1"], year, anchor)
    if last is None:
        return None
    named = match.groupdict().get("y1")
    first = _day(match["d1"], match["m1"] or match["m2"], named or str(last.year), anchor)
    if first and first > last and not named:
        first = first - relativedelta(years=1)
    if first is None or first > last:
        return None
    listed = match["to"].strip().lower() in {"и", "і", "ды", "and"}
    between = _BETWEEN.search(match.string, max(0, match.start() - 10), match.start())
    if listed and not between and last - first > _NEAR:
        return None
    return Mention(match.start(), match.end(), first, last, "range")


def _day(day: str, month: str, year: str | None, anchor: date | None) -> date | None:
    number = month_number(month)
    if number is None or (month.islower() and month.isascii()):
        return None  # "may" is a verb
    digits = re.match(r"\d+", day)
    day_number = int(digits.group()) if digits else _ORDINALS.get(day.lower(), 0)
    if year:
        return calendar_day(int(year), number, day_number)
    if anchor is None:
        return None
    near = [calendar_day(anchor.year + shift, number, day_number) for shift in (-1, 0, 1)]
    return min((d for d in near if d), key=lambda d: abs(d - anchor), default=None)


def _relative(plain: str, lower: str, published: date) -> Iterator[Mention]:
    for match in (
        islice(_RELATIVE.finditer(plain), _MOST) if any(w in lower for w in _RELATIVE_STEMS) else ()
    ):
        if match["d0"] and _IDLE_TODAY.search(plain, max(0, match.start() - 6), match.start()):
            continue
        shift = 0 if match["d0"] else -1 if match["d1"] else -2 if match["d2"] else 1
        day = published + timedelta(days=shift)
        yield Mention(match.start(), match.end(), day, day, "relative")
    for match in (
        islice(_WEEKDAY.finditer(plain), _MOST) if any(w in lower for w in _WEEKDAY_STEMS) else ()
    ):
        if _HABIT.search(plain, max(0, match.start() - 12), match.start()):
            continue
        wanted = next(number for number in range(7) if match[f"w{number}"])
        back = (published.weekday() - wanted) % 7
        day = published + timedelta(days=7 - back if match["next"] else -back)
        yield Mention(match.start(), match.end(), day, day, "weekday")


def _without_repeats(found: list[Mention]) -> list[Mention]:
    """«Сегодня, 11 мая» and «в субботу, 26 ноября» are one mention: the written day stays."""
    written = [m for m in found if m.sort in {"day", "range", "number"}]
    return [
        m
        for m in found
        if m.sort not in {"relative", "weekday"}
        or not any(0 <= w.start - m.end <= 3 or 0 <= m.start - w.end <= 3 for w in written)
    ]


def _only_year(plain: str) -> date | None:
    years = {int(y) for y in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", plain[:20_000])}
    return date(years.pop(), 7, 1) if len(years) == 1 else None
