"""One article with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from storage import facts
from storage.database import StorageError
from storage.tables import (
    AliasRow,
    ArticleRow,
    AssessmentRow,
    Notice,
    RevisionRow,
    StoryRow,
    WithdrawalRow,
    Withdrawn,
)


class NoSuchArticle(StorageError):  # noqa: N818 - says what is the matter
    """There is no article with this number."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The content as seen at one time; ``reverts`` is the revision that it goes back to.

    ``reread_at``: when its content was derived again from the archived page.
    """

    number: int
    seen_at: datetime
    title: str
    text: str
    html: str
    published: date | datetime | None
    modified: str | None
    images: tuple[str, ...]
    files: tuple[str, ...]
    layout: str
    provenance: dict[str, str]
    cosmetic: bool
    reverts: int | None
    reread_at: datetime | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One absence; only suspected while ``confirmed_at`` is None, over when ``returned_at``."""

    kind: Withdrawn
    suspected_at: datetime
    confirmed_at: datetime | None
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """Another article of the same story, or of one before or after it."""

    id: int
    title: str
    url: str
    source: str
    language: str | None
    published: date | datetime | None
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class Story:
    """An article's story: the others in it, the earlier story it follows, those that follow it."""

    id: int
    others: tuple[StoryArticle, ...]
    follows: tuple[StoryArticle, ...]
    followed_by: tuple[StoryArticle, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article, its addresses, its revisions (oldest first) and its present assessment.

    Of a redacted one only identity, addresses, times and ``redacted_because`` are left.
    """

    id: int
    source: str
    site_id: str | None
    url: str
    canonical_url: str
    title: str
    language: str | None
    published: date | datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    baseline: bool
    notice: Notice | None
    noticed_at: datetime | None
    seen_at: datetime | None
    withdrawn: Withdrawn | None
    redacted_at: datetime | None
    redacted_because: str | None
    aliases: tuple[str, ...]
    revisions: tuple[Revision, ...]
    withdrawals: tuple[Withdrawal, ...]
    assessment: Assessment | None
    story: Story | None

    @property
    def present(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]


def article(session: Session, article_id: int) -> ArticleView:
    """The article with this number, or the one it was merged into; raises NoSuchArticle."""
    row = session.get(ArticleRow, article_id)
    while row is not None and row.merged_into_id is not None:
        row = session.get(ArticleRow, row.merged_into_id)
    if row is None:
        raise NoSuchArticle(f"there is no article {article_id}; `coopwatch items` lists them")
    return ArticleView(
        id=row.id,
        source=row.source,
        site_id=row.site_id,
        url=row.url,
        canonical_url=row.canonical_url,
        title=row.title,
        language=row.language,
        published=row.published,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        baseline=row.baseline,
        notice=row.notice,
        noticed_at=row.noticed_at,
        seen_at=row.marked_at,
        withdrawn=row.withdrawn,
        redacted_at=row.redacted_at,
        redacted_because=row.redacted_because,
        aliases=_aliases(session, row),
        revisions=_revisions(session, row),
        withdrawals=_withdrawals(session, row),
        assessment=_assessment(session, row),
        story=_story(session, row),
    )


def _aliases(session: Session, row: ArticleRow) -> tuple[str, ...]:
    query = select(AliasRow.url).where(AliasRow.article_id == row.id).order_by(AliasRow.id)
    return tuple(session.scalars(query))


def _revisions(session: Session, row: ArticleRow) -> tuple[Revision, ...]:
    query = select(RevisionRow).where(RevisionRow.article_id == row.id).order_by(RevisionRow.number)
    return tuple(
        Revision(
            number=one.number,
            seen_at=one.seen_at,
            title=one.title,
            text=one.text,
            html=one.html,
            published=one.published,
            modified=one.modified,
            images=tuple(one.images),
            files=tuple(one.files),
            layout=one.layout,
            provenance=one.provenance,
            cosmetic=one.cosmetic,
            reverts=one.reverts,
            reread_at=one.reread_at,
        )
        for one in session.scalars(query)
    )


def _withdrawals(session: Session, row: ArticleRow) -> tuple[Withdrawal, ...]:
    query = (
        select(WithdrawalRow).where(WithdrawalRow.article_id == row.id).order_by(WithdrawalRow.id)
    )
    return tuple(
        Withdrawal(one.kind, one.suspected_at, one.confirmed_at, one.returned_at)
        for one in session.scalars(query)
    )


def _assessment(session: Session, row: ArticleRow) -> Assessment | None:
    kept = session.get(AssessmentRow, (row.id, row.revision))
    return None if kept is None or not kept.data else facts.load(kept.data)


def _story(session: Session, row: ArticleRow) -> Story | None:
    if row.story_id is None:
        return None
    story = session.get_one(StoryRow, row.story_id)
    later = select(StoryRow.id).where(StoryRow.follows_id == story.id)
    return Story(
        id=story.id,
        others=tuple(one for one in _of_stories(session, [story.id]) if one.id != row.id),
        follows=_of_stories(session, [] if story.follows_id is None else [story.follows_id]),
        followed_by=_of_stories(session, list(session.scalars(later))),
    )


def _of_stories(session: Session, story_ids: list[int]) -> tuple[StoryArticle, ...]:
    query = (
        select(ArticleRow)
        .where(
            ArticleRow.story_id.in_(story_ids),
            ArticleRow.redacted_at.is_(None),
            ArticleRow.merged_into_id.is_(None),
        )
        .order_by(ArticleRow.dated_at, ArticleRow.id)
    )
    return tuple(
        StoryArticle(
            id=one.id,
            title=one.title,
            url=one.url,
            source=one.source,
            language=one.language,
            published=one.published,
            notice=one.notice,
        )
        for one in session.scalars(query)
    )
