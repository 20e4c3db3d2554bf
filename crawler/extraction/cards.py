"""Lists of other pages: latest news, related articles, a listing's own entries.

They are told by their form, since class names may say nothing: several siblings that look alike,
each led by a link to another page of the site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.text import squeeze

_FEWEST = 3
_MOST = 0.7
_HEADLINE = 12
_PARENTS = (
    "div", "ul", "ol", "section", "table", "tbody", "main", "article", "td", "tr", "aside", "dl",
    "body",
)  # fmt: skip
_FILE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z|csv|jpe?g|png|mp4)$")
_DAY = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\s+[^\W\d]{3,10}\.?,?\s+\d{4}|\d{4}-\d\d-\d\d"
_DATE = re.compile(_DAY)
_DATE_ONLY = re.compile(rf"[\s\d.,:|/–—·•-]*(?:{_DAY})?[\s\d.,:|/–—·•-]*")
RELATED = re.compile(
    r"""(?ix)^\W*(?:
    (?:читайте|смотрите)\s+также | (?:материалы\s+|новости\s+|ещ[её]\s+)?по\s+теме |
    (?:другие|последние|популярные|похожие|актуальные|главные|свежие|ещ[её])
    \s+(?:новости|материалы|статьи|содержимое) |
    популярн\w+(?:\s+\w+)? | похожие | рекомендуем | лента\s+новостей | самое\s+читаемое |
    (?:чытайце|глядзіце)\s+таксама | па\s+тэме | (?:іншыя|апошнія|папулярныя)\s+навіны |
    папулярн\w+(?:\s+\w+)? | read\s+(?:also|more) | see\s+also | related(?:\s+\w+)? |
    (?:latest|other|more|popular|recent)\s+(?:news|content|stories) | most\s+(?:read|popular)
    )\W*"""
)


def remove_cards(root: HtmlElement, url: str) -> int:
    """Remove such lists from ``root``; returns the number of entries removed."""
    removed = 0
    for parent in list(root.iter(*_PARENTS)):
        for members in _alike(parent):
            cards = [member for member in members if _is_card(member, url)]
            if len(cards) >= max(_FEWEST, _MOST * len(members)) and _listed(parent, cards):
                for card in cards:
                    card.drop_tree()
                removed += len(cards)
    return removed


def _alike(parent: HtmlElement) -> list[list[HtmlElement]]:
    groups: dict[str, list[HtmlElement]] = defaultdict(list)
    for child in parent:
        if isinstance(child, HtmlElement) and isinstance(child.tag, str):
            look = re.sub(r"\d+|\b(?:first|last|odd|even|active)\b", "", child.get("class") or "")
            groups[f"{child.tag} {' '.join(look.split())}"].append(child)
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
    return target.netloc == here.netloc and not _FILE.search(target.path)


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
