"""Pages of made-up sites of several makes, as a reader of the generic way meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка "
    "лістапада снежня",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What is published: paragraphs separated by newlines."""

    language: str
    title: str
    text: str
    published: datetime

    @property
    def paragraphs(self) -> list[str]:
        return [escape(line, quote=False) for line in self.text.split("\n")]

    @property
    def day(self) -> str:
        month = MONTHS[self.language].split()[self.published.month - 1]
        return f"{self.published.day} {month} {self.published.year}"


def agency(piece: Piece, others: list[Piece]) -> str:
    feed = "".join(
        f'<div class="news_item lenta_item"><span class="date">{other.published:%H:%M}</span>'
        f'<a href="/society/view/x-{i}-2026/">{escape(other.title)}</a></div>'
        for i, other in enumerate(others)
    )
    cards = "".join(
        f'<div class="rubric_item"><a href="/view/{i}"><img src="/i/{i}.jpg"></a>'
        f'<a href="/view/{i}" class="rubric_item_title">{escape(other.title)}</a></div>'
        for i, other in enumerate(others)
    )
    body = f"<p><strong>{piece.paragraphs[0]}</strong></p>"
    body += "".join(f"<p>{line}</p>" for line in piece.paragraphs[1:])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(piece.title)}</title>
<meta property="og:type" content="article"></head><body><div class="header">
<ul class="menu_top"><li><a href="/politics/">Политика</a></li></ul>
<div class="date_now">Среда, 25 ноября 2026</div></div><div class="main"><div id="inner">
<div class="date_full">{piece.day}, {piece.published:%H:%M}</div><h1>{escape(piece.title)}</h1>
<div class="main_img"><img src="/m.jpg"><div class="img_descr">Фото из архива</div></div>
<div class="js-mediator-article">{body}</div>
<div class="share_block"><span>Поделиться:</span><a href="#">VK</a><a href="#">TG</a></div>
<div class="news_tags"><div>Теги:</div><a href="/tags/1">Связь</a> <a href="/t">Почта</a></div>
<div class="rubric_news_block"><div class="block_title">Новости рубрики Экономика</div>{cards}</div>
</div><div class="lenta"><div class="title">Лента новостей</div>{feed}</div></div>
<div class="footer">© 1999-2026 Агентство. Тел. +375 17 000 00 00</div></body></html>"""


def region(piece: Piece, others: list[Piece]) -> str:
    side = "".join(
        f'<p class="news-item"><span class="news-date-time">{other.published:%d.%m.%Y}</span><br>'
        f'<a href="/news/{i}/"><b>{escape(other.title)}</b></a><br>{escape(other.text[:90])}...</p>'
        for i, other in enumerate(others)
    )
    body = "<br><br>\n".join(piece.paragraphs)
    return f"""<html><head><title>{escape(piece.title)} - Новости - Райисполком</title></head><body>
<table id="wrap"><tr><td class="left-col"><ul><li><a href="/about/">О районе</a></li></ul></td>
<td class="center-col"><div class="bx-breadcrumb"><a href="/">Главная</a> /
<span>{escape(piece.title)}</span></div><h1 id="pagetitle">{escape(piece.title)}</h1>
<div class="news-detail"><img class="detail_picture" src="/upload/1.jpg">
<span class="news-date-time">{piece.published:%d.%m.%Y}</span>
{body}<div style="clear:both"></div></div><p><a href="/news/">Возврат к списку</a></p></td>
<td class="right-col"><div class="title">Последние новости</div>{side}</td></tr></table>
<div id="footer">Райисполком, 2026. Все права защищены.</div></body></html>"""


def newspaper(piece: Piece, others: list[Piece]) -> str:
    body = "".join(f"<p>{line}</p>" for line in piece.paragraphs)
    linked = json.dumps(
        {
            "@graph": [
                {"@type": "WebPage", "datePublished": "2015-01-01T00:00:00+00:00"},
                {
                    "@type": "Article",
                    "headline": piece.title,
                    "datePublished": piece.published.isoformat(),
                },
            ]
        }
    )
    recent = "".join(
        f'<li><a href="/{i}/">{escape(o.title)}</a></li>' for i, o in enumerate(others)
    )
    return f"""<!doctype html><html><head><meta charset="UTF-8">
<title>{escape(piece.title)} – Газета</title>
<script type="application/ld+json">{linked}</script></head><body class="single">
<header class="site-header"><h1 class="site-title"><a href="/">Газета района</a></h1></header>
<div class="site-content has-sidebar"><main><article class="post type-post">
<header class="entry-header"><h2 class="entry-title">{escape(piece.title)}</h2>
<div class="entry-meta"><time datetime="{piece.published.isoformat()}">когда-то</time>
<span class="byline">Автор: Пресс-служба</span></div></header>
<div class="entry-content">{body}<div class="sharedaddy"><h3>Поделиться ссылкой:</h3>
<ul><li><a href="#">Facebook</a></li></ul></div><div class="jp-relatedposts"><h3>Похожее</h3>
<p><a href="/z">{escape(others[0].title)}</a></p></div></div></article>
<div id="comments"><ol><li><p>Очень хорошая новость, поздравляю всех причастных!</p></li></ol></div>
</main><aside><h2>Свежие записи</h2><ul>{recent}</ul></aside></div></body></html>"""


def old(piece: Piece, others: list[Piece]) -> str:
    news = "".join(
        f"<tr><td>{o.published:%d.%m.%y}</td>"
        f"<td><a href=news.php?id={i}>{escape(o.title)}</a></td></tr>"
        for i, o in enumerate(others)
    )
    body = "<br><br>".join(piece.paragraphs)
    return f"""<html><head><title>{escape(piece.title)}</title></head><body><table><tr>
<td colspan=3><font size=1>220000, г. Минск, пр. Мира, 10. Тел.: +375 (17) 000</font></td>
</tr><tr><td><table><tr><td><a href=index.php>Главная</a></td></tr></table></td><td>
<font size=4><b>{escape(piece.title)}</b></font><br><font size=1>{piece.published:%d.%m.%Y}</font>
<br><br><div align=justify>{body}</div><br><a href="javascript:history.back()">Назад</a></td>
<td><b>Новости</b><table>{news}</table></td></tr></table>
<center>&copy; 2005</center></body></html>"""


def portal(piece: Piece, others: list[Piece]) -> str:
    cards = "".join(
        f'<a class="news-card" href="/view/{i}/"><span>{other.day}</span>'
        f"<span>{escape(other.title)}</span></a>"
        for i, other in enumerate(others)
    )
    rest = "".join(f"<div>{line}</div>" for line in piece.paragraphs[1:])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{escape(piece.title)} | Министерство | Официальный сайт</title></head><body>
<div class="topline"><div class="phone">Горячая линия: +375 (17) 123-45-67</div></div>
<div class="row"><ol class="breadcrumb"><li class="active">{escape(piece.title)}</li></ol>
<div class="page-title"><h1>{escape(piece.title)}</h1></div><div class="news-info">
<span>{piece.day}</span><span>Просмотров: 177</span></div>
<div class="news-lead">{piece.paragraphs[0]}</div><div class="news-text">{rest}</div>
<div class="back-link"><a href="/news/">Все новости</a></div><div class="other-block">
<div class="h2">Другие новости раздела</div><div class="cards">{cards}</div></div></div>
<footer>© 2026 Министерство. Разработка сайта: студия</footer></body></html>"""


def operator(piece: Piece, others: list[Piece]) -> str:
    body = "".join(f"<p>{line}</p>" for line in piece.paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8" />
<title>{escape(piece.title)} | Оператор</title></head><body class="path-node">
<header id="header" class="site-header" role="banner"><a href="/">Оператор</a></header>
<main role="main"><div class="region region--content" id="content">
<h1 class="page-title"><span class="field--name-title">{escape(piece.title)}</span></h1>
<article class="node node--type-article node--promoted"><div class="node__meta">
<span>By <span>admin</span>, {piece.day}</span></div><div class="node__content">
<div class="field field--name-body field--label-hidden">{body}</div>
<div class="field field--name-field-tags"><h3>Теги</h3><ul><li><a href="/t/1">связь</a></li></ul>
</div></div></article></div></main><aside><h2>Недавнее</h2>
<ul><li><a href="/q">{escape(others[0].title)}</a></li></ul></aside></body></html>"""


SITES: dict[str, Callable[[Piece, list[Piece]], str]] = {
    "agency": agency,
    "region": region,
    "newspaper": newspaper,
    "old": old,
    "portal": portal,
    "operator": operator,
}
