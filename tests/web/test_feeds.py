"""Feeds as others read them: valid by their specifications, the same ids for ever, nothing runs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import feedparser
import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from tests.fixtures.room import HOSTILE, NOW
from tests.storage.samples import article, flag, put
from web.app import create_app
from web.settings import WebSettings

ATOM = "{http://www.w3.org/2005/Atom}"
# https://www.jsonfeed.org/version/1.1/
URL = {"type": "string", "pattern": "^https?://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": URL,
        "feed_url": URL,
        "language": {"type": "string"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": URL,
                    "title": {"type": "string"},
                    "content_text": {"type": "string"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "language": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    for number, url in ((20, "javascript:window.ran=1"), (21, "data:text/html,<script>1</script>")):
        hostile = article(number, url=url, canonical_url=url, text=f"Курск. {number}")
        put(engine, hostile, flag(evidence=()), at=NOW)
    app = create_app(engine, WebSettings())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_is_sent_once_and_keeps_its_ids(client: TestClient, form: str) -> None:
    answer = client.get(f"/feed.{form}?q=is:new")
    assert len(_ids(answer)) == 2
    assert _ids(client.get(f"/feed.{form}?q=is:item")) == _ids(answer)
    assert "осмотрела цех" not in answer.text  # the text, beyond the sentence of evidence
    for name, value in (
        ("If-None-Match", answer.headers["ETag"]),
        ("If-Modified-Since", answer.headers["Last-Modified"]),
    ):
        assert client.get(f"/feed.{form}?q=is:new", headers={name: value}).status_code == 304


def _ids(answer: Response) -> set[str]:
    if "json" in answer.headers["Content-Type"]:
        return {one["id"] for one in answer.json()["items"]}
    return {one.id for one in feedparser.parse(answer.content).entries}


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_reader_finds_nothing_wrong_and_no_markup_of_a_source(
    client: TestClient, form: str
) -> None:
    feed = feedparser.parse(client.get(f"/feed.{form}").content, sanitize_html=False)
    assert not feed.bozo
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    hostile = next(one for one in feed.entries if "Курская делегация" in one.title)
    assert all(one.link.startswith("https://") for one in feed.entries)
    assert HOSTILE in (hostile.title if form == "atom" else html.unescape(hostile.title))
    for value in (hostile.title_detail, hostile.summary_detail):
        assert value.type == "text/plain" or not re.search(r"<(?!br)", value.value)


def test_atom_keeps_the_rules_of_rfc_4287(client: TestClient) -> None:
    feed = Xml.fromstring(client.get("/feed.atom?q=is:item").content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):  # sections 4.1.1 and 4.1.2: exactly one of each
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme == "urn"
        moment = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo is not None
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert [one.get("rel") for one in feed.findall(f"{ATOM}link")] == ["self"]
    for entry in entries:  # no content, so there must be an alternate link
        assert [one.get("rel") for one in entry.findall(f"{ATOM}link")] == ["alternate"]
        assert all(one.get("term") for one in entry.findall(f"{ATOM}category"))
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries) == 2


def test_rss_keeps_the_rules_of_its_specification(client: TestClient) -> None:
    root = Xml.fromstring(client.get("/feed.rss").content)
    channel = root.find("channel")
    assert channel is not None
    assert root.get("version") == "2.0"
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    parsedate_to_datetime(channel.findtext("lastBuildDate") or "")
    for item in channel.findall("item"):
        parsedate_to_datetime(item.findtext("pubDate") or "")
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"


def test_json_feed_keeps_its_specification(client: TestClient) -> None:
    feed: dict[str, Any] = client.get("/feed.json?q=is:item").json()
    jsonschema_rs.validate(JSON_FEED, feed, validate_formats=True)
    assert len(feed["items"]) == 2


def test_a_feed_tells_where_its_query_is_wrong(client: TestClient) -> None:
    answer = client.get("/feed.atom?q=parti:RU")
    assert (answer.status_code, answer.json()["pointer"]) == (422, [0, 5])
