"""An analyst at work, in a real Chromium."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import feedparser
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.fixtures.room import HOSTILE
from tests.storage.samples import LIFTS_TITLE

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-first-run"),
]
PAGES = ["/", "/search?q=Курск", "/search?q=parti:RU", "/overview", "/sources"]
PAGES += ["/article/1", "/article/2", "/article/99", "/login"]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(),
    reason="NO CHROMIUM: the tests of the reading room in a browser did not run. "
    "Install the Debian package chromium.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="ru-RU")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type] # a literal of these two
    page = context.new_page()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for path in PAGES:
        page.goto(path)
        page.evaluate(AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], path
    context.close()


def test_find_filter_read_and_follow(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Запрос").fill("лифт Курск")
    page.get_by_role("button", name="Найти").click()
    page.goto("/search?q=" + quote("партнёр:RU-KRS с:2022"))
    assert page.locator("article.item").count() == 2
    page.get_by_role("link", name="поставка").first.click()
    page.locator("article.item h2 a").first.click()
    assert page.locator("main mark").count() > 0
    page.locator("details summary").first.click()
    assert "продлён" in page.locator("ins").all_inner_texts()[-1]


def test_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    first = page.locator("article.item").first.get_attribute("id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("x")
    page.locator(f"#{first} .said").wait_for()
    page.reload()
    assert page.locator(f"#{first}").count() == 0
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_text("прочитано").first.wait_for()
    page.keyboard.press("o")
    page.wait_for_url("**/article/*")


def test_the_language_is_the_readers_choice(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Беларуская").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Новае"
    page.goto("/search")
    assert page.get_by_role("button", name="Знайсці").is_visible()


def test_it_reads_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Прочитано").first.click()
    assert page.locator("article.item").count() == 1
    page.get_by_role("link", name="Все", exact=True).click()
    assert page.locator("article.item").count() == 2
    context.close()


def test_what_did_kursk_and_mogilev_agree_on_since_2022(page: Page, tmp_path: Path) -> None:
    """Without a terminal: ask, narrow by a click, read, cite, take the answer away as Excel."""
    page.goto("/")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.get_by_label("Запрос").fill("партнёр:RU-KRS партнёр:BY-MA с:2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.get_by_role("status").inner_text().startswith("Найдено: 2")
    page.locator(".facets").get_by_role("link", name="поставка").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excel").click()
    coming.value.save_as(tmp_path / "answer.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").active
    assert sheet is not None
    assert LIFTS_TITLE in [cell.value for cell in sheet[2]]
    page.get_by_role("link", name=LIFTS_TITLE).click()
    assert page.locator("#citation").inner_text().startswith(LIFTS_TITLE)
    assert "заводе «Подъём»" in page.locator(".body").inner_text()


def test_a_story_is_followed_from_one_article_to_the_next(page: Page) -> None:
    page.goto("/article/1")
    timeline = page.locator(".timeline li")
    assert timeline.count() == 2
    assert timeline.locator("[aria-current], a").count() == 1
    timeline.get_by_role("link").click()
    page.wait_for_url("**/article/2")
    assert "эта статья" in page.locator(".timeline .here").inner_text()


def test_a_mistake_in_a_query_is_shown_at_its_place(page: Page) -> None:
    page.goto("/search?q=" + quote("лифт партнор:RU-KRS"))
    assert page.locator("mark").inner_text() == "партнор"
    assert "партнёр:" in page.locator("main").inner_text()


def test_a_hostile_source_runs_nothing(page: Page) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/?show=all", "/search?q=делегация", "/article/2", "/overview", "/sources"):
        page.goto(path)
        for details in page.locator("details").all():
            details.locator("summary").click()
        assert page.evaluate("window.ran") is None, path
        assert page.locator("body").is_visible(), path
        assert page.locator("main iframe, main script, main style, main img").count() == 0, path
        for link in page.locator("a[href]").all():
            target = link.get_attribute("href") or ""
            assert target.startswith(("/", "#", "http")), target
    assert said == []
    assert all(url.startswith(page.url.split("/sources")[0]) for url in asked)
    page.goto("/article/2")
    assert "<script>window.ran=1</script>" in page.locator("h1").inner_text()


def test_a_query_from_elsewhere_runs_nothing(page: Page) -> None:
    for path in ("/search?q=", "/search?q=parti:", "/?q=", "/overview?q=org:", "/login?next="):
        page.goto(path + quote(f'"{HOSTILE}'))
        page.goto(path + quote(HOSTILE.replace('"', "")))
        assert page.evaluate("window.ran") is None, path
        assert page.locator("main iframe, main script, main style, main img").count() == 0, path


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_runs_nothing_in_a_browser_or_a_reader(page: Page, address: str, form: str) -> None:
    answer = page.request.get(f"{address}/feed.{form}")
    entries = feedparser.parse(answer.text(), sanitize_html=False).entries
    told = [(one.title, one.summary) for one in entries]
    if form == "json":
        told = [
            (html.escape(one["title"]), html.escape(one["content_text"]))
            for one in answer.json()["items"]
        ]
    if form == "atom":  # its types say that this is text
        assert {one.title_detail.type for one in entries} == {"text/plain"}
        told = [(html.escape(title), html.escape(summary)) for title, summary in told]
    assert len(told) == 2
    page.set_content("".join(f"<h1>{title}</h1><p>{summary}</p>" for title, summary in told))
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("iframe, script, style, img, svg").count() == 0


def test_excel_from_a_hostile_source_holds_text_only(page: Page, address: str) -> None:
    answer = page.request.get(f"{address}/export.xlsx?q=" + quote("is:item"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body())).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b", "inlineStr"}
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert all(link.startswith("https://mpt.example/") for link in links)


@pytest.mark.parametrize("width", [320, 2560])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
