"""A look at a site nobody described yet: which routes it has and what its articles look like.

Routes are read as a crawl reads them; nothing is taken for granted that no page showed. It costs
some twenty requests, each after the delay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from crawler.discovery import read_feed, read_listing, read_sitemap
from crawler.extraction import Explanation, NotAnArticle, explain
from crawler.extraction.address import home
from crawler.extraction.decoding import decode
from crawler.extraction.page import Page
from crawler.extraction.text import squeeze
from crawler.fetching import Answer, Guest
from crawler.robots import Rules
from crawler.source import Language, Source

SAMPLES = 5
LANGUAGES: tuple[Language, ...] = ("ru", "be", "en")

_FEED_PATHS = ("/rss.xml", "/rss", "/feed")
_NEWS_TEXT = re.compile(
    r"(?i)^(?:все\s+|усе\s+|all\s+|latest\s+|последние\s+)?(?:новости|навіны|news|пресс-релизы|прэс-рэлізы|"
    r"лента новостей|press releases)$"
)
_NEWS_PATH = re.compile(r"(?i)/(?:all[_-])?(?:news|novosti|naviny|press)[a-z_-]*/?$")
_LISTINGS_TRIED = 3
_FEWEST_LINKS = 3
_FEW_WORDS = 20
_ENGINES = {
    "Bitrix": "/bitrix/", "WordPress": "/wp-content/", "Joomla": "/media/jui/",
    "Drupal": "/sites/all/",
}  # fmt: skip


class SurveyError(Exception):
    """Nothing to start a source from was found; the message says what was tried and what to try."""


@dataclass(slots=True)
class FoundRoute:
    """A feed, listing or sitemap that can be read, and the links it has."""

    url: str
    links: list[str]
    guids: list[str] = field(default_factory=list)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One article as it would be collected, and the page it was read from."""

    url: str
    answer: Answer
    told: Explanation | None


@dataclass(slots=True)
class Survey:
    """What was seen of a site. ``tried`` is each request with what came of it, in order."""

    source: Source
    start: Page
    rules: Rules | None
    engine: str = ""
    languages: list[Language] = field(default_factory=list)
    feeds: list[FoundRoute] = field(default_factory=list)
    listings: list[FoundRoute] = field(default_factory=list)
    sitemaps: list[FoundRoute] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    tried: list[tuple[str, str]] = field(default_factory=list)


class Surveyor:
    """Looks at the site of a provisional source, one page after another."""

    def __init__(self, guest: Guest, source: Source, report: Callable[[str, str], None]) -> None:
        self._guest = guest
        self._source = source
        self._report = report
        self._tried: list[tuple[str, str]] = []
        self._asked: set[str] = set()

    async def look(self, url: str) -> Survey:
        """The survey of the site from ``url``: its start page, or better its list of news.

        Raises SurveyError where there is nothing to start from.
        """
        answer = await self._guest.get(url)
        start = self._page(answer)
        if start is None:
            said = answer.failure or "no HTML page"
            raise SurveyError(f"{url}: {said}. Try another page of the site, such as its news.")
        self._note(url, f"a page, {len(answer.body)} bytes")
        parts = urlsplit(start.url)  # after a redirect to https or www. that is the site
        self._source = self._source.model_copy(update={"site": f"{parts.scheme}://{parts.netloc}"})
        survey = Survey(self._source, start, self._guest.rules(start.url), tried=self._tried)
        survey.engine = _engine(start)
        survey.languages = _languages(start)
        survey.listings = await self._listings(start, survey.languages)
        survey.feeds = await self._feeds(start, survey.languages)
        survey.sitemaps = await self._sitemaps(survey.rules)
        if not survey.listings and not survey.feeds:
            raise SurveyError(_nothing(url, self._tried))
        return survey

    async def samples(self, survey: Survey, source: Source) -> list[Sample]:
        """Some articles, from all routes in turn, read with the rules of ``source``."""
        found = []
        for url in _in_turn(survey, source)[:SAMPLES]:
            answer = await self._guest.get(url)
            sample = Sample(url, answer, None)
            if not answer.failure:
                sample = replace(sample, told=explained(sample, source))
            refusal = sample.told.refusal if sample.told else answer.failure
            self._note(url, str(refusal) if refusal else "an article")
            found.append(sample)
        return found

    def _note(self, url: str, result: str) -> None:
        self._tried.append((url, result))
        self._report(url, result)

    def _page(self, answer: Answer) -> Page | None:
        if answer.failure:
            return None
        try:
            text = decode(answer.body, answer.headers, self._source.charset)
        except NotAnArticle:
            return None
        return Page(text, answer.url, answer.headers, self._source)

    async def _listings(self, start: Page, languages: list[Language]) -> list[FoundRoute]:
        """The start page itself where it is a list of news, else those that it links to; and the
        same in the site's other languages.
        """
        candidates = [*_news_links(start), start.url]
        if _NEWS_PATH.search(urlsplit(start.url).path):
            candidates = [start.url, *candidates]
        found: list[FoundRoute] = []
        for url in list(dict.fromkeys(candidates))[:_LISTINGS_TRIED]:
            if route := await self._listing(url, start):
                found.append(route)
                break
        others = _in_other_languages(found[0].url, languages) if found else []
        routes = [await self._listing(other, start) for other in others]
        return [*found, *(route for route in routes if route)]

    async def _listing(self, url: str, start: Page) -> FoundRoute | None:
        self._asked.add(url)
        page: Page | None = start
        if url != start.url:
            answer = await self._guest.get(url)
            page = self._page(answer)
            if page is None:
                self._note(url, answer.failure or "no HTML page")
                return None
        assert page is not None  # noqa: S101 - handled above
        try:
            listing = read_listing(page, self._source)
        except NotAnArticle as refusal:
            self._note(url, str(refusal))
            return None
        if len(listing.links) < _FEWEST_LINKS:
            self._note(url, "no list of links that look alike")
            return None
        following = "with a next page" if listing.next else "no next page seen"
        self._note(url, f"a listing of {len(listing.links)} links, {following}")
        return FoundRoute(url, listing.links, rule=listing.rule)

    async def _feeds(self, start: Page, languages: list[Language]) -> list[FoundRoute]:
        """Feeds that the page names, and those at the usual places."""
        named = start.values(
            "link[rel~=alternate][type='application/rss+xml']::attr(href), "
            "link[rel~=alternate][type='application/atom+xml']::attr(href)"
        )
        usual = [*_FEED_PATHS, *(f"/{code}/rss" for code in languages if len(languages) > 1)]
        found: list[FoundRoute] = []
        for place in [*named, *usual]:
            url = urljoin(start.base, place)
            if url in self._asked or not self._source.owns(url):
                continue
            self._asked.add(url)
            if (route := await self._feed(url)) and _shows_more(route, found):
                found.append(route)
        return found

    async def _feed(self, url: str) -> FoundRoute | None:
        answer = await self._guest.get(url)
        entries = [] if answer.failure else read_feed(answer.body) or []
        self._note(
            url, f"a feed of {len(entries)} entries" if entries else answer.failure or "no feed"
        )
        links = [home(urljoin(answer.url, entry.url), self._source) for entry in entries]
        return FoundRoute(url, links, [entry.guid for entry in entries]) if entries else None

    async def _sitemaps(self, rules: Rules | None) -> list[FoundRoute]:
        """The sitemaps that robots.txt names, else the one at the usual place."""
        named = [url for url in (rules.sitemaps if rules else []) if self._source.owns(url)]
        found = []
        for url in named or [urljoin(self._source.site, "/sitemap.xml")]:
            answer = await self._guest.get(url)
            try:
                entries = [] if answer.failure else list(read_sitemap(answer.body))
            except Exception:  # noqa: BLE001 - any file may lie there; what is no sitemap is none
                entries = []
            if entries:
                found.append(FoundRoute(url, [entry[1] for entry in entries]))
            self._note(
                url, f"a sitemap of {len(entries)}" if entries else answer.failure or "no sitemap"
            )
        return found


def again(samples: list[Sample], source: Source) -> list[Sample]:
    """The samples as ``source`` reads them now, without asking the site again."""
    return [replace(one, told=explained(one, source)) if one.told else one for one in samples]


def explained(sample: Sample, source: Source) -> Explanation:
    """How ``source`` reads the page of a sample."""
    answer = sample.answer
    return explain(answer.body, answer.url, source=source, headers=answer.headers)


def warnings(sample: Sample, source: Source) -> list[str]:
    """What is doubtful about a sample, in words; empty for an article that was read well."""
    article = sample.told.article if sample.told else None
    if article is None:
        refusal = sample.told.refusal if sample.told else None
        return [sample.answer.failure or str(refusal or "no article")]
    found = []
    if article.published is None:
        found.append("no date")
    elif article.provenance.get("published") == "htmldate":
        found.append("the date is a guess")
    if len(article.text.split()) < _FEW_WORDS:
        found.append("few words")
    if article.language not in source.languages:
        found.append(f"language {article.language} is not among the site's")
    if article.title in source.name.model_dump().values():
        found.append("the title is the site's name")
    return found


def _engine(page: Page) -> str:
    """What the site says it is made with, or what its addresses of files give away."""
    said = page.headers.get("x-generator") or "".join(
        page.values("meta[name=generator i]::attr(content)")[:1]
    )
    if said:
        return said
    return next((name for name, trace in _ENGINES.items() if trace in page.text), "")


def _languages(page: Page) -> list[Language]:
    """Languages of the page and of those that its language switch leads to."""
    seen = [value[:2].lower() for value in page.values("html::attr(lang)")]
    seen += [value[:2].lower() for value in page.values("[hreflang]::attr(hreflang)")]
    for link in page.values("a[href]::attr(href)"):
        full = page.absolute(link)
        match = re.match(r"/(ru|be|en)/?$", urlsplit(full).path) if full else None
        if match and full and page.source and page.source.owns(full):
            seen.append(match[1])
    return [code for code in LANGUAGES if code in seen] or ["ru"]


def _news_links(page: Page) -> list[str]:
    """Links of the page that lead to a list of news, those that say so in words first."""
    worded, others = [], []
    for anchor in page.selector.css("a[href]"):
        full = page.absolute(anchor.attrib["href"])
        if full is None or page.source is None or not page.source.owns(full):
            continue
        if _NEWS_TEXT.match(squeeze("".join(anchor.root.itertext()))):
            worded.append(full)
        elif _NEWS_PATH.search(urlsplit(full).path):
            others.append(full)
    return list(dict.fromkeys([*worded, *others]))


def _in_other_languages(url: str, languages: list[Language]) -> list[str]:
    """The address with the codes of the site's other languages in its first place."""
    parts = urlsplit(url)
    match = re.match(r"/(ru|be|en)(/.*)", parts.path)
    if not match:
        return []
    others = [code for code in languages if code != match[1]]
    return [parts._replace(path=f"/{code}{match[2]}").geturl() for code in others]


def _shows_more(route: FoundRoute, known: list[FoundRoute]) -> bool:
    """Whether a feed has an entry that those before it have not."""
    before = {
        guid or link for one in known for guid, link in zip(one.guids, one.links, strict=True)
    }
    return not before.issuperset(
        guid or link for guid, link in zip(route.guids, route.links, strict=True)
    )


def _in_turn(survey: Survey, source: Source) -> list[str]:
    """Articles of all routes: the first of each, then the second of each, and so on."""
    routes = [route.links for route in (*survey.listings, *survey.feeds)]
    longest = max((len(links) for links in routes), default=0)
    mixed = [links[n] for n in range(longest) for links in routes if n < len(links)]
    kept: dict[str, str] = {}
    for link in mixed:
        if not source.excludes(link):
            kept.setdefault(source.url_id(link) or link, link)
    return list(kept.values())


def _nothing(url: str, tried: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(f"  {place}: {result}" for place, result in tried)
    return (
        f"{url}: neither a feed nor a list of news was found.\n{lines}\n"
        "Try the address of the site's list of news itself. A list that is made by scripts in the "
        "browser cannot be read; such a site may have a feed: give its address in a file of your "
        "own, see docs/sources.md."
    )
