"""Single words of names: given names with their readings, family names, places, ordinary words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.persons.belarusian_posts import heads
from cooperation.persons.given_names import NameForm, belarusian_names
from cooperation.persons.name_cases import never_changes
from cooperation.russian import nominative, readings
from cooperation.wordlists import words

SLAVIC_FAMILY: Final = re.compile(
    r"(?:[оеёаэ][вў]|[иіы]н|[сц]кий|[сц]кі|[оеёаэ]в[аыуе]|[оеё]вой|авай|евай|[иіы]н[аыуе]|иной|інай|[сц]к(?:ая|ой|ую"
    r"|ого|ому|им|ага|аму|ім|ай)|[иіоеы]ч(?:[ауе]|[еа]м)?|енко|енка|енкі|анка|[уюа]к|[уюа]к(?:а|у|ом)|[оеё]вым|евым"
    r"|авым|[иы]ным|ко|ец|ёнак|онак)$"
)
_BELARUSIAN_COMMON: Final = frozenset(words("given_names", "belarusian_no_names"))
_BELARUSIAN_ENDING: Final = re.compile(r"(?:ага|аму|ыя|ых|ымі|асць|цыі|цыя|ства|анне|энне)$")
_OBLIQUE_ENDINGS: Final = {
    "g": ("а", "я"), "a": ("а", "я"), "d": ("у", "ю"), "i": ("ом", "ем", "ам", "ём"), "l": ("е",),
}  # fmt: skip
_WOMAN: Final = re.compile(r"(?:[оеё]в[аоуы]й?|евай|авай|[сц]к(?:ая|ой|ай|ую)|[иі]н(?:а|ой|ай))$")
_COMPOUND: Final = re.compile(r"(?:Мин|Гос|Рос)[а-яё]{4,}$")  # «Минцифры»
_ORDINARY_PARTS: Final = frozenset({"ADJF", "PREP", "CONJ", "NPRO", "VERB", "ADVB"})
_GOVERNING_BELARUSIAN: Final = frozenset(
    {"словах", "словам", "размова", "удзелам", "кіраўніцтвам", "старшынствам", "візіт", "візіце"}
)


@lru_cache(maxsize=20_000)
def given_readings(word: str, language: str) -> list[NameForm]:
    """The readings of a word as a known given name; an empty list for any other word."""
    if language == "be" and (found := belarusian_names().get(word)):
        return list(found)
    if language == "be" and re.search("[іў]", word.lower()):
        return []
    return [
        NameForm(
            nominative(word, r.case, part="NOUN", gender=r.gender) if r.case != "n" else word,
            r.gender,
            r.case,
        )
        for r in readings(word)
        if r.known and r.name == "Name" and not r.plural and r.case and r.gender in {"m", "f"}
    ]


def given_name(word: str, gender: str, case: str, language: str) -> str:
    """The nominative of a given name that is in no list."""
    for reading in given_readings(word, language):
        if reading.gender == gender and reading.case == case:
            return reading.nominative
    return guessed(word, "", case)[0].nominative


def guessed(first: str, family: str, case: str) -> list[NameForm]:
    """One reading of a given name that is in no list, by its ending and the expected ``case``."""
    lower = first.lower()
    for ending in () if never_changes(first) else _OBLIQUE_ENDINGS.get(case, ()):
        stem = first[: len(first) - len(ending)]
        if lower.endswith(ending) and re.search("[аеёиоуыэюяі]", stem.lower()):
            soft = "" if ending[0] in "аоу" else "й" if stem[-1] in "аеоуыи" else "ь"
            return [NameForm(stem + ("" if ending == "е" else soft), "m", case)]
    if _WOMAN.search(family.lower()):
        return [NameForm(first, "f", case)]
    return [NameForm(first, "m", case if lower[-1] in "иоуеэі" else "n")]


def governs_genitive(word: str, language: str) -> bool:
    """Whether a word before a name is a noun that the name hangs on: «словам», «визит»."""
    if not word or not word.islower():
        return False
    if language == "be":
        return word in _GOVERNING_BELARUSIAN
    found = readings(word)
    return bool(found) and found[0].part == "NOUN" and not found[0].animate


@lru_cache(maxsize=20_000)
def is_common(word: str, language: str) -> bool:
    """Whether a capitalised word is an ordinary one (sentence start, organisation), not a name."""
    lower = word.lower()
    if language == "be":
        listed = lower in _BELARUSIAN_COMMON or lower in heads()
        return listed or _BELARUSIAN_ENDING.search(lower) is not None
    found = readings(word)
    if not any(r.known for r in found):
        return _COMPOUND.match(word) is not None and not SLAVIC_FAMILY.search(word)
    if any(r.name in {"Name", "Surn", "Patr"} and r.known for r in found):
        return False
    return not SLAVIC_FAMILY.search(word) or found[0].part in _ORDINARY_PARTS


@lru_cache(maxsize=20_000)
def is_patronymic(word: str, language: str) -> bool:
    """Whether the word is surely a patronymic, not a family name in -ович."""
    return language == "ru" and any(r.known and r.name == "Patr" for r in readings(word))


@lru_cache(maxsize=20_000)
def is_place(word: str, language: str) -> bool:
    """Whether the dictionary has the word as a place and as nothing else."""
    if language == "be":
        return word.lower() in _BELARUSIAN_COMMON
    found = [r for r in readings(word) if r.known]
    return any(r.name == "Geox" for r in found) and not any(
        r.name in {"Name", "Surn"} for r in found
    )


def may_be_family(word: str, language: str) -> bool:
    return bool(SLAVIC_FAMILY.search(word)) or not (
        is_common(word, language) or is_place(word, language)
    )
