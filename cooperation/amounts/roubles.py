"""Whose a bare rouble is: of the side that speaks, not of the site that it stands on."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, Literal

_BELARUSIAN_PAYER: Final = re.compile(
    r"(?<!\w)(?:белорусск|беларуск|belarusian)\w*\s+(?:\w+\s+)?(?:фонд|сторон|бюджет|бок|минфин|казн|правительств|участник"
    r"|урад|side|fund|budget|government)|республиканск\w+\s+бюджет|рэспубліканск\w+\s+бюджэт",
    re.IGNORECASE,
)
_RUSSIAN: Final = re.compile(r"(?<!\w)(?:росси|расій|расіі|russia|москв|рф(?!\w))", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:.!?\n]\s")
_BACK: Final = 140  # characters before a sum that its payer stands in


def rouble_side(
    plain: str,
    position: int,
    language: str,
    *,
    countries: Collection[str],
    site_country: str | None,
) -> Literal["RUB", "BYN"]:
    """RUB or BYN for the bare «рублей» at ``plain[position]`` of a normalised text.

    A text with a Russian party speaks of Russian roubles, also on a Belarusian site: the turnover,
    the order and the subsidy are told from the region's side (so are nearly all Russian–Belarusian
    cases of the training sets in Russian). A Belarusian payer in the same clause («белорусский фонд
    даёт …») turns it round, and a text in Belarusian speaks for the Belarusian side. Without a
    Russian party the roubles are those of the site.
    """
    if language == "be" and site_country != "RU":
        return "BYN"
    clause = _CLAUSE.split(plain[max(0, position - _BACK) : position])[-1]
    if _BELARUSIAN_PAYER.search(clause) and not _RUSSIAN.search(clause):
        return "BYN"
    if site_country == "RU" or "RU" in countries:
        return "RUB"
    if not countries and _RUSSIAN.search(plain):
        return "RUB"
    return "BYN"
