"""A site that misbehaves: each behaviour arrives as announced, and can be ended."""

from __future__ import annotations

import time
import zlib
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected

import pytest

from demo.control import ControlError
from demo.hostile import KINDS
from demo.site import StandIn
from tests.demo.client import get

ARTICLE = "/ru/node/7853"


def test_refusals(stand_in: StandIn) -> None:
    control = stand_in.control
    control.hostile("too_many", "/ru/news*", retry_after=7)
    answer = get(stand_in.url, "/ru/news?page=1")
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    assert get(stand_in.url, ARTICLE).status == 200
    control.hostile("wall", spare=["/robots.txt"])
    assert get(stand_in.url, ARTICLE).status == 403
    assert get(stand_in.url, "/robots.txt").status == 200
    control.hostile("error", "/robots.txt", status=500)
    assert get(stand_in.url, "/robots.txt").status == 500
    control.calm()
    assert get(stand_in.url, "/ru/news?page=1").status == 200


def test_a_trick_can_be_played_a_few_times_only(stand_in: StandIn) -> None:
    stand_in.control.hostile("too_many", times=2)
    assert [get(stand_in.url, ARTICLE).status for _ in range(3)] == [429, 429, 200]
    assert [visit.status for visit in stand_in.control.stats().visits] == [429, 429, 200]


def test_pages_that_are_no_articles_with_status_200(stand_in: StandIn) -> None:
    for kind, words in (("captcha", "вы не робот"), ("maintenance_page", "обслуживании")):
        stand_in.control.hostile(kind)
        answer = get(stand_in.url, ARTICLE)
        assert answer.status == 200
        assert words in answer.text
        assert "Курская" not in answer.text
    stand_in.control.hostile("empty")
    assert get(stand_in.url, ARTICLE).body == b""


def test_truncated_and_dropped(stand_in: StandIn) -> None:
    stand_in.control.hostile("truncated", share=0.4)
    with pytest.raises(IncompleteRead):
        get(stand_in.url, ARTICLE)
    stand_in.control.hostile("drop")
    with pytest.raises(RemoteDisconnected):
        get(stand_in.url, ARTICLE)


def test_header_that_lies_about_the_encoding(stand_in: StandIn) -> None:
    stand_in.control.hostile("charset", says="windows-1251")
    lie = get(stand_in.url, ARTICLE)
    assert lie.headers["content-type"] == "text/html; charset=windows-1251"
    assert "Могилевлифтмаш" in lie.body.decode("utf-8")
    stand_in.control.hostile("charset", says=None, encoded="windows-1251")
    assert "Могилевлифтмаш" in get(stand_in.url, ARTICLE).body.decode("windows-1251")


def test_redirects(stand_in: StandIn) -> None:
    stand_in.control.hostile("redirect", "/ru/*", to="http://127.0.0.1:1/secret", status=301)
    answer = get(stand_in.url, ARTICLE)
    assert (answer.status, answer.headers["location"]) == (301, "http://127.0.0.1:1/secret")
    stand_in.control.hostile("redirect", "/ru/*", to="{path}")
    assert get(stand_in.url, ARTICLE).headers["location"] == ARTICLE


def test_bombs(stand_in: StandIn) -> None:
    stand_in.control.hostile("bomb", "/ru/*", megabytes=30)
    packed = get(stand_in.url, ARTICLE, Accept_Encoding="gzip")
    assert len(packed.body) < 200_000
    assert len(zlib.decompressobj(31).decompress(packed.body)) == 30_000_000
    stand_in.control.hostile("xml_bomb", "/rss.xml")
    feed = get(stand_in.url, "/rss.xml").text
    assert "&e8;&e8;" in feed
    assert "SYSTEM" in feed
    stand_in.control.hostile("nested", depth=1000)
    assert get(stand_in.url, ARTICLE).text.count("<div>") == 1000


def test_huge_pages(stand_in: StandIn) -> None:
    stand_in.control.hostile("huge", megabytes=3, lines=False)
    answer = get(stand_in.url, ARTICLE)
    assert len(answer.body) == 3_000_000
    assert b"\n" not in answer.body
    stand_in.control.hostile("huge", endless=True)
    connection = HTTPConnection(stand_in.url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", ARTICLE)
        response = connection.getresponse()
        assert response.headers["Content-Length"] is None
        assert len(response.read(20_000_000)) == 20_000_000
    finally:
        connection.close()


@pytest.mark.parametrize("drip", [False, True])
def test_slow_answers(stand_in: StandIn, drip: bool) -> None:
    stand_in.control.hostile("slow", seconds=0.3, drip=drip)
    began = time.monotonic()
    assert "Могилевлифтмаш" in get(stand_in.url, ARTICLE).text
    assert time.monotonic() - began > 0.25


def test_stopping_does_not_wait_for_a_slow_answer() -> None:
    with StandIn() as site:
        site.control.hostile("slow", seconds=300)
        connection = HTTPConnection(site.url.removeprefix("http://"))
        connection.request("GET", ARTICLE)
        time.sleep(0.1)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    connection.close()


def test_listings_that_do_not_end(stand_in: StandIn) -> None:
    def following(path: str) -> str:
        (link,) = get(stand_in.url, path).page.xpath("//li[contains(@class,'pager-next')]/a/@href")
        return str(link)

    stand_in.control.set(pager="loop")
    assert following("/ru/news?page=2") == "/ru/news"
    stand_in.control.set(pager="endless")
    assert following("/ru/news?page=500") == "/ru/news?page=501"


@pytest.mark.parametrize("new_numbers", [False, True])
def test_migration_moves_every_article(stand_in: StandIn, new_numbers: bool) -> None:
    before = {record.text: record.nid for record in stand_in.articles() if record.text}
    reference = stand_in.article(7853).url
    moved = stand_in.control.migrate(new_numbers=new_numbers)
    after = stand_in.articles()
    assert len(moved) == len(after)
    assert get(stand_in.url, reference).status == 404
    for record in after[:30]:
        if record.status == "published":
            assert get(stand_in.url, record.url).status == 200
    changed = sum(before.get(record.text, record.nid) != record.nid for record in after)
    assert (changed > len(after) / 2) is new_numbers


def test_migration_with_redirects(stand_in: StandIn) -> None:
    reference = stand_in.article(7853).url
    moved = stand_in.control.migrate(redirects=True)
    answer = get(stand_in.url, reference)
    assert answer.status == 301
    assert answer.headers["location"] == stand_in.url + moved[reference.removeprefix(stand_in.url)]
    assert "Могилевлифтмаш" in get(stand_in.url, answer.headers["location"]).text


def test_a_reused_number_is_another_article(stand_in: StandIn) -> None:
    record = stand_in.control.reuse(7853, "Совсем другая заметка", text="О погоде.")
    assert record["nid"] == 7853
    page = get(stand_in.url, "/ru/node/7853").text
    assert "О погоде." in page
    assert "Могилевлифтмаш" not in page


def test_article_may_forbid_archives(stand_in: StandIn) -> None:
    stand_in.control.set(robots_meta="noarchive")
    meta = "//meta[@name='robots']/@content"
    assert get(stand_in.url, ARTICLE).page.xpath(meta) == ["noarchive"]
    assert get(stand_in.url, "/ru/news").page.xpath(meta) == []


def test_unknown_tricks_are_refused(stand_in: StandIn) -> None:
    with pytest.raises(ControlError, match=f"there are: {next(iter(KINDS))}"):
        stand_in.control.hostile("earthquake")
    with pytest.raises(ControlError, match="slow: got an unexpected keyword argument 'minutes'"):
        stand_in.control.hostile("slow", minutes=3)


def test_a_visitor_who_hangs_up_is_not_counted_on(stand_in: StandIn) -> None:
    stand_in.control.hostile("slow", seconds=60)
    connection = HTTPConnection(stand_in.url.removeprefix("http://"), timeout=0.1)
    connection.request("GET", ARTICLE)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    time.sleep(0.3)
    stand_in.control.calm()
    get(stand_in.url, ARTICLE)
    assert stand_in.control.stats().max_simultaneous == 1
