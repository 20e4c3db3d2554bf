"""The facts of a flagged article: people, sums, dates, organisations, sector."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from cooperation import amounts, dates, organizations, persons, sector
from cooperation.assessment import Amount, Organization, Person


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says beyond its kinds and parties; fields as in ``Assessment``."""

    persons: tuple[Person, ...]
    amounts: tuple[Amount, ...]
    event_dates: tuple[str, ...]
    organizations: tuple[Organization, ...]
    sector: str


def facts(
    title: str,
    body: str,
    language: str,
    *,
    published: date | datetime | str | None = None,
    countries: Collection[str] = (),
    site_country: str | None = None,
) -> Facts:
    """The facts of one article; offsets lie in ``title`` and ``body`` as given.

    ``countries`` (ISO 3166-1) are its parties: with a Russian one a bare rouble is Russian.
    """
    people = persons.find(title, body, language)
    return Facts(
        persons=people,
        amounts=amounts.of_article(
            title, body, language, countries=countries, site_country=site_country
        ),
        event_dates=dates.event_dates(title, body, published),
        organizations=organizations.find(
            title, body, language, people=[person.span for person in people]
        ),
        sector=sector.guess(title, body),
    )
