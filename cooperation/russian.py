"""Grammar of single Russian words, from pymorphy3, cached."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cooperation.language.stems import _morphology

_CASES: Final = {
    "nomn": "n", "gent": "g", "gen2": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l",
    "loc2": "l", "voct": "n",
}  # fmt: skip
# pymorphy3 fails on letters of some other scripts; nothing longer is a word.
_WORD: Final = re.compile(r"[А-Яа-яЁё'-]{1,40}")


class Reading(NamedTuple):
    """One reading of a word; ``case`` is one of n, g, d, a, i, l, ``gender`` m, f, n or ""."""

    part: str
    case: str
    gender: str
    plural: bool
    animate: bool
    name: str
    """"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr" or ""."""
    known: bool


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[Reading, ...]:
    """The readings of a word, likeliest first; none for what is no Russian word."""
    if not _WORD.fullmatch(word):
        return ()
    found = []
    for parse in _morphology().parse(word.lower()):
        tag = parse.tag
        marks = tag.grammemes
        found.append(
            Reading(
                str(tag.POS or ""),
                _CASES.get(str(tag.case), ""),
                "m" if tag.gender is None and "ms-f" in marks else str(tag.gender or "")[:1],
                tag.number == "plur",
                "anim" in marks,
                next((mark for mark in _NAMES if mark in marks), ""),
                parse.is_known,
            )
        )
    return tuple(found)


_NAMES: Final = ("Name", "Patr", "Surn", "Geox", "Orgn", "Abbr")


@lru_cache(maxsize=20_000)
def known_family_name(word: str) -> bool:
    """Whether the dictionary has the word as a family name."""
    return any(r.known and r.name == "Surn" for r in readings(word))


@lru_cache(maxsize=50_000)
def nominative(
    word: str, case: str, *, gender: str = "", part: str = "", plural: bool = False
) -> str:
    """The nominative singular of a word that stands in ``case``; unchanged where nothing fits.

    ``gender`` (m, f, n) is that of the noun an adjective hangs on. ``plural`` says that the form is
    plural. Capitals are kept.
    """
    if not _WORD.fullmatch(word):
        return word
    for parse in _morphology().parse(word.lower()):
        tag = parse.tag
        if part and part != tag.POS and not (part == "ADJF" and tag.POS == "PRTF"):
            continue
        if _CASES.get(str(tag.case)) != case or (tag.number == "plur") != plural:
            continue
        if (
            gender
            and (not plural or tag.POS == "NOUN")
            and tag.gender
            and str(tag.gender)[:1] != gender
        ):
            continue
        wanted = {"nomn", "sing"}
        if gender and tag.POS in {"ADJF", "PRTF"}:
            wanted.add({"m": "masc", "f": "femn", "n": "neut"}[gender])
        if inflected := parse.inflect(wanted):
            return like(word, inflected.word)
    return word


def like(pattern: str, word: str) -> str:
    """``word`` with the capitals of ``pattern``: all, the first (also behind a hyphen), or none."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    parts = pattern.split("-")
    pieces = word.split("-")
    if len(parts) != len(pieces):
        return word[:1].upper() + word[1:] if pattern[:1].isupper() else word
    return "-".join(
        piece[:1].upper() + piece[1:] if part[:1].isupper() else piece
        for part, piece in zip(parts, pieces, strict=True)
    )
