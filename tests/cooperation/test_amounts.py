from __future__ import annotations

import pytest

from cooperation import amounts
from cooperation.amounts.numerals import QUANTITY, quantity


def read(text: str, language: str, side: str = "RUB") -> list[tuple[float, str, str]]:
    found = amounts.find(text, "body", language, side=side)
    return [(amount.value, amount.currency, amount.qualifier) for amount in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "оборот составил более двух миллиардов рублей", (2e9, "RUB", "over")),
        ("ru", "стоит полтора миллиона евро", (1.5e6, "EUR", "exact")),
        ("ru", "выделено 1 млрд 200 млн белорусских рублей", (1.2e9, "BYN", "exact")),
        ("ru", "комплект – 9 руб. 40 коп. за штуку", (9.4, "RUB", "exact")),
        ("ru", "до 500 000 рублей на участника", (500_000, "RUB", "under")),
        ("ru", "вырос в полтора раза, до 3 млрд рублей", (3e9, "RUB", "exact")),
        ("ru", "не менее чем 40 млн юаней", (4e7, "CNY", "over")),
        ("ru", "не более 30 рублей", (30, "RUB", "under")),
        ("ru", "почти на 100 тыс. бел. руб.", (100_000, "BYN", "approx")),
        ("ru", "товарооборот приближается к 300 млн долларов", (3e8, "USD", "under")),
        ("ru", "поставки превысили $2,5 млрд", (2.5e9, "USD", "over")),
        ("ru", "потратят полмиллиона рублей", (500_000, "RUB", "exact")),
        ("ru", "цена 12 000 000 российских рублей", (1.2e7, "RUB", "exact")),
        ("ru", "оборот без малого 300 млн долларов", (3e8, "USD", "approx")),
        ("ru", "оборот – миллиард с лишним долларов", (1e9, "USD", "over")),
        ("be", "канфіскавана на Br6,6 млн", (6.6e6, "BYN", "exact")),
        ("be", "склаў больш за два мільярды рублёў", (2e9, "RUB", "over")),
        ("be", "на суму паўтара мільёна беларускіх рублёў", (1.5e6, "BYN", "exact")),
        ("be", "не менш за 80 мільёнаў долараў ЗША", (8e7, "USD", "over")),
        ("en", "a deal worth €2.3 billion", (2.3e9, "EUR", "exact")),
        ("en", "BYN 2.7bn was spent", (2.7e9, "BYN", "exact")),
        ("en", "2.7 billion Russian rubles", (2.7e9, "RUB", "exact")),
        ("en", "grants of up to $94,000", (94_000, "USD", "under")),
        ("en", "more than half a million dollars", (500_000, "USD", "over")),
    ],
)
def test_one_sum(language: str, text: str, expected: tuple[float, str, str]) -> None:
    assert read(text, language) == [expected]


def test_a_currency_left_out_is_the_neighbours() -> None:
    text = "Экспорт – 138,2 млн, импорт – 103,5 млн долларов. Услуги дали еще 22 млн."
    assert read(text, "ru") == [
        (138.2e6, "USD", "exact"),
        (103.5e6, "USD", "exact"),
        (22e6, "USD", "exact"),
    ]


def test_goods_are_no_money() -> None:
    assert read("Продали 3 млн тонн цемента, 5 млн рублей выручили.", "ru") == [
        (5e6, "RUB", "exact")
    ]
    assert read("Закупили 1,2 млн саженцев и 40 % семян.", "ru") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("от 5 до 7 млн долларов", [(5e6, "USD", "over"), (7e6, "USD", "under")]),
        ("10–15 млн долларов", [(1e7, "USD", "over"), (1.5e7, "USD", "under")]),
        ("вырос с 12 до 15 млн долларов", [(1.2e7, "USD", "exact"), (1.5e7, "USD", "exact")]),
    ],
)
def test_a_range_gives_both_ends(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert read(text, "ru") == expected


def test_bare_roubles_are_those_of_the_side_that_speaks() -> None:
    def currency(body: str, countries: tuple[str, ...], site: str = "BY") -> str:
        found = amounts.of_article("", body, "ru", countries=countries, site_country=site)
        return found[0].currency

    order = "Лифты обойдутся области в 90 млн рублей."
    assert currency(order, ("BY", "RU")) == "RUB"
    assert currency(order, ("BY", "KZ")) == "BYN"
    assert currency(order, (), site="RU") == "RUB"
    found = amounts.of_article("", "Абсталяванне за 2 мільёны рублёў.", "be", countries=("RU",))
    assert found[0].currency == "BYN"
    assert currency("На тему белорусский фонд дает 90 тыс. рублей.", ("BY", "RU")) == "BYN"


def test_a_rounded_sum_in_the_title_is_not_counted_twice() -> None:
    found = amounts.of_article(
        "Торговля на 900 млн долларов", "Оборот достиг 897,4 млн долларов.", "ru"
    )
    assert [(amount.value, amount.span.field) for amount in found] == [(897_400_000, "body")]


def test_spans_quote_number_and_currency() -> None:
    text = "Договор на\u00a012\u00a0млн\u00a0долларов\u00a0США подписан."
    (found,) = amounts.find(text, "body", "ru")
    assert text[found.span.start : found.span.end] == "12\u00a0млн\u00a0долларов\u00a0США"


def test_what_the_sum_is_for() -> None:
    text = "Стоимость поставки лифтов составила 12 млн рублей."
    (found,) = amounts.find(text, "body", "ru")
    assert found.what == "поставки лифтов"


def test_numbers_in_words() -> None:
    assert quantity("сто двадцать пять тысяч") == 125_000
    assert quantity("два с половиной миллиона") == 2.5e6
    assert quantity("two hundred and fifty thousand") == 250_000
    assert "миллиард" in QUANTITY


def test_a_row_of_digits_is_no_sum() -> None:
    assert read("цена " + "1" * 400 + " рублей", "ru") == []
