from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.written_dates import month_number, parse_written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 июля 2023 г.", date(2023, 7, 8)),
        ("20 лістапада 2026", date(2026, 11, 20)),
        ("July 8, 2023", date(2023, 7, 8)),
        ("8th of July 2023", date(2023, 7, 8)),
        ("Sept. 3, 2021", date(2021, 9, 3)),
        ("1 жніўня 2024 года", date(2024, 8, 1)),
        ("3 лютага 2022 г.", date(2022, 2, 3)),
        ("08.07.2023", date(2023, 7, 8)),
        ("08.07.23", date(2023, 7, 8)),
        ("08/07/2023", date(2023, 7, 8)),
        ("2023-07-08", date(2023, 7, 8)),
        ("Опубликовано: 8 мая 2023", date(2023, 5, 8)),
        ("12 янв. 2020", date(2020, 1, 12)),
    ],
)
def test_days(text: str, expected: date) -> None:
    found = parse_written(text)
    assert found == expected
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 ноября 2026, 14:35", datetime(2026, 11, 20, 14, 35)),  # noqa: DTZ001 - local time
        ("20 ноября 2026 г. в 9:05", datetime(2026, 11, 20, 9, 5)),  # noqa: DTZ001 - local time
        ("20.11.2026 - 14:35", datetime(2026, 11, 20, 14, 35)),  # noqa: DTZ001 - local time
        ("May 2, 2024 at 2:30 pm", datetime(2024, 5, 2, 14, 30)),  # noqa: DTZ001 - local time
        ("2026-11-20T14:35:00Z", datetime(2026, 11, 20, 14, 35, tzinfo=UTC)),
        (
            "2023-07-08T10:00+03:00",
            datetime(2023, 7, 8, 10, tzinfo=timezone(timedelta(hours=3))),
        ),
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    assert parse_written(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "8 июля", "31 июня 2023", "IP 10.0.0.12", "2023-13-45", "15 may be 2000", "8.7.2023.1"],
)
def test_no_date(text: str) -> None:
    assert parse_written(text) is None


def test_the_first_of_several_dates_counts() -> None:
    assert parse_written("с 03.02.2024 по 5 мая 2024") == date(2024, 2, 3)


def test_relative_words_need_today() -> None:
    assert parse_written("Вчера, 10:15") is None
    found = parse_written("Вчера, 10:15", today=date(2024, 3, 1))
    assert found == datetime(2024, 2, 29, 10, 15)  # noqa: DTZ001 - local time
    assert parse_written("Сёння", today=date(2024, 3, 1)) == date(2024, 3, 1)


def test_months_of_three_languages() -> None:
    words = ["января", "лютага", "March", "красавіка", "мая", "чэрвеня", "июля", "жніўня"]
    assert [month_number(word) for word in words] == list(range(1, 9))
    assert month_number("марка") is None


@given(st.text())
def test_never_fails(text: str) -> None:
    parse_written(text, today=date(2024, 1, 1))
