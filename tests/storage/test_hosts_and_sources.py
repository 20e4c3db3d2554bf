"""Leases, robots, claims and the record of crawls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage import hosts, sources
from storage.database import reading, writing
from storage.hosts import HostBusy
from tests.storage.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_one_visitor_holds_a_host(engine: Engine) -> None:
    with writing(engine) as session:
        hosts.acquire(session, "mpt.example", "coopwatch 1 on a", NOW, MINUTE)
    with pytest.raises(HostBusy, match="coopwatch 1 on a") as caught, writing(engine) as session:
        hosts.acquire(session, "mpt.example", "scrapy 2 on b", NOW, MINUTE)
    assert (caught.value.host, caught.value.until) == ("mpt.example", NOW + MINUTE)
    with writing(engine) as session:
        hosts.acquire(session, "other.example", "scrapy 2 on b", NOW, MINUTE)


def test_a_lease_is_renewed_runs_out_and_is_given_back(engine: Engine) -> None:
    with writing(engine) as session:
        hosts.acquire(session, "h", "a", NOW, MINUTE)
        hosts.renew(session, "h", "a", NOW + 0.9 * MINUTE, MINUTE)
        with pytest.raises(HostBusy):
            hosts.acquire(session, "h", "b", NOW + 1.5 * MINUTE, MINUTE)
        hosts.acquire(session, "h", "b", NOW + 2 * MINUTE, MINUTE)
        with pytest.raises(HostBusy):
            hosts.renew(session, "h", "a", NOW + 2 * MINUTE, MINUTE)
        hosts.release(session, "h", "a")
        with pytest.raises(HostBusy):
            hosts.acquire(session, "h", "c", NOW + 2 * MINUTE, MINUTE)
        hosts.release(session, "h", "b")
        hosts.acquire(session, "h", "c", NOW + 2 * MINUTE, MINUTE)


def test_of_many_who_ask_at_once_one_gets_the_host(engine: Engine) -> None:
    results = _at_once(engine, _acquire)
    assert results.count("got it") == 1
    assert len(results) == 8


def test_of_many_schedulers_each_source_goes_to_one(engine: Engine) -> None:
    keys = ["a", "b", "c"]
    with writing(engine) as session:
        for key in keys:
            sources.ensure(session, key, key)
    results = _at_once(
        engine, lambda session, name: sources.claim_due(session, keys, NOW, name, 60)
    )
    assert sorted(result for result in results if result) == keys


def _acquire(session: Session, name: str) -> str:
    hosts.acquire(session, "h", name, NOW, MINUTE)
    return "got it"


def _at_once(engine: Engine, act: Callable[[Session, str], str | None]) -> list[str | None]:
    results: list[str | None] = []
    start = threading.Barrier(8)

    def run(name: str) -> None:
        start.wait()
        try:
            with writing(engine) as session:
                result = act(session, name)
        except HostBusy:
            result = None
        results.append(result)

    threads = [threading.Thread(target=run, args=(f"holder {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_robots_survive(engine: Engine) -> None:
    with writing(engine) as session:
        assert hosts.robots(session, "h") is None
        hosts.keep_robots(session, "h", "User-agent: *\nCrawl-delay: 10\x00", 200, NOW)
        hosts.keep_robots(session, "gone", "", 404, NOW)
    with reading(engine) as session:
        kept = hosts.robots(session, "h")
        assert kept == hosts.Robots("User-agent: *\nCrawl-delay: 10", 200, NOW)
        assert hosts.robots(session, "gone") == hosts.Robots("", 404, NOW)


def test_a_host_that_asked_for_rest_gets_the_longest_asked(engine: Engine) -> None:
    with writing(engine) as session:
        assert hosts.backoff_until(session, "h", NOW) is None
        hosts.back_off(session, "h", NOW + 5 * MINUTE)
        hosts.back_off(session, "h", NOW + MINUTE)
        assert hosts.backoff_until(session, "h", NOW) == NOW + 5 * MINUTE
        assert hosts.backoff_until(session, "h", NOW + 5 * MINUTE) is None


def test_a_source_is_claimed_when_it_is_due_and_free(engine: Engine) -> None:
    with writing(engine) as session:
        assert sources.claim_due(session, [], NOW, "a", 60) is None
        assert sources.claim_due(session, ["mpt"], NOW, "a", 60) == "mpt"
        assert sources.claim_due(session, ["mpt"], NOW, "b", 60) is None
        assert sources.renew_claim(session, "mpt", "a", NOW + MINUTE, 60)
        assert sources.claim_due(session, ["mpt"], NOW + 1.5 * MINUTE, "b", 60) is None
        assert sources.claim_due(session, ["mpt"], NOW + 2 * MINUTE, "b", 60) == "mpt"
        assert not sources.renew_claim(session, "mpt", "a", NOW, 60)
        sources.set_due(session, "mpt", NOW + 5 * MINUTE)
        assert sources.claim_due(session, ["mpt"], NOW + 4 * MINUTE, "b", 60) is None
        assert sources.claim_due(session, ["mpt"], NOW + 5 * MINUTE, "b", 60) == "mpt"


def test_the_longest_due_comes_first_and_a_new_source_before_all(engine: Engine) -> None:
    with writing(engine) as session:
        for key, minutes in (("late", 1), ("later", 2)):
            sources.ensure(session, key, key)
            sources.set_due(session, key, NOW - minutes * MINUTE)
        keys = ["late", "later", "mpt"]
        order = [sources.claim_due(session, keys, NOW, "a", 60) for _ in range(4)]
        assert order == ["mpt", "later", "late", None]


def test_crawls_are_recorded(engine: Engine) -> None:
    with writing(engine) as session:
        killed = sources.start_crawl(session, "mpt", "poll", NOW)
        second = sources.start_crawl(session, "mpt", "poll", NOW + MINUTE)
        sources.finish_crawl(session, second, "finished", {"new": 3}, NOW + 2 * MINUTE)
        third = sources.start_crawl(session, "mpt", "poll", NOW + 3 * MINUTE)
        sources.finish_crawl(session, third, "failed", {}, NOW + 4 * MINUTE, "answered 503")
        sources.ensure(session, "mpt", "Минсвязи Беларуси")
    with reading(engine) as session:
        (state,) = sources.states(session)
        crawls = sources.crawls(session, "mpt", 10)
    assert (state.name, state.baseline_at) == ("Минсвязи Беларуси", NOW)
    assert state.last_success_at == NOW + 2 * MINUTE
    assert state.last_crawl == crawls[0]
    assert [(one.id, one.outcome) for one in crawls] == [
        (third, "failed"),
        (second, "finished"),
        (killed, "interrupted"),
    ]
    assert crawls[1].stats == {"new": 3}
    assert crawls[0].reason == "answered 503"


def test_a_crawl_whose_process_died_is_closed_with_the_reason(engine: Engine) -> None:
    with writing(engine) as session:
        long_ago = sources.start_crawl(session, "mpt", "backfill", NOW - MINUTE)
        died = sources.start_crawl(session, "mpt", "poll", NOW)
        sources.close_crawls(session, "mpt", "it was killed", NOW, NOW + MINUTE)
    with reading(engine) as session:
        crawls = {one.id: one for one in sources.crawls(session, "mpt", 10)}
    assert (crawls[died].outcome, crawls[died].reason) == ("interrupted", "it was killed")
    assert crawls[long_ago].outcome is None


def test_a_baseline_is_done_once(engine: Engine) -> None:
    with writing(engine) as session:
        sources.baseline_done(session, "mpt", NOW + MINUTE)
        assert sources.states(session)[0].baseline_at == NOW
