"""When the next poll comes: the source's rhythm, its windows, and the walk between two polls."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from crawler.manners import closing, opening
from crawler.source import Source, relocated
from scheduler.pace import next_poll
from scheduler.walking import WantedWalk, walk_wanted
from storage import sources, walks
from storage.database import connect, writing

MINSK = ZoneInfo("Europe/Minsk")
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, tzinfo=MINSK)


def every_weekday_at(*hours: int, times: int = 1) -> list[datetime]:
    """Publications of four weeks before that Monday."""
    days = [MONDAY - timedelta(days=n) for n in range(1, 29)]
    return [
        day + hour * HOUR
        for day in days
        if day.weekday() < 5
        for hour in hours
        for _ in range(times)
    ]


def interval(begun: datetime, published: list[datetime], every: timedelta = HOUR) -> timedelta:
    return next_poll(begun, every, published, MINSK) - begun


def test_a_source_without_history_is_polled_as_its_file_says() -> None:
    assert interval(MONDAY, []) == HOUR
    assert interval(MONDAY, every_weekday_at(10)[:9]) == HOUR


def test_working_hours_are_polled_as_the_file_says_and_quiet_ones_rarely() -> None:
    published = every_weekday_at(9, 10, 11, 12, 15, 16)
    assert interval(MONDAY + 10 * HOUR, published) == HOUR
    assert interval(MONDAY + 20 * HOUR, published) == 4 * HOUR
    saturday = MONDAY - timedelta(days=2)
    assert interval(saturday + 10 * HOUR, published) == 4 * HOUR


def test_the_poll_before_the_first_publication_of_the_day_is_not_put_off_beyond_it() -> None:
    published = every_weekday_at(9)
    begun = MONDAY + 6.5 * HOUR
    assert MONDAY + 9 * HOUR <= begun + interval(begun, published) <= MONDAY + 9.5 * HOUR


def test_a_busy_source_is_polled_before_its_feed_runs_over() -> None:
    published = every_weekday_at(*range(24), times=20)
    assert interval(MONDAY + 10 * HOUR, published) == HOUR / 4
    assert interval(MONDAY + 10 * HOUR, every_weekday_at(*range(24), times=8)) == 0.75 * HOUR


@pytest.mark.parametrize("hours", [1, 2, 6, 24, 72])
def test_the_pace_keeps_its_bounds(hours: int) -> None:
    every = hours * HOUR
    for published in (every_weekday_at(3), every_weekday_at(*range(24), times=50)):
        for begun in (MONDAY + n * HOUR for n in range(0, 48, 5)):
            wait = interval(begun, published, every)
            assert every / 4 <= wait <= min(4 * every, max(every, 6 * HOUR))


def test_windows_go_past_midnight() -> None:
    nights = ["22:00-06:00"]
    assert closing(nights, MINSK, MONDAY + 23 * HOUR) == MONDAY + 30 * HOUR
    assert closing(nights, MINSK, MONDAY + 5 * HOUR) == MONDAY + 6 * HOUR
    assert closing(nights, MINSK, MONDAY + 6 * HOUR) is None
    assert opening(nights, MINSK, MONDAY + 7 * HOUR) == MONDAY + 22 * HOUR
    assert opening(nights, MINSK, MONDAY) == MONDAY
    assert opening(["09:00-10:00", "14:30-15:00"], MINSK, MONDAY + 11 * HOUR) == (
        MONDAY + 14.5 * HOUR
    )
    assert opening([], MINSK, MONDAY) == MONDAY


def source(**lines: str) -> Source:
    """The ministry's file with these lines of its politeness."""
    text = resources.files("seeds").joinpath("mpt.toml").read_text("utf-8")
    more = "".join(f"{key} = {value}\n" for key, value in lines.items())
    text = relocated(text, "http://127.0.0.1:1", delay=1).replace(
        "[politeness]\n", f"[politeness]\n{more}"
    )
    return Source.model_validate(tomllib.loads(text))


def test_a_mistake_in_windows_is_reported() -> None:
    with pytest.raises(ValueError, match="expected hours such as"):
        source(windows='["22-6"]')
    with pytest.raises(ValueError, match="expected a number with s, m, h or d"):
        source(sweep='"monthly"')


def test_which_walk_goes_on_between_two_polls(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    swept = source(nights='["22:00-06:00"]', sweep='"30d"', budget="50")
    routes = swept.absolute([*swept.feeds, *swept.listings, *swept.sitemaps])
    night = MONDAY + 23 * HOUR
    with writing(engine) as session:
        sources.ensure(session, "mpt", "МСИ")
        assert walk_wanted(session, swept, night, backfill=False) is None  # no baseline yet
        assert walk_wanted(session, swept, MONDAY + 10 * HOUR, backfill=True) == WantedWalk(
            "backfill", MONDAY + 34 * HOUR
        )
        for route in routes:
            walks.begin(session, "mpt", "backfill", route, None, night)
            walks.finish(session, "mpt", "backfill", route, night)
        assert walk_wanted(session, swept, night, backfill=True) is None
        sources.baseline_done(session, "mpt", night - timedelta(days=31))
        sweep = walk_wanted(session, swept, night, backfill=True)
        assert sweep == WantedWalk("sweep", MONDAY + 30 * HOUR, 50)
        assert sweep.slice_until(night + HOUR, night) == night + HOUR
        assert walk_wanted(session, swept, MONDAY + 10 * HOUR, backfill=False) is None
        assert walk_wanted(session, source(sweep='"never"'), night, backfill=False) is None
        for _ in range(50):
            sources.count_request(session, "mpt", date(2026, 11, 23))
        assert walk_wanted(session, swept, night, backfill=False) is None
        assert walk_wanted(session, swept, night + 2 * HOUR, backfill=False) == sweep
        for route in routes:
            walks.begin(session, "mpt", "sweep", route, None, night)
            walks.finish(session, "mpt", "sweep", route, night)
        assert walk_wanted(session, swept, night + 2 * HOUR, backfill=False) is None
        later = night + timedelta(days=31)
        assert walk_wanted(session, swept, later, backfill=False) is not None
    engine.dispose()
