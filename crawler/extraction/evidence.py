"""Whether a page is an article at all: a 200 proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction import structured
from crawler.extraction.candidates import Candidate
from crawler.extraction.dates import seen_on
from crawler.extraction.page import Page
from crawler.extraction.refusal import NotAnArticle
from crawler.extraction.text import squeeze
from crawler.source import Layout, path_and_query

# Whole headings, the site's name after a dash or bar apart: real titles begin like them.
_ERROR = re.compile(
    r"""(?ix)^(?:
    (?:ошибка|error|памылка)\s*[45]\d\d (?:\W.*)? | [45]\d\d |
    [45]\d\d [\s:|–—-]+ (?:not\s+found|forbidden|error|bad\s+gateway|service|internal|gateway|
    страница|старонка|доступ|ошибка).* |
    (?:запрашиваемая\s+)?(?:страница|старонка)\s+(?:\w+\s+)?
    (?:не\s+(?:найдена|существует)|не\s+знойдзена) |
    (?:the\s+)?(?:requested\s+)?page\s+(?:was\s+|could\s+)?not\s+(?:be\s+)?found | not\s+found |
    доступ\s+(?:запрещ[её]н|забаронены) | access\s+denied | forbidden |
    internal\s+server\s+error | service\s+(?:temporarily\s+)?unavailable | bad\s+gateway
    )\s*(?:[|–—-]\s.*)?$"""
)
# These count only on a page with little else on it: there is news of works and attacks, too.
_MAINTENANCE = re.compile(
    r"""(?ix)(?:обслуживани|абслугоўванн|реконструкци|рэканструкцы|техническ\w+\s+работ |
    тэхнічн\w+\s+работ | maintenance | временно\s+(?:недоступ|закрыт) | часова\s+недаступ |
    temporarily\s+unavailable )"""
)
_WALL = re.compile(
    r"""(?ix)just\s+a\s+moment | checking\s+your\s+browser | проверка\s+браузера | captcha |
    attention\s+required | ddos | (?:не\s+|я\s+)роб[оа]т | not\s+a\s+robot | are\s+you\s+human |
    access\s+denied | request\s+blocked"""
)
_LITTLE = 800
_LISTING, _A_SENTENCE = 5, 100
_BARE = 400


def refuse_evident(page: Page) -> None:
    """Raises NotAnArticle for error and maintenance pages, walls and print views."""
    place = path_and_query(page.url)
    prints = page.source.print_pages if page.source else [r"(?i)^/(?:[a-z]{2}/)?print/"]
    if any(re.search(rule, place) for rule in prints):
        raise NotAnArticle("the print view of a page", "print")
    if layout_of(page) is not None:
        return
    document = squeeze("".join(page.selector.css("title::text").getall()[:1]))
    little = len(squeeze(page.selector.xpath("string(//body)").get() or "")) < _LITTLE
    for heading in (document, *page.values("h1")[:2]):
        if little and _WALL.search(heading):
            raise NotAnArticle(f"a wall against robots: {heading[:80]!r}", "wall")
        if _ERROR.search(heading) or (little and _MAINTENANCE.search(heading)):
            raise NotAnArticle(f"an error page: {heading[:80]!r}", "error")


def page_ids(page: Page) -> Iterator[Candidate[str]]:
    """The site's own id of the article, as the page itself gives it."""
    for rule in page.source.site_id.page if page.source else []:
        values = page.values(rule.css)
        found = (match[1] for value in values if (match := re.search(rule.pattern, value)))
        number = next(found, None)
        known = None if number is None else number.lstrip("0") or "0"
        yield Candidate(f"page: {rule.css}", known, next(iter(values), ""))


def page_id(page: Page) -> str | None:
    """The first of `page_ids`."""
    return next((one.value for one in page_ids(page) if one.value is not None), None)


def layouts(page: Page) -> Iterator[Candidate[Layout]]:
    """Layouts whose evidence of an article the page shows, that of its day first."""
    if page.source is None:
        return
    seen = seen_on(page)
    for layout in page.source.layouts_for(seen.date() if seen else None):
        for css in layout.article:
            fits = bool(page.selector.css(css))
            yield Candidate(css, layout if fits else None, layout.name)


def layout_of(page: Page) -> Layout | None:
    """The first of `layouts`."""
    return next((one.value for one in layouts(page) if one.value is not None), None)


def refuse_listing(page: Page, layout: Layout | None) -> None:
    """Raises NotAnArticle where the source's rules know the page as a listing, or where the
    address names another article than the page carries (the soft 404 of a Views page).
    """
    source = page.source
    if source is None:
        return
    bound, found = source.bound_id(page.url), page_id(page)
    if bound is not None and found is not None and bound != found:
        raise NotAnArticle(f"the address names {bound}, the page is {found}", "listing")
    if layout is not None:
        return
    for known in source.layouts:
        if sum(len(page.values(css)) for css in known.items) >= 2:
            raise NotAnArticle(f"a listing (layout {known.name})", "listing")


def refuse_unproved(page: Page, text: str, dated: bool) -> None:
    """Raises NotAnArticle for a page of an unknown layout that does not look like an article."""
    if structured.is_article(page) or (text and dated):
        return
    _, cards = page.content
    if page.source is not None:
        found, bound = page_id(page), page.source.bound_id(page.url)
        if found is not None and (dated or bound == found):
            return
        # Some news is a headline with a date: believed where the address names an article.
        if dated and bound is not None and cards < _LISTING:
            return
    if cards >= _LISTING and not dated and len(text) < _A_SENTENCE:
        raise NotAnArticle("a listing: links to other pages and no date of its own", "listing")
    if page.source is not None:
        if len(page.selector.xpath("normalize-space(//body)").get() or "") < _BARE:
            raise NotAnArticle("a page with next to nothing on it", "empty")
        raise NotAnArticle("no evidence of an article: no known layout, no text with a date")
    if not text and not dated:
        raise NotAnArticle("no text that could be an article", "empty")
