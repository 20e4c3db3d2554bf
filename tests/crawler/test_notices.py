"""What a crawl says of items: new ones once, the backlog never.

The acts are invented, so are their figures.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.articles import MINSK
from demo.site import StandIn
from tests.crawler.conftest import Crawls, CrawlsOf, few
from tests.fixtures.stand_in import MakeStandIn

PUMPS = {
    "title": "Костромская делегация договорилась в Орше о поставке насосов",
    "text": "Делегация Костромской области провела переговоры в Оршанском райисполкоме Витебской "
    "области. Подписано соглашение: оршанский завод поставит в Кострому 215 насосов на 84 млн "
    "российских рублей. Первую партию отгрузят до 1 марта, гарантия рассчитана на 7 лет.",
}
PUMPS_IN_BELARUSIAN = {
    "title": "Кастрамская дэлегацыя дамовілася ў Оршы аб пастаўцы помпаў",
    "text": "Дэлегацыя Кастрамской вобласці правяла перамовы ў Аршанскім райвыканкаме Віцебскай "
    "вобласці. Падпісана пагадненне: аршанскі завод паставіць у Кастраму 215 помпаў на 84 млн "
    "расійскіх рублёў. Першую партыю адгрузяць да 1 сакавіка, гарантыя разлічана на 7 гадоў.",
    "language": "be",
}
OUTCOME = {
    "title": "Первые 80 насосов из Орши отгружены в Костромскую область",
    "text": "Оршанский райисполком сообщил, что оршанский завод Витебской области отгрузил "
    "Костромской области первые 80 насосов. Соглашение о поставке стороны подписали раньше, "
    "монтаж в Костроме займёт две недели, обучены 12 наладчиков.",
}
TRACTORS = {
    "title": "Минский завод и Омская область подписали протокол о сборке тракторов",
    "text": "Делегация Омской области посетила Минск и подписала с заводом протокол о совместной "
    "сборке тракторов. Первые 90 машин соберут в Омске до конца года.",
}
PLAIN = {"title": "Почта в Слуцке открылась после ремонта", "text": "Окна заменили, полы утеплили."}
LIGHTS = {
    "title": "Бобруйск и Саратовская область вместе соберут светильники",
    "text": "Делегация Саратовской области провела в Бобруйске переговоры и подписала договор о "
    "совместной сборке светильников: 3400 штук за год на заводе в Бобруйске.",
}


def before(days: float) -> str:
    """A moment of publication, as the stand-in takes it."""
    return (datetime.now(MINSK) - timedelta(days=days)).replace(microsecond=0).isoformat()


def publish(site: StandIn, sample: dict[str, Any], days: float = 0.1) -> int:
    """Publish it; returns its number on the site."""
    return int(site.control.publish(**sample, created=before(days))["nid"])


def notices(crawls: Crawls) -> dict[int, str | None]:
    """What each article was to its reader, by its number on the site."""
    return {int(nid): said for nid, said in crawls.rows("SELECT site_id, notice FROM article")}


def announced(crawls: Crawls) -> set[int]:
    """The numbers of what was or will be announced."""
    return {nid for nid, said in notices(crawls).items() if said in ("new", "follow_up")}


def test_nothing_before_the_end_of_the_baseline_is_new(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(6))
    crawls = crawls_of(site)
    pumps = publish(site, PUMPS)
    page = next(one for one in site.articles() if one.nid == pumps).url

    assert crawls.run("-a", f"url={page}").code == 0
    assert notices(crawls) == {pumps: "baseline"}
    assert crawls.run("-a", f"since={before(9)[:10]}").code == 0
    assert crawls.rows("SELECT baseline_at FROM source") == [(None,)]
    interrupted = crawls.run("-s", "CLOSESPIDER_ITEMCOUNT=2")
    assert crawls.rows("SELECT baseline_at FROM source") == [(None,)], interrupted.log

    tractors = publish(site, TRACTORS)
    assert crawls.run().code == 0
    said = notices(crawls)
    assert len(said) == 8
    assert said[tractors] == "baseline"
    assert announced(crawls) == set()
    assert crawls.rows("SELECT baseline_at IS NULL FROM source") == [(0,)]


def test_each_item_is_announced_for_what_it_is(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(3))
    crawls = crawls_of(site)
    plain = publish(site, PLAIN, days=3)
    assert crawls.run().code == 0
    assert announced(crawls) == set()

    pumps = publish(site, PUMPS, days=10)
    late = publish(site, TRACTORS, days=30)
    assert crawls.run().code == 0
    assert notices(crawls)[pumps] == "new"
    assert notices(crawls)[late] == "found_late"

    translated = publish(site, PUMPS_IN_BELARUSIAN, days=9.5)
    outcome = publish(site, OUTCOME)
    site.control.edit(plain, **LIGHTS)
    crawls.make_due()
    assert crawls.run().code == 0
    said = notices(crawls)
    assert said[translated] == "same_story"
    assert said[outcome] == "follow_up"
    assert said[plain] == "new"  # an edit has made it an item
    (story,) = crawls.rows(f"SELECT story_id FROM article WHERE site_id = '{pumps}'")
    linked = (
        "SELECT follows_id FROM story s JOIN article a ON a.story_id = s.id WHERE site_id = '{}'"
    )
    assert crawls.rows(linked.format(outcome)) == [story]

    site.control.edit(plain, text=LIGHTS["text"] + " Оплата в рублях.")
    crawls.make_due()
    crawls.run()
    assert announced(crawls) == {pumps, outcome, plain}
    assert crawls.rows("SELECT count(*) FROM article WHERE noticed_at > last_seen_at") == [(0,)]
    times = "SELECT count(*) FROM revision JOIN article ON id = article_id WHERE site_id = '{}'"
    assert crawls.rows(times.format(plain)) == [(3,)]
