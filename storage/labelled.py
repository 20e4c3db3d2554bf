"""What readers said of articles, as the lines of a labelled file (see `cooperation.labelled`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cooperation.assessment import Assessment
from storage import facts
from storage.labels import standing
from storage.tables import ArticleRow, AssessmentRow, LabelRow, RevisionRow


def labelled_articles(session: Session) -> Iterator[dict[str, Any]]:
    """What readers said, oldest article first, as lines of a labelled file.

    Keys as in the labelled sets; title and body are those of the revision that was judged. A
    reader decides about ``cooperation`` alone: ``facts_by`` says that the facts of a positive are
    the detector's. Redacted articles are left out.
    """
    query = (
        select(LabelRow, ArticleRow, RevisionRow)
        .join(ArticleRow, ArticleRow.id == LabelRow.article_id)
        .join(
            RevisionRow,
            (RevisionRow.article_id == LabelRow.article_id)
            & (RevisionRow.number == LabelRow.revision),
        )
        .where(
            LabelRow.id.in_(standing()),
            LabelRow.relevant.is_not(None),
            ArticleRow.redacted_at.is_(None),
            ArticleRow.merged_into_id.is_(None),
        )
        .order_by(ArticleRow.id)
    )
    for said, row, revision in session.execute(query):
        yield _line(session, said, row, revision)


def _line(
    session: Session, said: LabelRow, row: ArticleRow, revision: RevisionRow
) -> dict[str, Any]:
    published = revision.published_on
    told = _told(session, row, revision) if said.relevant else None
    return {
        "id": f"label-{row.id}",
        "lang": row.language,
        "title": revision.title,
        "published": None if published is None else published.isoformat(),
        "url": revision.url,
        "source": row.source,
        "body": revision.text,
        "cooperation": said.relevant,
        "hard": False,
        **_facts(told),
        "group": f"label-{row.id}" if row.story_id is None else f"story-{row.story_id}",
        "basis": "label",
        "reason": said.note,
        "labelled_at": said.labelled_at.isoformat(),
    }


def _told(session: Session, row: ArticleRow, revision: RevisionRow) -> Assessment:
    kept = session.get(AssessmentRow, (row.id, revision.number))
    if kept is not None and kept.flagged and kept.data:
        return facts.load(kept.data)
    return facts.regardless(revision, row.language)


def _facts(told: Assessment | None) -> dict[str, Any]:
    if told is None:
        empty: dict[str, Any] = {"countries": [], "regions": [], "organizations": []}
        return {
            "kinds": [], "stage": None, "parties": empty, "persons": [], "amounts": [],
            "event_dates": [], "sector": None,
        }  # fmt: skip
    parties = told.parties
    return {
        "kinds": list(told.kinds),
        "stage": told.stage,
        "parties": {
            "countries": list(parties.countries),
            "regions": list(parties.regions),
            "organizations": list(parties.organizations),
        },
        "persons": [{"name": one.name, "post": one.post} for one in told.persons],
        "amounts": [
            {key: value for key, value in asdict(one).items() if key != "span"}
            for one in told.amounts
        ],
        "event_dates": list(told.event_dates),
        "sector": told.sector,
        "facts_by": "detector",
    }
