"""The archive: what went in comes out, once each, until retention takes it."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from storage import archive, packing, retention
from storage.archive import Response
from storage.database import reading, writing
from storage.ledger import BodyRow
from tests.storage.conftest import NOW
from tests.storage.samples import article, put

URL = "https://mpt.example/ru/news/1"
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Link", "a"), ("Link", "b")]


def keep(engine: Engine, body: bytes, url: str = URL, days: float = 0, **changes: Any) -> None:
    with writing(engine) as session:
        archive.keep(
            session,
            "mpt",
            url,
            **{
                "at": NOW + timedelta(days=days),
                "status": 200,
                "headers": HEADERS,
                "body": body,
                **changes,
            },
        )


def kept(engine: Engine, **options: Any) -> list[Response]:
    with reading(engine) as session:
        return list(archive.responses(session, "mpt", **options))


def bodies(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count(BodyRow.digest))) or 0


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 10, "страница".encode() * 1000])
def test_a_response_comes_back_byte_by_byte(engine: Engine, body: bytes) -> None:
    keep(engine, body)
    (response,) = kept(engine)
    assert (response.url, response.status, response.fetched_at) == (URL, 200, NOW)
    assert response.headers == HEADERS
    assert response.body == body
    assert response.digest == hashlib.sha256(body).hexdigest()


def test_the_same_bytes_are_kept_once(engine: Engine) -> None:
    for number in range(3):
        keep(engine, b"the same page", f"{URL}{number}", number)
    assert bodies(engine) == 1
    assert [response.body for response in kept(engine)] == [b"the same page"] * 3


def test_the_newest_of_each_address(engine: Engine) -> None:
    for number, body in enumerate([b"a", b"b", b"c"]):
        keep(engine, body, days=number)
    keep(engine, b"d", URL + "2")
    assert [one.body for one in kept(engine, newest_only=True)] == [b"c", b"d"]
    assert [one.body for one in kept(engine, url=URL)] == [b"a", b"b", b"c"]


def page(number: int) -> bytes:
    """A page of a site: the same frame around words of its own."""
    words = random.Random(number)
    frame = "".join(f'<li><a href="/ru/section-{n}">Раздел номер {n}</a></li>' for n in range(200))
    text = " ".join("".join(words.choices("абвгдеж", k=6)) for _ in range(150))
    return f"<html><body>{frame}<div>{text}</div></body></html>".encode()


def test_a_dictionary_is_trained_where_it_pays(engine: Engine) -> None:
    for number in range(120):
        keep(engine, page(number), f"{URL}{number}")
    with writing(engine) as session:
        before = retention.size(session) / 120
        assert packing.train(session, "mpt", NOW) is not None
    for number in range(120, 150):
        keep(engine, page(number), f"{URL}{number}")
    with reading(engine) as session:
        after = (retention.size(session) - 120 * before) / 30
    assert after < 0.8 * before
    assert [one.body for one in kept(engine)] == [page(number) for number in range(150)]
    with writing(engine) as session:
        assert packing.train(session, "mpt", NOW) is None  # a second one saves nothing more


def test_no_dictionary_of_a_few_pages_or_of_noise(engine: Engine) -> None:
    for number in range(20):
        keep(engine, page(number), f"{URL}{number}")
    with writing(engine) as session:
        assert packing.train(session, "mpt", NOW) is None
    for number in range(200):
        keep(engine, random.Random(number).randbytes(2000), f"{URL}{number}")
    with writing(engine) as session:
        assert packing.train(session, "mpt", NOW) is None


def test_age_takes_what_a_later_visit_replaced(engine: Engine) -> None:
    for days, body in enumerate([b"old", b"older than the limit", b"new"]):
        keep(engine, body, days=10 * days)
    keep(engine, b"the only copy", URL + "2")
    with writing(engine) as session:
        pruned = retention.prune(session, older_than=NOW + timedelta(days=15))
    assert pruned.bodies == 2
    responses = kept(engine)
    assert [one.body for one in responses] == [None, None, b"new", b"the only copy"]
    assert responses[0].digest == hashlib.sha256(b"old").hexdigest()


def test_size_takes_replaced_ones_first_then_the_oldest(engine: Engine) -> None:
    noise = random.Random(1)
    for number, url in enumerate(["a", "b", "b", "c"]):
        keep(engine, noise.randbytes(1000), URL + url, number)
    with writing(engine) as session:
        retention.prune(session, max_bytes=3100)
    assert [one.body is None for one in kept(engine)] == [False, True, False, False]
    with writing(engine) as session:
        retention.prune(session, max_bytes=2100)
        assert retention.size(session) <= 2100
    assert [one.body is None for one in kept(engine)] == [True, True, False, False]


def test_without_limits_nothing_goes(engine: Engine) -> None:
    keep(engine, b"x")
    with writing(engine) as session:
        assert retention.prune(session).bodies == 0


def test_age_leaves_what_a_revision_was_read_from(engine: Engine) -> None:
    put(engine, article(1, url=URL))
    keep(engine, b"its page", days=0)
    keep(engine, b"seen again", days=1)
    keep(engine, b"and again", days=2)
    with writing(engine) as session:
        pruned = retention.prune(session, older_than=NOW + timedelta(days=9))
    assert pruned.bodies == 1
    assert [one.body for one in kept(engine)] == [b"its page", None, b"and again"]


def test_no_copy_is_kept_where_none_is_wanted(engine: Engine) -> None:
    keep(engine, b"before it was asked for")
    keep(engine, b"after", days=1, withheld=True)
    first, second = kept(engine)
    assert (first.body, second.body) == (None, None)
    assert second.digest == hashlib.sha256(b"after").hexdigest()


def test_old_bodies_are_packed_with_a_new_dictionary(engine: Engine) -> None:
    for number in range(120):
        keep(engine, page(number), f"{URL}{number}")
    assert packing.pack(engine, "mpt") == 0
    with writing(engine) as session:
        before = retention.size(session)
        assert packing.train(session, "mpt", NOW) is not None
    saved = packing.pack(engine, "mpt")
    with reading(engine) as session:
        (held,) = retention.holdings(session)
    assert held.size == before - saved
    assert held.size < 0.8 * before
    assert (held.bodies, held.dictionaries) == (120, 1)
    assert [one.body for one in kept(engine)] == [page(number) for number in range(120)]
