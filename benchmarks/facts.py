"""How well and how fast facts are read: ``python -m benchmarks.facts FILE …``.

FILE is a labelled file (JSON lines, see ``cooperation.labelled``); only its positives count. Prints
precision, recall and F1 of people, sums, organisations and dates by language, the share of right
posts and sectors, and articles of 300 words a second on one core, warm.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from cooperation.fact_scores import rights, tallies
from cooperation.facts import Facts, facts

Article = dict[str, Any]


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
    counted: dict[str, Tally] = defaultdict(Tally)
    right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for article in articles:
        got = read(article)
        for title, tally in tallies(got, article).items():
            counted[title].add(article["lang"], *tally)
        for title, checks in rights(got, article).items():
            for place, number in enumerate(checks):
                right[title][place] += number
    for title, tally_of_all in counted.items():
        tally_of_all.report(title)
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
