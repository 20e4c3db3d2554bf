"""The tables of the crawl itself: sources, crawls, pages, hosts and the archive of responses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base

Outcome = Literal["finished", "paused", "failed", "partial", "busy", "interrupted"]


class SourceRow(Base):
    """A watched site: when it is due, who is at it, and when its baseline was complete.

    ``requests`` were made on the day ``counted_on`` (of the source's zone), by whatever crawls.
    """

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    baseline_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    counted_on: Mapped[date | None]
    requests: Mapped[int | None]


class WalkRow(Base):
    """How far a backfill or a sweep has come on one route; see `storage.walks.WalkState`."""

    __tablename__ = "walk"

    source: Mapped[str] = mapped_column(ForeignKey("source.key"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str | None]
    pages: Mapped[int]
    total: Mapped[int | None]
    remaining: Mapped[int | None]
    since: Mapped[date | None]
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    passes: Mapped[int]


class CrawlRow(Base):
    """One crawl of a source; ``outcome`` is empty while it runs."""

    __tablename__ = "crawl"
    __table_args__ = (Index("ix_crawl_source_started_at", "source", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    kind: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(String)
    reason: Mapped[str]
    stats: Mapped[dict[str, Any]]


class PageRow(Base):
    """A URL with its state: how it answered, its validators and its next visit.

    ``left_out`` is the date of an article that was not stored because a crawl wanted none so old.
    """

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("source", "url"),
        Index("ix_page_source_next_visit", "source", "next_visit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    url: Mapped[str]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    status: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fetched_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    next_visit: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    visits: Mapped[int]
    changes: Mapped[int]
    failures: Mapped[int]
    left_out: Mapped[date | None]


class HostRow(Base):
    """A host: its robots.txt, the visitor who holds it and until when it wants to be left alone."""

    __tablename__ = "host"

    host: Mapped[str] = mapped_column(primary_key=True)
    robots_text: Mapped[str | None]
    robots_status: Mapped[int | None]
    robots_at: Mapped[datetime | None]
    lease_holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    backoff_until: Mapped[datetime | None]


class DictionaryRow(Base):
    """A zstandard dictionary trained on one source's pages; needed for ever by its bodies."""

    __tablename__ = "dictionary"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"), index=True)
    created_at: Mapped[datetime]
    data: Mapped[bytes]


class BodyRow(Base):
    """The compressed body of responses; ``digest`` is its SHA-256, ``size`` its bytes when open."""

    __tablename__ = "body"

    digest: Mapped[str] = mapped_column(primary_key=True)
    dictionary_id: Mapped[int | None] = mapped_column(ForeignKey("dictionary.id"), index=True)
    size: Mapped[int]
    data: Mapped[bytes]


class ResponseRow(Base):
    """A stored response. Its body may be gone (retention, redaction); that it came, stays."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_source_url_fetched_at", "source", "url", "fetched_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    url: Mapped[str]
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int]
    headers: Mapped[list[Any]]
    digest: Mapped[str]
    body_digest: Mapped[str | None] = mapped_column(ForeignKey("body.digest"), index=True)
