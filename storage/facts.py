"""An assessment in tables: as a whole with its revision, and its facts for those who write SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import cooperation
from cooperation.assessment import (
    Amount,
    Assessment,
    Evidence,
    Organization,
    Parties,
    Person,
    Place,
    Span,
)
from cooperation.detector import unconditional
from storage import content
from storage.tables import (
    AmountRow,
    ArticleRow,
    AssessmentRow,
    KindRow,
    LabelRow,
    PartyRow,
    PersonRow,
    RevisionRow,
)


def keep(session: Session, row: ArticleRow, assessment: Assessment, at: datetime) -> Assessment:
    """Make this the assessment of the article's present revision, and its facts the article's.

    What a reader said of the article holds against the detector. Returns the facts kept, see
    `apply`.
    """
    keep_of(session, row.id, row.revision, assessment, at)
    return apply(session, row, assessment)


def keep_of(
    session: Session, article_id: int, number: int, assessment: Assessment, at: datetime
) -> None:
    """Make this the assessment of one revision; the article's facts stay."""
    session.merge(
        AssessmentRow(
            article_id=article_id,
            revision=number,
            version=assessment.version,
            flagged=assessment.cooperation,
            score=assessment.score,
            stage=assessment.stage,
            sector=assessment.sector,
            assessed_at=at,
            data=assessment.to_dict(),
        )
    )


def apply(session: Session, row: ArticleRow, assessment: Assessment) -> Assessment:
    """Set the article's flag and facts from its assessment and from what its reader said.

    Returns the facts kept: of an item that only its reader sees, those that the detector would
    tell if it saw it too.
    """
    said = label_of(session, row.id)
    told = assessment
    if said and not assessment.cooperation:
        told = regardless(session.get_one(RevisionRow, (row.id, row.revision)), row.language)
    row.flagged = assessment.cooperation if said is None else said
    row.score, row.stage = assessment.score, told.stage
    drop_facts(session, row.id)
    session.add_all(_parties(row.id, told.parties))
    session.add_all(KindRow(article_id=row.id, kind=kind) for kind in dict.fromkeys(told.kinds))
    session.add_all(
        PersonRow(
            article_id=row.id,
            name=person.name,
            post=person.post,
        )
        for person in told.persons
    )
    session.add_all(
        AmountRow(
            article_id=row.id,
            value=amount.value,
            currency=amount.currency,
            qualifier=amount.qualifier,
            what=amount.what,
        )
        for amount in told.amounts
    )
    return told


def regardless(revision: RevisionRow, language: str | None) -> Assessment:
    """The facts of a text that somebody else than the detector calls an item."""
    return clean(
        cooperation.assess(
            revision.title,
            revision.text,
            language=language,
            published=revision.published_on,
            detector=unconditional(),
        )
    )


def clean(assessment: Assessment) -> Assessment:
    """The same assessment without what a database cannot hold, see `storage.content.storable`."""
    return load(content.storable(assessment.to_dict()))


def label_of(session: Session, article_id: int) -> bool | None:
    """What the newest label says of the flag; None where it is left to the detector."""
    return session.scalar(
        select(LabelRow.relevant)
        .where(LabelRow.article_id == article_id)
        .order_by(LabelRow.id.desc())
        .limit(1)
    )


def drop_facts(session: Session, article_id: int) -> None:
    """Empty the article's rows of party, kind, person and amount."""
    for table in (PartyRow, KindRow, PersonRow, AmountRow):
        session.execute(delete(table).where(table.article_id == article_id))


def load(data: Mapping[str, Any]) -> Assessment:
    """The assessment back from the plain lists and dicts of its ``to_dict()``."""
    known = {field.name for field in fields(Assessment)}
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
        if key in known
    }
    parties = data.get("parties", {})
    given["parties"] = Parties(
        countries=tuple(parties.get("countries", ())),
        regions=tuple(parties.get("regions", ())),
        organizations=tuple(parties.get("organizations", ())),
        places=tuple(
            Place(**place | {"spans": _spans(place)}) for place in parties.get("places", ())
        ),
        named=tuple(Organization(one["name"], _spans(one)) for one in parties.get("named", ())),
    )
    given["persons"] = tuple(_with_span(Person, one) for one in data.get("persons", ()))
    given["amounts"] = tuple(_with_span(Amount, one) for one in data.get("amounts", ()))
    given["evidence"] = tuple(Evidence(**one) for one in data.get("evidence", ()))
    return Assessment(**given)


def _parties(article_id: int, parties: Parties) -> list[PartyRow]:
    places = {place.code: place for place in parties.places}
    rows = []
    for kind, codes in (("country", parties.countries), ("region", parties.regions)):
        for code in dict.fromkeys(codes):
            place = places.get(code)
            rows.append(
                PartyRow(
                    article_id=article_id,
                    kind=kind,
                    code=code,
                    name=place.name if place else code,
                    side=place.side if place else None,
                )
            )
    rows += [
        PartyRow(article_id=article_id, kind="organization", code=None, name=name, side=None)
        for name in dict.fromkeys(parties.organizations)
    ]
    return rows


def _spans(data: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in data.get("spans", ()))


def _with_span(kind: type[Any], data: Mapping[str, Any]) -> Any:
    return kind(**{**data, "span": Span(**data["span"])})
