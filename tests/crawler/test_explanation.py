"""An explanation asks every rule, and chooses as a crawl does."""

from __future__ import annotations

import json
import urllib.request
from itertools import groupby
from pathlib import Path

import pytest

from crawler.extraction import explain, extract
from crawler.source import Source, find
from demo.settings import LAYOUTS
from tests.fixtures.command import Command
from tests.fixtures.stand_in import MakeStandIn

REFERENCE = "https://mpt.gov.by/ru/node/7853"
PAGE = b"""<html lang=ru><head><title>Headline | Ministry</title>
<meta property="og:title" content="Headline"><meta property="og:type" content="article">
<meta property="article:published_time" content="2024-03-01T10:00:00+03:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Another headline",
"datePublished": "2024-03-02"}</script></head><body><main><h1>Headline</h1>
<p>01.03.2024</p><p>A delegation came to see how lifts are made, and saw it.</p></main></body>"""


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_choice_is_that_of_a_crawl(make_stand_in: MakeStandIn, layout: str) -> None:
    page = fetched(make_stand_in(layout=layout).url + "/ru/node/7853")
    source: Source = find("mpt")
    told = explain(page, REFERENCE, source=source)
    assert told.article == extract(page, REFERENCE, source=source)
    assert told.article is not None
    taken = {one.field: one.rule for one in told.weighed if one.taken and one.rule}
    assert told.article.provenance.items() <= taken.items()
    single = [one for one in told.weighed if one.field not in {"images", "files"}]
    for field, candidates in groupby(single, key=lambda one: one.field):
        assert sum(one.taken for one in candidates) <= 1, field


def test_every_rule_is_asked() -> None:
    told = explain(PAGE, "https://site.by/news/1")
    found = {(one.field, one.rule, one.shown) for one in told.weighed}
    assert {
        ("title", "h1", "Headline"),
        ("title", "json-ld", "Another headline"),
        ("title", "og:title", "Headline"),
        ("title", "title", "Headline | Ministry"),
        ("published", "json-ld", "2024-03-02"),
        ("published", "meta", "2024-03-01T10:00:00+03:00"),
        ("published", "visible", "01.03.2024"),
    } <= found
    (title,) = (one for one in told.weighed if one.field == "title" and one.taken)
    assert (title.rule, title.why) == ("h1", "a heading that og:title confirms")


def test_a_rule_that_gives_nothing_says_why() -> None:
    page = PAGE.replace(b'content="2024-03-01T10', b'content="1024-03-01T10')
    why = {(one.rule, one.shown): one.why for one in explain(page, "https://site.by/1").weighed}
    assert why["meta", "1024-03-01T10:00:00+03:00"] == "no date that can be true"
    unknown = explain(PAGE, "https://mpt.gov.by/ru/news/1", source=find("mpt"))
    assert {one.why for one in unknown.weighed if one.field == "layout"} == {"matches nothing"}


def test_a_page_that_is_refused_is_explained(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    output, _ = coopwatch("extract", "page.html", "--explain")
    assert max(map(len, output.splitlines())) <= 100
    assert "✓  title" in output
    (tmp_path / "bare.html").write_bytes(b"<html><body><h1>Contacts</h1><p>Room 5</p></body>")
    source = ("--source", "mpt", "--url", "https://mpt.gov.by/ru/contacts")
    output, errors = coopwatch(
        "extract", "bare.html", "--explain", "--format", "json", *source, code=2
    )
    told = json.loads(output)
    assert told["article"] is None
    assert told["refusal"] in errors
    assert {"layout", "title", "language"} <= {one["field"] for one in told["candidates"]}
