"""The tables that hold articles and what is known of them; `storage.ledger` has the crawl's own.

Times are aware UTC datetimes on both databases. `docs/database.md` describes each column for
those who write SQL.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.times import UtcDateTime

Notice = Literal["new", "follow_up", "same_story", "found_late", "baseline"]
Withdrawn = Literal["deleted", "unpublished"]
Decision = Literal["accepted", "dismissed"]


class Base(DeclarativeBase):
    """All tables; constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it in this form
        datetime: UtcDateTime,
        list[str]: JSON,
        list[Any]: JSON,
        dict[str, Any]: JSON,
    }


class StoryRow(Base):
    """Articles that report the same act; ``follows_id`` is the earlier story it is linked to."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(primary_key=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    created_at: Mapped[datetime]


class Dated:
    """A row with a day of publication, and its moment where the page tells the time."""

    published_on: Mapped[date | None]
    published_at: Mapped[datetime | None]

    @property
    def published(self) -> date | datetime | None:
        """As precisely as it is known."""
        return self.published_at or self.published_on


class ArticleRow(Dated, Base):
    """One published piece: its identity, its state and the columns by which it is listed.

    ``identity`` is ``id:<the site's id>`` or ``url:<canonical URL>``. ``dated_at`` is the moment
    of publication, the beginning of that day, or, undated, when it was first seen: the order of
    all lists. ``revision`` is the number of its present revision. ``notice`` is set once, when it
    is first flagged; ``announced_at`` is when the program said so, ``marked_at`` when its reader
    marked it as seen. ``other_*`` remember a
    reading under another layout that says the same, so that a redesign is not an edit.
    """

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("source", "identity"),
        Index("ix_article_flagged_dated_at_id", "flagged", "dated_at", "id"),
        Index("ix_article_dated_at_id", "dated_at", "id"),
        Index("ix_article_source_dated_at_id", "source", "dated_at", "id"),
        Index(
            "ix_article_announced_dated_at_id",
            "dated_at",
            "id",
            sqlite_where=sql("notice IN ('new', 'follow_up')"),
            postgresql_where=sql("notice IN ('new', 'follow_up')"),
        ),
        # Without the many that were not merged: SQLite would take it to find just those.
        Index(
            "ix_article_merged_into_id",
            "merged_into_id",
            sqlite_where=sql("merged_into_id IS NOT NULL"),
            postgresql_where=sql("merged_into_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    identity: Mapped[str]
    site_id: Mapped[str | None]
    url: Mapped[str]
    canonical_url: Mapped[str]
    title: Mapped[str]
    language: Mapped[str | None]
    dated_at: Mapped[datetime]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime]
    baseline: Mapped[bool]
    revision: Mapped[int]
    other_layout: Mapped[str | None]
    other_digest: Mapped[str | None]
    flagged: Mapped[bool]
    score: Mapped[float]
    stage: Mapped[str | None]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    notice: Mapped[Notice | None] = mapped_column(String)
    noticed_at: Mapped[datetime | None] = mapped_column(index=True)
    announced_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]
    withdrawn: Mapped[Withdrawn | None] = mapped_column(String)
    redacted_at: Mapped[datetime | None]
    redacted_because: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))


class AliasRow(Base):
    """A URL that leads to an article; ``by_content`` where only its content told that it does."""

    __tablename__ = "alias"
    __table_args__ = (UniqueConstraint("source", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    url: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    site_id: Mapped[str | None]
    by_content: Mapped[bool]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class RevisionRow(Dated, Base):
    """An article's content as seen at one time, numbered from 1.

    ``cosmetic``: only punctuation, spacing or typography differ from the one before.
    ``reverts`` is the number of the earlier revision to which the site went back.
    ``fingerprint`` is the digest of words and day alone, without addresses. ``reread_at``: when
    the content was last derived again from the archived page.
    """

    __tablename__ = "revision"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    digest: Mapped[str]
    fingerprint: Mapped[str | None] = mapped_column(index=True)
    cosmetic: Mapped[bool]
    reverts: Mapped[int | None]
    url: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    modified: Mapped[str | None]
    images: Mapped[list[str]]
    files: Mapped[list[str]]
    layout: Mapped[str]
    provenance: Mapped[dict[str, Any]]
    reread_at: Mapped[datetime | None]


# Joins an article with the revision that it has now.
PRESENT = (RevisionRow.article_id == ArticleRow.id) & (RevisionRow.number == ArticleRow.revision)


class WithdrawalRow(Base):
    """Once an article was gone: suspected, perhaps confirmed, perhaps ended by its return."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        Index(
            "uq_withdrawal_open",
            "article_id",
            unique=True,
            sqlite_where=sql("returned_at IS NULL"),
            postgresql_where=sql("returned_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    kind: Mapped[Withdrawn] = mapped_column(String)
    url: Mapped[str]
    suspected_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    returned_at: Mapped[datetime | None] = mapped_column(index=True)


class QuarantineRow(Base):
    """What came under a known id but is another piece; kept here and never made a revision.

    ``decision`` is its reader's: accepted as article ``accepted_id``, or dismissed.
    """

    __tablename__ = "quarantine"
    __table_args__ = (UniqueConstraint("article_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    digest: Mapped[str]
    url: Mapped[str]
    reason: Mapped[str]
    content: Mapped[dict[str, Any]]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime]
    decision: Mapped[Decision | None] = mapped_column(String)
    decided_at: Mapped[datetime | None]
    accepted_id: Mapped[int | None]


class AssessmentRow(Base):
    """What the detector says of one revision; ``data`` is all of it, with offsets."""

    __tablename__ = "assessment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "revision"], ["revision.article_id", "revision.number"]
        ),
    )

    article_id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str]
    flagged: Mapped[bool]
    score: Mapped[float]
    stage: Mapped[str | None]
    sector: Mapped[str | None]
    assessed_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


class PartyRow(Base):
    """Who takes part according to the present assessment: a country, region or organization."""

    __tablename__ = "party"
    __table_args__ = (Index("ix_party_code_article_id", "code", "article_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    kind: Mapped[str]
    code: Mapped[str | None]
    name: Mapped[str] = mapped_column(index=True)
    side: Mapped[str | None]


class KindRow(Base):
    """What kind of cooperation the present assessment sees."""

    __tablename__ = "kind"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True, index=True)


class PersonRow(Base):
    """A person who takes part or is quoted, with the post as the text gives it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    name: Mapped[str] = mapped_column(index=True)
    post: Mapped[str]


class AmountRow(Base):
    """A sum of money in units of its currency."""

    __tablename__ = "amount"
    __table_args__ = (Index("ix_amount_value_article_id", "value", "article_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    value: Mapped[float]
    currency: Mapped[str]
    qualifier: Mapped[str]
    what: Mapped[str]


class LabelRow(Base):
    """One judgement of a reader on the article as it stood in this revision.

    ``relevant`` is empty where the judgement before it was taken back.
    """

    __tablename__ = "label"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    revision: Mapped[int]
    relevant: Mapped[bool | None]
    note: Mapped[str]
    labelled_at: Mapped[datetime] = mapped_column(index=True)


class SearchRow(Base):
    """The keys under which an article's present text is found; the full-text index covers them."""

    __tablename__ = "search"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    title_keys: Mapped[str]
    text_keys: Mapped[str]
