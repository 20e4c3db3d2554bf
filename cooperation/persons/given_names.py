"""Given names: Belarusian ones with all their case forms, English spellings, and the family names
of East Asia, which stand before the given name. Own lists; Russian names come from pymorphy3.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from cooperation.wordlists import words


class NameForm(NamedTuple):
    """One reading of a name's form: its nominative, gender (m, f) and case (n, g, d, a, i, l)."""

    nominative: str
    gender: str
    case: str


_IRREGULAR: Final = {
    "Павел": "Паўла Паўлу Паўла Паўлам Паўлу",
    "Пётр": "Пятра Пятру Пятра Пятром Пятру",
    "Леў": "Льва Льву Льва Львом Льву",
    "Любоў": "Любові Любові Любоў Любоўю Любові",
    "Арцём": "Арцёма Арцёму Арцёма Арцёмам Арцёме",
}
_CASES: Final = "gdail"
_HARD_MALE: Final = ("а", "у", "а", "ам", "е")
_SOFT_MALE: Final = ("я", "ю", "я", "ем", "ю")
_IN_A: Final = ("ы", "е", "у", "ай", "е")
_IN_SOFT_A: Final = ("і", "і", "ю", "яй", "і")
_SOFTENED: Final = {"к": "ц", "г": "з", "х": "с"}


def _declined(name: str) -> list[str]:
    """The genitive, dative, accusative, instrumental and locative of a Belarusian name."""
    if name in _IRREGULAR:
        return _IRREGULAR[name].split()
    if name.endswith("а"):
        stem, last = name[:-1], name[-2]
        soft = stem[:-1] + _SOFTENED[last] + "ы" if last == "к" else None
        return [
            stem + ("і" if last in "кгх" else "ы"),
            soft or stem[:-1] + _SOFTENED.get(last, last) + "е",
            stem + "у",
            stem + "ай",
            soft or stem[:-1] + _SOFTENED.get(last, last) + "е",
        ]
    if name.endswith("я"):
        return [name[:-1] + ending for ending in _IN_SOFT_A]
    if name[-1] in "йь":
        return [name[:-1] + ending for ending in _SOFT_MALE]
    if name[-1] in "оеёуюыіэ":
        return [name] * 5
    stem = name[:-1] + "в" if name.endswith("ў") else name
    return [stem + ending for ending in _HARD_MALE]


@cache
def belarusian_names() -> dict[str, tuple[NameForm, ...]]:
    """All forms of the Belarusian given names, each with its readings."""
    forms: dict[str, list[NameForm]] = {}
    for gender, key in (("m", "belarusian_men"), ("f", "belarusian_women")):
        for name in words("given_names", key):
            forms.setdefault(name, []).append(NameForm(name, gender, "n"))
            if gender == "f" and name[-1] not in "аяў":
                continue
            for case, form in zip(_CASES, _declined(name), strict=True):
                forms.setdefault(form, []).append(NameForm(name, gender, case))
    return {form: tuple(readings) for form, readings in forms.items()}


ENGLISH: Final = frozenset(words("given_names", "english"))
"""Given names in Latin letters, as Belarusian and partner countries' names are spelt in English."""

FAMILY_NAME_FIRST: Final = frozenset(words("given_names", "family_first"))
"""Family names of China, Korea and Vietnam: with one of these in front the order is kept."""
