"""What stands around an article on its page: menus, sidebars, share buttons, related links."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

_DROPPED_TAGS = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "nav", "aside", "form", "button", "select", "input", "textarea", "dialog", "audio", "video",
    "footer",
)  # fmt: skip
_ROLES = {"navigation", "complementary", "search", "contentinfo", "dialog", "menu", "alert"}
_SIDE_NAME = re.compile(
    r"""(?x)(?:^|[\s_-])(?:
    side-?bar\w* | aside | sidebox | rightcol\w* | leftcol\w* | col-?(?:left|right) |
    nav | navbar\w* | navigation | navig | menu\w* | topmenu | mainmenu | submenu |
    breadcrumbs? | crumbs? | bread | footer\w* | bottom-?(?:menu|bar|block) |
    share\w* | sharing | social\w* | soc-?\w* | ya-share2? | likely | addthis\w* | sharethis |
    pluso | related\w* | similar | recommend\w* | read-?(?:also|more|next) | see-?also |
    more-?news | other-?news | last-?news | latest\w* | popular\w* | top-?news |
    news-?(?:feed|line|list|also) | lenta\w* | announce\w* | archive-?list |
    banner\w* | advert\w* | ads? | adv | promo\w* | sponsor\w* | cookie\w* | popup\w* |
    modal\w* | subscribe\w* | subscription | newsletter |
    comments?(?:-?(?:list|form|block|area|wrapper))? | disqus\w* | reply |
    pager\w* | pagination | paging | prev-?next |
    language\w* | lang | langs | lang-?(?:switch\w*|menu|list|block) | locale |
    search\w* | login\w* | user-?(?:menu|login) | calendar\w* | clock | weather | currency |
    rates | counter\w* | views-?count\w* | statistics\w* | hits | toolbar | tools | print\w* |
    skip-?link\w* | tags?(?:-?(?:list|cloud|block|links))? | tagcloud | keywords | rating |
    vote\w* | links(?:\s+inline)? | hidden | visually-?hidden | sr-only | screen-?reader\w* |
    element-invisible | element-hidden | d-none | no-?print | copyright\w* |
    contacts?-?(?:block|top|info)? | phones? | site-?header | page-?header-?top
    )(?:$|[\s_-])"""
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT_SHARE = 0.4


def without_side_blocks(root: HtmlElement) -> HtmlElement:
    """``root`` itself, with side blocks removed.

    A name never removes a block that holds a large share of the page's running text: themes put
    words such as "sidebar" into the class of the column that has one beside it.
    """
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    etree.strip_elements(root, *_DROPPED_TAGS, with_tail=False)
    total = max(_prose(root), 1)
    for element in list(root.iter(etree.Element)):
        if not isinstance(element, HtmlElement) or element.tag in {"html", "body", "head"}:
            continue
        if _is_side(element) and _prose(element) < _KEPT_SHARE * total:
            parent = element.getparent()
            if parent is not None:
                element.drop_tree()
    return root


def _is_side(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        return True
    if element.tag in {"p", "td", "th", "tr", "li", "h1", "title", "meta", "link", "a", "table"}:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return bool(_SIDE_NAME.search(names))


def _prose(element: HtmlElement) -> int:
    """Characters of text outside links."""
    length = 0
    for node in element.iter("p", "div", "td", "span", "li", "section", "article", "font", "b"):
        length += len((node.text or "").strip())
        length += sum(len((child.tail or "").strip()) for child in node)
    return length
