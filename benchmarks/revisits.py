"""What the revisit policy catches for what it costs: ``python -m benchmarks.revisits``.

A simulated archive, visited by the policy of ``storage.pages`` and by others at the same number of
requests: one interval for all; the same, but only for the youngest month; visits in proportion to
the square root of the rate of edits at each age, which no program can know and which is the
least possible mean delay at that cost (minimise the sum of rate/visits for a given sum of visits).
Prints the requests a day, the share of edits seen within a day, and the mean and median delay.

Assumptions, since no public body publishes its edits. Two articles a day for ten years, without
weekends. Of a hundred articles fifteen are edited at least once; each edit is followed by another
one with a chance of three in ten. An edit comes after the publication, or after the edit before it,
by a time drawn from one of these:

  early   six of ten within hours (median three), three within days (median four), one within the
          year: a wrong name is noticed by its first readers, a photograph is added the same day
  late    two of ten within hours, three within days, five within the year
  steady  at any time of the next three years alike: contacts and links that are kept up

The truth is expected between the first two; the third is the worst case for a policy by age.
"""

from __future__ import annotations

import argparse
import math
import random
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import mean, median

from storage.pages import interval

HOUR, DAY, YEAR = 1.0, 24.0, 365.0 * 24
EDITED, AGAIN = 0.15, 0.3
ARCHIVES = 4  # one has too few edits in a year for an average that stays the same
# (share, median in hours, standard deviation of its logarithm)
EARLY = ((0.6, 3 * HOUR, 1.2), (0.3, 4 * DAY, 1.0), (0.1, 90 * DAY, 1.0))
LATE = ((0.2, 3 * HOUR, 1.2), (0.3, 4 * DAY, 1.0), (0.5, 90 * DAY, 1.0))

Wait = Callable[[float, int, float | None], float]
"""Age, changes seen so far and time since the last one -> hours to the next visit."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Times in hours since the archive began."""

    published: float
    edits: list[float]
    spread: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a policy in the last year: visits, and the delay of each edit in hours."""

    visits: int
    delays: list[float]


def archive(process: str, years: int, per_day: float, chance: random.Random) -> list[Piece]:
    """Articles with their edits, as many as the years bring."""
    count = round(years * 365 * per_day)
    pieces = []
    for number in range(count):
        published = (number + chance.random()) / per_day * DAY
        edits: list[float] = []
        at, likely = published, EDITED
        while chance.random() < likely:
            at += lag(process, chance)
            edits.append(at)
            likely = AGAIN
        pieces.append(Piece(published, edits, 0.85 + 0.3 * chance.random()))
    return pieces


def lag(process: str, chance: random.Random) -> float:
    """Hours from a publication or an edit to the next edit."""
    if process == "steady":
        return chance.uniform(0, 3 * YEAR)
    parts = EARLY if process == "early" else LATE
    ((_, middle, width),) = chance.choices(parts, [share for share, _, _ in parts])
    return chance.lognormvariate(math.log(middle), width)


def simulate(pieces: list[Piece], wait: Wait, years: int, chance: random.Random) -> Outcome:
    """Visit each article from its publication on; what happens in the last year counts."""
    end = years * YEAR
    start = end - YEAR
    visits, delays = 0, []
    for piece in pieces:
        # Found by a poll within the hour.
        at, changes, changed = piece.published + chance.random(), 0, None
        seen = bisect_left(piece.edits, at)
        while at < end:
            step = wait(at - piece.published, changes, None if changed is None else at - changed)
            at += step * piece.spread
            visits += start <= at < end
            unseen = bisect_left(piece.edits, at)
            if unseen > seen:
                delays += [at - edit for edit in piece.edits[seen:unseen] if start <= edit < end]
                changes, changed, seen = changes + 1, at, unseen
    return Outcome(visits, delays)


def policy(age: float, changes: int, since: float | None) -> float:
    """The program's own."""
    gone = None if since is None else timedelta(hours=since)
    return interval(timedelta(hours=age), changes, gone) / timedelta(hours=1)


def at_equal_cost(
    family: Callable[[float], Wait], pieces: list[Piece], years: int, visits: int
) -> Outcome:
    """The member of a family of policies that spends as much; a larger number visits less."""
    low, high = 0.01, 1e6
    for _ in range(30):
        middle = math.sqrt(low * high)
        found = simulate(pieces, family(middle), years, random.Random(2))
        if found.visits > visits:
            low = middle
        else:
            high = middle
        if abs(found.visits - visits) < visits / 200:
            break
    return found


def fixed(hours: float) -> Wait:
    """One interval for all."""
    return lambda _age, _changes, _since: max(hours, 0.5)


def fixed_while_young(hours: float) -> Wait:
    """One interval in the first month, and no visit afterwards."""
    return lambda age, _changes, _since: max(hours, 0.5) if age < 30 * DAY else 10 * YEAR


def square_root(process: str, years: int) -> Callable[[float], Wait]:
    """Intervals from the rate of edits at each age, measured in a large archive."""
    edges = [2**exponent * HOUR for exponent in range(18)]
    counts = [0] * (len(edges) + 1)
    for piece in archive(process, years, 100, random.Random(3)):
        for edit in piece.edits:
            counts[bisect_left(edges, edit - piece.published)] += 1
    widths = [
        edges[0],
        *(later - earlier for earlier, later in pairwise(edges)),
    ]
    rates = [(count + 0.5) / width for count, width in zip(counts, [*widths, YEAR], strict=True)]

    def family(scale: float) -> Wait:
        def wait(age: float, _changes: int, _since: float | None) -> float:
            return max(scale / math.sqrt(rates[bisect_left(edges, age)]), 0.5)

        return wait

    return family


def report(title: str, outcome: Outcome) -> None:
    """One line of the table."""
    within = sum(delay <= DAY for delay in outcome.delays) / len(outcome.delays)
    days = [delay / DAY for delay in outcome.delays]
    print(
        f"  {title:34}{outcome.visits / 365 / ARCHIVES:8.0f}{within:10.0%}{mean(days):10.1f}"
        f"{median(days):10.2f}"
    )


def main() -> None:
    """Print the table for each process of edits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--per-day", type=float, default=2)
    given = parser.parse_args()
    for process in ("early", "late", "steady"):
        pieces = archive(process, given.years, given.per_day * ARCHIVES, random.Random(1))
        own = simulate(pieces, policy, given.years, random.Random(2))
        print(f"\nEdits {process} ({len(own.delays)} in {ARCHIVES} archives)")
        print(f"  {'':34}{'requests':>8}{'within':>10}{'mean':>10}{'median':>10}")
        print(f"  {'':34}{'a day':>8}{'a day':>10}{'days':>10}{'days':>10}")
        report("tiers of storage.pages", own)
        for title, family in (
            ("one interval", fixed),
            ("one interval, first month only", fixed_while_young),
            ("square root of the true rate", square_root(process, given.years)),
        ):
            report(title, at_equal_cost(family, pieces, given.years, own.visits))


if __name__ == "__main__":
    main()
