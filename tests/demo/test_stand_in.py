"""What the stand-in holds, how it is told what to do, and what it counts."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection

import pytest

from demo.articles import shipped, to_publish
from demo.control import Control, ControlError
from demo.generator import generated
from demo.settings import LAYOUTS
from demo.site import StandIn
from demo.words import WORDS
from tests.demo.client import get
from tests.fixtures.stand_in import MakeStandIn


def test_shipped_articles_are_many_and_of_all_kinds() -> None:
    news = [item for item in shipped() if item.kind == "news"]
    assert len(news) >= 100
    assert len({item.nid for item in news}) == len(news)
    assert len({(item.language, item.alias) for item in news}) == len(news)
    russian = sum(item.language == "ru" for item in news) / len(news)
    assert 0.6 < russian < 0.8
    assert {item.language for item in news} == {"ru", "be", "en"}
    assert {item.created.year for item in news} == set(range(2019, 2027))
    assert any(not item.promoted for item in news)
    assert any(item.status == "unpublished" for item in news)
    assert any(not item.write().html and item.write().files for item in news)
    assert any(item.write().html.startswith("<table") for item in news)
    assert any("MsoNormal" in item.write().html for item in news)
    assert any(item.alias.endswith("-gruppy-1") for item in news)
    assert sum(item.translation_set is not None for item in news) >= 5


def test_reference_article_is_there_word_for_word(stand_in: StandIn) -> None:
    record = stand_in.article(7853)
    path = "/kurskaya-delegaciya-posetila-s-rabochim-vizitom-respubliku-belarus"
    assert f"{stand_in.url}{path}" in record.urls
    assert record.published.date() == date(2023, 7, 10)
    assert record.language == "ru"
    assert "более двух миллиардов рублей" in record.text
    answer = get(stand_in.url, path)
    body = answer.page.xpath("//div[contains(@class,'field-name-body')]//p")
    assert [p.text_content() for p in body] == record.text.split("\n")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_every_page_says_that_it_is_fiction(
    make_stand_in: MakeStandIn, layout: str, language: str
) -> None:
    site = make_stand_in(layout=layout)
    paths = ["", "/news", "/news/nothing-1", "/nothing", "/node/7853", "/print/7853", "/user/login"]
    paths += ["/node/6011", "/search/node", "/rss.xml", "/rss"]
    notice = WORDS[language]["fiction"]
    for path in paths:
        assert notice in get(site.url, f"/{language}{path}").text, path
    site.control.maintenance(True)
    assert notice in get(site.url, f"/{language}/news").text


def test_other_layout_fits_no_selector_of_the_first(make_stand_in: MakeStandIn) -> None:
    site = make_stand_in(layout="other")
    for path in ("/node/7853", "/ru/news", "/ru"):
        answer = get(site.url, path)
        page = answer.page
        for name in ("page-title", "node-", "field-item", "views-row", "news-item-title", "pager"):
            assert not page.xpath(f"//*[contains(@class, '{name}') or contains(@id, '{name}')]")
        assert not page.xpath("//@property | //link[@rel='shortlink']")
        assert b"ld+json" not in answer.body
        assert "x-generator" not in answer.headers
    assert "10 июля 2023" in get(site.url, "/node/7853").text
    assert "10 ліпеня 2023" in get(site.url, "/be/node/7853").text


def test_publish_edit_withdraw_restore(stand_in: StandIn) -> None:
    control = stand_in.control
    record = control.publish("Заметка", text="Раз.\nДва.", with_slug=True)
    assert record["path"] == "/ru/zametka"
    assert control.publish("Заметка", text="Три.", with_slug=True)["path"] == "/ru/zametka-0"
    assert control.publish("Заметка", text="Ещё.", with_slug=True)["path"] == "/ru/zametka-1"
    assert "<p>Раз.</p>" in get(stand_in.url, "/zametka").text
    assert "Заметка" in get(stand_in.url, "/ru/news").text
    control.edit(record["nid"], text="Иначе.", files=["2026/a.pdf"])
    page = get(stand_in.url, "/zametka").text
    assert "<p>Иначе.</p>" in page
    assert "/sites/default/files/2026/a.pdf" in page
    control.withdraw(record["nid"])
    assert get(stand_in.url, "/zametka").status == 404
    control.restore(record["nid"])
    assert "<p>Иначе.</p>" in get(stand_in.url, "/zametka").text
    translated = control.publish("Note", text="x", language="en", translation_of=record["nid"])
    assert translated["path"] in get(stand_in.url, "/zametka").text


def test_what_the_demo_publishes_is_of_today(stand_in: StandIn) -> None:
    pieces = to_publish(date(2026, 11, 1))
    assert "31 октября приехала" in pieces[0]["text"]
    for piece in pieces:
        record = stand_in.control.publish(**piece)
        assert get(stand_in.url, record["path"]).status == 200
    assert "Пенза и Бобруйск" in get(stand_in.url, "/rss.xml").text


def test_bad_commands_are_refused_with_a_reason(stand_in: StandIn) -> None:
    control = stand_in.control
    with pytest.raises(ControlError, match="no node 5"):
        control.edit(5, title="x")
    with pytest.raises(ControlError, match="deleted or unpublished"):
        control.withdraw(7853, "burnt")
    with pytest.raises(ControlError, match="no layout 'baroque'; there are: drupal7"):
        control.layout("baroque")
    with pytest.raises(ControlError, match="no setting 'speed'"):
        control.set(speed=1)
    with pytest.raises(ControlError, match="no stand-in site answers"):
        Control("http://127.0.0.1:9").stats()


def test_counts_what_visitors_do(stand_in: StandIn) -> None:
    control = stand_in.control
    get(stand_in.url, "/ru/news", User_Agent="somebody/1.0", If_None_Match='"1-0"')
    get(stand_in.url, "/nothing")
    stats = control.stats()
    assert [visit.status for visit in stats.visits] == [200, 404]
    (visit,) = stats.by_url["/ru/news"]
    assert (visit.user_agent, visit.if_none_match) == ("somebody/1.0", '"1-0"')
    assert stats.max_simultaneous == 1
    assert stats.min_gap is not None
    assert stats.min_gap > 0
    control.reset_stats()
    assert control.stats().visits == []


def test_one_after_the_other_is_never_two_at_once(stand_in: StandIn) -> None:
    connection = HTTPConnection(stand_in.url.removeprefix("http://"))
    try:
        for number in range(300):
            connection.request("GET", f"/ru/news?page={number % 3}")
            connection.getresponse().read()
    finally:
        connection.close()
    assert stand_in.control.stats().max_simultaneous == 1


def test_counts_simultaneous_requests(stand_in: StandIn) -> None:
    together = threading.Barrier(3)
    original = stand_in.site.render.counted

    def wait(nid: int | None) -> None:
        together.wait(timeout=5)
        original(nid)

    stand_in.site.render.counted = wait  # type: ignore[method-assign]  # three at one time, surely
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda n: get(stand_in.url, f"/ru/news?page={n}"), range(3)))
    assert stand_in.control.stats().max_simultaneous == 3


def test_keeps_connections_alive_and_answers_head(stand_in: StandIn) -> None:
    connection = HTTPConnection(stand_in.url.removeprefix("http://"))
    try:
        for _ in range(3):
            connection.request("HEAD", "/node/7853")
            response = connection.getresponse()
            assert response.read() == b""
            assert int(response.headers["Content-Length"]) > 5000
            connection.request("GET", "/node/7853")
            assert b"node-7853" in connection.getresponse().read()
    finally:
        connection.close()


def test_generated_archive_is_reproducible_and_served(make_stand_in: MakeStandIn) -> None:
    items, again = generated(400, seed=3), generated(400, seed=3)
    assert [(i.nid, i.title, i.alias) for i in items] == [(i.nid, i.title, i.alias) for i in again]
    assert [i.text for i in items[:20]] == [i.text for i in again[:20]]
    assert len({(i.language, i.alias) for i in items}) == 400
    assert {i.language for i in items} == {"ru", "be", "en"}
    assert len({i.created.year for i in items}) >= 10
    site = make_stand_in(articles=items)
    for record in site.articles()[::40]:
        page = get(site.url, record.url).page
        lines = page.xpath("//div[contains(@class,'field-name-body')]//text()")
        assert " ".join("".join(lines).split()) != ""
        for word in record.text.split():
            assert word in " ".join(lines)


def test_command_serves_until_it_is_told_to_stop() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "demo", "--port", "0", "--crawl-delay", "0.5", "--articles", "30"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[1].rstrip("/")
        control = Control(process.stdout.readline().split()[1].rstrip("/"))
        assert "Crawl-delay: 0.5" in get(url, "/robots.txt").text
        assert len(control.articles()) == 30
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.communicate()
