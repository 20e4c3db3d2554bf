"""The check of a source's rules: what fits, what broke, what the fallback gave."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawler.checking import Check, Evidence, RouteKind, archived, checks
from crawler.fetching import Answer
from crawler.source import Source, shipped_and_own
from tests.seeds.test_pages import PAGES

TODAY = date(2026, 11, 25)
SOURCES = shipped_and_own()


def answer(key: str, name: str, old: str = "", new: str = "") -> Answer:
    page = PAGES / key / f"{name}.html"
    url = json.loads(page.with_suffix(".json").read_text("utf-8"))["url"]
    text = page.read_text("utf-8")
    assert old in text
    return Answer(url, 200, text.replace(old, new).encode(), {})


def evidence(article: Answer, listing: Answer, kind: RouteKind = "listing") -> Evidence:
    return Evidence([(kind, listing.url, listing)], [article])


def broken(found: list[Check]) -> set[str]:
    return {check.part for check in found if check.broken}


def one(found: list[Check], part: str, rule: str) -> Check:
    return next(check for check in found if (check.part, check.rule) == (part, rule))


@pytest.mark.parametrize("key", ["mpt", "belta"])
def test_rules_that_fit(key: str) -> None:
    found = checks(SOURCES[key], evidence(answer(key, "article"), answer(key, "listing")), TODAY)
    assert broken(found) == set()
    assert one(found, "pages", "read as articles").found == 1
    assert one(found, "pages", "date parsed").found == 1


def test_a_selector_beside_one_that_fits_breaks_nothing() -> None:
    found = checks(
        SOURCES["mpt"], evidence(answer("mpt", "article"), answer("mpt", "listing")), TODAY
    )
    unused = one(found, "drupal7 title", "h1.with-tabs")
    assert (unused.found, unused.of, unused.note) == (0, 1, "another selector fits")
    assert one(found, "fallback", "body").found == 0


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("field-name-body field-type", "field-text field-type", ""),  # RDFa has the body, too
        ("js-mediator-article", "text", "mediator article"),
    ],
)
def test_a_changed_page(old: str, new: str, part: str) -> None:
    key = "belta" if "mediator" in old else "mpt"
    page = answer(key, "article", old, new)
    found = checks(SOURCES[key], evidence(page, answer(key, "listing")), TODAY)
    assert broken(found) == ({part} if part else set())
    if part:
        assert one(found, "fallback", "body").found == 1


def test_a_field_without_any_selector_left_is_broken() -> None:
    page = answer("mpt", "article", "field-name-body", "x")
    page = Answer(page.url, 200, page.body.replace(b"content:encoded", b"x:y"), {})
    found = checks(SOURCES["mpt"], evidence(page, answer("mpt", "listing")), TODAY)
    assert broken(found) == {"drupal7 body"}


def test_a_look_of_the_past_is_not_broken() -> None:
    layout = SOURCES["belta"].layouts[0].model_copy(update={"until": date(2020, 1, 1)})
    source: Source = SOURCES["belta"].model_copy(update={"layouts": [layout]})
    page = answer("belta", "article", "js-mediator-article", "text")
    listing = answer("belta", "listing", "lenta_item", "y")
    found = checks(source, evidence(page, listing), TODAY)
    assert {check.note for check in found if check.part == "mediator article"} == {
        "a look of the past"
    }
    assert not any(part.startswith("mediator") for part in broken(found))


def test_routes_that_cannot_be_read() -> None:
    gone = Answer("https://belta.by/rss", 404, b"", {}, "answered 404")
    feed = Answer("https://belta.by/rss", 200, b"<html><body>no</body></html>", {})
    map_ = Answer("https://belta.by/sitemap.xml", 200, b"no", {})
    empty = Evidence([("feed", gone.url, gone), ("feed", "b", feed), ("sitemap", map_.url, map_)])
    found = checks(SOURCES["belta"], empty, TODAY)
    assert one(found, "feed", gone.url).broken == "answered 404"
    assert one(found, "feed", "b").broken == "no feed, or one without entries"
    assert one(found, "sitemap", map_.url).broken == "no sitemap, or an empty one"
    assert one(found, "pages", "read as articles").broken == "no page to read"


def test_evidence_from_the_archive_keeps_the_newest() -> None:
    source = SOURCES["belta"]
    pages = [Answer(f"https://www.belta.by/a/view/x-{n}-2026/", 200, b"x", {}) for n in range(9)]
    listing = Answer("https://belta.by/all_news", 200, b"x", {})
    older = Answer("https://belta.by/all_news?page=2", 200, b"x", {})
    found = archived(source, [*pages, older, listing], 3)
    assert [page.url for page in found.pages] == [page.url for page in pages[-3:]]
    assert ("listing", "https://belta.by/all_news", listing) in found.routes
    assert ("feed", "https://belta.by/rss", None) in found.routes
