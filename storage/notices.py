"""What an item is to its reader when it has become one: said once, see `give`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from storage import stories
from storage.tables import ArticleRow, Notice
from storage.times import day_of

ALERT_WINDOW = timedelta(days=14)


def give(
    session: Session,
    row: ArticleRow,
    told: Assessment,
    seen_at: datetime,
    forced: Notice | None,
) -> Notice | None:
    """Place an item in its story; say, when it has become one, what that is to its reader.

    ``told`` are the facts of the article as `facts.keep` returned them; ``forced`` is the notice
    of what is never announced. Returns None for what is no item or was given a notice before.
    """
    if not row.flagged:
        return None
    session.flush()
    place = stories.place(session, row, told, seen_at)
    if row.notice is not None:
        return None
    notice: Notice
    if forced is not None:
        notice = forced
    elif place.joined:
        notice = "same_story"
    elif not _is_recent(row, seen_at):
        notice = "found_late"
    else:
        notice = "new" if place.follows_id is None else "follow_up"
    row.notice, row.noticed_at = notice, seen_at
    return notice


def _is_recent(row: ArticleRow, seen_at: datetime) -> bool:
    """Published within the alert window; an undated one: first seen in it, after the baseline."""
    if row.published_on is not None:
        return row.published_on >= day_of(seen_at) - ALERT_WINDOW
    return not row.baseline and row.first_seen_at >= seen_at - ALERT_WINDOW
