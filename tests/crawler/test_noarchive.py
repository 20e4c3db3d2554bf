"""When a site asks that no copy be kept, in a header or in the page."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from crawler import noarchive


def asked(*headers: str, page: str = "<html><p>Текст</p></html>") -> bool:
    response = HtmlResponse(
        "https://mpt.example/ru/news/1", headers={"X-Robots-Tag": headers}, body=page.encode()
    )
    return noarchive.is_asked(response)


@pytest.mark.parametrize(
    "headers",
    [
        ["noarchive"],
        ["NoIndex, NoArchive"],
        ["none"],
        ["noindex", "noarchive"],
        ["googlebot: nofollow", "noarchive"],
        ["unavailable_after: 25 Jun 2030 15:00:00 GMT, noarchive"],
        ["coopwatch: noarchive"],
        ["googlebot: index, coopwatch: noarchive"],
        ["max-snippet: -1, noarchive"],
    ],
)
def test_a_header_that_forbids(headers: list[str]) -> None:
    assert asked(*headers)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["noindex, nofollow"],
        ["googlebot: noarchive"],
        ["googlebot: noindex, noarchive"],
        ["otherbot: none"],
        ["all"],
        ["nonesuch"],
    ],
)
def test_a_header_that_does_not(headers: list[str]) -> None:
    assert not asked(*headers)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<meta name="robots" content="noarchive">', True),
        ("<META CONTENT='index, NOARCHIVE' NAME='Robots' />", True),
        ("<meta name=robots content=none>", True),
        ('<meta\n  name="coopwatch"\n  content="noarchive">', True),
        ('<meta name="robots" content="noarchiv&#101;">', True),
        ('<meta name="robots" content="noindex">', False),
        ('<meta name="googlebot" content="noarchive">', False),
        ('<meta name="description" content="noarchive">', False),
        ('<!-- <meta name="robots" content="noarchive"> -->', False),
        ('<p>meta name="robots" content="noarchive"</p>', False),
    ],
)
def test_an_element_of_the_page(page: str, expected: bool) -> None:
    assert asked(page=f"<html><head>{page}</head><p>Текст</p></html>") is expected
