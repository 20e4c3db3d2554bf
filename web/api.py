"""The HTTP API, described at /api/openapi.json. It only reads, but for labels and seen marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from storage import finding, sources
from storage.database import writing
from storage.export import Manners
from storage.items import mark_seen
from storage.labels import label, labels
from storage.query import LONGEST, parse
from storage.query_sql import ITEMS
from storage.record import article as stored_article
from storage.statistics import overview
from storage.tables import ArticleRow
from web import cursors, models
from web.answers import conditional
from web.cursors import After
from web.downloads import streamed
from web.problems import MEDIA_TYPE, Problem
from web.room import ASession, Room, TheRoom

_PROBLEM = {"content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, **_PROBLEM}
    for status, text in {
        400: "The host name is not one of this server's",
        401: "A token is needed",
        403: "The request comes from another site",
        422: "The request or its query cannot be read",
        429: "Too many wrong tokens",
        503: "The database does not answer",
    }.items()
}
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "Not found", **_PROBLEM}}
_FRESH: dict[int | str, dict[str, Any]] = {304: {"description": "You have it already"}}
_LISTS: dict[int | str, dict[str, Any]] = {
    **_FRESH,
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
}

router = APIRouter(prefix="/api", responses=_ERRORS, tags=["coopwatch"])

Asked = Annotated[
    str,
    Query(
        alias="q",
        description='Words, "phrases", -not, OR, brackets and fields, as the search page takes '
        "them; a mistake is answered with 422 and its place",
        max_length=LONGEST,
        json_schema_extra={"format": "coopwatch-query"},
        examples=["party:RU since:2022", "лифт Курск -тендер"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=200)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/items", response_model=models.Items, responses=_LISTS)
def items(
    request: Request,
    room: TheRoom,
    session: ASession,
    q: Asked = "",
    limit: Limit = 50,
    after: After = "",
    form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> Response:
    """Cooperation items, newest first. As CSV all of them, streamed."""
    return _listed(request, room, session, q, limit, after, form, ITEMS)


@router.get("/articles", response_model=models.Items, responses=_LISTS)
def articles(
    request: Request,
    room: TheRoom,
    session: ASession,
    q: Asked = "",
    limit: Limit = 50,
    after: After = "",
    form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> Response:
    """All articles, items or not, newest first."""
    return _listed(request, room, session, q, limit, after, form, ())


@router.get(
    "/articles/{article_id}", response_model=models.Document, responses={**_FRESH, **_MISSING}
)
def article(request: Request, session: ASession, article_id: Number) -> Response:
    """One article: text, addresses, revisions, assessment and story."""
    view = asdict(stored_article(session, article_id))
    said = labels(session, [view["id"]])
    view["labels"] = [asdict(one) for one in said]
    return _answer(request, models.Document(**view))


@router.get(
    "/articles/{article_id}/revisions",
    response_model=list[dict[str, Any]],
    responses={**_FRESH, **_MISSING},
)
def revisions(request: Request, session: ASession, article_id: Number) -> Response:
    """Every content that the article has had, oldest first."""
    view = stored_article(session, article_id)
    return _answer(request, _Many(root=[asdict(one) for one in view.revisions]))


@router.get("/stories/{story_id}", response_model=models.Items, responses={**_FRESH, **_MISSING})
def story(request: Request, room: TheRoom, session: ASession, story_id: Number) -> Response:
    """The articles that report one act."""
    return _listed(request, room, session, f"story:{story_id}", 200, "", "json", ())


@router.get("/parties", response_model=list[models.Count], responses=_FRESH)
def parties(request: Request, session: ASession, q: Asked = "") -> Response:
    """Countries and regions by number of items."""
    counted = overview(session, parse(q))
    rows = sorted(counted.parties.items(), key=lambda one: (-one[1], one[0]))
    found = [{"value": code, "name": counted.names[code], "items": n} for code, n in rows]
    return _answer(request, _Many(root=found))


@router.get("/sources", response_model=list[models.Source], responses=_FRESH)
def all_sources(request: Request, room: TheRoom, session: ASession) -> Response:
    """The sources: what is there of each, and what is not."""
    due = {state.key: state.due_at for state in sources.states(session)}
    found = [
        models.Source(
            key=one.key,
            name=one.name,
            articles=one.articles,
            earliest=one.earliest,
            latest=one.latest,
            watched_since=one.watched_since,
            last_success=one.last_success_at,
            next_visit=due.get(one.key),
            gaps=[asdict(gap) for gap in one.gaps],
            unread_pages=one.unread,
        ).model_dump(mode="json")
        for one in room.covered(session).sources
    ]
    return _answer(request, _Many(root=found))


@router.get("/coverage", response_model=models.Covered, responses=_FRESH)
def coverage(request: Request, room: TheRoom, session: ASession) -> Response:
    """What every answer rests on."""
    return _answer(request, _covered(room, session))


@router.get("/stats", response_model=models.Stats, responses=_FRESH)
def stats(request: Request, room: TheRoom, session: ASession, q: Asked = "") -> Response:
    """Items by kind, partner and year."""
    counted = overview(session, parse(q))
    return _answer(
        request,
        models.Stats(
            articles=room.covered(session).articles,
            items=counted.total,
            by_kind_and_year=[asdict(one) for one in counted.kinds],
            by_partner_and_year=[asdict(one) for one in counted.partners],
        ),
    )


@router.post("/articles/{article_id}/mark", response_model=models.Marked, responses=_MISSING)
def mark(room: TheRoom, article_id: Number, marking: models.Marking) -> models.Marked:
    """Mark an article as seen, relevant or irrelevant. Labels are kept for ever."""
    now = datetime.now(UTC)
    with writing(room.engine) as session:
        view = stored_article(session, article_id)
        mark_seen(session, [view.id], now)
        if marking.mark != "seen":
            verdict = None if marking.mark == "none" else marking.mark
            label(session, view.id, verdict, now, marking.note.replace("\x00", ""))
        said = labels(session, [view.id])
        flagged = session.get_one(ArticleRow, view.id).flagged
    return models.Marked(id=view.id, item=flagged, verdict=said[-1].verdict if said else None)


class _Many(BaseModel):
    root: list[dict[str, Any]]


def _listed(
    request: Request,
    room: Room,
    session: Session,
    q: str,
    limit: int,
    after: str,
    form: str,
    only: Sequence[ColumnElement[bool]],
) -> Response:
    query = parse(q)
    if form == "csv":
        asked = parse(f"({q}) is:item") if only and not query.empty else query
        asked = parse("is:item") if only and query.empty else asked
        return streamed(room.engine, asked, "csv", Manners(room.settings.full_text))
    page = finding.find(session, query, limit=limit, after=cursors.read(after), only=only)
    found = models.Items(
        items=[models.item_of(one) for one in page.found],
        next=cursors.written(page.next),
        coverage=_covered(room, session),
    )
    return _answer(request, found)


def _covered(room: Room, session: Session) -> models.Covered:
    covered = room.covered(session)
    return models.Covered(
        articles=covered.articles,
        earliest=covered.earliest,
        sources=[one.key for one in covered.sources],
        days_without_visit=covered.gaps,
        unread_pages=covered.unread,
    )


def _answer(request: Request, content: BaseModel) -> Response:
    if isinstance(content, _Many):
        text = content.model_dump_json()[len('{"root":') : -1]
    else:
        text = content.model_dump_json()
    return conditional(request, text.encode(), "application/json")
