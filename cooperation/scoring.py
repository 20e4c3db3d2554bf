"""The score of a document: what its features and its words say, if a Belarusian party is named."""

from __future__ import annotations

from collections.abc import Iterable

from cooperation.features import features
from cooperation.meaning import meaning
from cooperation.model import Linear
from cooperation.reading import BELARUS, JOINT, Document, side

NEVER = -30.0  # log odds where a condition of the definition is not met


def log_odds(
    document: Document, flag: Linear, names: Iterable[str] | None = None, *, at_home: bool = False
) -> float:
    """The log odds that a document is a cooperation item.

    ``names`` are its features where they are known already. ``at_home`` says that it stands on a
    Belarusian site, whose «ministry» needs no country.
    """
    if not at_home and not has_belarusian_party(document):
        return NEVER
    if names is None:
        names = {name for name, _ in features(document)}
    return flag.log_odds(names) + meaning().log_odds(document)


def has_belarusian_party(document: Document) -> bool:
    """Whether a Belarusian name or a joint body is mentioned."""
    return any(side(mention) in (BELARUS, JOINT) for mention in document.mentions())
