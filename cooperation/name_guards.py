"""What keeps a word from being read as a place: persons, streets, brands, common words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from cooperation.inflection import noun
from cooperation.language import Token
from cooperation.place_context import (
    ADJECTIVE_ENDINGS,
    ADMINISTRATION,
    CITY_DISTRICT,
    DISTRICT,
    DOUBTFUL_WORDS,
    JOINS,
    NAMED_AFTER,
    NEEDS_ADMINISTRATION,
    NO_TOWN,
    PLACE_BEFORE,
    REGION_AROUND,
    REGIONAL,
    STREETS,
    TOWN_BEFORE,
)
from cooperation.place_names import Reading
from cooperation.russian import readings
from cooperation.wordlists import words

_SURNAME = re.compile(
    r"(?:[оеёі]в|ин|ын|[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую)|[оеё]ва|ина|ўскі|аў|скі)$"
)
_ADJECTIVAL = re.compile(r"(?:ый|ий|ой|ая|ое|ого|ому|ым|ом|ую)$")
_RUSSIAN_FORM = re.compile(r"[а-яё-]+")
_BEGINNING = frozenset('.!?…:;"–•\n-*()')


class Guards:
    """The guards of one text, with what is known of the whole of it."""

    def __init__(self, tokens: Sequence[Token], words: list[str]) -> None:
        self._tokens = tokens
        self._words = words
        self._persons: set[str] | None = None

    def admit(self, index: int, reading: Reading) -> bool:
        """Whether the word at ``index`` may be read so."""
        if self._is_a_street(index) or self._is_a_brand(index, index + 1, reading):
            return False
        if reading.form == "people" or reading.kind == "body":
            return True
        if reading.kind == "enterprise":
            quoted = reading.shape == "upper" or self._before(index) == '"'
            return quoted or not self._is_common(index)
        if self._before(index) in NAMED_AFTER:
            return False
        if reading.form == "adjective":
            return self._admit_adjective(index, reading)
        return not self._is_doubtful(index, reading) or self._is_behind_a_town_word(index)

    def _is_behind_a_town_word(self, index: int) -> bool:
        if _ADJECTIVAL.search(self._words[index]):
            steps = 2 if self._before(index) == "." else 1
            return self._before(index, steps) in TOWN_BEFORE
        return self._before(index) in PLACE_BEFORE

    def admit_long(self, index: int, end: int, reading: Reading) -> bool:
        """Whether the words from ``index`` to ``end`` may be read so."""
        if reading.kind == "district" and CITY_DISTRICT.match(self._words[index]):
            around = self._words[max(0, index - 6) : end + 6]
            return any(word.startswith("гомель") for word in around)
        return not self._is_a_brand(index, end, reading)

    def resolved(self, index: int, reading: Reading) -> Reading:
        """The reading in view of what follows: «Минской и Брестской областей» is not the city."""
        region = REGION_AROUND.get(reading.code)
        if region is None or reading.form != "adjective":
            return reading
        at = index + 1
        if not (at < len(self._words) and REGIONAL.match(self._words[at])):
            while at < min(index + 9, len(self._words)) and self._is_in_a_list(at):
                at += 1
            if at == index + 1 or at >= len(self._words) or not REGIONAL.match(self._words[at]):
                return reading
        return replace(reading, code=region, region=region, kind="region")

    def _is_in_a_list(self, at: int) -> bool:
        word = self._words[at]
        return word in JOINS or word.endswith(ADJECTIVE_ENDINGS)

    def _admit_adjective(self, index: int, reading: Reading) -> bool:
        word, after = self._words[index], self._after(index)
        if NO_TOWN.match(word) and reading.kind != "country":
            return False
        if CITY_DISTRICT.match(word) and DISTRICT.match(after):
            return False
        if reading.weak or NEEDS_ADMINISTRATION.match(word):
            return bool(ADMINISTRATION.match(after))
        return not (self._tokens[index].text[0].isupper() and self._is_person(index))

    def governs(self, index: int) -> bool:
        """Whether a word of administration follows, so that the word is an adjective."""
        return bool(ADMINISTRATION.match(self._after(index)))

    def _is_common(self, index: int) -> bool:
        word = self._words[index]
        return word in DOUBTFUL_WORDS or _likeliest_meaning(word) in ("", "Name")

    def _is_doubtful(self, index: int, reading: Reading) -> bool:
        """Whether a capitalised word is rather something else than the place of that name."""
        word = self._words[index]
        if self._is_person(index):
            return True
        meaning = _likeliest_meaning(word)
        if reading.kind == "city" and _is_doubtful_town(word, reading, meaning):
            return True
        return meaning == "" and self._is_capital_anyway(index)

    def _is_capital_anyway(self, index: int) -> bool:
        """Whether the word would have its capital as a common word, too."""
        if index == 0 or self._words[index - 1] in _BEGINNING:
            return True
        first, previous = self._tokens[index], self._tokens[index - 1]
        if first.start - previous.end > 1:  # a line may begin here
            return True
        return first.text.isupper() and len(first.text) > 1

    def _is_person(self, index: int) -> bool:
        word = self._words[index]
        if not _SURNAME.search(word):
            return False
        if self._persons is None:
            self._persons = self._named()
        return word[:-2] in self._persons or self._is_beside_a_name(index)

    def _named(self) -> set[str]:
        """Beginnings of the family names that stand beside a first name somewhere in the text."""
        return {
            self._words[index][:-2]
            for index, token in enumerate(self._tokens)
            if token.text[0].isupper()
            and _SURNAME.search(self._words[index])
            and self._is_beside_a_name(index)
        }

    def _is_beside_a_name(self, index: int) -> bool:
        if self._is_first_name(index - 1) or self._is_first_name(index + 1):
            return True
        words = self._words
        before = index >= 2 and words[index - 1] == "." and self._is_initial(index - 2)
        return before or (
            index + 2 < len(words) and words[index + 2] == "." and self._is_initial(index + 1)
        )

    def _is_initial(self, index: int) -> bool:
        text = self._tokens[index].text
        return len(text) == 1 and text.isupper()

    def _is_first_name(self, index: int) -> bool:
        if not 0 <= index < len(self._tokens) or not self._tokens[index].text[0].isupper():
            return False
        return _is_first_name(self._words[index])

    def _is_a_street(self, index: int) -> bool:
        before = self._before(index)
        if before in STREETS or (before == "." and self._before(index, 2) in STREETS):
            return True
        return self._after(index) in STREETS

    def _is_a_brand(self, index: int, end: int, reading: Reading) -> bool:
        """Whether the name, with at most a number, is all that stands between quotes."""
        if reading.kind in ("body", "enterprise") or self._before(index) != '"':
            return False
        after = self._words[end : end + 2]
        if after[:1] == ["-"] or (after and after[0][0].isdigit()):
            after = after[1:]
        return after[:1] == ['"']

    def _before(self, index: int, steps: int = 1) -> str:
        return self._words[index - steps] if index >= steps else ""

    def _after(self, index: int) -> str:
        return self._words[index + 1] if index + 1 < len(self._words) else ""


@lru_cache(maxsize=20_000)
def _likeliest_meaning(word: str) -> str | None:
    """Name, Surn, Patr, Geox or "" (ordinary) of a Russian word; None for an unknown one."""
    found = next((reading for reading in readings(word) if reading.known), None)
    return found.name if found else None


@lru_cache(maxsize=20_000)
def _is_first_name(word: str) -> bool:
    if word in _belarusian_first_names():
        return True
    return any(reading.known and reading.name in ("Name", "Patr") for reading in readings(word))


@cache
def _belarusian_first_names() -> frozenset[str]:
    names = (*words("given_names", "belarusian_men"), *words("given_names", "belarusian_women"))
    return frozenset(
        root + ending for name in names for root, endings in noun(name, "be") for ending in endings
    )


def _is_doubtful_town(word: str, reading: Reading, meaning: str | None) -> bool:
    if word in DOUBTFUL_WORDS or (meaning == "" and _ADJECTIVAL.search(word)):
        return True
    if meaning in ("Name", "Surn", "Patr"):
        return reading.country != "BY" or meaning == "Name"
    if not reading.weak:
        return False
    # A small town whose name is a word, an adjective, or not Russian (often our own guess).
    return bool(
        meaning not in (None, "Geox")
        or len(word) < 4
        or not _RUSSIAN_FORM.fullmatch(word)
        or _ADJECTIVAL.search(word)
    )
