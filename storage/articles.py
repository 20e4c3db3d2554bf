"""Storing what was read: one record for each article, a revision for each change, a notice once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from storage import (
    archive,
    content,
    facts,
    identity,
    notices,
    pages,
    quarantine,
    search,
    withdrawal,
)
from storage.article import Article
from storage.database import StorageError, one_at_a_time
from storage.ledger import SourceRow
from storage.tables import ArticleRow, Notice, RevisionRow
from storage.times import day_of, moment_of
from storage.withdrawal import gone

__all__ = ["Change", "Notice", "Stored", "accept", "gone", "reassess", "store"]

Change = Literal["new", "revised", "reverted", "unchanged", "quarantined"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one reading. ``notice`` is set only when the article has become an item now;
    ``new`` and ``follow_up`` are to be announced. ``cosmetic`` tells a revision in which only
    punctuation, spacing or typography differ.
    """

    article_id: int
    change: Change
    notice: Notice | None
    cosmetic: bool = False


def store(
    session: Session,
    source: str,
    article: Article,
    assessment: Assessment,
    *,
    seen_at: datetime,
    baseline: bool,
) -> Stored:
    """Store one reading of an article; to store it again changes nothing.

    ``seen_at`` is when the page was fetched, aware. ``baseline`` is for a baseline, a backfill or
    a re-extraction, none of which announces anything; nor does anything before the source's
    baseline is complete. Raises StorageError for a source that `sources.ensure` has not seen.
    """
    one_at_a_time(session)
    source_row = session.get(SourceRow, source)
    if source_row is None:
        raise StorageError(f"the database knows no source {source!r}")
    article, assessment = content.clean(article), facts.clean(assessment)
    quiet = baseline or source_row.baseline_at is None
    row, by_content = identity.find(session, source, article)
    if row is None:
        return _store_new(session, source, article, assessment, seen_at, quiet)
    if row.redacted_at is not None:
        identity.add_aliases(session, row, article, seen_at, by_content=by_content)
        archive.forget(session, source, [article.url, article.canonical_url])
        return Stored(row.id, "unchanged", None)
    present = session.get_one(RevisionRow, (row.id, row.revision))
    if content.digest(article) != present.digest and identity.is_a_twin(session, row, article):
        return _store_new(session, source, article, assessment, seen_at, quiet)
    reason = quarantine.reason(present, article)
    if reason is not None:
        quarantine.keep(session, row, article, reason, seen_at)
        return Stored(row.id, "quarantined", None)
    if article.text.strip() or not present.text.strip():
        identity.add_aliases(session, row, article, seen_at, by_content=by_content)
        _seen(session, row, article, seen_at, moved=by_content)
    return _store_known(session, row, present, article, assessment, seen_at, quiet)


def reassess(session: Session, article_id: int, assessment: Assessment, *, at: datetime) -> None:
    """Replace the assessment of an article's present revision; announces nothing.

    An article that becomes an item by this is one that was found late.
    """
    one_at_a_time(session)
    row = session.get_one(ArticleRow, article_id)
    if row.redacted_at is None:
        assessment = facts.clean(assessment)
        told = facts.keep(session, row, assessment, at)
        notices.give(session, row, told, at, "found_late")


def accept(session: Session, number: int, assessment: Assessment, *, at: datetime) -> Stored:
    """Let a piece out of quarantine: it is an article of its own from when it was first seen.

    The id and the address are its own from now on; the article that had them keeps its record and
    is withdrawn, since another piece stands in its place. Raises NotInQuarantine.
    """
    one_at_a_time(session)
    (kept,) = quarantine.quarantined(session, number)
    old = session.get_one(ArticleRow, kept.article_id)
    identity.give_up(session, old)
    withdrawal.replaced(session, old, kept.url, kept.first_seen_at, at)
    quiet = session.get_one(SourceRow, old.source).baseline_at is None
    stored = _store_new(
        session, old.source, kept.reading, facts.clean(assessment), kept.first_seen_at, quiet
    )
    pages.lead_to(session, old.source, kept.url, stored.article_id)
    quarantine.decide(session, number, "accepted", at, stored.article_id)
    return stored


def _store_new(
    session: Session,
    source: str,
    article: Article,
    assessment: Assessment,
    seen_at: datetime,
    quiet: bool,
) -> Stored:
    row = ArticleRow(
        source=source,
        identity=identity.name(article),
        site_id=article.site_id,
        url=article.url,
        canonical_url=article.canonical_url,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        baseline=quiet,
        revision=0,
        flagged=False,
        score=0.0,
        title=article.title,
        language=article.language,
        dated_at=seen_at,
    )
    session.add(row)
    session.flush()
    identity.add_aliases(session, row, article, seen_at, by_content=False)
    _revise(session, row, article, seen_at, cosmetic=False, reverts=None)
    told = facts.keep(session, row, assessment, seen_at)
    notice = notices.give(session, row, told, seen_at, "baseline" if quiet else None)
    session.flush()
    return Stored(row.id, "new", notice)


def _store_known(
    session: Session,
    row: ArticleRow,
    present: RevisionRow,
    article: Article,
    assessment: Assessment,
    seen_at: datetime,
    quiet: bool,
) -> Stored:
    if article.published is None:
        # A missing date is a failure to read it; the known one stands.
        article.published = present.published
    if _is_unchanged(row, present, article):
        _refine_date(row, present, article)
        session.flush()
        return Stored(row.id, "unchanged", None)
    reverts = session.scalar(
        select(RevisionRow.number)
        .where(RevisionRow.article_id == row.id, RevisionRow.digest == content.digest(article))
        .order_by(RevisionRow.number)
        .limit(1)
    )
    same_files = sorted(set(article.files)) == sorted(set(present.files))
    same_day = article.published is None or day_of(article.published) == present.published_on
    cosmetic = (
        same_files
        and same_day
        and content.is_cosmetic((present.title, present.text), (article.title, article.text))
    )
    _revise(session, row, article, seen_at, cosmetic=cosmetic, reverts=reverts)
    told = facts.keep(session, row, assessment, seen_at)
    # Neither a fixed comma nor an edit taken back raises an alarm.
    forced: Notice | None = "found_late" if cosmetic or reverts is not None else None
    notice = notices.give(session, row, told, seen_at, "baseline" if quiet else forced)
    session.flush()
    return Stored(row.id, "revised" if reverts is None else "reverted", notice, cosmetic)


def _is_unchanged(row: ArticleRow, present: RevisionRow, article: Article) -> bool:
    """Equal content; or another layout's reading of the same page, which is no edit by the site.

    The first such reading is remembered, and the next ones under that layout compared with it.
    """
    digest = content.digest(article)
    if digest == present.digest or (present.text.strip() and not article.text.strip()):
        return True
    if article.layout == present.layout:
        return False
    if row.other_layout == article.layout:
        return row.other_digest == digest
    if not content.is_same_reading(present.text, article.text):
        return False
    row.other_layout, row.other_digest = article.layout, digest
    return True


def _revise(
    session: Session,
    row: ArticleRow,
    article: Article,
    seen_at: datetime,
    *,
    cosmetic: bool,
    reverts: int | None,
) -> None:
    row.revision += 1
    row.title, row.language = article.title, article.language or row.language
    row.other_layout = row.other_digest = None
    set_date(row, article.published)
    revision = RevisionRow(
        article_id=row.id,
        number=row.revision,
        seen_at=seen_at,
        cosmetic=cosmetic,
        reverts=reverts,
        url=article.url,
    )
    fill(revision, article)
    session.add(revision)
    session.flush()
    search.index(session, row.id, article.title, article.text, row.language)


def fill(revision: RevisionRow, article: Article) -> None:
    """Set what a revision says, with its digests, from what was read of its page."""
    revision.digest, revision.fingerprint = content.digest(article), content.fingerprint(article)
    revision.title, revision.text, revision.html = article.title, article.text, article.html
    revision.modified = None if article.modified is None else article.modified.isoformat()
    revision.images, revision.files = article.images, article.files
    revision.layout, revision.provenance = article.layout, article.provenance
    set_date(revision, article.published)


def set_date(row: ArticleRow | RevisionRow, published: date | datetime | None) -> None:
    """Set the day of publication, and its moment where it is known."""
    row.published_on = None if published is None else day_of(published)
    row.published_at = published if isinstance(published, datetime) else None
    if isinstance(row, ArticleRow):
        row.dated_at = row.first_seen_at if published is None else moment_of(published)


def _refine_date(row: ArticleRow, present: RevisionRow, article: Article) -> None:
    """The same day, now with its time."""
    if present.published_at is None and isinstance(article.published, datetime):
        set_date(row, article.published)
        set_date(present, article.published)


def _seen(
    session: Session, row: ArticleRow, article: Article, seen_at: datetime, *, moved: bool
) -> None:
    row.last_seen_at = max(row.last_seen_at, seen_at)
    if moved:
        row.url, row.canonical_url = article.url, article.canonical_url
    withdrawal.returned(session, row, seen_at)
