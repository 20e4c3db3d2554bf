"""The sector of the economy that an article is about, by the words it uses."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from cooperation.spelling import plain_text
from cooperation.wordlists import table

GENERAL: Final = "general"
_TITLE_WEIGHT: Final = 3
_READ: Final = 4_000  # characters of the body
_LEAST: Final = 2.0  # weight below which no sector is told
_SHARE: Final = 0.35  # of all weight; several sectors side by side are none
_SATURATION: Final = 3  # uses of one stem that count
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def guess(title: str, body: str) -> str:
    """One of ict, post, industry, agriculture, transport, construction, energy, education, science,
    culture, health, tourism, sport, security, ecology; ``general`` where no sector stands out.

    Every word that begins with one of the stems of ``data/sectors.toml`` counts for its sector,
    thrice in the title. The stems of the three languages are looked for in every text.
    """
    totals: dict[str, float] = {}
    seen: dict[str, int] = {}
    for text, weight in ((title, _TITLE_WEIGHT), (body[:_READ], 1)):
        for word in _WORD.findall(plain_text(text).lower()):
            found = _stem_of(word)
            if found is None:
                continue
            stem, sector, strength = found
            seen[stem] = seen.get(stem, 0) + 1
            if seen[stem] <= _SATURATION:
                totals[sector] = totals.get(sector, 0.0) + strength * weight
    if not totals:
        return GENERAL
    best = max(sorted(totals), key=lambda sector: totals[sector])
    stands_out = totals[best] >= _LEAST and totals[best] >= _SHARE * sum(totals.values())
    return best if stands_out else GENERAL


@lru_cache(maxsize=50_000)
def _stem_of(word: str) -> tuple[str, str, float] | None:
    stems = _stems()
    for length in range(min(len(word), _longest()), 1, -1):
        if (found := stems.get(word[:length])) is not None:
            return (word[:length], *found)
    return None


@cache
def _stems() -> dict[str, tuple[str, float]]:
    """Each stem with its sector and strength."""
    stems: dict[str, tuple[str, float]] = {}
    for sector, groups in table("sectors").items():
        for strength, weight in (("strong", 2.0), ("plain", 1.0)):
            stems.update(dict.fromkeys(groups[strength].split(), (sector, weight)))
    return stems


@cache
def _longest() -> int:
    return max(map(len, _stems()))
