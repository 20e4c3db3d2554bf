"""What README.md and docs/database.md tell those who write SQL is true on both databases."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from cooperation.assessment import Amount, Parties, Person, Span
from storage import articles
from storage.database import reading, writing
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, article, flag, lifts, put

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "database.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
HERE = Span("body", 0, 1)


@pytest.fixture
def library(engine: Engine) -> Engine:
    """Two agreements of Kursk and Mogilev, one before 2022; a visit from China; a plain article."""
    kursk = flag(
        kinds=("agreement", "talks"),
        persons=(Person("Ветров Семён", "директор", HERE),),
        amounts=(
            Amount(5e6, "RUB", "exact", "лифты", HERE),
            Amount(1e2, "BYN", "exact", "", HERE),
        ),
    )
    china = flag(
        kinds=("visit",),
        parties=Parties(countries=("BY", "CN"), regions=("BY-HM", "CN-SD")),
        persons=(Person("Ли Вэй", "мэр", HERE), Person("Ветров Семён", "директор", HERE)),
        amounts=(Amount(7e6, "RUB", "over", "тракторы", HERE),),
    )
    put(engine, article(1, title="Старое", published=date(2021, 5, 5)), kursk)
    put(engine, lifts(2, title="Протокол", published=date(2023, 7, 10)), kursk)
    put(engine, article(3, title="Визит", published=date(2023, 9, 1)), china)
    put(engine, article(4, title="Почта"))
    put(engine, article(5, title="Другая почта"))
    put(
        engine,
        lifts(2, title="Протокол", text=LIFTS + " Ещё.", published=date(2023, 7, 10)),
        kursk,
        days=1,
    )
    put(engine, article(5, title="Другая почта", text=article(5).text + "!"), days=1)
    for days in (1, 2):
        with writing(engine) as session:
            articles.gone(session, "mpt", article(4).url, "deleted", NOW + timedelta(days=days))
    return engine


def rows(engine: Engine, number: int) -> list[tuple[Any, ...]]:
    with reading(engine) as session:
        return [tuple(map(plain, row)) for row in session.execute(text(QUERIES[number]))]


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_what_kursk_and_mogilev_agreed_on(library: Engine) -> None:
    url = lifts(2).url
    assert rows(library, 0) == [("2023-07-10", "Протокол", "concluded", "agreement, talks", url)]


def test_items_of_each_partner_region_by_year(library: Engine) -> None:
    assert rows(library, 1) == [
        ("CN-SD", "2023", 1),
        ("RU-KRS", "2021", 1),
        ("RU-KRS", "2023", 1),
    ]


def test_sums_by_currency(library: Engine) -> None:
    assert rows(library, 2) == [("BYN", 2, 200.0), ("RUB", 3, 1.7e7)]


def test_who_was_met(library: Engine) -> None:
    assert rows(library, 3) == [
        ("Ветров Семён", "директор", 3, "2021-05-05", "2023-09-01"),
        ("Ли Вэй", "мэр", 1, "2023-09-01", "2023-09-01"),
    ]


def test_what_was_edited_or_taken_down(library: Engine) -> None:
    assert [row[1:4] for row in rows(library, 4)] == [
        ("Протокол", None, 1),
        ("Почта", "deleted", 0),
    ]


def test_there_are_five_queries() -> None:
    assert len(QUERIES) == 5


def test_every_table_and_column_is_described(engine: Engine) -> None:
    found = inspect(engine)
    names = {
        *found.get_table_names(),
        *(
            column["name"]
            for table in found.get_table_names()
            for column in found.get_columns(table)
            if not table.startswith("search_index_")
        ),
        *(column["name"] for column in found.get_columns("item_overview")),
    }
    described = set(re.findall(r"\w+", DOCUMENT))
    internal = {name for name in names if name.startswith("search_index_")}
    assert names - described - internal <= {"version_num"}
