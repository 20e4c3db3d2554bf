"""The fields of the query language: their names in three languages and how values are read."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import cast

from storage.query_terms import (
    Amount,
    And,
    Before,
    Comparison,
    Fact,
    Is,
    Kind,
    Language,
    Node,
    Or,
    Organization,
    Party,
    Person,
    QueryError,
    Since,
    Source,
    Stage,
    State,
    Story,
)

Condition = Fact

NAMES = {
    "party": ("party", "партнер", "сторона", "регион", "страна", "партнёр", "бок", "краіна"),
    "kind": ("kind", "вид", "від"),
    "stage": ("stage", "стадия", "этап", "стадыя"),
    "person": ("person", "персона", "человек", "лицо", "асоба"),
    "org": ("org", "organization", "организация", "предприятие", "арганізацыя"),
    "amount": ("amount", "сумма", "сума"),
    "since": ("since", "from", "с", "от", "после", "з", "ад"),
    "until": ("until", "to", "по", "до", "да"),
    "date": ("date", "дата", "год"),
    "source": ("source", "источник", "крыніца"),
    "language": ("language", "lang", "язык", "мова"),
    "is": ("is", "статус", "это"),
    "story": ("story", "сюжет"),
}
ALIASES: Mapping[str, str] = {alias: name for name, all_ in NAMES.items() for alias in all_}

KINDS = {
    "visit": ("визит", "візіт"),
    "talks": ("переговоры", "перамовы"),
    "agreement": ("соглашение", "пагадненне", "договор"),
    "project": ("проект", "праект"),
    "supply": ("поставка", "поставки", "пастаўка"),
    "trade": ("торговля", "гандаль"),
    "event": ("мероприятие", "мерапрыемства"),
    "body": ("орган", "комиссия"),
}
STAGES = {
    "announced": ("объявлено", "планируется", "план", "плануецца"),
    "ongoing": ("идет", "идёт", "ідзе"),
    "concluded": ("завершено", "состоялось", "заключено", "завершана"),
    "cancelled": ("отменено", "адменена", "canceled"),
}
STATES: dict[State, tuple[str, ...]] = {
    "item": ("сотрудничество", "супрацоўніцтва"),
    "new": ("новое", "новае"),
    "unseen": ("непрочитанное", "непрачытанае"),
    "seen": ("прочитанное", "прачытанае"),
    "withdrawn": ("снято", "знята"),
    "edited": ("изменено", "зменена"),
    "relevant": ("важное", "важнае"),
    "irrelevant": ("неважное", "няважнае"),
}
LANGUAGES = {
    "ru": ("русский", "рус"),
    "be": ("белорусский", "бел", "беларуская"),
    "en": ("английский", "англ", "англійская"),
}

_UNITS = {
    "": 1.0,
    "k": 1e3,
    "тыс": 1e3,
    "m": 1e6,
    "млн": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "млрд": 1e9,
    "mlrd": 1e9,
}
_NUMBER = r"(\d+(?:[.,]\d+)?)(k|тыс|млн|mln|млрд|mlrd|bn|m|)\.?"
_AMOUNT = re.compile(rf"(<=|>=|<|>|=|){_NUMBER}([A-Za-z]{{3}}|)", re.IGNORECASE)
_RANGE = re.compile(rf"{_NUMBER}\.\.{_NUMBER}([A-Za-z]{{3}}|)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)(\d{4})")
_VALUE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|([^,]+)')


def condition(field: str, value: str, query: str, start: int) -> Node:
    """The condition of ``field:value``; values between commas are alternatives.

    ``start`` is the place of the value in the query. Raises QueryError.
    """
    if field == "amount":
        return _amount(value, query, start)
    if value[0] in "<>=" or (".." in value and field != "date"):
        raise QueryError("no_comparison", query, start, start + len(value))
    read = _READERS[field]
    found = []
    for match in _VALUE.finditer(value):
        text = next(part for part in match.groups() if part is not None).strip()
        if text:
            found.append(read(text, query, start + match.start(), start + match.end()))
    if not found:
        raise QueryError("no_value", query, start, start + len(value), {"field": field})
    return found[0] if len(found) == 1 else Or(tuple(found))


def days(text: str) -> tuple[date, date] | None:
    """First day and the day after the last of a year, month or day; None if it is none.

    ISO (2022, 2023-06, 2023-06-15) or as Russians write (06.2023, 15.06.2023).
    """
    if iso := _DATE.fullmatch(text):
        year, month, day = (int(part) if part else None for part in iso.groups())
    elif written := _WRITTEN.fullmatch(text):
        day, month, year = (int(part) if part else None for part in written.groups())
    else:
        return None
    try:
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            length = 1
        elif month is not None:
            length = calendar.monthrange(first.year, first.month)[1]
        else:
            length = 366 if calendar.isleap(first.year) else 365
        return first, first + timedelta(days=length)
    except (ValueError, OverflowError):
        return None


def _since(text: str, query: str, start: int, end: int) -> Node:
    return Since(_days(text, query, start, end)[0])


def _until(text: str, query: str, start: int, end: int) -> Node:
    return Before(_days(text, query, start, end)[1])


def _date(text: str, query: str, start: int, end: int) -> Node:
    first, _, last = text.partition("..")
    begin = _days(first, query, start, end)
    finish = _days(last, query, start, end) if last else begin
    return And((Since(begin[0]), Before(finish[1])))


def _days(text: str, query: str, start: int, end: int) -> tuple[date, date]:
    found = days(text)
    if found is None:
        raise QueryError("bad_date", query, start, end)
    return found


def _amount(value: str, query: str, start: int) -> Node:
    text = value.replace("_", "").replace(" ", "").strip('"«»')
    if match := _RANGE.fullmatch(text):
        low, low_unit, high, high_unit, currency = match.groups()
        code = currency.upper() or None
        return And(
            (
                Amount(">=", _number(low, low_unit), code),
                Amount("<=", _number(high, high_unit), code),
            )
        )
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise QueryError("bad_amount", query, start, start + len(value))
    sign, number, unit, currency = match.groups()
    size = _number(number, unit)
    if not math.isfinite(size):
        raise QueryError("bad_amount", query, start, start + len(value))
    return Amount(cast(Comparison, sign or "="), size, currency.upper() or None)


def _number(digits: str, unit: str) -> float:
    return float(digits.replace(",", ".")) * _UNITS[unit.lower()]


def _story(text: str, query: str, start: int, end: int) -> Node:
    if not text.isdecimal() or len(text) > 15:
        raise QueryError("bad_number", query, start, end)
    return Story(int(text))


def _one_of(
    make: Callable[[str], Node], known: Mapping[str, tuple[str, ...]]
) -> Callable[[str, str, int, int], Node]:
    by_name = {alias: value for value, all_ in known.items() for alias in (value, *all_)}

    def read(text: str, query: str, start: int, end: int) -> Node:
        value = by_name.get(text.lower())
        if value is None:
            raise QueryError.bad_value(query, start, end, text, known, by_name)
        return make(value)

    return read


def _free(make: Callable[[str], Node]) -> Callable[[str, str, int, int], Node]:
    return lambda text, _query, _start, _end: make(text)


def _state(value: str) -> Node:
    return Is(cast(State, value))


_READERS: dict[str, Callable[[str, str, int, int], Node]] = {
    "party": _free(Party),
    "org": _free(Organization),
    "person": _free(Person),
    "source": _free(Source),
    "kind": _one_of(Kind, KINDS),
    "stage": _one_of(Stage, STAGES),
    "language": _one_of(Language, LANGUAGES),
    "is": _one_of(_state, cast(Mapping[str, tuple[str, ...]], STATES)),
    "story": _story,
    "since": _since,
    "until": _until,
    "date": _date,
}
