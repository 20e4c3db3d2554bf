"""What every page and door works with: the database, the settings, the templates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage.coverage import Coverage, coverage
from storage.database import reading
from storage.query import narrowed
from web.answers import Memo
from web.languages import LANGUAGES, NAMES, chosen
from web.marking import pieces
from web.settings import WebSettings

_DEAR_SECONDS = 60.0


class Room:
    """One reading room over one database."""

    def __init__(self, engine: Engine, settings: WebSettings) -> None:
        self.engine = engine
        self.settings = settings
        self.memo = Memo(_DEAR_SECONDS)
        self.templates = Environment(
            loader=PackageLoader("web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(
            pieces=pieces,
            languages=NAMES,
            query_link=query_link,
            narrowed=narrowed,
            safe=is_web_address,
        )

    def page(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page in the reader's language."""
        words = chosen(request)
        theme = request.cookies.get("theme", "auto")
        html = self.templates.get_template(template).render(
            w=words,
            t=words.t,
            request=request,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            theme=theme if theme in {"light", "dark"} else "auto",
            keys=request.cookies.get("keys") != "off",
            form_token=request.state.form_token,
            locked=self.settings.locked,
            codes=LANGUAGES,
            **values,
        )
        return HTMLResponse(html, status, headers={"Vary": "Cookie, Accept-Language, HX-Request"})

    def covered(self, session: Session) -> Coverage:
        """What the database covers; counted once a minute."""
        return self.memo.get("coverage", lambda: coverage(session, datetime.now(UTC)))


def query_link(path: str, **parameters: Any) -> str:
    """A link with those parameters that have a value."""
    given = {key: value for key, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: sources write javascript: and data: too."""
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


def the_room(request: Request) -> Room:
    """The room that answers this request."""
    room = request.app.state.room
    assert isinstance(room, Room)  # noqa: S101 - create_app puts it there
    return room


def a_session(request: Request) -> Iterator[Session]:
    """A session for reading, for as long as the request lasts."""
    with reading(the_room(request).engine) as session:
        yield session


TheRoom = Annotated[Room, Depends(the_room)]
ASession = Annotated[Session, Depends(a_session)]
