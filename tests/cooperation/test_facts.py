from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.assessment import Span
from cooperation.facts import Facts, facts

ROOT = Path(__file__).parents[2]
SAMPLE = (
    "министр связи Иван Лукашик подписал с «Ромашкой» 12 млн рублей 3–5 мая до более двух"
    " миллиардов Брестского облисполкома"
    " А.В. Дрозд , . – ( ) « » \n вчера $5 EUR старшынёй Уладзімірам"
    " Deputy Minister Mikhail Astrovsky said 8 May 2024 Министерство по 1,5 тыс. № 99999999999999"
    " 31 июня 2024 года О'Нил-Петров э\u0301 \u00ad \u202e 🚜 ПЕТРОВ и в имени"
)
WORDS = SAMPLE.split(" ")
texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
)


def spans(found: Facts) -> list[Span]:
    return [
        *(person.span for person in found.persons),
        *(amount.span for amount in found.amounts),
        *(span for organization in found.organizations for span in organization.spans),
    ]


@settings(max_examples=150, deadline=None)
@given(texts, texts, st.sampled_from(["ru", "be", "en"]), st.sampled_from([None, "2024-05-13"]))
def test_any_text_is_read_and_offsets_quote_it(
    title: str, body: str, language: str, published: str | None
) -> None:
    found = facts(title, body, language, published=published)
    for span in spans(found):
        source = title if span.field == "title" else body
        assert source[span.start : span.end].strip()
        assert 0 <= span.start < span.end <= len(source)
    for day in found.event_dates:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?", day)
    assert facts(title, body, language, published=published) == found


def test_the_reference_article() -> None:
    lines = (
        (ROOT / "seeds" / "reference-article.md").read_text(encoding="utf-8").strip().split("\n")
    )
    title = lines[0].strip("[]#()")
    body = "\n".join(lines[1:-1]).strip()
    found = facts(title, body, "ru", published="2023-07-08", site_country="BY")
    assert [(p.name, p.post) for p in found.persons] == [
        ("Старовойт Роман", "губернатор Курской области"),
        ("Исаченко Анатолий", "председатель Могилёвского облисполкома"),
        ("Лукашенко Александр", "Президент Республики Беларусь"),
    ]
    # It stands on a Belarusian site and speaks for Kursk.
    (turnover,) = found.amounts
    assert (turnover.value, turnover.currency, turnover.qualifier) == (2e9, "RUB", "over")
    assert {o.name for o in found.organizations} == {"Могилёвский облисполком", "Могилевлифтмаш"}


@pytest.mark.parametrize(
    "piece",
    [
        "Иван Петров ",
        "5 млн рублей ",
        "3 мая ",
        "с 3 по 5 мая ",
        "Министерство ",
        "Union and ",
        '"',
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_text_of_one_endless_sentence_is_read_in_time(piece: str, language: str) -> None:
    body = piece * (20_000 // len(piece))
    start = time.process_time()
    facts("", body, language, published="2024-05-13")
    assert time.process_time() - start < 5
