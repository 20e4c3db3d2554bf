"""The pace of the polls: the source's own rhythm.

A ministry publishes on weekdays from nine to six; a poll at three in the morning brings nothing but
a line in its log, and a news agency that puts out forty articles an hour pushes its own ten-entry
feed over between two hourly visits. So the next poll comes when something is to be expected: a
tenth of an article (nine polls in vain for one that finds is what hourly polls of a small
ministry cost in working hours; more would be a waste), or as soon as five articles are, half of
what the shortest measured feed holds. Expected is what the same hour of weekdays, or of weekends,
brought in the last four weeks. Nothing cleverer: with two articles a day there is nothing to learn
that this table of 48 numbers does not hold.

Bounds: the file's ``every`` in working hours, a quarter of it for a busy source; four times it for
a quiet one, and never more than six hours unless ``every`` is longer: an article that comes at an
hour that never saw one is found the same day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MEMORY = timedelta(weeks=4)
_FEW = 10  # publications below which there is no rhythm to speak of
_WORTH_A_POLL = 0.1
_A_FEED_HALF_FULL = 5.0
_LONGEST = timedelta(hours=6)
_WEEKDAYS, _WEEKEND_DAYS = 20, 8  # in four weeks
_SLICE = timedelta(minutes=15)


def slowest(every: timedelta) -> timedelta:
    """The longest interval between two polls of a source to be polled ``every`` so often."""
    return min(4 * every, max(every, _LONGEST))


def next_poll(
    begun: datetime, every: timedelta, publications: Iterable[datetime], zone: ZoneInfo
) -> datetime:
    """When to poll again after a poll that began at ``begun``.

    ``publications`` are those of the last four weeks (`MEMORY`); hours are those of ``zone``.
    """
    counts = Counter(_hour(moment, zone) for moment in publications)
    if counts.total() < _FEW:
        return begun + every
    soonest, last = begun + every / 4, begun + slowest(every)
    step = min(_SLICE, every / 4)
    moment, expected = begun, 0.0
    while moment < last:
        weekend, _ = hour = _hour(moment, zone)
        hours = _WEEKEND_DAYS if weekend else _WEEKDAYS
        expected += counts[hour] / hours * (step / timedelta(hours=1))
        moment += step
        if moment >= soonest and expected >= _A_FEED_HALF_FULL:
            return moment
        if moment >= begun + every and expected >= _WORTH_A_POLL:
            return moment
    return last


def _hour(moment: datetime, zone: ZoneInfo) -> tuple[bool, int]:
    """Whether it is a weekend, and the hour."""
    local = moment.astimezone(zone)
    return local.weekday() >= 5, local.hour
