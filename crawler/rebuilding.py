"""Deriving everything anew from the archive, without a request to any site.

What has changed since are the rules here (extraction, detector), never the site: so a re-reading
makes no revision, announces nothing and leaves the times of the history alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import Engine

import cooperation
from cooperation.assessment import Assessment
from crawler.extraction import NotAnArticle, extract
from crawler.source import Source
from storage import archive, articles, content, facts, identity, pages, rereading
from storage.archive import Response
from storage.article import Article
from storage.database import reading, writing
from storage.record import Revision
from storage.record import article as stored_article
from storage.rereading import Kept, Selection

Became = Literal["same", "changed", "found", "kept", "no page"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it is stored and as it would be now."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one revision (of an address that led to no article: ``found``).

    ``kept``: the page cannot be read as this article now, for ``reason``, and nothing is replaced;
    ``no page``: the archive has no body for it.
    """

    article_id: int | None
    revision: int | None
    title: str
    url: str
    became: Became
    differences: tuple[Difference, ...] = ()
    reason: str = ""


def reextract(
    engine: Engine, sources: Mapping[str, Source], wanted: Selection, *, write: bool
) -> Iterator[Rebuilt]:
    """Read every archived page again; with ``write`` each article in a transaction of its own.

    An article whose text was derived anew is assessed anew. Pages that led to no article are
    tried again, too, unless one article is wanted: what proves to be one is stored, found late.
    """
    with reading(engine) as session:
        ids = rereading.article_ids(session, wanted)
    for article_id in ids:
        yield from _reextract(engine, sources, article_id, write=write)
    if wanted.article_id is None:
        for key in [wanted.source] if wanted.source else sorted(sources):
            yield from _find(engine, sources[key], wanted, write=write)


def reassess(
    engine: Engine, sources: Mapping[str, Source], wanted: Selection, *, write: bool
) -> Iterator[Rebuilt]:
    """Ask the detector anew about every article's present text; with ``write`` keep its answers."""
    with reading(engine) as session:
        ids = rereading.article_ids(session, wanted)
    for article_id in ids:
        with reading(engine) as session:
            view = stored_article(session, article_id)
        found = _assess(view.present, view.language, sources.get(view.source))
        known = view.assessment
        if write and known != found:
            with writing(engine) as session:
                articles.reassess(session, article_id, found, at=datetime.now(UTC))
        changed = _differences(_facts(known) if known else {}, _facts(found))
        yield Rebuilt(
            article_id=view.id,
            revision=view.present.number,
            title=view.title,
            url=view.url,
            became="changed" if changed else "same",
            differences=changed,
        )


def _reextract(
    engine: Engine, sources: Mapping[str, Source], article_id: int, *, write: bool
) -> list[Rebuilt]:
    read: dict[int, Article] = {}
    found = []
    with reading(engine) as session:
        revisions = rereading.revisions(session, article_id)
        source = sources.get(revisions[0].source)
        for kept in revisions:
            article, reason = _again(kept.response, source)
            if article is not None:
                reason = rereading.reason_against(session, kept, article) or ""
            if article is None or reason:
                became: Became = "no page" if kept.response is None else "kept"
                found.append(_rebuilt(kept, became, reason=reason))
                continue
            changed = _differences(_fields(kept, kept.article), _fields(kept, article))
            found.append(_rebuilt(kept, "changed" if changed else "same", changed))
            if changed or article.provenance != kept.article.provenance:
                read[kept.number] = article
    if write and read:
        _rewrite(engine, article_id, read, source)
    return found


def _rewrite(
    engine: Engine, article_id: int, read: Mapping[int, Article], source: Source | None
) -> None:
    now = datetime.now(UTC)
    with writing(engine) as session:
        rereading.rewrite(session, article_id, read, now)
        view = stored_article(session, article_id)
        for revision in view.revisions:
            if revision.number not in read:
                continue
            found = _assess(revision, view.language, source)
            if revision is view.present:
                articles.reassess(session, article_id, found, at=now)
            else:
                facts.keep_of(session, article_id, revision.number, facts.clean(found), now)


def _find(engine: Engine, source: Source, wanted: Selection, *, write: bool) -> Iterator[Rebuilt]:
    """Articles on pages that were refused when they were visited."""
    routes = {
        urlsplit(url).path
        for url in source.absolute([*source.listings, *source.feeds, *source.sitemaps])
    }
    with reading(engine) as session:
        ids = rereading.unread(session, source.key, wanted.since)
    for response_id in ids:
        article = None
        with reading(engine) as session:
            response = archive.response(session, response_id)
            if urlsplit(response.url).path not in routes:
                article, _ = _again(response, source)
            if article is not None and identity.is_known(session, source.key, article):
                article = None  # an older state of it would look like an edit
        if article is not None:
            number = _store(engine, source, article, response) if write else None
            yield Rebuilt(number, None, article.title, response.url, "found")


def _store(engine: Engine, source: Source, article: Article, response: Response) -> int:
    with writing(engine) as session:
        stored = articles.store(
            session,
            source.key,
            article,
            _assess(article, article.language, source),
            seen_at=response.fetched_at,
            baseline=True,
        )
        pages.lead_to(session, source.key, response.url, stored.article_id, due=datetime.now(UTC))
    return stored.article_id


def _again(response: Response | None, source: Source | None) -> tuple[Article | None, str]:
    if response is None or response.body is None:
        return None, "the archive has no copy of the page"
    if source is None:
        return None, "its source has no file any more"
    try:
        headers = dict(response.headers)
        article = extract(response.body, response.url, source=source, headers=headers)
        return content.clean(article), ""
    except NotAnArticle as refusal:
        return None, str(refusal)


def _assess(text: Article | Revision, language: str | None, source: Source | None) -> Assessment:
    found = cooperation.assess(
        text.title,
        text.text,
        language=language,
        published=text.published,
        site_country=source.country if source else None,
    )
    return facts.clean(found)


def _rebuilt(
    kept: Kept, became: Became, differences: tuple[Difference, ...] = (), reason: str = ""
) -> Rebuilt:
    number, article = kept.number, kept.article
    return Rebuilt(kept.article_id, number, article.title, article.url, became, differences, reason)


def _fields(kept: Kept, article: Article) -> dict[str, Any]:
    """What is compared of a reading; what is not found any more stays as it is stored."""
    known = kept.article
    fields = {
        "title": article.title,
        "published": article.published or known.published,
        "text": article.text,
        "html": article.html,
        "images": list(article.images),
        "files": list(article.files),
        "modified": article.modified,
        "layout": article.layout,
    }
    if kept.present:
        fields["language"] = article.language or known.language
    return fields


def _facts(found: Assessment) -> dict[str, Any]:
    """An assessment as its reader sees it; offsets and weights move without saying anything."""
    parties = found.parties
    return {
        "item": found.cooperation,
        "score": round(found.score, 2),
        "kinds": list(found.kinds),
        "stage": found.stage,
        "sector": found.sector,
        "countries": list(parties.countries),
        "regions": list(parties.regions),
        "organizations": list(parties.organizations),
        "persons": [" – ".join(filter(None, (one.name, one.post))) for one in found.persons],
        "amounts": [f"{one.qualifier} {one.value:g} {one.currency}" for one in found.amounts],
        "dates": list(found.event_dates),
        "evidence": list(dict.fromkeys(one.text for one in found.evidence)),
    }


def _differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    )
