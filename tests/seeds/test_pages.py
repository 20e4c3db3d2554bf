"""Every shipped source has pages written after its site's markup, and reads them as expected.

The pages are ours: markup as far as it is known, invented text. Beside each ``NAME.html`` lies
``NAME.json`` with its ``url`` and what is to be read there: an ``article`` (each field that is
named) or a ``listing`` (rule, links, next).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery import read_listing
from crawler.extraction import extract
from crawler.extraction.page import Page
from crawler.source import Source, relocated, shipped_and_own

PAGES = Path(__file__).parent / "pages"
SOURCES = shipped_and_own()


def expected(page: Path) -> dict[str, Any]:
    record = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert isinstance(record, dict)
    return record


def lacking(source: Source, pages: Path) -> Iterator[str]:
    """What a source's folder of pages lacks, in words."""
    folder = pages / source.key
    records = {path.stem for path in folder.glob("*.json")}
    shown = {path.stem for path in folder.glob("*.html")}
    for name in sorted(shown ^ records):
        yield f"{folder / name}: expected a .html and a .json"
    kept = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in shown & records]
    articles = [one["article"] for one in kept if "article" in one]
    if not articles:
        yield f"{folder}: expected the page of an article and its record"
    listings = [one["listing"] for one in kept if "listing" in one]
    for layout in source.layouts:
        if layout.article and layout.name not in {one["layout"] for one in articles}:
            yield f"{folder}: expected an article in the layout {layout.name}"
        if layout.items and layout.name not in {one["rule"] for one in listings}:
            yield f"{folder}: expected a listing in the layout {layout.name}"


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_every_source_has_its_pages(key: str) -> None:
    assert list(lacking(SOURCES[key], PAGES)) == []


def test_pages_of_no_source_are_left_over() -> None:
    assert {folder.name for folder in PAGES.iterdir()} == set(SOURCES)


@pytest.mark.parametrize(
    "page", sorted(PAGES.glob("*/*.html")), ids=lambda page: f"{page.parent.name}/{page.stem}"
)
def test_a_page_is_read_as_expected(page: Path) -> None:
    source, wanted = SOURCES[page.parent.name], expected(page)
    if "listing" in wanted:
        given = Page(page.read_text("utf-8"), wanted["url"], {}, source)
        listing = read_listing(given, source)
        found = {"rule": listing.rule, "links": listing.links, "next": listing.next}
        assert found == wanted["listing"]
    else:
        article = extract(page.read_bytes(), wanted["url"], source=source).to_dict()
        assert {name: article[name] for name in wanted["article"]} == wanted["article"]
        assert {"title", "published", "text", "layout", "language"} <= wanted["article"].keys()


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_every_selector_for_articles_is_matched_by_some_page(key: str) -> None:
    """A selector that no page of ours has is a guess that nobody would miss."""
    pages = [
        Page(p.read_text("utf-8"), "https://x/", {}, None) for p in PAGES.glob(f"{key}/*.html")
    ]
    for layout in SOURCES[key].layouts if key != "mpt" else ():  # its themes are in the stand-in
        for css in (*layout.article, *layout.body, *layout.images, *layout.items, *layout.title):
            assert any(page.values(css) or page.element(css) is not None for page in pages), css


@pytest.mark.parametrize("missing", ["article.json", "article.html", "listing.json", ""])
def test_a_source_without_its_pages_fails(tmp_path: Path, missing: str) -> None:
    source = SOURCES["belta"]
    folder = tmp_path / "belta"
    folder.mkdir()
    for path in (PAGES / "belta").iterdir():
        if missing and not (path.name == missing or path.stem.startswith("listing-")):
            (folder / path.name).write_bytes(path.read_bytes())
    assert list(lacking(source, tmp_path)) != []


def test_only_the_ministry_is_watched_by_default() -> None:
    """Rules that were not tried on the live site are shipped, not followed; mpt is the subject."""
    assert [key for key, source in SOURCES.items() if source.enabled] == ["mpt"]
    assert not any(source.verified for source in SOURCES.values())
    for source in SOURCES.values():
        assert source.terms
        assert source.politeness.delay >= 10
        assert not source.allow_private


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_a_source_file_says_what_is_known_and_can_be_moved(key: str) -> None:
    text = (Path(__file__).parents[2] / "seeds" / f"{key}.toml").read_text("utf-8")
    comments = " ".join(line[1:].strip() for line in text.splitlines() if line.startswith("#"))
    assert "tried on the live site" in comments
    assert "allow_private = true" in relocated(text, "http://127.0.0.1:1", delay=1)
