"""Stories: which articles report the same act, and which act follows an earlier one."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from cooperation.stories import SAME, compare
from cooperation.story_profile import Profile, profile
from storage.tables import ArticleRow, PartyRow, RevisionRow, StoryRow

# A reprint or a translation comes within days; a monthly figure or a next session is another act.
SAME_STORY_WITHIN = timedelta(days=30)
FOLLOWS_WITHIN = timedelta(days=400)  # a yearly session, held a month late
# Each candidate costs a comparison of two texts; those with most parties in common come first.
_CANDIDATES = 50
_KEPT_PROFILES = 1_000  # a few kilobytes each
# Every item has the Belarusian side, so that it tells nothing.
_EVERYWHERE = "BY"


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place among the stories: ``joined`` where the story had an item before it."""

    story_id: int
    joined: bool
    follows_id: int | None


def place(session: Session, row: ArticleRow, assessment: Assessment, now: datetime) -> Place:
    """Put a flagged article into the story of the same act, or begin a new one with it."""
    if row.story_id is None:
        other = _same_act(session, row, assessment)
        if other is None:
            story = StoryRow(created_at=now, follows_id=_earlier(session, row, assessment))
            session.add(story)
            session.flush()
            row.story_id = story.id
        else:
            row.story_id = other
    joined = session.scalar(
        select(ArticleRow.id)
        .where(
            ArticleRow.story_id == row.story_id,
            ArticleRow.id != row.id,
            ArticleRow.notice.is_not(None),
        )
        .limit(1)
    )
    story_row = session.get_one(StoryRow, row.story_id)
    return Place(row.story_id, joined is not None, story_row.follows_id)


def _same_act(session: Session, row: ArticleRow, assessment: Assessment) -> int | None:
    """The story of the most similar article with a common party published around the same time."""
    candidates = list(session.scalars(candidates_of(row, assessment)))
    if not candidates:
        return None
    mine = _profile(session, row)
    best, best_score = None, SAME
    for other in candidates:
        score = compare(mine, _profile(session, other))
        if score >= best_score:
            best, best_score = other, score
    return None if best is None else best.story_id


def candidates_of(row: ArticleRow, assessment: Assessment) -> Select[ArticleRow]:
    """The articles that an item is compared with: at most _CANDIDATES, found by an index.

    They have a story, were published within SAME_STORY_WITHIN and share a party other than
    Belarus; those that share most come first.
    """
    codes = {*assessment.parties.countries, *assessment.parties.regions} - {_EVERYWHERE}
    names = set(assessment.parties.organizations)
    shared = (
        select(func.count())
        .where(
            PartyRow.article_id == ArticleRow.id,
            PartyRow.code.in_(codes) | PartyRow.name.in_(names),
        )
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    return (
        select(ArticleRow)
        .where(
            ArticleRow.id != row.id,
            ArticleRow.story_id.is_not(None),
            ArticleRow.redacted_at.is_(None),
            ArticleRow.dated_at.between(
                row.dated_at - SAME_STORY_WITHIN, row.dated_at + SAME_STORY_WITHIN
            ),
            shared > 0,
        )
        .order_by(shared.desc(), ArticleRow.dated_at.desc(), ArticleRow.id)
        .limit(_CANDIDATES)
    )


def _earlier(session: Session, row: ArticleRow, assessment: Assessment) -> int | None:
    """The story of the latest earlier item between the same parties.

    What is no item any more, by an edit or by its reader's word, is followed by nothing. The same
    countries and regions are not enough where both items name organisations: two
    plants of one region have stories of their own.
    """
    parties = assessment.parties
    codes = {*parties.countries, *parties.regions}
    # A region abroad tells more than a country, and that more than a region of Belarus.
    telling = sorted(
        codes - {_EVERYWHERE}, key=lambda code: (code[:2] == "BY", "-" not in code, code)
    )
    if not telling:
        return None
    earlier = session.scalars(
        select(ArticleRow)
        .join(PartyRow, PartyRow.article_id == ArticleRow.id)
        .where(
            PartyRow.code == telling[0],
            ArticleRow.id != row.id,
            ArticleRow.flagged,
            ArticleRow.story_id.is_not(None),
            ArticleRow.redacted_at.is_(None),
            ArticleRow.dated_at.between(row.dated_at - FOLLOWS_WITHIN, row.dated_at),
        )
        .order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc())
        .limit(_CANDIDATES)
    )
    for other in earlier:
        theirs, theirs_named = _parties_of(session, other.id)
        if theirs == codes and _may_be_the_same(set(parties.organizations), theirs_named):
            return other.story_id
    return None


def _may_be_the_same(ours: set[str], theirs: set[str]) -> bool:
    """Whether two items have an organisation in common, or one of them names none.

    A name may be written shorter: «Оршанский райисполком (Витебской области)».
    """
    if not ours or not theirs:
        return True
    first, second = ([set(name.lower().split()) for name in names] for names in (ours, theirs))
    return any(one <= other or other <= one for one in first for other in second)


def _parties_of(session: Session, article_id: int) -> tuple[set[str], set[str]]:
    codes, names = set(), set()
    for code, name in session.execute(
        select(PartyRow.code, PartyRow.name).where(PartyRow.article_id == article_id)
    ):
        if code is None:
            names.add(name)
        else:
            codes.add(code)
    return codes, names


_profiles: OrderedDict[tuple[str, str | None], Profile] = OrderedDict()


def _profile(session: Session, row: ArticleRow) -> Profile:
    """The traits of an article's present revision; those asked for last are kept at hand."""
    revision = session.get_one(RevisionRow, (row.id, row.revision))
    key = (revision.digest, row.language)
    found = _profiles.pop(key, None)
    if found is None:
        found = profile(
            {
                "title": revision.title,
                "body": revision.text,
                "language": row.language,
                "published": row.published_on,
            }
        )
    _profiles[key] = found
    if len(_profiles) > _KEPT_PROFILES:
        _profiles.popitem(last=False)
    return found
