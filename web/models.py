"""What the API answers with; the shapes are published in its OpenAPI description."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from storage.finding import Found

Mark = Literal["seen", "relevant", "irrelevant", "none"]


class Party(BaseModel):
    """A country, region or organization."""

    kind: str
    code: str | None = Field(description="ISO 3166; none for organizations")
    name: str
    side: str | None


class Amount(BaseModel):
    """A sum in units of its currency."""

    value: float
    currency: str
    qualifier: str
    what: str


class Item(BaseModel):
    """An article with its facts; ``evidence`` is the sentence that carries the flag."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 7,
                    "title": "Заречная область закупит лифты",
                    "url": "https://example.org/ru/news/7",
                    "source": "mpt",
                    "language": "ru",
                    "published": "2026-11-19",
                    "item": True,
                    "score": 0.93,
                    "stage": "concluded",
                    "kinds": ["supply"],
                    "parties": [
                        {"kind": "country", "code": "RU", "name": "Россия", "side": "guest"}
                    ],
                    "amounts": [],
                    "evidence": "Стороны подписали протокол.",
                    "notice": "new",
                    "story": 3,
                    "first_seen": "2026-11-19T09:00:00Z",
                    "seen": None,
                    "withdrawn": None,
                }
            ]
        }
    )

    id: int
    title: str
    url: str
    source: str
    language: str | None
    published: datetime | date | None
    item: bool
    score: float
    stage: str | None
    kinds: list[str]
    parties: list[Party]
    amounts: list[Amount]
    evidence: str
    notice: str | None
    story: int | None
    first_seen: datetime
    seen: datetime | None
    withdrawn: str | None


class Covered(BaseModel):
    """What an answer rests on."""

    articles: int
    earliest: date | None
    sources: list[str]
    days_without_visit: int
    unread_pages: int


class Items(BaseModel):
    """A page of items; ``next`` begins the next one, and is empty after the last."""

    items: list[Item]
    next: str | None
    coverage: Covered


class Document(BaseModel):
    """One thing with all that is known of it."""

    model_config = ConfigDict(extra="allow")

    id: int


class Count(BaseModel):
    """A value and how many items it has."""

    value: str
    name: str
    items: int


class Source(BaseModel):
    """A source with its coverage."""

    key: str
    name: str
    articles: int
    earliest: date | None
    latest: date | None
    watched_since: date | None
    last_success: datetime | None
    next_visit: datetime | None
    gaps: list[dict[str, Any]]
    unread_pages: int


class Stats(BaseModel):
    """How much there is."""

    articles: int
    items: int
    by_kind_and_year: list[dict[str, Any]]
    by_partner_and_year: list[dict[str, Any]]


class Marking(BaseModel):
    """What a reader says of an article; ``none`` takes the last label back."""

    model_config = ConfigDict(extra="forbid")

    mark: Mark
    note: str = Field(default="", max_length=2_000)


class Marked(BaseModel):
    """The article after that."""

    id: int
    item: bool
    verdict: str | None


def item_of(found: Found) -> Item:
    """The API's shape of what was found."""
    one = found.item
    return Item(
        id=one.id,
        title=one.title,
        url=one.url,
        source=one.source,
        language=one.language,
        published=one.published,
        item=found.flagged,
        score=round(one.score, 4),
        stage=one.stage,
        kinds=list(one.kinds),
        parties=[Party(kind=p.kind, code=p.code, name=p.name, side=p.side) for p in one.parties],
        amounts=[
            Amount(value=a.value, currency=a.currency, qualifier=a.qualifier, what=a.what)
            for a in one.amounts
        ],
        evidence=found.quote.text,
        notice=one.notice,
        story=one.story_id,
        first_seen=one.first_seen_at,
        seen=one.seen_at,
        withdrawn=one.withdrawn,
    )
