"""The same articles in five layouts: same addresses, same words, other markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from demo.settings import LAYOUTS
from demo.site import StandIn
from tests.demo.client import get
from tests.fixtures.stand_in import MakeStandIn

BODIES = {
    "drupal7": "//div[contains(@class, 'field-name-body')]",
    "other": "//div[@class='mat__txt']",
    "drupal7-second-theme": "//div[@id='squeeze']//div[contains(@class, 'field-name-body')]",
    "drupal10": "//article//div[contains(@class, 'field--name-body')]",
    "bureau": "//div[@data-block='rich']",
}
LISTS = {
    "drupal7": "//div[@id='content']//*[contains(@class,'news-item-title')]",
    "other": "//div[@class='cards']",
    "drupal7-second-theme": "//div[@id='squeeze']//*[contains(@class,'news-item-title')]",
    "drupal10": "//div[contains(@class,'view-display-id-page_1')]//h2",
    "bureau": "//div[@class='css-8gr']",
}


def squeezed(text: str) -> str:
    """Without any white space: cells and lines are set apart differently."""
    return "".join(text.split())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_article_is_whole(make_stand_in: MakeStandIn, layout: str) -> None:
    site = make_stand_in(layout=layout)
    for record in site.articles():
        if record.status != "published":
            continue
        answer = get(site.url, record.url)
        bodies = answer.page.xpath(BODIES[layout])
        assert squeezed(record.title) in squeezed(answer.page.text_content())
        assert bool(bodies) is bool(record.item.write().html)
        for line in record.text.split("\n") if bodies else ():
            assert squeezed(line) in squeezed(bodies[0].text_content()), record.url


@pytest.mark.parametrize("layout", LAYOUTS)
def test_listing_leads_to_ten_articles_and_on(make_stand_in: MakeStandIn, layout: str) -> None:
    site = make_stand_in(layout=layout)
    newest = sorted(
        (r for r in site.articles() if (r.language, r.status) == ("ru", "published")),
        key=lambda record: (record.published, record.nid),
        reverse=True,
    )
    links = get(site.url, "/ru/news?page=1").page.xpath(LISTS[layout] + "//a/@href")
    found = list(dict.fromkeys(site.url + link.removeprefix(site.url) for link in links))
    assert found == [record.url for record in newest[10:20]]
    on = get(site.url, "/ru/news?page=1").page.xpath("//a[contains(@href, '?page=2')]")
    assert on


def test_second_theme_hides_the_title_behind_a_block(make_stand_in: MakeStandIn) -> None:
    page = get(make_stand_in(layout="drupal7-second-theme").url, "/node/7853").page
    assert page.xpath("//h1/@class") == ["with-tabs"]
    assert not page.xpath("//h1/@id")
    assert page.xpath("string(//*[@class='title'])") == "Вход на сайт"
    (created,) = page.xpath("//*[contains(@property, 'dc:created')]/@content")
    assert created == "2023-07-10T16:42:11+03:00"


def test_drupal_10_dates_its_nodes_in_time_elements(make_stand_in: MakeStandIn) -> None:
    answer = get(make_stand_in(layout="drupal10").url, "/node/7853")
    assert answer.headers["x-generator"].startswith("Drupal 10")
    times = answer.page.xpath("//article//time/@datetime")
    assert times == ["2023-07-10T16:42:11+03:00", "2023-07-10T12:00:00Z"]


def test_bureau_has_structured_data_with_a_clock_in_it(make_stand_in: MakeStandIn) -> None:
    page = get(make_stand_in(layout="bureau").url, "/node/7853").page
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    article = json.loads(script)["@graph"][-1]
    assert article["headline"] == "Курская делегация посетила с рабочим визитом Республику Беларусь"
    assert article["datePublished"] == "2023-07-10T13:42:11Z"
    modified = datetime.fromisoformat(article["dateModified"])
    assert abs((datetime.now(UTC) - modified).total_seconds()) < 60
    assert "учебный сайт" in page.xpath("string(//h1)")


def test_the_layout_can_change_while_the_site_runs(stand_in: StandIn) -> None:
    validators = get(stand_in.url, "/node/7853").validators
    for layout in LAYOUTS[1:]:
        stand_in.control.layout(layout)
        answer = get(stand_in.url, "/node/7853", **validators)
        assert answer.status == 200
        assert answer.page.xpath(BODIES[layout])
        validators = answer.validators
