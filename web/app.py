"""The reading room, the API and the feeds as one ASGI application.

``create_app(engine, settings) -> FastAPI`` raises WebError where others could reach the room
without a password. `web.serving` puts it at an address.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from storage.database import StorageError
from storage.query import QueryError
from storage.record import NoSuchArticle
from web import api, downloads, feeds, marks, pages
from web.guard import Guard
from web.problems import problem
from web.room import Room, the_room
from web.settings import WebSettings

_MACHINE = ("/api/", "/feed.", "/export.")


def create_app(engine: Engine, settings: WebSettings) -> FastAPI:
    """The application over this database; raises WebError, see `WebSettings.check`."""
    settings.check()
    app = FastAPI(
        title="coopwatch",
        version=version("coopwatch"),
        summary="Cooperation of Belarus with its partners, as public bodies report it",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.room = Room(engine, settings)
    for part in (pages.router, marks.router, downloads.router, feeds.router):
        app.include_router(part, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=str(files("web") / "static")), name="static")
    app.add_exception_handler(QueryError, _mistake)
    app.add_exception_handler(NoSuchArticle, _missing)
    app.add_exception_handler(StorageError, _no_database)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(Guard, settings=settings)
    return app


def _machine(request: Request) -> bool:
    return request.url.path.startswith(_MACHINE)


def _mistake(request: Request, error: Exception) -> Response:
    assert isinstance(error, QueryError)  # noqa: S101 - registered for it
    if not _machine(request):
        return the_room(request).page(request, "mistake.html", 422, error=error, nav="search")
    return problem(422, "query cannot be read", error.message, pointer=[error.start, error.end])


def _missing(request: Request, error: Exception) -> Response:
    if _machine(request):
        return problem(404, "not found", str(error))
    return the_room(request).page(request, "not_found.html", 404, nav="")


def _no_database(_request: Request, error: Exception) -> Response:
    return problem(503, "the database does not answer", str(error), {"Retry-After": "10"})


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    if not _machine(request):
        name = "refused.html" if error.status_code == 403 else "not_found.html"
        page = the_room(request).page(request, name, error.status_code, nav="")
        page.headers.update(error.headers or {})
        return page
    return problem(error.status_code, error.detail, error.detail, error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    if not _machine(request):
        return the_room(request).page(request, "not_found.html", 404, nav="")
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return problem(422, "the request cannot be read", f"{where}: {first['msg']}")
