"""What stands around an article on its page: menus, sidebars, share buttons, related links."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

_DROPPED_TAGS = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "button", "select", "input", "textarea", "dialog", "audio", "video",
)  # fmt: skip
_SIDE_TAGS = {"nav", "aside", "form", "footer"}
_ROLES = {"navigation", "complementary", "search", "contentinfo", "dialog", "menu", "alert"}
# Class names and ids that say it alone, and words that say it within a longer name.
_SIDE_NAMES = {
    "hidden", "d-none", "invisible", "sr-only", "visually-hidden", "element-invisible", "no-print",
    "element-hidden", "noprint", "links", "tags", "tag-list", "tag-cloud", "tools", "toolbar",
    "lang", "langs", "locale", "nav", "menu", "aside", "print", "hits", "clock", "weather", "rates",
    "currency", "rating", "soc", "socials", "promo", "ads", "adv", "likely", "pluso", "crumbs",
    "bread", "phones", "contacts-top", "related", "similar", "popular", "latest", "lenta",
    "popup", "modal", "keywords", "reply", "comments", "search", "login",
}  # fmt: skip
_SIDE_WORD = re.compile(
    r"""(?x)(?:^|[_-])(?:
    side-?bar\w* | rightcol\w* | leftcol\w* | navbar\w* | navigation | topmenu |
    mainmenu | submenu | menu | breadcrumbs? | footer | share | sharing | ya-share2? | addthis\w* |
    sharethis | social |
    related\w* | recommend(?:ed|ations?|s)? | read-?(?:also|more) | see-?also | more-?news |
    other-?news | last-?news | latest-?news | popular-?news | top-?news | banners? |
    advert\w* | sponsor\w* |
    cookies? | subscribe | subscription | newsletter | comments? | disqus\w* |
    pager | pagination | paging | prev-?next | language-?(?:switch\w*|list|block|menu) |
    lang-?(?:switch\w*|menu|list|block) | search | login | user-?menu | calendar | counter |
    views?-?count\w* | statistics | print(?:_html|_mail|_pdf) | skip-?link\w* | tag-?cloud |
    copyright | screen-?reader\w* | site-?header | who-?is-?online
    )(?:$|[_-])"""
)
_CAPTION = re.compile(
    r"(?i)(?:^|[\s_-])(?:img|image|photo|pic|picture|foto|wp)[_-]?(?:descr\w*|caption\w*|title|"
    r"author|sign|credit\w*|text)(?:$|[\s_-])"
)
_NOT_SIDE = re.compile(r"^(?:no|not|has|with|without|one|two|both|is)-")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NEVER_SIDE = {
    "html", "head", "body", "main", "article", "p", "td", "th", "tr", "li", "h1", "h2", "title",
    "meta", "link", "a", "table", "tbody",
}  # fmt: skip
_KEPT_SHARE = 0.4


def without_side_blocks(root: HtmlElement) -> HtmlElement:
    """``root`` itself, with side blocks removed.

    A tag or a name removes no block that holds the main heading or a large share of the page's
    running text: themes put words such as "sidebar" into the class of the column that has one
    beside it, and old sites wrap the whole page in a form.
    """
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    etree.strip_elements(root, *_DROPPED_TAGS, with_tail=False)
    total = max(prose(root), 1)
    for element in list(root.iter(etree.Element)):
        if not isinstance(element, HtmlElement) or not isinstance(element.tag, str):
            continue
        if element.getparent() is None or element.tag in {"html", "body", "head"}:
            continue
        if (
            _is_caption(element)
            or _is_hidden(element)
            or (_is_side(element) and not _is_main(element, total))
        ):
            element.drop_tree()
    return root


def _is_caption(element: HtmlElement) -> bool:
    return element.tag == "figcaption" or bool(_CAPTION.search(element.get("class") or ""))


def _is_main(element: HtmlElement, total: int) -> bool:
    return element.find(".//h1") is not None or prose(element) >= _KEPT_SHARE * total


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_side(element: HtmlElement) -> bool:
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        return True
    if element.tag in _SIDE_TAGS:
        # The footer of an article carries its date, as in Drupal's themes.
        return element.tag != "footer" or next(element.iterancestors("article"), None) is None
    if element.tag in _NEVER_SIDE:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return any(
        name in _SIDE_NAMES or (_SIDE_WORD.search(name) and not _NOT_SIDE.match(name))
        for name in names
    )


def prose(element: HtmlElement) -> int:
    """Characters of text outside links."""
    length = 0
    for node in element.iter(*_PROSE_TAGS):
        length += len((node.text or "").strip())
        length += sum(len((child.tail or "").strip()) for child in node)
    return length


_PROSE_TAGS = (
    "p", "div", "td", "span", "li", "section", "article", "main", "font", "b", "strong", "i", "em",
    "blockquote", "dd", "body", "center", "u",
)  # fmt: skip
