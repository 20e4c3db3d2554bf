"""How much of 5,000 generated articles is found and read right, in each layout of the stand-in.

    python -m benchmarks.extraction                  everything (some ten minutes on one core)
    python -m benchmarks.extraction --articles 500   fewer
    python -m benchmarks.extraction --layout bureau  one layout

First the whole way, known layout: a backfill over HTTP into a new database, compared with the
site. Then each layout: every page is read by the shipped rules (written for `drupal7`; the other
layouts go the fallback's way) and compared field by field. F1 is that of the bags of words.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import Message
from importlib import resources
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from sqlalchemy import text

from crawler.extraction import NotAnArticle, extract
from crawler.source import Source, load, relocated
from crawler.spider import NewsSpider
from demo.articles import MINSK
from demo.settings import LAYOUTS
from demo.site import Record, StandIn
from storage.article import Article
from storage.database import connect, reading

WORD = re.compile(r"\w+")
WORST = 3


@dataclass
class Score:
    """Sums over the articles of one language, or of all."""

    articles: int = 0
    refused: int = 0
    wrong_title: int = 0
    wrong_date: int = 0
    no_date: int = 0
    wrong_language: int = 0
    f1: list[float] = field(default_factory=list)

    def row(self) -> str:
        mean = sum(self.f1) / max(1, len(self.f1))
        below = sum(f1 < 0.97 for f1 in self.f1)
        dated = 1 - (self.wrong_date + self.no_date + self.refused) / max(1, self.articles)
        return (
            f"{self.articles:6} {self.refused:8} {self.wrong_title:6} {self.wrong_date:6} "
            f"{self.no_date:6} {dated:8.2%} {self.wrong_language:6} {mean:9.5f} {below:6}"
        )


HEAD = (
    f"{'layout':22}{'':4} {'articles':>6} {'refused':>6} {'title-':>6} {'date-':>6} "
    f"{'none':>6} {'dated':>8} {'lang-':>6} {'body F1':>9} {'<0.97':>6}"
)


def f1(truth: str, found: str) -> float:
    """F1 of two bags of words; two empty ones are equal."""
    ours, theirs = Counter(WORD.findall(truth)), Counter(WORD.findall(found))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def day(published: date | datetime | None) -> date | None:
    """The day as in Minsk."""
    if isinstance(published, datetime):
        return published.astimezone(MINSK).date()
    return published


def read(site: StandIn, source: Source, record: Record) -> Article | None:
    """What the rules make of an article's page; None for a refusal."""
    headers = Message()
    headers["Host"] = record.base.removeprefix("http://")
    answer = site.site.answer(record.url.removeprefix(record.base), headers)
    try:
        return extract(answer.body, record.url, source=source, headers=dict(answer.headers))
    except NotAnArticle:
        return None


def compare(layout: str, count: int) -> None:
    """Read every page in one layout and print what came of it, the worst articles named."""
    scores: dict[str, Score] = defaultdict(Score)
    worst: list[tuple[float, str, str]] = []
    began = time.perf_counter()
    with StandIn(articles=count, layout=layout, crawl_delay=None) as site:
        source = source_of(site, Path(tempfile.mkdtemp()))
        for record in site.articles():
            article = read(site, source, record)
            for score in (scores[""], scores[record.language]):
                count_in(score, record, article)
            reached = scores[""].f1[-1]
            if reached < 0.97 or article is None or article.title != record.title:
                worst.append(
                    (reached, record.url.removeprefix(site.url), f"{article and article.title}")
                )
    for language, score in sorted(scores.items()):
        print(f"{layout:22}{language or 'all':4} {score.row()}")
    print(f"{'':26} {(time.perf_counter() - began) / count * 1000:.1f} ms an article")
    for reached, url, title in sorted(worst)[:WORST]:
        print(f"{'':26} {reached:.3f} {url} {title[:60]}")


def count_in(score: Score, record: Record, article: Article | None) -> None:
    """Add one article to a sum. A page that was refused has no field right."""
    score.articles += 1
    if article is None:
        score.refused += 1
        score.f1.append(0.0)
        return
    published = day(article.published)
    score.wrong_title += article.title != record.title
    score.no_date += published is None
    score.wrong_date += published is not None and published != day(record.published)
    score.wrong_language += article.language != record.language
    score.f1.append(f1(record.text, article.text))


def source_of(site: StandIn, folder: Path) -> Source:
    """The shipped source, moved to the stand-in."""
    return load(source_file(site, folder))


def source_file(site: StandIn, folder: Path) -> Path:
    """The shipped source file, moved to the stand-in."""
    shipped = resources.files("seeds").joinpath("mpt.toml").read_text("utf-8")
    file = folder / "mpt.toml"
    file.write_text(relocated(shipped, site.url, delay=0.0001), "utf-8")
    return file


def collect(count: int) -> None:
    """A backfill over HTTP, then found, duplicated, foreign and wrong records."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, StandIn(articles=count, crawl_delay=None) as site:
        url = f"sqlite:///{folder}/coopwatch.db"
        settings = Settings()
        settings.setmodule("crawler.settings")
        settings.setdict({"COOPWATCH_DATABASE_URL": url, "LOG_LEVEL": "ERROR"}, priority="cmdline")
        process = AsyncCrawlerProcess(settings)
        process.crawl(NewsSpider.of(source_of(site, Path(folder))), backfill="1")
        process.start()
        truth = {address: record for record in site.articles() for address in record.urls}
        engine = connect(url)
        with reading(engine) as session:
            rows = [
                tuple(row)
                for row in session.execute(
                    text(
                        "SELECT article.url, article.title, article.published_on, revision.text"
                        " FROM article JOIN revision ON revision.article_id = article.id"
                        " AND revision.number = article.revision"
                    )
                )
            ]
        engine.dispose()
        report(rows, truth, count)
        requests = len(site.control.stats().visits)
    print(f"{requests} requests, {time.perf_counter() - began:.0f} s\n")


def report(rows: list[tuple[str, ...]], truth: dict[str, Record], count: int) -> None:
    """Print how the records of the database stand against the site."""
    found = Counter(truth[row[0]].nid for row in rows if row[0] in truth)
    known = [(truth[row[0]], *row[1:]) for row in rows if row[0] in truth]
    words = [f1(record.text, body) for record, _, _, body in known]
    print(f"collected over HTTP, layout drupal7, {count} articles:")
    print(
        f"found {len(found) / count:.2%}, duplicated {sum(found.values()) - len(found)},", end=" "
    )
    print(f"no article {len(rows) - len(known)},", end=" ")
    print(f"wrong title {sum(r.title != title for r, title, *_ in known)},", end=" ")
    wrong = sum(f"{day(r.published)}" != f"{published}" for r, _, published, _ in known)
    print(f"wrong date {wrong}, body F1 {sum(words) / max(1, len(words)):.5f}")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--layout", choices=LAYOUTS)
    parser.add_argument("--only-pages", action="store_true", help="leave out the crawl")
    given = parser.parse_args()
    if given.layout is None and not given.only_pages:
        collect(given.articles)
    print(HEAD)
    for layout in [given.layout] if given.layout else LAYOUTS:
        compare(layout, given.articles)


if __name__ == "__main__":
    main()
