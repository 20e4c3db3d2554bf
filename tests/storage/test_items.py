"""Reading: items by filter and page, what was marked, what changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from cooperation.assessment import Evidence, Parties
from storage import items, redaction, sources
from storage.database import reading, writing
from storage.items import ItemFilter, Money, Party
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, article, flag, lifts, put


def partners(code: str, *organizations: str) -> Parties:
    return Parties(countries=(code[:2],), regions=(code,), organizations=organizations)


@pytest.fixture
def archive(engine: Engine) -> Engine:
    """Items 1 to 6 with partners and years of their own, and an article that is no item."""
    with writing(engine) as session:
        sources.ensure(session, "other", "Другой")
    samples: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        ({"published": date(2022, 3, 1)}, {"parties": partners("RU-KRS", "Завод «Ёлка»")}, "mpt"),
        (
            {"published": date(2023, 3, 1)},
            {"parties": partners("CN-SD"), "kinds": ("visit",)},
            "mpt",
        ),
        ({"published": NOW - timedelta(days=2)}, {"parties": partners("KZ-KUS")}, "mpt"),
        ({"published": None}, {"parties": partners("UZ-TK"), "stage": "announced"}, "mpt"),
        ({"language": "be"}, {"parties": partners("LV-RIX")}, "mpt"),
        ({"published": date(2021, 1, 1)}, {"parties": partners("VN-HN")}, "other"),
    ]
    for number, (changes, facts, source) in enumerate(samples, start=1):
        put(engine, article(number, **changes), flag(**facts), source=source)
    put(engine, article(7))
    return engine


def ids(engine: Engine, **wanted: Any) -> list[int]:
    with reading(engine) as session:
        return [item.id for item in items.items(session, ItemFilter(**wanted))]


def test_an_item_shows_its_facts_and_evidence(engine: Engine) -> None:
    put(engine, lifts(), flag())
    with reading(engine) as session:
        (item,) = items.items(session)
    assert (item.title, item.published, item.score) == (lifts().title, date(2026, 11, 19), 0.93)
    assert (item.kinds, item.stage, item.notice) == (("supply", "talks"), "concluded", "new")
    assert item.parties == (
        Party("country", "BY", "BY", None),
        Party("country", "RU", "RU", None),
        Party("region", "BY-MA", "BY-MA", None),
        Party("region", "RU-KRS", "Курская область", "guest"),
        Party("organization", None, "Подъём", None),
    )
    assert item.amounts == (Money(2e9, "RUB", "over", "лифты"),)
    assert item.evidence == (Evidence(0, 9, "body", LIFTS[:9], "supply", 1.5),)


def test_an_assessment_comes_back_whole(engine: Engine) -> None:
    put(engine, lifts(), flag())
    with reading(engine) as session:
        assert items.article(session, 1).assessment == flag()


def test_items_are_listed_newest_first_and_undated_ones_by_first_sight(archive: Engine) -> None:
    assert ids(archive) == [4, 5, 3, 2, 1, 6]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"source": "other"}, [6]),
        ({"source": "none"}, []),
        ({"language": "be"}, [5]),
        ({"kind": "visit"}, [2]),
        ({"stage": "announced"}, [4]),
        ({"party": "RU-KRS"}, [1]),
        ({"party": "cn"}, [2]),
        ({"party": "завод «елка"}, [1]),
        ({"party": "%"}, []),
        ({"since": date(2023, 3, 1)}, [4, 5, 3, 2]),
        ({"since": date(2023, 3, 2)}, [4, 5, 3]),
        ({"until": date(2023, 3, 1)}, [2, 1, 6]),
        ({"until": date(2023, 2, 28)}, [1, 6]),
        ({"until": datetime(2021, 6, 1, tzinfo=UTC)}, [6]),
        ({"since": date(2022, 1, 1), "until": date(2022, 12, 31), "party": "RU"}, [1]),
        ({"new": True}, [4, 5, 3]),
        ({"withdrawn": True}, []),
        ({"withdrawn": False, "kind": "visit"}, [2]),
    ],
)
def test_filters(archive: Engine, wanted: dict[str, Any], found: list[int]) -> None:
    assert ids(archive, **wanted) == found


def test_what_is_marked_as_seen_is_unseen_no_more(archive: Engine) -> None:
    with writing(archive) as session:
        assert items.mark_seen(session, [4, 5, 99], NOW) == 2
        assert items.mark_seen(session, [5], NOW + timedelta(days=1)) == 0
    assert ids(archive, unseen=True, new=True) == [3]
    with reading(archive) as session:
        assert items.article(session, 5).seen_at == NOW


def test_pages_of_a_list_leave_nothing_out_and_repeat_nothing(engine: Engine) -> None:
    for number in range(1, 12):
        put(engine, article(number), flag(parties=partners(f"XX-{number}")))
    found: list[int] = []
    after = None
    while True:
        with reading(engine) as session:
            page = items.items(session, None, 4, after)
        if not page:
            break
        found += [item.id for item in page]
        after = page[-1].cursor
    assert found == list(range(11, 0, -1))


def test_changes_tell_what_happened_since(engine: Engine) -> None:
    put(engine, article(1), baseline=True)
    put(engine, article(2), days=1)
    put(engine, article(1, text=article(1).text + " Дополнено."), days=2)
    put(engine, article(1, text=article(1).text + " Дополнено!"), days=3)
    put(engine, article(1, text=article(1).text), days=4)
    with reading(engine) as session:
        everything = items.changes(session, NOW)
        later = items.changes(session, NOW + timedelta(days=3))
        assert items.changes(session, NOW, "other") == []
    assert [(one.what, one.article_id) for one in everything] == [
        ("new", 2),
        ("revised", 1),
        ("cosmetic", 1),
        ("reverted", 1),
    ]
    assert [one.what for one in later] == ["cosmetic", "reverted"]
    assert later[1].detail == "revision 4 is revision 1 again"


def test_an_item_is_announced_once_and_a_redacted_one_never(archive: Engine) -> None:
    redaction.redact(archive, 3, "по просьбе", NOW)
    with writing(archive) as session:
        assert [item.id for item in items.announce(session, NOW)] == [4, 5]
        assert items.announce(session, NOW) == []
    assert ids(archive, new=True) == [4, 5]


def test_articles_are_counted_items_or_not(archive: Engine) -> None:
    with reading(archive) as session:
        assert items.count(session) == 7
