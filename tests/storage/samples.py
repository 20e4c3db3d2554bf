"""Articles and assessments for the tests of this room; places and persons are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from cooperation.assessment import Amount, Assessment, Evidence, Parties, Person, Place, Span
from storage import articles
from storage.article import Article
from storage.articles import Stored
from storage.database import writing
from tests.storage.conftest import NOW

LIFTS_TITLE = "Заречная область закупит лифты завода «Подъём»"
LIFTS = (
    "Строители Заречной области закажут сорок лифтов на заводе «Подъём». Об этом договорились "
    "на встрече в Нагорске 19 ноября. Делегация осмотрела цех, где собирают кабины, и обсудила "
    "сроки поставки. Первую партию отгрузят весной, а монтаж поручат обученным бригадам. "
    "Стороны подписали протокол и условились встретиться снова через год."
)
PLAIN = Assessment(cooperation=False, score=0.02, version="1")


def article(number: int = 1, **changes: Any) -> Article:
    """An article of the source with its own id, address, title and text."""
    sample = Article(
        url=f"https://mpt.example/ru/news/19-11-2026-{number}",
        canonical_url=f"https://mpt.example/ru/news/19-11-2026-{number}",
        title=f"Новость номер {number}: почта открыла отделение",
        text=f"Отделение связи номер {number} открылось в новом здании. "
        + LIFTS[::-1]
        + str(number),
        site_id=str(number),
        language="ru",
        published=date(2026, 11, 19),
        layout="drupal7",
    )
    return replace(sample, **changes)


def lifts(number: int = 100, **changes: Any) -> Article:
    """An article that reports cooperation."""
    return article(number, **{"title": LIFTS_TITLE, "text": LIFTS, **changes})


def flag(**changes: Any) -> Assessment:
    """A positive assessment with facts of each sort."""
    sample = Assessment(
        cooperation=True,
        score=0.93,
        version="1",
        kinds=("talks", "supply"),
        stage="concluded",
        sector="industry",
        parties=Parties(
            countries=("BY", "RU"),
            regions=("BY-MA", "RU-KRS"),
            organizations=("Подъём",),
            places=(Place("RU-KRS", "Курская область", "guest", (Span("body", 0, 9),)),),
        ),
        persons=(Person("Ветров Семён", "директор завода", Span("body", 10, 20)),),
        amounts=(Amount(2e9, "RUB", "over", "лифты", Span("body", 20, 30)),),
        event_dates=("2026-11-19",),
        evidence=(Evidence(0, 9, "body", LIFTS[0:9], "supply", 1.5),),
    )
    return replace(sample, **changes)


def put(
    engine: Engine,
    sample: Article,
    assessment: Assessment = PLAIN,
    *,
    at: datetime = NOW,
    days: float = 0,
    baseline: bool = False,
    source: str = "mpt",
) -> Stored:
    """Store one reading in a transaction of its own, ``days`` after ``at``."""
    with writing(engine) as session:
        return articles.store(
            session,
            source,
            sample,
            assessment,
            seen_at=at + timedelta(days=days),
            baseline=baseline,
        )
