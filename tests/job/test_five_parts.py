"""The whole job on one site, part after part, in each layout that the site can have.

A: a first collection. C: the page cache was rebuilt, nothing else happened. D: articles come, are
edited, are taken down. E: maintenance, then a new theme. The parts are those at which seven
tools were measured on a real Drupal 7; B, the texts, is in benchmarks/extraction.py.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from demo.articles import MINSK, NewsItem, item_from, shipped
from demo.generator import generated
from demo.settings import LAYOUTS
from demo.site import Record
from tests.fixtures.monitor import Ended, Monitor, MonitorOf
from tests.fixtures.stand_in import MakeStandIn

TEXT = "Текст новости о развитии связи в районе и о планах на год. " * 3
NO_ARTICLES = {
    "/ru/news": "listing",
    "/be/news?page=1": "listing",
    "/ru/news/01-02-2020-99999": "listing",  # answers 200 with the list
    "/ru/no-such-page": "answered 404",
    "/user": "no evidence",
}


def content() -> list[NewsItem]:
    """Some news, all kinds of it, and the standing pages that a sitemap lists beside it."""
    rest = [item for item in shipped() if item.kind == "page"]
    empty = {"nid": 9001, "title": "Новость без текста", "language": "ru", "text": ""}
    table = {"nid": 9002, "title": "Новость из одной таблицы", "language": "ru"}
    rows = "".join(f"<tr><td>Район {n}</td><td>{n} узлов связи</td></tr>" for n in range(5))
    made = [
        item_from(empty | {"created": "2026-11-18T10:00"}),
        item_from(table | {"created": "2026-11-18T11:00", "html": f"<table>{rows}</table>"}),
    ]
    return [*generated(16), *made, *rest]


def get(url: str) -> None:
    """Fill the site's cache with a page, as any visitor does."""
    try:
        urllib.request.urlopen(url, timeout=10).close()
    except urllib.error.HTTPError as error:
        error.close()


def minsk_day(record: Record) -> date:
    return record.published.astimezone(MINSK).date()


def of(records: Iterable[Record], language: str, *, slug: bool) -> Record:
    """The youngest with a text in this language, under a dated address or under a slug."""
    fit = [
        r
        for r in records
        if r.language == language and r.text and r.item.alias.startswith("news/") is not slug
    ]
    return max(fit, key=lambda record: record.nid)


# One that the rules fit and one that only the fallback reads; all of them take a minute and a half.
TRIED = LAYOUTS if os.environ.get("COOPWATCH_LONG_TESTS") else ("drupal7", "bureau")


@pytest.mark.parametrize("layout", TRIED)
def test_the_five_part_job(layout: str, make_stand_in: MakeStandIn, monitor_of: MonitorOf) -> None:
    site = make_stand_in(crawl_delay=None, articles=content(), layout=layout)
    monitor = monitor_of(site)
    collects_all_once(monitor)
    refuses_what_is_no_article(monitor)
    reports_nothing_when_nothing_changed(monitor)
    follows_what_happens(monitor)
    sits_out_maintenance(monitor)
    bears_a_new_theme(monitor, LAYOUTS[(LAYOUTS.index(layout) + 1) % len(LAYOUTS)])


def collects_all_once(monitor: Monitor) -> None:
    truth = {r.nid: r for r in monitor.site.articles()}
    ended = monitor.crawl(backfill="1")
    assert ended.outcome == "finished", ended.log
    assert monitor.records() == {nid: (r.title, 1, None) for nid, r in truth.items()}
    rows = monitor.rows("SELECT title, published_on, language FROM article ORDER BY title")
    assert rows == sorted((r.title, minsk_day(r).isoformat(), r.language) for r in truth.values())


def refuses_what_is_no_article(monitor: Monitor) -> None:
    before = monitor.records()
    printed = {f"/ru/print/{nid}": "print view" for nid in list(before)[:1]}
    for path, reason in (NO_ARTICLES | printed).items():
        ended = monitor.crawl(url=monitor.site.url + path)
        assert ended.outcome == "failed", path
        assert reason in ended.reason, path
        assert monitor.records() == before, path


def reports_nothing_when_nothing_changed(monitor: Monitor) -> None:
    before = monitor.records()
    monitor.control.clear_caches()
    ended = monitor.visit()
    assert ended.outcome == "finished", ended.log
    assert "revised" not in ended.reason
    assert monitor.records() == before


def follows_what_happens(monitor: Monitor) -> None:
    control, before = monitor.control, monitor.records()
    known = monitor.site.articles()
    edited = {
        of(known, "ru", slug=False).nid: {"title": "Заголовок исправлен редактором"},
        min(r.nid for r in known if r.language == "be"): {"text": TEXT.replace("год", "пяць")},
    }
    rest = [r for r in known if r.nid not in edited]
    gone = {
        of(rest, "ru", slug=False).nid: "deleted",  # its address goes on answering 200
        of(rest, "ru", slug=True).nid: "deleted",
        of(rest, "en", slug=False).nid: "unpublished",
    }
    fresh = [
        control.publish("Новая статья о связи", text=TEXT),
        control.publish("Статья не для главной страницы", text=TEXT, promoted=False),
        control.publish(
            "Навіна на роднай мове",
            text="Тэкст навіны пра развіццё сувязі ў раёне, пра новыя вузлы і планы. " * 3,
            language="be",
        ),
        control.publish("News in English", text="The network grows this year. " * 5, language="en"),
    ]
    for nid, values in edited.items():
        control.edit(nid, **values)
    for nid, kind in gone.items():
        control.withdraw(nid, kind)
    new = {record["nid"]: (record["title"], 1, None) for record in fresh}
    changed = {nid: (edited[nid].get("title", before[nid][0]), 2, None) for nid in edited}

    monitor.visit()
    assert monitor.records() == before | new | changed  # a first absence is only suspected
    monitor.visit()
    withdrawn = {nid: (*before[nid][:2], kind) for nid, kind in gone.items()}
    assert monitor.records() == before | new | changed | withdrawn

    back = next(iter(gone))
    control.restore(back)
    monitor.visit()
    assert monitor.records() == before | new | changed | withdrawn | {back: before[back]}
    finds_the_back_dated(monitor)


def finds_the_back_dated(monitor: Monitor) -> None:
    """No route shows it near its top; a sweep over the archive meets it."""
    created = (datetime.now(MINSK) - timedelta(days=2500)).replace(microsecond=0)
    old = monitor.control.publish(
        "Запись задним числом", text=TEXT, created=created.isoformat(), promoted=False
    )
    before = monitor.records()
    monitor.crawl(sweep="1")
    assert monitor.records() == before | {old["nid"]: (old["title"], 1, None)}


def sits_out_maintenance(monitor: Monitor) -> None:
    """All 503; then half of the site still cached; then 503s that outlive the maintenance."""
    site, control, before = monitor.site, monitor.control, monitor.records()

    def is_reported(ended: Ended) -> None:
        assert ended.outcome in {"failed", "partial"}
        assert "503" in ended.reason or "did not answer" in ended.reason, ended.reason
        assert monitor.records() == before

    control.maintenance(True)
    is_reported(monitor.visit())
    control.maintenance(False)
    for path in ("/", "/ru", "/ru/news", "/be/news", "/rss.xml", "/ru/rss"):
        get(site.url + path)
    control.maintenance(True, keep_cache=True)
    is_reported(monitor.visit())
    control.maintenance(False, keep_cache=True)
    is_reported(monitor.visit())
    made = control.publish("Первая новость после работ", text=TEXT)  # a save ends the cached 503s
    ended = monitor.visit()
    assert ended.outcome == "finished", ended.log
    assert monitor.records() == before | {made["nid"]: (made["title"], 1, None)}


def bears_a_new_theme(monitor: Monitor, layout: str) -> None:
    before = monitor.records()
    monitor.control.layout(layout)
    made = monitor.control.publish("Новость на новом макете", text=TEXT)
    for _ in range(2):
        monitor.control.clear_caches()
        ended = monitor.visit()
        assert ended.outcome == "finished", ended.log
        assert ("by the fallback" in ended.reason) is not layout.startswith("drupal7")
        assert "1 without a text" in ended.reason
        assert monitor.records() == before | {made["nid"]: (made["title"], 1, None)}
