"""An analyst at work, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-first-run"),
]
PAGES = ["/", "/search?q=Курск", "/search?q=parti:RU", "/overview", "/sources", "/article/1"]

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


def test_an_export_comes_as_a_file(page: Page) -> None:
    page.goto("/search?q=is:item")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excel").click()
    assert coming.value.suggested_filename == "coopwatch.xlsx"


def test_a_hostile_source_runs_nothing(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in (*PAGES[:2], "/article/2", "/overview"):
        page.goto(path)
        assert page.evaluate("window.ran") is None
    assert said == []


@pytest.mark.parametrize("width", [320, 2560])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
