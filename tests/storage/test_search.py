"""Search: inflected words, both databases alike, the found words marked in the original text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage import finding, search, sources
from storage.database import connect, reading, writing
from storage.finding import Found
from storage.query import Query, Word
from tests.storage.samples import article, put

TEXTS: list[tuple[str, dict[str, Any]]] = [
    (
        "Лифты для домов",
        {"text": "Мастера показали гостям из соседней области сорок новых лифтов."},
    ),
    ("Самолёт прилетел", {"text": "Экипаж самолёта встретили друзья. Артикул АБ-2022/17."}),
    ("Аблвыканкам прыняў гасцей", {"text": "У горадзе прайшла сустрэча.", "language": "be"}),
    ("Lifts were delivered", {"text": "The plant delivers lifts to partners.", "language": "en"}),
]


@pytest.fixture
def library(engine: Engine) -> Engine:
    for number, (title, changes) in enumerate(TEXTS, start=1):
        put(engine, article(number, title=title, published=date(2026, 1, number), **changes))
    return engine


def found(engine: Engine, words: str, **options: Any) -> list[Found]:
    with reading(engine) as session:
        return finding.find(session, Query(words, Word(words)), **options).found


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("лифт", [1]),
        ("ЛИФТАМИ", [1]),
        ("гости область", [1]),
        ("самолет", [2]),
        ("самолёты лифты", []),
        ("2022", [2]),
        ("аб-2022", [2]),
        ("сустрэчы", [3]),
        ("lift", [4]),
        ("deliver partner", [4]),
        ("«лифт»!", [1]),
        ("", []),
        ("... — !", []),
        ('" OR лифт', []),
        ("лифт* )(", [1]),
        ("title_keys:лифт", []),
    ],
)
def test_words_are_found_in_any_form(library: Engine, words: str, numbers: list[int]) -> None:
    assert [hit.item.id for hit in found(library, words)] == numbers


def test_the_newest_come_first_in_pages(library: Engine) -> None:
    for number in range(10, 15):
        put(library, article(number, text="Лифт.", published=date(2025, 1, number)))
    hits = found(library, "лифт")
    assert [hit.item.id for hit in hits] == [1, 9, 8, 7, 6, 5]
    page = found(library, "лифт", limit=2, after=hits[1].item.cursor)
    assert page == hits[2:4]


def test_found_words_are_marked_in_the_text_itself(library: Engine) -> None:
    (hit,) = found(library, "лифт гость")
    words = [hit.snippet[start:end] for start, end in hit.marks]
    assert words == ["гостям", "лифтов"]
    assert hit.snippet in TEXTS[0][1]["text"]


def test_a_snippet_of_a_long_text_shows_where_the_most_words_are(engine: Engine) -> None:
    filler = "Здесь ничего нет. " * 50
    text = f"Лифт один. {filler}Приехала делегация, осмотрела\nлифты и цех. {filler}"
    put(engine, article(text=text))
    (hit,) = found(engine, "лифт делегация")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["делегация", "лифты"]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert "\n" not in hit.snippet
    assert len(hit.snippet) < 350


def test_a_word_of_the_title_alone_shows_the_beginning(library: Engine) -> None:
    (hit,) = found(library, "дом")
    assert (hit.snippet, hit.marks) == (TEXTS[0][1]["text"], ())


def test_only_the_present_text_is_found(library: Engine) -> None:
    put(library, article(1, title="Лифты для домов", text="Теперь тут иное: трактор."), days=1)
    assert [hit.item.id for hit in found(library, "трактор")] == [1]
    assert found(library, "мастер") == []
    assert [hit.item.id for hit in found(library, "лифт")] == [1]


def test_a_line_of_a_megabyte_is_cut_in_a_snippet(engine: Engine) -> None:
    put(engine, article(text="лифт " + "ы" * 1_000_000))
    (hit,) = found(engine, "лифт")
    assert len(hit.snippet) < 500


ODD = st.text(
    st.sampled_from("абвёйiіў'’-_./:@&|!*()\"\\\u0301\u00ad²½Ⅷ٣中😀ΩςßİꙂ𐐀Ა𰀀ำaé1e5\u200b "),
    max_size=25,
)


def test_both_databases_find_the_same(sqlite_url: str, postgresql_url: str) -> None:
    """Also with letters that one tokenizer or locale knows and another does not."""
    engines = [connect(sqlite_url), connect(postgresql_url)]
    for engine in engines:
        with writing(engine) as session:
            sources.ensure(session, "mpt", "x")
        put(engine, article())

    @settings(max_examples=60, deadline=None, database=None)
    @given(text=ODD, query=ODD)
    def found_alike(text: str, query: str) -> None:
        words = (query, text[:8], text[-8:], text)
        assert len({_hits(engine, text, words) for engine in engines}) == 1

    try:
        found_alike()
    finally:
        for engine in engines:
            engine.dispose()


def _hits(engine: Engine, text: str, queries: tuple[str, ...]) -> tuple[int, ...]:
    """How many articles each query finds when this is the only text."""
    with writing(engine) as session:
        search.index(session, 1, "", text, None)
        return tuple(len(finding.find(session, Query(one, Word(one))).found) for one in queries)
