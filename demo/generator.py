"""Thousands of articles for tests and benchmarks, made from a number alone."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from random import Random
from typing import Any

from demo.addresses import dated_alias, slug
from demo.articles import FIRST_NODE, MINSK, Content, NewsItem

BEGIN = datetime(2015, 1, 12, 9, tzinfo=MINSK)
END = datetime(2026, 11, 20, 17, tzinfo=MINSK)
_SLOT = re.compile(r"\{(\w+)\}")


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


def _filled(random: Random, pattern: str, words: dict[str, list[str]]) -> str:
    def value(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "number":
            return str(random.randint(12, 4800))
        if slot == "small":
            return str(random.randint(5, 48))
        if slot == "day":
            return str(random.randint(1, 28))
        return random.choice(words[slot])

    text = _SLOT.sub(value, pattern)
    return text[0].upper() + text[1:]


def _title(random: Random, language: str) -> str:
    phrases = _phrases()[language]
    return _filled(random, random.choice(phrases["titles"]), phrases["words"])


def _content(seed: int, nid: int, language: str) -> Content:
    random = Random(f"{seed}/{nid}")  # noqa: S311 - texts, not secrets
    year = f"{2015 + nid % 12}"
    images = tuple(f"{year}/foto-{nid}-{i}.png" for i in range(random.choice((0, 0, 0, 1, 2))))
    attached = (f"{year}/prilozhenie-{nid}.pdf",) if random.random() < 0.05 else ()
    if random.random() < 0.005:
        return Content("", attached, images)
    phrases = _phrases()[language]
    blocks = [_paragraph(random, phrases) for _ in range(random.randint(3, 9))]
    if random.random() < 0.12:
        blocks.insert(
            1, f"<p>{_filled(random, random.choice(phrases['joint']), phrases['words'])}</p>"
        )
    if random.random() < 0.15:
        blocks.append(_list(random, phrases))
    if random.random() < 0.08:
        blocks.append(_table(random, phrases))
    return Content("\n".join(blocks), attached, images)


def _paragraph(random: Random, phrases: dict[str, Any]) -> str:
    patterns = random.sample(phrases["sentences"], random.randint(2, 5))
    text = " ".join(_filled(random, pattern, phrases["words"]) for pattern in patterns)
    return f"<p>{html.escape(text, quote=False)}</p>"


def _list(random: Random, phrases: dict[str, Any]) -> str:
    words = phrases["words"]
    entries = (f"<li>{random.choice(words['tail'])}</li>" for _ in range(random.randint(3, 6)))
    return f"<ul>{''.join(entries)}</ul>"


def _table(random: Random, phrases: dict[str, Any]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in phrases["cells"])
    rows = "".join(
        f"<tr><td>{random.choice(phrases['words']['place'])}</td>"
        f"<td>{random.randint(2, 900)}</td><td>{random.randint(1, 28)}.{random.randint(1, 12):02}"
        "</td></tr>"
        for _ in range(random.randint(3, 7))
    )
    return f'<table border="1"><tr>{head}</tr>{rows}</table>'
