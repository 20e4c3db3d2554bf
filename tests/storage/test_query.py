"""The query language: what it understands, and how it points at a mistake."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.query import Query, QueryError, parse
from storage.query_terms import (
    Amount,
    And,
    Before,
    Is,
    Kind,
    Node,
    Not,
    Nothing,
    Or,
    Organization,
    Party,
    Person,
    Phrase,
    Since,
    Stage,
    Word,
)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", Nothing()),
        ("– —", Nothing()),
        ("лифт Курск", And((Word("лифт"), Word("Курск")))),
        ('"протокол намерений"', Phrase("протокол намерений")),
        ("«протокол намерений» -тендер", And((Phrase("протокол намерений"), Not(Word("тендер"))))),
        ("лифт OR эскалатор", Or((Word("лифт"), Word("эскалатор")))),
        ("а б ИЛИ в -г", And((Word("а"), Or((Word("б"), Word("в"))), Not(Word("г"))))),
        ("(а б) ИЛИ в", Or((And((Word("а"), Word("б"))), Word("в")))),
        ("party:RU-KRS,BY-MA", Or((Party("RU-KRS"), Party("BY-MA")))),
        ("партнёр:Курск вид:соглашение", And((Party("Курск"), Kind("agreement")))),
        ('org:"Могилевлифтмаш"', Organization("Могилевлифтмаш")),
        ("персона:Ветров", Person("Ветров")),
        ("amount:>1000000", Amount(">", 1e6)),
        ("сумма:>=1,5млрдRUB", Amount(">=", 1.5e9, "RUB")),
        ("amount:1000..5000", And((Amount(">=", 1000), Amount("<=", 5000)))),
        ("since:2022 until:2023-06", And((Since(date(2022, 1, 1)), Before(date(2023, 7, 1))))),
        ("с:15.06.2023", Since(date(2023, 6, 15))),
        ("дата:2024", And((Since(date(2024, 1, 1)), Before(date(2025, 1, 1))))),
        ("stage:concluded is:new", And((Stage("concluded"), Is("new")))),
        ("-is:withdrawn", Not(Is("withdrawn"))),
        ("https://mpt.example/ru", Word("https://mpt.example/ru")),
    ],
)
def test_a_query_is_understood(text: str, root: Node) -> None:
    assert parse(text) == Query(text, root)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("parti:RU", "parti", "did you mean party:?"),
        ("вид:саглашение", "саглашение", "did you mean соглашение?"),
        ('а "б', '"б', "never closed"),
        ("(а", "(", "never closed"),
        ("а)", ")", "never opened"),
        ("а OR", "OR", "between two"),
        ("а -(б OR)", "OR", "between two"),
        ("since:32.13.2022", "32.13.2022", "2023-06-15"),
        ("until:2022-02-30", "2022-02-30", "expected a year"),
        ("amount:>abc", ">abc", "expected a number"),
        ("party:", "party:", "expects a value"),
        ("kind:>visit", ">visit", "only go with amounts"),
        ("()", ")", "nothing to look for"),
        ('""', '""', "no words"),
        ("а " * 400, "а " * 340, "at most"),
    ],
)
def test_a_mistake_is_pointed_at(text: str, place: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    error = caught.value
    assert words in str(error)
    assert text[error.start : error.end].startswith(place.strip()[:3])
    assert "^" in str(error)


@given(st.text(alphabet='аб -()":,>|ORис:kind2022.,<=«»\n', max_size=60))
def test_any_text_is_a_query_or_a_mistake(text: str) -> None:
    try:
        parse(text)
        error = None
    except QueryError as caught:
        error = caught
    assert error is None or (0 <= error.start < error.end and str(error))
