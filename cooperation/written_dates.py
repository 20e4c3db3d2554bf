"""A date as people write it, in Russian, Belarusian or English: «8 июля 2023 г.», "July 8, 2023".

dateutil reads no Russian or Belarusian month, and its ``dayfirst`` turns an ISO date round: ISO
goes through ``isoparse``, words through the table below. A clock time without an offset stays
naive: it is the local time of whoever wrote it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from dateutil.parser import isoparse

_STEMS = (
    (1, "янв(?:ар[а-яё]+)?", "студзен[а-яі]*", "Jan(?:uary)?"),
    (2, "фев(?:р(?:ал[а-яё]+)?)?", "лют(?:ы|ага|аму|ым)", "Feb(?:ruary)?"),
    (3, "мар(?:т[а-яё]*)?", "сакавік[а-яіў]*", "Mar(?:ch)?"),
    (4, "апр(?:ел[а-яё]+)?", "красавік[а-яіў]*", "Apr(?:il)?"),
    (5, "ма(?:й|я|е|ю|ем)", "ма(?:і|ем)|травен[а-яі]*|траўн[а-яі]+", "(?-i:May|MAY)"),
    (6, "июн[а-яё]*", "чэрвен[а-яі]*", "June?"),
    (7, "июл[а-яё]*", "ліпен[а-яі]*", "July?"),
    (8, "авг(?:уст[а-яё]*)?", "жні(?:вень|ўн[а-яі]+)", "Aug(?:ust)?"),
    (9, "сент?(?:ябр[а-яё]+)?", "верас(?:ень|н[а-яі]+)", "Sept?(?:ember)?"),
    (10, "окт(?:ябр[а-яё]+)?", "кастрычнік[а-яіў]*", "Oct(?:ober)?"),
    (11, "ноя(?:б(?:р[а-яё]+)?)?", "лістапад[а-яіў]*", "Nov(?:ember)?"),
    (12, "дек(?:абр[а-яё]+)?", "снеж(?:ань|н[а-яі]+)", "Dec(?:ember)?"),
)
_STEM_PATTERNS = [(number, re.compile("|".join(forms), re.IGNORECASE)) for number, *forms in _STEMS]

MONTH = "(?:" + "|".join(form for _, *forms in _STEMS for form in forms) + r")(?![^\W\d_])"
"""Pattern of a month word in the three languages, any case form, abbreviations without the dot;
to be compiled with IGNORECASE."""

_CLOCK = (
    r"(?:\s*(?:г\.|года?\b))?[\s,|/–—-]*(?:(?:в|у|а|at)\s+)?"
    r"(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d|\.\d)"
    r"(?:\s*(?P<half>[ap])\.?m\b)?"
)
_ISO = re.compile(
    r"(?<![\d-])\d{4}-\d{2}-\d{2}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|-?(?:го|га|е|ае))?\s+(?:of\s+)?(?P<mon>{MONTH})\.?,?"
    r"\s+(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_])(?P<mon>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d./])(?P<d>\d{1,2})(?P<sep>[./])(?P<mon>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\d/]|\.\d)"
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?P<today>сегодня|сёння|today)|(?P<yesterday>вчера|ўчора|учора|yesterday))(?!\w)",
    re.IGNORECASE,
)
_AFTER = re.compile(_CLOCK, re.IGNORECASE)
_LONGEST = 2000


def month_number(word: str) -> int | None:
    """1 to 12 for a month word in any of the three languages, else None."""
    for number, pattern in _STEM_PATTERNS:
        if pattern.fullmatch(word):
            return number
    return None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such (31 June, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_written(text: str, *, today: date | None = None) -> date | datetime | None:
    """The first complete date (day, month, year) written in ``text``, or None.

    Reads «8 июля 2023 г.», «20 лістапада 2026, 14:35», "July 8, 2023", 08.07.2023, 08.07.23 (2000
    and later; day before month, as everywhere in Belarus and Russia) and ISO 8601. With ``today``,
    «сегодня», «вчера» and their like count too. A ``datetime`` comes back where a clock time
    follows the date: aware where the text gives an offset (ISO only), else naive local time.
    Only the first 2000 characters are read. Raises nothing: an impossible date is no date.
    """
    text = text[:_LONGEST]
    found: list[tuple[int, date | datetime]] = []
    for match in _ISO.finditer(text):
        if (iso := _from_iso(match.group())) is not None:
            found.append((match.start(), iso))
            break
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _NUMERIC):
        for match in pattern.finditer(text):
            if (day := _from_match(match)) is not None:
                found.append((match.start(), _with_clock(day, text, match.end())))
                break
    if today is not None and (word := _RELATIVE.search(text)):
        day = today - timedelta(days=1 if word["yesterday"] else 0)
        found.append((word.start(), _with_clock(day, text, word.end())))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _from_iso(written: str) -> date | datetime | None:
    try:
        moment = isoparse(written.replace(" ", "T"))
    except ValueError:
        return None
    return moment if len(written) > len("2023-07-08") else moment.date()


def _from_match(match: re.Match[str]) -> date | None:
    month = match["mon"]
    number = int(month) if month.isdigit() else month_number(month)
    year = int(match["y"])
    return calendar_day(year if year > 99 else 2000 + year, number or 0, int(match["d"]))


def _with_clock(day: date, text: str, end: int) -> date | datetime:
    clock = _AFTER.match(text, end)
    if clock is None:
        return day
    hour = int(clock["h"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return datetime.combine(day, time(hour, int(clock["m"]), int(clock["s"] or 0)))
