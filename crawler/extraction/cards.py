"""Lists of other pages: latest news, related articles, a listing's own entries.

They are told by their form, since class names may say nothing: several siblings that look alike,
each led by a link to another page of the site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.address import FILE
from crawler.extraction.text import squeeze, text_within

_FEWEST = 3
_DOCUMENT = re.compile(FILE.pattern + r"|\.(?:jpe?g|png|gif|webp|mp4)$")
_MOST = 0.7
_HEADLINE = 12
_LABEL = 50
_TEXT_TAGS = {"p", "ul", "ol"}
_PARENTS = (
    "div", "ul", "ol", "section", "table", "tbody", "main", "article", "td", "tr", "aside", "dl",
    "body",
)  # fmt: skip
_DAY = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\s+[^\W\d]{3,10}\.?,?\s+\d{4}|\d{4}-\d\d-\d\d"
_DATE = re.compile(_DAY)
_DATE_ONLY = re.compile(rf"[\s\d.,:|/–—·•-]*(?:{_DAY})?[\s\d.,:|/–—·•-]*")
RELATED = re.compile(
    r"""(?ix)^\W*(?:
    (?:читайте|смотрите)\s+также | (?:материалы\s+|новости\s+|ещ[её]\s+)?по\s+теме |
    (?:другие|последние|популярные|похожие|актуальные|главные|свежие|ещ[её])
    \s+(?:новости|материалы|статьи|содержимое)(?:\s+\w+){0,3} |
    новости\s+(?:рубрики|раздела)(?:\s+\w+){0,3} |
    популярн\w+(?:\s+\w+)? | похожие | похожее | рекомендуем | лента\s+новостей | самое\s+читаемое |
    (?:чытайце|глядзіце)\s+таксама | па\s+тэме | (?:іншыя|апошнія|папулярныя)\s+навіны |
    папулярн\w+(?:\s+\w+)? | read\s+(?:also|more) | see\s+also | related(?:\s+\w+)? |
    (?:latest|other|more|popular|recent)\s+(?:news|content|stories) | most\s+(?:read|popular)
    )\W*"""
)


def remove_cards(root: HtmlElement, url: str) -> int:
    """Remove such lists from ``root``.

    Returns the number of entries that no heading such as "Other news" sets apart: on a listing,
    its own.
    """
    _remove_labelled(root, url)
    removed = 0
    for parent in list(root.iter(*_PARENTS)):
        for members in _alike(parent):
            cards = [member for member in members if _is_card(member, url)]
            if len(cards) >= max(_FEWEST, _MOST * len(members)) and _listed(parent, cards):
                removed += len(cards)
                _drop(parent, cards)
    return removed


def _remove_labelled(root: HtmlElement, url: str) -> None:
    """Remove what stands under a heading such as "Other news", however few the entries are."""
    for label in list(root.iter("h2", "h3", "h4", "h5", "h6", "div", "span", "p", "b", "strong")):
        text = text_within(label, _LABEL)
        if text is None or not RELATED.fullmatch(text):
            continue
        cards = [each for each in label.itersiblings() if _is_card(each, url)]
        cards += [
            each
            for box in label.itersiblings("div", "ul", "ol", "section", "table")
            if box not in cards
            for each in box.iter("li", "div", "article", "tr", "p")
            if _is_card(each, url)
        ]
        if cards and label.getparent() is not None:
            for following in [label, *label.itersiblings()]:
                if (
                    following is label
                    or following in cards
                    or any(c in cards for c in following.iter())
                ):
                    following.drop_tree()


def _drop(parent: HtmlElement, cards: list[HtmlElement]) -> None:
    """Remove the entries, their list when nothing else is in it, and the label above it."""
    before = cards[0].getprevious()
    for card in cards:
        card.drop_tree()
    emptied = parent
    while _is_label(emptied) and (outer := emptied.getparent()) is not None and outer.tag != "body":
        before = emptied.getprevious()
        emptied.drop_tree()
        emptied = outer
    if (
        isinstance(before, HtmlElement)
        and before.tag not in {"p", "ul", "ol"}
        and _is_label(before)
    ):
        before.drop_tree()


def _is_label(element: HtmlElement) -> bool:
    text = text_within(element, _LABEL)
    return text is not None and not _DATE.search(text) and element.find(".//img") is None


def _alike(parent: HtmlElement) -> list[list[HtmlElement]]:
    groups: dict[str, list[HtmlElement]] = defaultdict(list)
    for child in parent:
        if isinstance(child, HtmlElement) and isinstance(child.tag, str):
            look = re.sub(r"\d+|\b(?:first|last|odd|even|active)\b", "", child.get("class") or "")
            groups[f"{child.tag} {' '.join(sorted(set(look.split())))}"].append(child)
    return [members for members in groups.values() if len(members) >= _FEWEST]


def _is_card(element: HtmlElement, url: str) -> bool:
    """Whether the first words of the element, a date apart, are a link to a page of the site (the
    page itself may stand in its own list of popular ones).
    """
    links = [element] if element.tag == "a" else list(element.iter("a"))
    for link in links:
        label = squeeze("".join(link.itertext()))
        if len(label) < _HEADLINE or not _leads_to_page(link.get("href"), url):
            continue
        before, _, _ = squeeze(" ".join(element.itertext())).partition(label)
        return link is element or _DATE_ONLY.fullmatch(before) is not None
    return False


def _leads_to_page(href: str | None, url: str) -> bool:
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return False
    try:
        target, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    hosts = [parts.netloc.removeprefix("www.") for parts in (target, here)]
    return hosts[0] == hosts[1] and not _DOCUMENT.search(target.path)


def _listed(parent: HtmlElement, cards: list[HtmlElement]) -> bool:
    """Paragraphs, list items and table cells may be an article's own list of links: there a date
    in each entry or a heading such as "Read also" has to say what they are.
    """
    if cards[0].tag not in {"p", "li", "td", "tr", "dd", "dt"}:
        return True
    dated = sum(bool(_DATE.search("".join(card.itertext()))) for card in cards)
    if dated >= _MOST * len(cards):
        return True
    inner = parent.tag in {"ul", "ol", "dl", "table"}
    before = _heading_before(parent) if inner else cards[0].getprevious()
    return before is not None and bool(RELATED.match(squeeze("".join(before.itertext()))))


def _heading_before(element: HtmlElement) -> HtmlElement | None:
    """The element just before this one, or before what holds nothing but it."""
    for candidate in [element, *list(element.iterancestors())[:2]]:
        previous = candidate.getprevious()
        if previous is not None:
            return previous if isinstance(previous, HtmlElement) else None
    return None
