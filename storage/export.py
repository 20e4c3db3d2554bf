"""What was found, in the forms that other tools read: CSV, JSON lines and schema.org JSON-LD.

Everything is streamed: a million rows take no more memory than a hundred. Excel is in
`storage.export_excel`; `storage.export_file` makes a file of either.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.finding import Found, every
from storage.query import Query
from storage.query_sql import Condition

Row = dict[str, Any]

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Manners:
    """What may leave the house: ``full_text`` only where the operator says so."""

    full_text: bool = False


def rows(
    session: Session, query: Query, manners: Manners, only: Iterable[Condition] = ()
) -> Iterator[Row]:
    """One plain row for each article that the query finds, newest first.

    Without the operator's word there is no text; of withdrawn articles there is none ever.
    """
    for found in every(session, query, tuple(only)):
        yield row(found, manners)


def row(found: Found, manners: Manners) -> Row:
    """An article as one row; keys as in the labelled sets where they have the same meaning."""
    item = found.item
    public = item.withdrawn is None
    plain: Row = {
        "id": item.id,
        "published": item.published,
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "language": item.language,
        "item": found.flagged,
        "score": round(item.score, 4),
        "notice": item.notice,
        "kinds": list(item.kinds),
        "stage": item.stage,
        "countries": [p.code for p in item.parties if p.kind == "country" and p.code],
        "regions": [p.code for p in item.parties if p.kind == "region" and p.code],
        "organizations": [p.name for p in item.parties if p.kind == "organization"],
        "amounts": [f"{a.qualifier} {a.value:.15g} {a.currency}" for a in item.amounts],
        "evidence": found.quote.text if public else "",
        "story": item.story_id,
        "first_seen": item.first_seen_at,
        "withdrawn": item.withdrawn,
    }
    if manners.full_text:
        plain["text"] = found.text if public else ""
    return plain


def columns(manners: Manners) -> list[str]:
    """The keys of `row`, in order: an empty export has a header too."""
    names = [
        *("id", "published", "title", "url", "source", "language", "item", "score", "notice"),
        *("kinds", "stage", "countries", "regions", "organizations", "amounts", "evidence"),
        *("story", "first_seen", "withdrawn"),
    ]
    return [*names, "text"] if manners.full_text else names


def to_csv(plain: Iterable[Row], names: list[str]) -> Iterator[bytes]:
    """CSV with a header, in UTF-8 with the mark by which Excel knows it; no cell is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(names)
    for one in plain:
        writer.writerow([cell(one[name]) for name in names])
        if buffer.tell() > io.DEFAULT_BUFFER_SIZE:
            yield _emptied(buffer)
    yield _emptied(buffer)


def to_jsonl(plain: Iterable[Row]) -> Iterator[bytes]:
    """One JSON object a line."""
    for one in plain:
        yield (json.dumps(one, ensure_ascii=False, default=_plain) + "\n").encode()


def to_jsonld(plain: Iterable[Row]) -> Iterator[bytes]:
    """One JSON-LD document with a graph of schema.org NewsArticles."""
    yield b'{"@context":"https://schema.org","@graph":[\n'
    for number, one in enumerate(plain):
        text = json.dumps(news_article(one), ensure_ascii=False, default=_plain)
        yield (",\n" if number else "").encode() + text.encode()
    yield b"\n]}\n"


def news_article(one: Row) -> dict[str, Any]:
    """A row as a schema.org NewsArticle; its id is its address at the source."""
    places = [
        {"@type": "AdministrativeArea", "identifier": code}
        for code in (*one["countries"], *one["regions"])
    ]
    organizations = [{"@type": "Organization", "name": name} for name in one["organizations"]]
    address = one["url"] if one["url"].startswith(("http://", "https://")) else None
    article = {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": one["title"],
        "datePublished": one["published"],
        "inLanguage": one["language"],
        "isPartOf": {"@type": "WebSite", "identifier": one["source"]},
        "abstract": one["evidence"],
        "keywords": one["kinds"],
        "mentions": [*places, *organizations],
        "articleBody": one.get("text"),
    }
    return {key: value for key, value in article.items() if value not in (None, "", [])}


def cell(value: object) -> str:
    """A cell of a CSV file; text that a spreadsheet would run is made plain text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" \ufeff\u00a0").startswith(_FORMULA) else text


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a value that can be written as JSON")
