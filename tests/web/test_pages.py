"""The room without a browser: pages, languages, doors, feeds, API."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.fixtures.room import HOSTILE
from web.app import create_app
from web.languages import words
from web.secrets import hashed, matches
from web.settings import WebError, WebSettings

PAGES = ["/", "/?show=all", "/search?q=Курск", "/overview", "/sources", "/article/1", "/login"]


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    app = create_app(engine, WebSettings())
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def _token(client: TestClient, path: str = "/") -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("code", ["ru", "be", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_every_language(client: TestClient, path: str, code: str) -> None:
    answer = client.get(path, headers={"Accept-Language": code})
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.text
    assert words(code).t("overview") in answer.text


def test_the_languages_have_the_same_keys() -> None:
    assert set(words("ru").texts) == set(words("be").texts) == set(words("en").texts)


@pytest.mark.parametrize("path", [*PAGES, "/feed.atom", "/feed.rss"])
def test_markup_of_a_source_stays_text(client: TestClient, path: str) -> None:
    answer = client.get(path if path != "/article/1" else "/article/2")
    assert HOSTILE not in answer.text
    assert "<script>window" not in answer.text
    assert not re.search(r'<[^<>]*(?:href|src)="\s*(?:javascript|data):', answer.text)
    assert "style=" not in answer.text
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_a_mistake_is_shown_at_its_place(client: TestClient) -> None:
    answer = client.get("/search?q=parti:RU", headers={"Accept-Language": "ru"})
    assert answer.status_code == 422
    assert "<mark>parti</mark>" in answer.text
    assert "party:" in answer.text
    problem = client.get("/api/items?q=parti:RU")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["pointer"] == [0, 5]


def test_marking_needs_the_forms_token(client: TestClient) -> None:
    refused = client.post("/article/1/mark", data={"what": "seen", "form_token": "x"})
    assert refused.status_code == 403
    token = _token(client)
    answer = client.post(
        "/article/1/mark", data={"what": "irrelevant", "form_token": token, "next": "/?show=all"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/?show=all")
    assert [one["id"] for one in client.get("/api/items").json()["items"]] == [2]
    away = client.post(
        "/article/1/mark",
        data={"what": "none", "form_token": token, "next": "//evil.example"},
    )
    assert away.headers["location"] == "/"


def test_another_site_changes_nothing(client: TestClient) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/api/articles/1/mark", json={"mark": "seen"}, headers=headers)
        assert answer.status_code == 403
    assert client.post("/api/articles/1/mark", json={"mark": "seen"}).json()["item"]
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_others_get_in_with_a_password_only(engine: Engine) -> None:
    with pytest.raises(WebError, match="password"):
        create_app(engine, WebSettings(host="0.0.0.0"))
    kept = hashed("тайна")
    assert "тайна" not in kept
    assert matches("тайна", kept)
    assert not matches("тайна", "scrypt$x")
    settings_ = WebSettings(host="0.0.0.0", password_hash=kept, token_hashes=(hashed("token"),))
    assert kept not in repr(settings_)
    with TestClient(create_app(engine, settings_), follow_redirects=False) as client:
        assert client.get("/").headers["location"].startswith("/login")
        assert client.get("/feed.atom").status_code == 401
        assert client.get("/feed.atom", auth=("any", "token")).status_code == 200
        assert client.get("/api/items", headers={"Authorization": "Bearer token"}).is_success
        form = {"form_token": _token(client, "/login"), "next": "/overview"}
        assert client.post("/login", data={**form, "password": "нет"}).status_code == 403
        entered = client.post("/login", data={**form, "password": "тайна"})
        assert entered.headers["location"] == "/overview"
        assert client.get("/").status_code == 200


def test_guessing_is_slowed_down(engine: Engine) -> None:
    app = create_app(engine, WebSettings(token_hashes=(hashed("token"),)))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        tries = [
            client.get("/api/items", headers={"Authorization": f"Bearer {n}"}) for n in range(7)
        ]
    assert [one.status_code for one in tries[:5]] == [401] * 5
    assert tries[-1].status_code == 429
    assert int(tries[-1].headers["Retry-After"]) >= 1


def test_api_pages_and_validators(client: TestClient) -> None:
    first = client.get("/api/articles?limit=2").json()
    rest = client.get(f"/api/articles?limit=2&after={first['next']}").json()
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 3
    assert rest["next"] is None
    assert first["coverage"]["days_without_visit"] >= 1
    answer = client.get("/api/items")
    again = client.get("/api/items", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/api/articles?after=zzz").status_code == 422
    assert client.get("/api/articles/99").headers["content-type"] == "application/problem+json"
    assert client.get("/api/items?format=csv").text.count("https://") == 2
    assert len(client.get("/api/articles/1/revisions").json()) == 2


def test_excel_from_the_room(client: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/export.xlsx?q=is:item").content))
    assert book.active is not None
    assert book.active.max_row == 3


def test_static_files_carry_their_licences() -> None:
    static = Path(__file__).parents[2] / "web" / "static"
    assert "Zero-Clause BSD" in (static / "htmx.LICENSE").read_text("utf-8")
    assert "eval" not in (static / "room.js").read_text("utf-8")
