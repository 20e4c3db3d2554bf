"""How well and how fast facts are read: ``python -m benchmarks.facts FILE …``.

FILE is a labelled file (JSON lines, see ``cooperation.labelled``); only its positives count. Prints
precision, recall and F1 of people, sums, organisations and dates by language, the share of right
posts and sectors, and articles of 300 words a second on one core, warm.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cooperation.facts import Facts, facts

Article = dict[str, Any]
Key = tuple[Any, ...] | str
_ALIKE = 0.6  # share of words that two posts, or two names of a body, must have in common


class Tally:
    """Hits, false finds and misses by language."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, language: str, hits: int, found: int, wanted: int) -> None:
        for name in (language, "all"):
            for place, value in enumerate((hits, found - hits, wanted - hits)):
                self.counts[name][place] += value

    def report(self, title: str) -> None:
        for name, (hit, false, missed) in sorted(self.counts.items()):
            precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
            f1 = 2 * hit / max(1, 2 * hit + false + missed)
            print(f"{title:24}{name:5}P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def plain(text: str) -> str:
    """Lower case, е for ё, words only: what two names are compared by."""
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def alike(one: str, other: str, *, stems: bool = False) -> bool:
    """Whether two phrases share most of their words (their beginnings, if ``stems``)."""
    cut: Callable[[str], str] = (lambda w: w[: max(4, len(w) - 2)]) if stems else (lambda w: w)
    left, right = ({cut(w) for w in plain(text).split()} for text in (one, other))
    return left == right or len(left & right) / max(1, len(left | right)) >= _ALIKE


def sets(found: Iterable[Key], wanted: Iterable[Key]) -> tuple[int, int, int]:
    """Hits, number found, number wanted."""
    left, right = set(found), set(wanted)
    return len(left & right), len(left), len(right)


def loosely(found: list[str], wanted: list[str]) -> tuple[int, int, int]:
    """As ``sets``, but names that are alike are the same; each is used once."""
    open_names = list(wanted)
    for name in found:
        match = next((other for other in open_names if alike(name, other, stems=True)), None)
        if match is not None:
            open_names.remove(match)
    return len(wanted) - len(open_names), len(found), len(wanted)


def read(article: Article) -> Facts:
    """The facts, as the detector would ask for them: the labelled parties stand for its own."""
    return facts(
        article["title"],
        article["body"],
        article["lang"],
        published=article.get("published"),
        countries=article["parties"]["countries"],
    )


def measure(articles: list[Article]) -> None:
    """Print the figures."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    right = {"posts": [0, 0], "event dates (told)": [0, 0], "sector": [0, 0]}
    for article in articles:
        got = read(article)
        language = article["lang"]
        people = {plain(p.name): p.post for p in got.persons}
        named = {plain(p["name"]): p["post"] for p in article["persons"]}
        tallies["persons"].add(language, *sets(people, named))
        sums = [(a.value, a.currency, a.qualifier) for a in got.amounts]
        wanted = [(a["value"], a["currency"], a["qualifier"]) for a in article["amounts"]]
        tallies["amounts"].add(language, *sets(sums, wanted))
        bodies = [o.name for o in got.organizations]
        labelled = article["parties"]["organizations"]
        tallies["organizations"].add(language, *sets(map(plain, bodies), map(plain, labelled)))
        tallies["organizations, loosely"].add(language, *loosely(bodies, labelled))
        days = article.get("event_dates") or []
        tallies["event dates"].add(language, *sets(got.event_dates, days))
        for title, checks in (
            ("posts", [alike(people[n], named[n]) for n in people.keys() & named.keys()]),
            ("event dates (told)", [list(got.event_dates) == days] if days else []),
            ("sector", [got.sector == article["sector"]] if article.get("sector") else []),
        ):
            right[title][0] += sum(checks)
            right[title][1] += len(checks)
    for title, tally in tallies.items():
        tally.report(title)
    for title, (good, total) in right.items():
        print(f"{title:24}{good} of {total} right, {good / max(1, total):.3f}")


def speed(articles: list[Article]) -> None:
    """Print articles of 300 words a second, after one pass to warm the caches."""
    words = sum(len(article["body"].split()) for article in articles)
    for article in articles:
        read(article)
    start = time.process_time()
    for article in articles:
        read(article)
    seconds = time.process_time() - start
    print(f"{words / 300 / seconds:.0f} articles of 300 words a second, one core, warm")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    articles = []
    for path in parser.parse_args().files:
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
        articles += [row for row in rows if row["cooperation"]]
    measure(articles)
    speed(articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
