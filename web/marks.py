"""What a reader marks: seen, relevant, irrelevant. Each is a form that works without JavaScript."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Header, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from storage import finding
from storage.database import reading, writing
from storage.items import mark_seen
from storage.labels import label, labels
from storage.query import parse
from storage.record import article
from storage.tables import ArticleRow
from web.guard import FORM_COOKIE
from web.room import TheRoom

router = APIRouter()

Mark = Literal["seen", "relevant", "irrelevant", "none"]


@router.post("/article/{article_id}/mark")
def mark(
    request: Request,
    room: TheRoom,
    article_id: int,
    what: Annotated[Mark, Form()],
    form_token: Annotated[str, Form()] = "",
    to: Annotated[str, Form(alias="next")] = "/",
    hx_request: Annotated[str, Header()] = "",
) -> Response:
    """Mark an article and go back; htmx gets the item as it is now."""
    if not request.cookies.get(FORM_COOKIE) or not hmac.compare_digest(
        form_token.encode(), request.state.form_token.encode()
    ):
        raise HTTPException(403)
    now = datetime.now(UTC)
    with writing(room.engine) as session:
        found = article(session, article_id)
        mark_seen(session, [found.id], now)
        if what != "seen":
            label(session, found.id, None if what == "none" else what, now)
    if not hx_request:
        local = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
        return RedirectResponse(to if local else "/", 303)
    with reading(room.engine) as session:
        page = finding.find(session, parse(""), only=(ArticleRow.id == found.id,))
        said = {one.article_id: one.verdict for one in labels(session, [found.id])}
    return room.page(request, "item_answer.html", one=page.found[0], said=said, back=to)
