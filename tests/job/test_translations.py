"""Versions of an article in other languages, which only its own page links to."""

from __future__ import annotations

from demo.generator import generated
from tests.fixtures.monitor import MonitorOf
from tests.fixtures.stand_in import MakeStandIn

RUSSIAN = (
    "10 июля 2023 года делегация Курской области посетила Могилёвскую область. Губернатор и "
    "председатель облисполкома подписали соглашение о сотрудничестве в области связи."
)
BELARUSIAN = (
    "10 ліпеня 2023 года дэлегацыя Курскай вобласці наведала Магілёўскую вобласць. Губернатар і "
    "старшыня аблвыканкама падпісалі пагадненне аб супрацоўніцтве ў галіне сувязі."
)


def test_a_translation_is_another_article_of_the_same_story(
    make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in(crawl_delay=None, articles=generated(4))
    monitor = monitor_of(site)
    for number in range(25):
        site.control.publish(f"Навіна нумар {number} пра сувязь", text="Тэкст.", language="be")
    monitor.crawl()
    then = {"created": "2023-07-10T16:42:00", "promoted": False}
    original = site.control.publish("Курская делегация в Могилёве", text=RUSSIAN, **then)
    site.control.publish(
        "Курская дэлегацыя ў Магілёве",
        text=BELARUSIAN,
        language="be",
        translation_of=original["nid"],
        **then,
    )
    site.control.reset_stats()
    monitor.crawl()
    assert "/be/news?page=1" not in site.control.stats().by_url  # no route has led to it
    rows = monitor.rows(
        "SELECT language, story_id FROM article WHERE title LIKE 'Курск%' ORDER BY language"
    )
    assert [language for language, _ in rows] == ["be", "ru"]
    assert rows[0][1] is not None
    assert len({story for _, story in rows}) == 1


def test_the_same_text_under_another_prefix_is_an_alias(
    make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in(crawl_delay=None, articles=generated(4))
    monitor = monitor_of(site)
    monitor.crawl(backfill="1")
    before = monitor.records()
    record = next(r for r in site.articles() if r.language == "ru" and r.text)
    for prefix in ("be", "en"):
        ended = monitor.crawl(url=f"{site.url}/{prefix}/node/{record.nid}")
        assert ended.outcome == "finished", ended.log
    assert monitor.records() == before
    aliases = monitor.rows(
        f"SELECT alias.url, article.language FROM alias JOIN article"
        f" ON article.id = alias.article_id WHERE article.site_id = '{record.nid}'"
    )
    assert {f"{site.url}/{prefix}/node/{record.nid}" for prefix in ("be", "en")} <= {
        url for url, _ in aliases
    }
    assert {language for _, language in aliases} == {"ru"}
