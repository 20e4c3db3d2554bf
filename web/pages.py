"""The pages of the reading room. All of them work without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from storage import coverage, finding, sources
from storage.edits import edits, shortened
from storage.items import article as stored_article
from storage.labels import labels
from storage.query import narrowed, parse
from storage.query_fields import KINDS
from storage.query_sql import ANNOUNCED, ITEMS
from storage.record import ArticleView, StoryArticle
from storage.statistics import overview as counted
from web import charts, cursors
from web.cursors import After, AfterAny
from web.guard import FORM_COOKIE, SESSION_COOKIE
from web.languages import chosen
from web.marking import paragraphs
from web.room import ASession, TheRoom
from web.secrets import SESSION_SECONDS

router = APIRouter()

PAGE = 30
_YEAR_SECONDS = 365 * 24 * 3600
_CALENDAR_WEEKS = 26

Asked = Annotated[str, Query(alias="q")]


@router.get("/", response_class=HTMLResponse)
def new(
    request: Request,
    room: TheRoom,
    session: ASession,
    q: Asked = "",
    after: After = "",
    show: Literal["unseen", "all"] = "unseen",
    kind: str = "",
) -> Response:
    """The inbox: announced items, unread ones unless all are asked for."""
    kind = kind if kind in KINDS else ""
    asked = narrowed(q, f"kind:{kind}" if kind else "", "is:unseen" if show == "unseen" else "")
    page = finding.find(
        session, parse(asked), limit=PAGE, after=cursors.read(after), only=(ANNOUNCED, *ITEMS)
    )
    return room.page(
        request,
        "new.html",
        nav="new",
        found=page.found,
        next=cursors.written(page.next),
        after=after,
        show=show,
        kind=kind,
        kinds=list(KINDS),
        q=q,
        said=_verdicts(session, page),
        covered=room.covered(session),
    )


@router.get("/article/{article_id}", response_class=HTMLResponse)
def article(request: Request, room: TheRoom, session: ASession, article_id: int) -> Response:
    """One article with all that is known of it."""
    if not 0 < article_id < 2**31:
        raise HTTPException(404)
    view = stored_article(session, article_id)
    said = labels(session, [view.id])
    redacted = view.redacted_at is not None
    story: list[StoryArticle | ArticleView] = []
    if view.story and (view.story.others or view.story.follows or view.story.followed_by):
        story = [*view.story.follows, *view.story.others, *view.story.followed_by, view]
    return room.page(
        request,
        "article.html",
        nav="",
        view=view,
        redacted=redacted,
        text=[] if redacted else paragraphs(view.present.text, view.assessment),
        edits=edits(view)[::-1],
        shortened=shortened,
        timeline=sorted(story, key=lambda one: (str(one.published or ""), one.id)),
        said=said[-1].verdict if said else None,
    )


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    room: TheRoom,
    session: ASession,
    q: Asked = "",
    after: AfterAny = "",
    order: finding.Order = "newest",
) -> Response:
    """Everything that was collected, by a query; with what it is made of."""
    query = parse(q)
    page = finding.find(session, query, limit=PAGE, after=cursors.read(after), order=order)
    key = ("facets", q)
    count, facets = room.memo.get(
        key, lambda: (finding.count(session, query), finding.facets(session, query))
    )
    return room.page(
        request,
        "search.html",
        nav="search",
        q=q,
        order=order,
        found=page.found,
        next=cursors.written(page.next),
        after=after,
        count=count,
        facets=facets,
        said=_verdicts(session, page),
        covered=room.covered(session),
    )


@router.get("/overview", response_class=HTMLResponse)
def overview(request: Request, room: TheRoom, session: ASession, q: Asked = "") -> Response:
    """Items over time by kind and partner, and on the map."""
    numbers = room.memo.get(("overview", q), lambda: counted(session, parse(q)))
    words = chosen(request)
    return room.page(
        request,
        "overview.html",
        nav="overview",
        q=q,
        total=numbers.total,
        grids=[
            ("by_kind", charts.kinds(numbers, words, q)),
            ("by_partner", charts.partners(numbers, words, q)),
        ],
        panels=charts.maps(numbers, words, q),
        covered=room.covered(session),
    )


@router.get("/sources", response_class=HTMLResponse)
def all_sources(request: Request, room: TheRoom, session: ASession) -> Response:
    """How each source is doing, and what was not seen."""
    now = datetime.now(UTC)
    calendars = {
        state.key: coverage.calendar(session, state.key, now)[-7 * _CALENDAR_WEEKS :]
        for state in sources.states(session)
    }
    return room.page(
        request,
        "sources.html",
        nav="sources",
        states=sources.states(session),
        covered={one.key: one for one in room.covered(session).sources},
        calendars=calendars,
        calendar_weeks=_CALENDAR_WEEKS + 1,  # the first and the last one are seldom whole
    )


@router.get("/prefer")
def prefer(
    lang: str = "", theme: str = "", keys: str = "", to: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """Remember how the reader likes it, and go back."""
    answer = RedirectResponse(_own(to), 303)
    allowed = {
        "lang": (lang, {"ru", "be", "en"}),
        "theme": (theme, {"auto", "light", "dark"}),
        "keys": (keys, {"on", "off"}),
    }
    for name, (value, values) in allowed.items():
        if value in values:
            answer.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="lax", httponly=True)
    return answer


@router.get("/login", response_class=HTMLResponse)
def login(
    request: Request, room: TheRoom, to: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """Ask for the password."""
    return room.page(request, "login.html", nav="", next=_own(to), wrong="")


@router.post("/login", response_class=HTMLResponse)
def enter(
    request: Request,
    room: TheRoom,
    password: Annotated[str, Form(max_length=1_000)] = "",
    to: Annotated[str, Form(alias="next")] = "/",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Check the password; after some wrong ones the next try has to wait."""
    words = chosen(request)
    brake, signer = request.state.brake, request.state.signer
    address = request.client.host if request.client else ""
    if not request.cookies.get(FORM_COOKIE) or form_token != request.state.form_token:
        raise HTTPException(403)
    if (wait := brake.wait(address)) > 0:
        said = words.t("wait", seconds=int(wait) + 1)
        page = room.page(request, "login.html", 429, nav="", next=_own(to), wrong=said)
        page.headers["Retry-After"] = str(int(wait) + 1)
        return page
    if not request.state.is_right(password):
        brake.failed(address)
        said = words.t("wrong")
        return room.page(request, "login.html", 403, nav="", next=_own(to), wrong=said)
    brake.succeeded(address)
    answer = RedirectResponse(_own(to), 303)
    answer.set_cookie(
        SESSION_COOKIE,
        signer.session(datetime.now(UTC).timestamp()),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def logout(request: Request, form_token: Annotated[str, Form()] = "") -> Response:
    """Forget the session."""
    if form_token != request.state.form_token:
        raise HTTPException(403)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _verdicts(session: Session, page: finding.Page) -> dict[int, str | None]:
    ids = [one.item.id for one in page.found]
    return {one.article_id: one.verdict for one in labels(session, ids)}


def _own(target: str) -> str:
    """A place in this room; anything else becomes the first page."""
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    printable = all(character.isprintable() for character in target)
    return target if local and printable and not parts.netloc else "/"
