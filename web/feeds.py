"""Feeds of any query: Atom, RSS and JSON Feed. Title, facts, the sentence of evidence, the link.

Withdrawn articles are not in feeds. An entry's id depends on the article's address alone, so it
stays the same on another machine and after a move.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage import finding
from storage.finding import Found
from storage.query import parse
from storage.query_sql import ITEMS
from storage.tables import ArticleRow
from web.answers import conditional
from web.languages import Words, chosen
from web.room import ASession, TheRoom, is_web_address

router = APIRouter()

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 knows no other control characters.
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535], " ")


@router.get("/feed.atom")
def atom(request: Request, room: TheRoom, session: ASession, q: str = "") -> Response:
    """RFC 4287."""
    entries, words = _entries(session, q), chosen(request)
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", _feed_id(q))
    _add(feed, "title", _title(q))
    _add(feed, "updated", _updated(entries).isoformat())
    _add(feed, "link", rel="self", href=str(request.url), type="application/atom+xml")
    author = Xml.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "coopwatch")
    for one in entries:
        entry = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", entry_id(one))
        _add(entry, "title", one.item.title or one.item.url)
        _add(entry, "updated", _moment(one).isoformat())
        _add(entry, "published", one.item.dated_at.isoformat())
        _add(entry, "link", rel="alternate", href=one.item.url)
        _add(entry, "summary", _summary(one, room.settings.full_text, words))
        for kind in one.item.kinds:
            _add(entry, "category", term=kind)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    modified = format_datetime(_updated(entries), usegmt=True)
    return conditional(request, body, "application/atom+xml", modified)


@router.get("/feed.rss")
def rss(request: Request, room: TheRoom, session: ASession, q: str = "") -> Response:
    """RSS 2.0 with the address of its own that readers ask for."""
    entries, words = _entries(session, q), chosen(request)
    Xml.register_namespace("atom", _ATOM)
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    self_link = {"rel": "self", "href": str(request.url), "type": "application/rss+xml"}
    Xml.SubElement(channel, f"{{{_ATOM}}}link", self_link)
    for name, text in (
        ("title", _markup(_title(q))),
        ("link", str(request.base_url)),
        ("description", words.t("tagline")),
        ("lastBuildDate", format_datetime(_updated(entries), usegmt=True)),
    ):
        Xml.SubElement(channel, name).text = _plain(text)
    for one in entries:
        item = Xml.SubElement(channel, "item")
        for name, text in (
            ("title", _markup(one.item.title or one.item.url)),
            ("link", one.item.url),
            ("pubDate", format_datetime(one.item.dated_at, usegmt=True)),
            (
                "description",
                _markup(_summary(one, room.settings.full_text, words)).replace("\n", "<br>"),
            ),
        ):
            Xml.SubElement(item, name).text = _plain(text)
        Xml.SubElement(item, "guid", isPermaLink="false").text = entry_id(one)
    body = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    modified = format_datetime(_updated(entries), usegmt=True)
    return conditional(request, body, "application/rss+xml", modified)


@router.get("/feed.json")
def json_feed(request: Request, room: TheRoom, session: ASession, q: str = "") -> Response:
    """JSON Feed 1.1."""
    entries, words = _entries(session, q), chosen(request)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(q),
        "feed_url": str(request.url),
        "home_page_url": str(request.base_url),
        "items": [
            {
                "id": entry_id(one),
                "url": one.item.url,
                "title": one.item.title,
                "content_text": _summary(one, room.settings.full_text, words),
                "date_published": one.item.dated_at.isoformat(),
                "language": one.item.language or "ru",
                "tags": list(one.item.kinds),
            }
            for one in entries
        ],
    }
    body = json.dumps(feed, ensure_ascii=False).encode()
    modified = format_datetime(_updated(entries), usegmt=True)
    return conditional(request, body, "application/feed+json", modified)


def entry_id(found: Found) -> str:
    """The same for ever for the same article."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{found.item.source} {found.item.url}").urn


def _entries(session: ASession, q: str) -> list[Found]:
    only = (*ITEMS, ArticleRow.withdrawn.is_(None))
    found = finding.find(session, parse(q), limit=ENTRIES, only=only).found
    return [one for one in found if is_web_address(one.item.url)]


def _summary(found: Found, full_text: bool, words: Words) -> str:
    item = found.item
    kinds = ", ".join(words.t(f"kind_{kind}") for kind in item.kinds)
    parties = ", ".join(words.place(p.code, p.name) if p.code else p.name for p in item.parties)
    sums = ", ".join(words.money(a.value, a.currency, a.qualifier) for a in item.amounts)
    facts = " · ".join(part for part in (kinds, parties, sums) if part)
    said = found.text if full_text else found.quote.text
    return "\n".join(part for part in (facts, said) if part)


def _title(q: str) -> str:
    return f"coopwatch: {q}" if q.strip() else "coopwatch"


def _feed_id(q: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"coopwatch feed {' '.join(q.split())}").urn


def _moment(found: Found) -> datetime:
    return found.item.noticed_at or found.item.first_seen_at


def _updated(entries: list[Found]) -> datetime:
    return max((_moment(one) for one in entries), default=_NEVER).replace(microsecond=0)


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> None:
    plain = {key: _plain(value) for key, value in attributes.items()}
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}", plain).text = (
        None if text is None else _plain(text)
    )


def _markup(text: str) -> str:
    """Text for readers that take RSS for HTML, as most do: no tag of a source becomes one."""
    return text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")


def _plain(text: str) -> str:
    return text.translate(_FORBIDDEN).encode("utf-8", "replace").decode()
