"""The ten findings about the ministry's Drupal that matter for a monitor, at the stand-in."""

from __future__ import annotations

import gzip
import re

import pytest

from demo.site import Record, StandIn
from tests.demo.client import Answer, get
from tests.fixtures.stand_in import MakeStandIn

NODE = "//div[starts-with(@id, 'node-') and contains(@class, 'node-full')]"
LIST = "//div[contains(@class, 'view-display-id-page')]"


def dated(site: StandIn, language: str = "ru") -> Record:
    """Some published article with a dated address."""
    return next(
        record
        for record in site.articles()
        if record.language == language and "/news/" in record.url and record.text
    )


def slugged(site: StandIn) -> Record:
    """The reference article: its address is a slug."""
    return site.article(7853)


def canonical(answer: Answer) -> str:
    (link,) = answer.page.xpath("//link[@rel='canonical']/@href")
    return str(link)


def test_1_dead_news_address_answers_200_with_the_list(stand_in: StandIn) -> None:
    gone, hidden = dated(stand_in), stand_in.articles()[-1]
    stand_in.control.withdraw(gone.nid)
    stand_in.control.withdraw(hidden.nid, "unpublished")
    tail = gone.url.partition("/ru/")[2]
    for path in ("/ru/news/no-such-thing-99999", gone.url, f"/en/{tail}", f"/be/{tail}"):
        answer = get(stand_in.url, path)
        assert answer.status == 200
        assert answer.page.xpath(LIST)
        assert not answer.page.xpath(NODE)
        assert canonical(answer) == stand_in.url + path.removeprefix(stand_in.url)
    assert get(stand_in.url, "/ru/no-such-thing").status == 404
    assert get(stand_in.url, f"/node/{gone.nid}").status == 404
    assert get(stand_in.url, hidden.url).status == 403
    assert get(stand_in.url, f"/be/node/{hidden.nid}").status == 403


def test_2_304_needs_both_validators_exactly(stand_in: StandIn) -> None:
    url = slugged(stand_in).url
    first = get(stand_in.url, url)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    both = get(stand_in.url, url, **first.validators)
    assert (both.status, both.body) == (304, b"")
    assert both.headers["etag"] == etag
    assert "last-modified" not in both.headers
    for headers in (
        {"If-None-Match": etag},
        {"If-Modified-Since": date},
        {"If-None-Match": f'{etag}, "1-0"', "If-Modified-Since": date},
        {"If-None-Match": f"W/{etag}", "If-Modified-Since": date},
        {"If-None-Match": etag, "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ):
        assert get(stand_in.url, url, **headers).status == 200


def test_3_a_compressing_proxy_weakens_the_etag(stand_in: StandIn) -> None:
    url = slugged(stand_in).url
    packed = get(stand_in.url, url, Accept_Encoding="gzip")
    plain = get(stand_in.url, url)
    assert packed.headers["etag"].endswith('-1"')
    assert plain.headers["etag"].endswith('-0"')
    assert gzip.decompress(packed.body) == plain.body
    assert get(stand_in.url, url, **packed.validators).status == 200  # identity client, -1
    stand_in.control.set(compression="nginx")
    weak = get(stand_in.url, url, Accept_Encoding="gzip")
    assert weak.headers["etag"].startswith('W/"')
    date = weak.headers["last-modified"]
    again = {"Accept-Encoding": "gzip", "If-Modified-Since": date}
    sent_back = get(stand_in.url, url, If_None_Match=weak.headers["etag"], **again)
    assert sent_back.status == 200
    stripped = weak.headers["etag"].removeprefix("W/")
    assert get(stand_in.url, url, If_None_Match=stripped, **again).status == 304


def test_4_any_save_renews_the_validators_of_every_page(stand_in: StandIn) -> None:
    url = slugged(stand_in).url
    before = get(stand_in.url, url)
    stand_in.control.publish("Новая заметка", text="Совсем о другом.")
    after = get(stand_in.url, url, **before.validators)
    assert after.status == 200
    assert after.headers["x-drupal-cache"] == "MISS"
    assert after.headers["etag"] != before.headers["etag"]
    assert after.headers["last-modified"] != before.headers["last-modified"]
    assert re.fullmatch(r'"\d{10}-0"', after.headers["etag"])


def test_5_a_cache_lifetime_hides_edits(stand_in: StandIn) -> None:
    url = slugged(stand_in).url
    stand_in.control.cache_lifetime(0.5)
    before = get(stand_in.url, url)
    stand_in.control.edit(7853, title="Другой заголовок")
    hidden = get(stand_in.url, url)
    assert hidden.headers["etag"] == before.headers["etag"]
    assert "Другой заголовок" not in hidden.text
    stand_in.site.cache.now = lambda: 4e9
    assert "Другой заголовок" in get(stand_in.url, url).text


def test_6_maintenance_is_half_cached_and_stays_cached(stand_in: StandIn) -> None:
    cached, fresh = "/ru/news", "/ru/news?page=1"
    get(stand_in.url, cached)
    stand_in.control.maintenance(True, keep_cache=True)
    assert get(stand_in.url, cached).status == 200
    down = get(stand_in.url, fresh)
    assert (down.status, down.reason) == (503, "Service unavailable")
    assert "retry-after" not in down.headers
    assert get(stand_in.url, "/robots.txt").status == 200
    assert get(stand_in.url, "/sites/default/files/a.pdf").body.startswith(b"%PDF-")
    stand_in.control.maintenance(False, keep_cache=True)
    still = get(stand_in.url, fresh)
    assert (still.status, still.headers["x-drupal-cache"]) == (503, "HIT")
    assert get(stand_in.url, fresh, **still.validators).status == 304
    stand_in.control.clear_caches()
    assert get(stand_in.url, fresh).status == 200
    missing = get(stand_in.url, "/ru/nothing-here")
    assert get(stand_in.url, "/ru/nothing-here", **missing.validators).status == 304


def test_7_the_pager_never_ends(stand_in: StandIn) -> None:
    def titles(query: str) -> list[str]:
        page = get(stand_in.url, f"/ru/news{query}").page
        return [
            str(t) for t in page.xpath(f"{LIST}//*[contains(@class,'news-item-title')]//a/text()")
        ]

    published = [r for r in stand_in.articles() if (r.language, r.status) == ("ru", "published")]
    last = (len(published) - 1) // 10
    assert len(titles("")) == 10
    assert titles("?page=-1") == titles("?page=abc") == titles("?page=0") == titles("")
    ends = [titles(f"?page={number}") for number in (last, last + 1, 999, "1e3")]
    assert ends[0]
    assert all(end == ends[0] for end in ends)
    page = get(stand_in.url, f"/ru/news?page={last}").page
    assert not page.xpath("//li[contains(@class, 'pager-next')]")
    first = get(stand_in.url, "/ru/news").page
    assert first.xpath("//li[contains(@class,'pager-next')]/a/@href") == ["/ru/news?page=1"]
    assert len(first.xpath("//*[contains(@class,'news-item-title')]//a")) == 15
    old = titles("")
    stand_in.control.publish("Новая заметка", text="Сдвигает страницы.")
    assert titles("")[1:] == old[:9]


def test_8_canonical_links_mislead(stand_in: StandIn) -> None:
    base = stand_in.url
    assert canonical(get(base, "/en/node/7853")) == f"{base}/en/node/7853"
    assert canonical(get(base, "/node/7853")) == slugged(stand_in).url
    assert canonical(get(base, "/ru/news?page=3")) == f"{base}/ru/news"
    assert canonical(get(base, "/ru/nothing-here")) == f"{base}/ru"
    stand_in.control.set(metatag=False)
    answer = get(base, "/node/7853")
    assert canonical(answer) == slugged(stand_in).url.removeprefix(base)
    assert f'<{canonical(answer)}>; rel="canonical"' in answer.headers["link"]
    for path in ("/ru/news?page=3", "/ru/nothing-here"):
        assert not get(base, path).page.xpath("//link[@rel='canonical']")


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_9_one_node_at_all_its_addresses(stand_in: StandIn, language: str) -> None:
    records = [slugged(stand_in)] if language == "ru" else []
    records.append(dated(stand_in, language))
    for record in records:
        assert len(record.urls) >= 15
        for url in record.urls:
            answer = get(stand_in.url, url)
            assert answer.status == 200, url
            assert record.title in answer.page.text_content(), url
            if "/print/" not in url:
                assert answer.page.xpath(f"//div[@id='node-{record.nid}']"), url
                (short,) = answer.page.xpath("//link[@rel='shortlink']/@href")
                assert short.endswith(f"/node/{record.nid}")
            else:
                assert answer.page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


def test_9_addresses_that_do_not_answer(stand_in: StandIn) -> None:
    alias = slugged(stand_in).url.partition("/ru/")[2]
    for path in (
        f"/en/{alias}",
        f"/be/{alias}",
        f"/{alias.upper()}",
        f"/ru//{alias}",
        f"/index.php/{alias}",
        f"/{alias}/extra",
        "/node/7853.html",
    ):
        assert get(stand_in.url, path).status == 404, path


def test_9_foreign_prefix_changes_the_interface_not_the_text(stand_in: StandIn) -> None:
    answer = get(stand_in.url, "/en/node/7853")
    assert answer.headers["content-language"] == "en"
    assert "Printer-friendly version" in answer.text
    assert "роторные парковки" in answer.text


def test_10_rss_shows_the_newest_promoted_only(stand_in: StandIn) -> None:
    control = stand_in.control
    plain = control.publish("Без главной", text="Не на главной.", promoted=False)
    old = control.publish("Задним числом", text="Старая дата.", created="2020-01-01T10:00")
    be = control.publish("Навіна", text="Па-беларуску.", language="be")
    mixed = get(stand_in.url, "/rss.xml").text
    assert mixed.count("<item>") == 10
    for record, shown in ((plain, False), (old, False), (be, True)):
        assert (f"{record['nid']} at {stand_in.url}</guid>" in mixed) is shown
    assert f"<link>{stand_in.url}/ru/node/{be['nid']}</link>" in mixed
    assert f"<link>{stand_in.url}/be/node/" in get(stand_in.url, "/be/rss.xml").text
    russian = get(stand_in.url, "/ru/rss").text
    assert russian.count("<item>") == 15
    assert f"{plain['nid']} at " in russian
    assert f"{be['nid']} at " not in russian
    control.edit(plain["nid"], title="Изменено")
    dates = re.compile("<pubDate>.*?</pubDate>")
    assert dates.findall(get(stand_in.url, "/ru/rss").text) == dates.findall(russian)
    assert get(stand_in.url, "/ru/rss.xml/zzz").status == 200
    assert get(stand_in.url, "/rss/zzz").status == 200


def test_sitemap_waits_for_cron(stand_in: StandIn) -> None:
    new = stand_in.control.publish("Новая заметка", text="Её ещё нет в карте сайта.")
    assert new["path"] not in get(stand_in.url, "/sitemap.xml").text
    stand_in.control.cron()
    assert (
        f"<loc>{stand_in.url}{new['path']}</loc><lastmod>2"
        in get(stand_in.url, "/sitemap.xml").text
    )


def test_robots_text_asks_for_the_delay(make_stand_in: MakeStandIn) -> None:
    site = make_stand_in(crawl_delay=10)
    assert "\nCrawl-delay: 10\n" in get(site.url, "/robots.txt").text
    site.control.crawl_delay(0.1)
    text = get(site.url, "/robots.txt").text
    assert "\nCrawl-delay: 0.1\n" in text
    assert "Disallow: /search/" in text
    assert "Sitemap" not in text
    site.control.crawl_delay(None)
    assert "Crawl-delay" not in get(site.url, "/robots.txt").text


def test_renderings_differ_in_noise_only(stand_in: StandIn) -> None:
    first = get(stand_in.url, "/node/7853")
    stand_in.control.clear_caches()
    second = get(stand_in.url, "/node/7853")
    body = "//div[contains(@class, 'field-name-body')]"
    texts = [answer.page.xpath(f"string({body})") for answer in (first, second)]
    assert texts[0] == texts[1] != ""
    for noise in ("form_build_id", "view-dom-id-", "theme_token", "?t", "просмотров"):
        lines = [[x for x in a.text.splitlines() if noise in x] for a in (first, second)]
        assert lines[0] != lines[1], noise


def test_the_title_is_the_heading_of_a_page_but_not_of_the_front(stand_in: StandIn) -> None:
    record = slugged(stand_in)
    heading = "//h1[@id='page-title']/text()"
    assert get(stand_in.url, record.url).page.xpath(heading) == [record.title]
    assert get(stand_in.url, "/ru").page.xpath(heading) == []
