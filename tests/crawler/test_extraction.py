"""Extraction from pages of known and unknown layouts, and what is refused."""

from __future__ import annotations

import contextlib
import re
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from urllib.error import HTTPError

import pytest

from crawler import extract
from crawler.extraction import NotAnArticle
from crawler.extraction.address import canonical as canonical_address
from crawler.source import Source
from crawler.source import find as find_source
from demo.articles import MINSK, NewsItem, shipped
from demo.site import Record, StandIn
from storage.article import Article
from tests.crawler.conftest import CrawlsOf
from tests.crawler.pages import SITES, Piece
from tests.fixtures.stand_in import MakeStandIn

UNKNOWN_LAYOUTS = ("other", "drupal10", "bureau")


@cache
def pieces() -> list[Piece]:
    long_enough = [item for item in shipped() if item.kind == "news" and len(item.text) > 150]
    return [_piece(item) for item in long_enough]


def _piece(item: NewsItem) -> Piece:
    plain = "\n".join(" ".join(line.split()) for line in item.text.split("\n") if line.strip())
    return Piece(item.language, item.title, plain, item.created)


def word_f1(found: str, wanted: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if a or b else 1.0


def day_of(article: Article) -> date | None:
    published = article.published
    return published.astimezone(MINSK).date() if isinstance(published, datetime) else published


def fetch(url: str) -> tuple[bytes, Mapping[str, str]]:
    try:
        answer = urllib.request.urlopen(url)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.read(), dict(answer.headers)


def read(url: str, source: Source | None) -> Article:
    body, headers = fetch(url)
    return extract(body, url, source=source, headers=headers)


def alive(site: StandIn) -> list[Record]:
    return [record for record in site.articles() if record.status == "published"]


@pytest.mark.parametrize("site", SITES)
def test_generic_way_on_sites_of_other_makes(site: str) -> None:
    chosen = pieces()[::4]
    others = pieces()[1:5]
    scores = []
    for piece in chosen:
        article = extract(SITES[site](piece, others).encode(), "https://site.by/news/1")
        assert article.title == piece.title
        assert day_of(article) == piece.published.date()
        assert article.language == piece.language
        scores.append(word_f1(article.text, piece.text))
    assert sum(scores) / len(scores) >= 0.99, min(scores)


def test_known_layout(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    source = crawls_of(stand_in).source
    for record in alive(stand_in)[::3]:
        article = read(record.url, source)
        assert article.title == record.title
        assert word_f1(article.text, record.text) == 1.0
        assert article.published == record.published.astimezone(UTC).replace(microsecond=0)
        assert (article.site_id, article.language) == (str(record.nid), record.language)
        assert article.files == record.files
        assert article.layout == "drupal7"
        assert article.provenance["title"].startswith("layout: ")


@pytest.mark.parametrize("layout", UNKNOWN_LAYOUTS)
def test_unknown_layout(layout: str, make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    site = make_stand_in(layout=layout)
    source = crawls_of(site).source
    scores, days = [], []
    for record in alive(site)[::3]:
        if not record.text.strip():
            continue
        article = read(record.url, source)
        assert article.layout == "generic"
        assert article.title == record.title
        scores.append(word_f1(article.text, record.text))
        days.append(day_of(article) == record.published.astimezone(MINSK).date())
    assert sum(scores) / len(scores) >= 0.99
    assert sum(days) / len(days) >= 0.95


@pytest.mark.parametrize("layout", ["drupal7", *UNKNOWN_LAYOUTS])
def test_what_is_no_article_is_refused(
    layout: str, make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(layout=layout)
    source = crawls_of(site).source
    record = alive(site)[3]
    expected = {
        "/ru/news": {"listing", "other"},
        "/be/news?page=1": {"listing", "other"},
        "/ru/news/no-such-thing-99999": {"listing", "other"},
        "/ru": {"listing", "other"},
        "/ru/nichego-net": {"error"},
        f"/ru/print/{record.nid}": {"print"},
        "/user/login": {"other", "empty"},
        "/ru/kontakty": {"other"},
        "/rss.xml": {"not_html"},
        "/sitemap.xml": {"not_html"},
    }
    for path, kinds in expected.items():
        body, headers = fetch(site.url + path)
        with pytest.raises(NotAnArticle) as refused:
            extract(body, site.url + path, source=source, headers=headers)
        assert refused.value.kind in kinds, (path, str(refused.value))
        assert str(refused.value)


def test_address_that_names_another_article(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    one, two = [record for record in alive(stand_in) if re.search(r"-\d{4}$", record.url)][:2]
    body, headers = fetch(one.url)
    with pytest.raises(NotAnArticle, match=f"names {two.nid}") as refused:
        extract(body, two.url, source=crawls_of(stand_in).source, headers=headers)
    assert refused.value.kind == "listing"


def test_russian_article_under_another_prefix(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    record = next(r for r in alive(stand_in) if r.language == "ru" and len(r.text) > 200)
    article = read(f"{stand_in.url}/en/node/{record.nid}", crawls_of(stand_in).source)
    assert article.language == "ru"
    assert article.site_id == str(record.nid)


TITLE = "<title>Новость</title><h1>Новость</h1>"
TEXT = "<p>Стороны подписали протокол о намерениях и договорились о следующей встрече.</p>"


def one(body: str, **headers: str) -> Article:
    page = f"<html><head></head><body>{body}</body></html>"
    return extract(page.encode(), "https://site.by/a", headers=headers)


def test_blocks_of_text() -> None:
    article = one(
        f"{TITLE}<div><p>Первый&nbsp;абзац «с кавычками» – тире, и слов достаточно.</p>"
        "<ul><li>пункт один</li><li>пункт два<ul><li>вложенный</li></ul></li></ul>"
        "<table><tr><td>Год</td><td>2024</td></tr><tr><td>Рост</td><td>5 %</td></tr></table>"
        "<p>Второй абзац<br>со второй строкой и продолжением.</p></div>"
    )
    assert article.text == (
        "Первый абзац «с кавычками» – тире, и слов достаточно.\n\n"
        "- пункт один\n- пункт два\n  - вложенный\n\n"
        "Год | 2024\nРост | 5 %\n\n"
        "Второй абзац\nсо второй строкой и продолжением."
    )
    assert "<li>пункт один</li>" in article.html
    assert "<td>5 %</td>" in article.html


def test_only_a_safe_subset_of_html_is_left() -> None:
    article = one(
        f'{TITLE}<div onclick="x()"><p style="color:red" onmouseover="x()">Текст с '
        '<a href="javascript:alert(1)">ссылкой</a>, <a href="/doc.pdf" onclick="x()">файлом</a> и '
        '<b>важным</b> местом.<img src="data:image/png;base64,AA"><img src="/i.png" onerror="x()">'
        "</p><script>alert(1)</script><style>p{}</style><svg onload=x()></svg>"
        '<iframe src="https://evil.example/"></iframe><p>Ещё &lt;script&gt; абзац текста.</p></div>'
    )
    assert not re.search(
        r"on\w+=|javascript:|data:|<script|<style|<svg|<iframe|style=", article.html
    )
    assert '<a href="https://site.by/doc.pdf">файлом</a>' in article.html
    assert "&lt;script&gt;" in article.html
    assert article.files == ["https://site.by/doc.pdf"]
    assert article.images == ["https://site.by/i.png"]


def test_word_paste() -> None:
    article = one(
        f"{TITLE}<div><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        f'<p class="MsoNormal"><span lang="RU">{TEXT[3:-4]}<o:p></o:p></span></p></div>'
    )
    assert article.text == TEXT[3:-4]


def test_charset_of_the_header_wins_over_meta() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body>{TITLE}{TEXT}</body></html>'
    article = extract(
        page.encode("cp1251"),
        "https://site.by/a",
        headers={"Content-Type": "text/html; charset=windows-1251"},
    )
    assert article.title == "Новость"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-07-10T01:20:00+03:00", datetime(2023, 7, 9, 22, 20, tzinfo=UTC)),
        ("2023-07-10T01:20:00", datetime(2023, 7, 9, 22, 20, tzinfo=UTC)),
        ("2023-07-10T00:00:00+03:00", date(2023, 7, 10)),
        ("2023-07-10", date(2023, 7, 10)),
        ("1970-01-01", None),
        ("2024-01-03", None),
    ],
)
def test_dates(written: str, expected: date | None) -> None:
    meta = f'<meta property="article:published_time" content="{written}">'
    article = one(f"{meta}{TITLE}{TEXT}", date="Mon, 01 Jan 2024 12:00:00 GMT")
    assert article.published == expected


def test_a_date_in_the_text_or_beside_it_is_not_the_date_of_the_page() -> None:
    side = "".join(
        f'<div class="it"><a href="/n/{i}">Заголовок другой новости</a> <i>0{i}.11.2026</i></div>'
        for i in range(1, 6)
    )
    article = one(
        f"{TITLE}<div><p>Переговоры прошли 10 июля 2023 года в Могилёве, стороны обсудили планы "
        f"поставок и договорились о новой встрече.</p></div><div>{side}</div>"
    )
    assert article.published is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"%PDF-1.4 ...", "not_html"),
        (b"plain words", "not_html"),
        (b"\x89PNG\r\n\x1a\n....", "not_html"),
        (b"<title>Just a moment...</title><p>Checking", "wall"),
        ("<title>Сайт на техническом обслуживании</title><p>Зайдите позже".encode(), "error"),
        (b"<title>404 Not Found</title><h1>Not Found</h1>", "error"),
    ],
)
def test_answers_that_are_no_article(body: bytes, kind: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        extract(body, "https://site.by/a", headers={"Content-Type": "text/html"})
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + TITLE + TEXT,
        TITLE + "<div>" * 200 + TEXT * 3000,
        TITLE + "<table>" * 200 + "<tr><td>" + TEXT * 50,
        "<div " + " ".join(f'a{i}="x"' for i in range(50_000)) + ">" + TITLE + TEXT,
        TITLE + "<p>" + " " * 1_000_000 + "x</p>" + TEXT,
        "<h1>Новость</h1>" * 5000 + TEXT,
    ],
    ids=["nested", "nested-text", "tables", "attributes", "blanks", "headings"],
)
def test_hostile_pages_end(page: str) -> None:
    started = time.monotonic()
    with contextlib.suppress(NotAnArticle):
        extract(page.encode(), "https://site.by/a")
    assert time.monotonic() - started < 10


def test_the_same_bytes_give_the_same_article() -> None:
    page = SITES["portal"](pieces()[0], pieces()[1:5]).encode()
    other = SITES["agency"](pieces()[5], pieces()[1:5]).encode()
    first = extract(page, "https://site.by/a")
    extract(other, "https://site.by/b")
    assert extract(page, "https://site.by/a") == first


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "HTTP://www.mpt.gov.by/ru/news/1-2-7/?utm_source=x#top",
            "https://mpt.gov.by/ru/news/1-2-7",
        ),
        ("https://mpt.gov.by//node/7?b=2&a=1", "https://mpt.gov.by/node/7?a=1&b=2"),
    ],
)
def test_canonical_address(url: str, canonical: str) -> None:
    assert canonical_address(url, find_source("mpt")) == canonical
