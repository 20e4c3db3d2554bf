"""A database to hand over: one SQLite file with the items and what it means, for Datasette.

    datasette serve items.db --metadata items.metadata.json

It carries title, facts, the sentence of evidence and the link; full text only where the operator
says so. Withdrawn and redacted articles are left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from storage.coverage import Coverage, coverage
from storage.database import StorageError
from storage.export import Manners, row
from storage.finding import Found, every
from storage.query import Query
from storage.query_sql import ITEMS
from storage.tables import ArticleRow

_TABLES = """
CREATE TABLE source (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, articles INTEGER NOT NULL, earliest TEXT,
    latest TEXT, watched_since TEXT, days_without_visit INTEGER NOT NULL, unread INTEGER NOT NULL
);
CREATE TABLE gap (
    source TEXT NOT NULL REFERENCES source(key), first TEXT NOT NULL, last TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE item (
    id INTEGER PRIMARY KEY, published TEXT, title TEXT NOT NULL, url TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source(key), language TEXT, score REAL NOT NULL, stage TEXT,
    evidence TEXT NOT NULL, story INTEGER, first_seen TEXT NOT NULL{text}
);
CREATE TABLE party (
    item INTEGER NOT NULL REFERENCES item(id), kind TEXT NOT NULL, code TEXT, name TEXT NOT NULL,
    side TEXT
);
CREATE TABLE kind (item INTEGER NOT NULL REFERENCES item(id), kind TEXT NOT NULL);
CREATE TABLE amount (
    item INTEGER NOT NULL REFERENCES item(id), value REAL NOT NULL, currency TEXT NOT NULL,
    qualifier TEXT NOT NULL, subject TEXT NOT NULL
);
"""
_INDEXES = """
CREATE INDEX party_item ON party(item);
CREATE INDEX party_code ON party(code);
CREATE INDEX kind_item ON kind(item);
CREATE INDEX kind_kind ON kind(kind);
CREATE INDEX amount_item ON amount(item);
CREATE INDEX item_published ON item(published);
CREATE VIRTUAL TABLE item_fts USING fts5(title, evidence, content='item', content_rowid='id');
INSERT INTO item_fts(item_fts) VALUES ('rebuild');
"""


def publish(
    session: Session, query: Query, target: Path, now: datetime, manners: Manners
) -> tuple[int, Path]:
    """Write the items that the query finds to a new file ``target``, its metadata beside it.

    Returns how many items it holds and the path of the metadata. An existing file is replaced
    once the new one is whole. Raises StorageError where it cannot be written.
    """
    covered = coverage(session, now)
    part = target.with_name(target.name + ".part")
    metadata = target.with_suffix(".metadata.json")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as copy:
            number = _fill(copy, session, query, covered, manners)
        part.replace(target)
        description = _metadata(target.stem, query, covered, now, manners)
        metadata.write_text(json.dumps(description, ensure_ascii=False, indent=2), "utf-8")
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StorageError(f"{target}: cannot be written: {error}") from error
    return number, metadata


def _fill(
    copy: sqlite3.Connection, session: Session, query: Query, covered: Coverage, manners: Manners
) -> int:
    copy.executescript(_TABLES.format(text=", text TEXT NOT NULL" if manners.full_text else ""))
    for source in covered.sources:
        days = sum((gap.last - gap.first).days + 1 for gap in source.gaps)
        copy.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(source.key, source.name, source.articles, _plain(source.earliest)),
                *(_plain(source.latest), _plain(source.watched_since), days, source.unread),
            ],
        )
        copy.executemany(
            "INSERT INTO gap VALUES (?, ?, ?, ?)",
            [(source.key, str(gap.first), str(gap.last), gap.reason) for gap in source.gaps],
        )
    number = 0
    for found in _items(session, query):
        _add(copy, found, manners)
        number += 1
    copy.executescript(_INDEXES)
    copy.commit()
    copy.execute("VACUUM")
    return number


def _items(session: Session, query: Query) -> Iterator[Found]:
    return every(session, query, (*ITEMS, ArticleRow.withdrawn.is_(None)))


def _add(copy: sqlite3.Connection, found: Found, manners: Manners) -> None:
    item, plain = found.item, row(found, manners)
    columns = "id published title url source language score stage evidence story first_seen"
    names = [*columns.split(), *(["text"] if manners.full_text else [])]
    marks = ", ".join("?" * len(names))
    copy.execute(f"INSERT INTO item VALUES ({marks})", [_plain(plain[name]) for name in names])  # noqa: S608 - only question marks
    copy.executemany(
        "INSERT INTO party VALUES (?, ?, ?, ?, ?)",
        [(item.id, one.kind, one.code, one.name, one.side) for one in item.parties],
    )
    copy.executemany("INSERT INTO kind VALUES (?, ?)", [(item.id, kind) for kind in item.kinds])
    copy.executemany(
        "INSERT INTO amount VALUES (?, ?, ?, ?, ?)",
        [(item.id, one.value, one.currency, one.qualifier, one.what) for one in item.amounts],
    )


def _metadata(
    name: str, query: Query, covered: Coverage, now: datetime, manners: Manners
) -> dict[str, Any]:
    text = "Full texts are included." if manners.full_text else "Full texts are not included."
    asked = f" Only what this query finds: {query.text}." if query.text.strip() else ""
    return {
        "title": "Cooperation items",
        "description": (
            f"News of public bodies that report cooperation between Belarus and its partners, "
            f"collected by coopwatch up to {now:%Y-%m-%d %H:%M} UTC from "
            f"{', '.join(source.name for source in covered.sources) or 'no source'}.{asked} "
            f"{text} The texts belong to their publishers: quote with a link to the original."
        ),
        "databases": {name: {"tables": _TABLE_WORDS, "queries": _QUERIES}},
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


_TABLE_WORDS: dict[str, Any] = {
    "item": {
        "description": "One row for each article that reports cooperation.",
        "sort_desc": "published",
        "facets": ["source", "language", "stage"],
        "fts_table": "item_fts",
        "columns": {
            "published": "Day or moment (UTC) of publication; empty where the page tells none",
            "title": "Title as published",
            "url": "Address of the original",
            "score": "Probability (0 to 1) that it reports cooperation, by the detector",
            "stage": "announced, ongoing, concluded or cancelled",
            "evidence": "The sentence that carries the flag",
            "story": "Items with the same number report the same act",
            "first_seen": "When it was first seen (UTC)",
        },
    },
    "party": {
        "description": "Who takes part.",
        "facets": ["kind", "code"],
        "columns": {
            "item": "The item",
            "kind": "country, region or organization",
            "code": "ISO 3166-1 alpha-2 or ISO 3166-2; empty for organizations",
            "name": "Name as the text has it",
            "side": "host or guest, where the text tells",
        },
    },
    "kind": {
        "description": "What kind of cooperation: visit, talks, agreement, project, supply, "
        "trade, event or body.",
        "facets": ["kind"],
    },
    "amount": {
        "description": "Sums of money.",
        "columns": {
            "value": "In units of the currency",
            "currency": "ISO 4217",
            "qualifier": "exact, approx, over or under",
            "subject": "What the sum is for",
        },
    },
    "source": {
        "description": "What was watched, since when and how completely.",
        "columns": {
            "days_without_visit": "Days since the first visit on which none succeeded",
            "unread": "Pages that could never be read as articles",
        },
    },
    "gap": {"description": "Days on which no visit to a source succeeded, and why."},
}

_QUERIES: dict[str, Any] = {
    "with_a_region": {
        "title": "What was agreed with a region (RU-KRS is Kursk oblast)",
        "sql": "SELECT published, title, url, stage, evidence FROM item WHERE id IN (SELECT item "
        "FROM party WHERE code = :code) ORDER BY published DESC",
    },
    "partners": {
        "title": "Partners by number of items",
        "sql": "SELECT code, min(name) AS name, count(DISTINCT item) AS items FROM party "
        "WHERE kind = 'country' AND code <> 'BY' GROUP BY code ORDER BY items DESC",
    },
    "by_month": {
        "title": "Items by month",
        "sql": "SELECT substr(published, 1, 7) AS month, count(*) AS items FROM item "
        "WHERE published IS NOT NULL GROUP BY month ORDER BY month",
    },
    "largest_amounts": {
        "title": "The largest sums of a currency",
        "sql": "SELECT value, currency, qualifier, subject, published, title, url FROM amount "
        "JOIN item ON item.id = amount.item WHERE currency = :currency ORDER BY value DESC "
        "LIMIT 100",
    },
    "gaps": {
        "title": "When nothing was seen",
        "sql": "SELECT source, first, last, reason FROM gap ORDER BY first DESC",
    },
}
