"""Queries find the same on both databases: inflected words, fields, generated combinations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from cooperation.assessment import Amount, Assessment, Parties, Person, Span
from storage import finding, sources
from storage.database import connect, reading, writing
from storage.query import parse
from tests.storage.conftest import NOW
from tests.storage.samples import PLAIN, article, flag, put

TEXTS = {
    1: "Сорок лифтов изготовят для строек, о чём договорились с курскими коллегами.",
    2: "Могилевский завод отгрузил тракторы в Казахстан.",
    3: "Делегация друзей из Узбекистана посетила университет в Гродно.",
    4: "Подписан протокол намерений о создании совместного предприятия.",
    5: "Аблвыканкам прыняў дэлегацыю з Расіі, размова ішла пра пастаўкі льну.",
    6: "The ministers signed a memorandum on digital services in Minsk.",
    7: "Ребёнок отправил зелёные открытки по почте в Брест.",
    8: "Предприятие закупило немецкие станки для обработки древесины.",
    9: "Беларускія школьнікі перамаглі на алімпіядзе ў Кітаі.",
    10: "Exports of dairy products to China have grown by a third.",
    11: "Намерений было много, протокол остался пустым.",
    12: "Воронежская область приглашает гомельских строителей.",
}
# In each pair the query is in another form than the text; the numbers are what it must find.
QUERIES: list[tuple[str, set[int]]] = [
    ("лифт Курск", {1}),
    ("лифты", {1}),
    ("лифтами", {1}),
    ("договориться", {1}),
    ("стройка", {1}),
    ("коллега", {1}),
    ("Могилёв", {2}),
    ("могилёвские заводы", {2}),
    ("трактор", {2}),
    ("тракторов", {2}),
    ("Казахстана", {2}),
    ("отгрузить", {2}),
    ("друг", {3}),
    ("друзья", {3}),
    ("делегации", {3}),
    ("узбекистан", {3}),
    ("посетили", {3}),
    ("университеты", {3}),
    ("протоколы", {4, 11}),
    ("подписать", {4}),
    ("совместные предприятия", {4}),
    ("аблвыканкама", {5}),
    ("дэлегацыя", {5}),
    ("пастаўка", {5}),
    ("лён", {5}),
    ("размовы", {5}),
    ("minister", {6}),
    ("signing memorandum", {6}),
    ("memoranda", set()),
    ("service", {6}),
    ("ребенок", {7}),
    ("зелёный", {7}),
    ("зеленая открытка", {7}),
    ("почта", {7}),
    ("станок", {8}),
    ("немецкий", {8}),
    ("закупить", {8}),
    ("школьнік", {9}),
    ("алімпіяда", {9}),
    ("export", {10}),
    ("product", {10}),
    ("growing", set()),
    ("Воронеж", {12}),
    ("Гомель строитель", {12}),
    ("приглашать", {12}),
]


def _fill(engine: Engine) -> None:
    with writing(engine) as session:
        for key in ("mpt", "other"):
            sources.ensure(session, key, key)
            sources.baseline_done(session, key, NOW)
    for number, text in TEXTS.items():
        language = {5: "be", 9: "be", 6: "en", 10: "en"}.get(number, "ru")
        odd = number % 2
        said: Assessment = PLAIN
        if number < 9:
            said = flag(
                kinds=("supply",) if odd else ("visit", "agreement"),
                stage="concluded" if odd else None,
                parties=Parties(
                    countries=("BY", "RU" if odd else "KZ"),
                    regions=("RU-KRS",) if number == 1 else (),
                    organizations=(f"Завод «Ёлка» {number}",),
                ),
                persons=(Person(f"Ёжиков Пётр {number}", "директор", Span("body", 0, 1)),),
                amounts=(Amount(number * 1e6, "RUB", "over", "лифты", Span("body", 0, 1)),),
                evidence=(),
            )
        sample = article(
            number,
            title=f"Заметка {number}",
            text=text,
            language=language,
            published=date(2020 + number % 5, 1 + number % 12, 3),
        )
        put(engine, sample, said, at=NOW, source="mpt" if number < 7 else "other")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    _fill(engine)
    return engine


@pytest.fixture
def both(sqlite_url: str, postgresql_url: str) -> Iterator[tuple[Engine, Engine]]:
    engines = connect(sqlite_url), connect(postgresql_url)
    for engine in engines:
        _fill(engine)
    yield engines
    for engine in engines:
        engine.dispose()


def _found(engine: Engine, text: str, order: finding.Order = "newest") -> list[int]:
    with reading(engine) as session:
        page = finding.find(session, parse(text), order=order)
        assert finding.count(session, parse(text)).number == len(page.found)
    return [int(one.item.title.split()[1]) for one in page.found]


def test_inflected_words_are_found(filled: Engine) -> None:
    expected = [(text, wanted) for text, wanted in QUERIES if wanted]
    assert len(expected) >= 40
    missed = [
        (text, number) for text, wanted in expected for number in wanted - set(_found(filled, text))
    ]
    total = sum(len(wanted) for _, wanted in expected)
    assert len(missed) <= 0.05 * total, missed


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('"протокол намерений"', {4}),
        ("протокол -предприятие", {11}),
        ("лифт OR станок", {1, 8}),
        ("party:RU-KRS", {1}),
        ("party:RU kind:supply", {1, 3, 5, 7}),
        ("org:ёлка -party:RU", {2, 4, 6, 8}),
        ("person:ежиков amount:>6500000", {7, 8}),
        ("amount:2000000..3000000RUB", {2, 3}),
        ("amount:=2000000USD", set()),
        ("date:2021 is:item", {1, 6}),
        ("source:other -is:item", {9, 10, 11, 12}),
        ("-stage:concluded", {2, 4, 6, 8, 9, 10, 11, 12}),
        ("lang:be", {5, 9}),
    ],
)
def test_fields(filled: Engine, text: str, numbers: set[int]) -> None:
    assert set(_found(filled, text)) == numbers


def test_pages_follow_each_other_without_gap_or_overlap(filled: Engine) -> None:
    with reading(filled) as session:
        seen: list[int] = []
        after: finding.Cursor | int | None = None
        while True:
            page = finding.find(session, parse(""), limit=5, after=after)
            seen += [one.item.id for one in page.found]
            after = page.next
            if after is None:
                break
        everything = [one.item.id for one in finding.every(session, parse(""))]
    assert seen == everything
    assert len(set(seen)) == len(TEXTS)


def test_facets_add_up(filled: Engine) -> None:
    with reading(filled) as session:
        facets = finding.facets(session, parse("is:item"))
    assert facets.of == 8
    assert dict(facets.values["party"])["BY"] == 8
    assert dict(facets.values["source"]) == {"mpt": 6, "other": 2}


def test_snippets_mark_the_words_of_the_text(filled: Engine) -> None:
    with reading(filled) as session:
        (found,) = finding.find(session, parse("лифт Курск")).found
    assert [found.snippet[s:e] for s, e in found.marks] == ["лифтов", "курскими"]


def test_two_hundred_generated_queries_find_the_same_on_both(
    both: tuple[Engine, Engine],
) -> None:
    lottery = random.Random(5)
    one, other = both
    answered = 0
    for _ in range(200):
        text = _query(lottery)
        order: finding.Order = lottery.choice(["newest", "rank"])
        found = _found(one, text, order)
        assert found == _found(other, text, order), text
        answered += bool(found)
    assert answered >= 160


def _query(lottery: random.Random) -> str:
    number = lottery.choice(list(TEXTS))
    bare = [word.strip(".,") for word in TEXTS[number].split()]
    at = lottery.randrange(len(bare) - 1)
    day = date(2020, 1, 1) + timedelta(days=lottery.randrange(600))
    parts = [
        lottery.choice(bare),
        lottery.choice(bare).upper(),
        f'"{bare[at]} {bare[at + 1]}"',
        f"({lottery.choice(bare)} OR Курск)",
        "-тендер",
        f"since:{day}",
        f"-until:{day:%Y}",
        lottery.choice(["is:item", "-kind:trade", "-source:none", "amount:>100 OR лён"]),
    ]
    return " ".join(lottery.sample(parts, lottery.choice([1, 1, 2])))
