"""From a text to its assessment: the face of the package."""

from __future__ import annotations

import math
from datetime import date, datetime

from cooperation import parties
from cooperation.assessment import Assessment, Parties
from cooperation.detector import Detector, shipped
from cooperation.evidence import evidence
from cooperation.facts import facts
from cooperation.kinds import kinds, stage
from cooperation.model import VERSION, sigmoid
from cooperation.reading import MAX_BODY, MAX_TITLE, read
from cooperation.scoring import Scorer


def assess(
    title: str,
    body: str,
    *,
    language: str | None = None,
    published: date | datetime | str | None = None,
    site_country: str | None = None,
    detector: Detector | None = None,
) -> Assessment:
    """Whether an article reports cooperation of a Belarusian party, why, and its facts.

    ``language`` (``ru``, ``be``, ``en``) is recognised where it is not given. ``published`` is what
    «yesterday» in the text hangs on; ``site_country`` (ISO 3166-1) is whose «ministry» it is;
    ``detector`` is tried instead of the shipped one. Only the first ``MAX_TITLE`` and ``MAX_BODY``
    characters are read (see ``cooperation.reading``).
    """
    title, body = title[:MAX_TITLE], body[:MAX_BODY]
    used = detector or shipped()
    learnt = used.model
    document = read(title, body, language)
    scorer = Scorer(learnt.flag, used.meaning, learnt.trees, at_home=site_country == "BY")
    score = sigmoid(scorer.log_odds(document))
    if score < learnt.threshold:
        return Assessment(cooperation=False, score=round(score, 4), version=VERSION)
    names = scorer.weigh(document).names
    least = math.log(learnt.threshold / (1 - learnt.threshold))
    acting = parties.find(document, learnt.parties)
    told = facts(
        title,
        body,
        document.language,
        published=published,
        countries=acting.countries,
        site_country=site_country,
    )
    return Assessment(
        cooperation=True,
        score=round(score, 4),
        version=VERSION,
        kinds=kinds(names, learnt),
        stage=stage(names, learnt),
        sector=told.sector,
        parties=Parties(
            countries=acting.countries,
            regions=acting.regions,
            organizations=tuple(named.name for named in told.organizations),
            places=acting.places,
            named=told.organizations,
        ),
        persons=told.persons,
        amounts=told.amounts,
        event_dates=told.event_dates,
        evidence=evidence(document, {"title": title, "body": body}, scorer, least),
    )
