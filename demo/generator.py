"""Thousands of articles for tests and benchmarks, made from a number alone."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from random import Random
from typing import Any

from demo.addresses import dated_alias, slug
from demo.articles import FIRST_NODE, MINSK, Content, NewsItem
from demo.bodies import Editor, filled

BEGIN = datetime(2015, 1, 12, 9, tzinfo=MINSK)
END = datetime(2026, 11, 20, 17, tzinfo=MINSK)


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = json.loads(
        files("demo").joinpath("data", "generated.json").read_text(encoding="utf-8")
    )
    return phrases


def generated(count: int, seed: int = 0) -> list[NewsItem]:
    """The same ``count`` articles for the same seed, oldest first, evenly over the years.

    About 70 % Russian, 18 % Belarusian, 12 % English; 6 % are not promoted, 2 % carry a date
    much older than their number, 0.5 % have no body. Bodies are made when they are needed.
    """
    random = Random(seed)  # noqa: S311 - texts, not secrets
    step = (END - BEGIN) / max(1, count)
    taken: Counter[tuple[str, str]] = Counter()
    return [_item(random, seed, number, BEGIN + step * number, taken) for number in range(count)]


def _item(
    random: Random, seed: int, number: int, moment: datetime, taken: Counter[tuple[str, str]]
) -> NewsItem:
    nid = FIRST_NODE + number
    language = random.choices(("ru", "be", "en"), (70, 18, 12))[0]
    created = moment.replace(hour=random.randint(8, 19), minute=random.randint(0, 59), second=0)
    if random.random() < 0.02:
        created = max(BEGIN, created - timedelta(days=random.randint(200, 900)))
    title = _title(random, language)
    alias = dated_alias(created, nid)
    if random.random() < 0.4:
        alias = slug(title, created.year)
        repeated = taken[language, alias]
        taken[language, alias] += 1
        alias += f"-{repeated - 1}" if repeated else ""
    return NewsItem(
        nid=nid,
        language=language,
        title=title,
        alias=alias,
        created=created.replace(microsecond=0),
        write=partial(_content, seed, nid, language),
        promoted=random.random() >= 0.06,
    )


def _title(random: Random, language: str) -> str:
    phrases = _phrases()[language]
    return filled(random, random.choice(phrases["titles"]), phrases["words"])


def _content(seed: int, nid: int, language: str) -> Content:
    random = Random(f"{seed}/{nid}")  # noqa: S311 - texts, not secrets
    year = f"{2015 + nid % 12}"
    images = tuple(f"{year}/foto-{nid}-{i}.png" for i in range(random.choice((0, 0, 0, 1, 2))))
    attached = (f"{year}/prilozhenie-{nid}.pdf",) if random.random() < 0.05 else ()
    body = Editor(random, language, _phrases()[language]).body(nid)
    return Content(body, attached, images)
