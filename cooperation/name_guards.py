"""What keeps a word from being read as a place: persons, streets, brands, common words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from cooperation.language import Token
from cooperation.listed import listed
from cooperation.place_names import Reading
from cooperation.russian import readings

_STREETS = listed(
    """ул улица улице улицы улицу улицей проспект проспекта проспекте пр-т пр-те просп переулок
    переулке площадь площади площадью бульвар бульваре шоссе тракт тракте набережная набережной
    метро микрорайон микрорайоне крепость крепости крепостью море мост вуліца вуліцы вуліцу
    праспект праспекта праспекце плошча плошчы завулак крэпасць крэпасці street avenue square
    fortress road"""
)
# What stands right before the name of a town, whatever else the word means.
_PLACE_BEFORE = listed(
    """в во из г гор город города городе городу городом городов по у ў з са горад горада горадзе
    гораду гарадоў под до через к ко около н.п д п пос деревня деревне in from to near at city"""
)
_ADMINISTRATION = re.compile(
    "район|раён|обл|вобл|абл|город|гор|гарад|админист|адмін|муницип|муніцып|рай|округ|акруг|мэр|мер"
    "|окружн|горисполком|област|вобласц|край|краев"
)
_REGIONAL = re.compile("обл|абл|вобл|губерн")
# Capitals whose adjective means the region around them in front of «область».
_REGION_AROUND = {
    "BY-HM": "BY-MI", "RU-MOW": "RU-MOS", "UZ-TK": "UZ-TO", "UA-30": "UA-32", "KZ-75": "KZ-19",
}  # fmt: skip
_JOINS = listed(", и і ды да а также таксама and")
# Words of Belarusian and English, and of names everywhere, that are towns only behind a preposition.
_WORDS = listed(
    """мир міра мір свет праца гори горкі ветка веткі вёска масты карма бяроза бярозы глыбокае
    круглае узда дон спартак горизонт гарызонт планар пеленг атлант интеграл інтэграл марко марка
    полесье палессе червень чэрвень чэрвеня червеня свислочь штаты савушкин гефест нигер of mobile
    reading nice bath best orange most split mary sever"""
)
_FALSE_ADJECTIVE = re.compile(
    "братск|мирн|свободн|горск|лесн|железнодорож|заречн|северск|озерск|донск|советск|краснознам"
    "|березовск|нарочанск"
)
_SURNAME = re.compile(
    r"(?:[оеёі]в|ин|ын|[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую)|[оеё]ва|ина|ўскі|аў|скі)$"
)
_BEGINNING = frozenset('.!?…:;"–•\n-*()')


class Guards:
    """The guards of one text, with what is known of the whole of it."""

    def __init__(self, tokens: Sequence[Token], words: list[str]) -> None:
        self._tokens = tokens
        self._words = words
        self._persons: set[str] | None = None

    def admit(self, index: int, reading: Reading) -> bool:
        """Whether the word at ``index`` may be read so."""
        if self._on_a_street(index) or self._is_a_brand(index, index + 1, reading):
            return False
        if reading.form == "people" or reading.kind in ("body", "enterprise"):
            return True
        if reading.form == "adjective":
            return self._admit_adjective(index, reading)
        return self._words[index - 1] in _PLACE_BEFORE if self._is_doubtful(index) else True

    def admit_long(self, index: int, end: int, reading: Reading) -> bool:
        """Whether the words from ``index`` to ``end`` may be read so."""
        return not self._is_a_brand(index, end, reading)

    def resolved(self, index: int, reading: Reading) -> Reading:
        """The reading in view of what follows: «Минской и Брестской областей» is not the city."""
        region = _REGION_AROUND.get(reading.code)
        if region is None or reading.form != "adjective":
            return reading
        at = index + 1
        if not (at < len(self._words) and _REGIONAL.match(self._words[at])):
            while at < min(index + 9, len(self._words)) and self._is_in_a_list(at):
                at += 1
            if at == index + 1 or at >= len(self._words) or not _REGIONAL.match(self._words[at]):
                return reading
        return replace(reading, code=region, region=region, kind="region")

    def _is_in_a_list(self, at: int) -> bool:
        word = self._words[at]
        return word in _JOINS or word.endswith(
            ("ской", "ская", "ский", "цкой", "скай", "ская", "цкай")
        )

    def _admit_adjective(self, index: int, reading: Reading) -> bool:
        word = self._words[index]
        after = self._after(index)
        if after in _STREETS or _FALSE_ADJECTIVE.match(word):
            return bool(_ADMINISTRATION.match(after))
        if reading.weak:
            return bool(_ADMINISTRATION.match(after))
        capital = self._tokens[index].text[0].isupper()
        return not (capital and self._is_person(index))

    def _is_doubtful(self, index: int) -> bool:
        """Whether a capitalised word is rather something else than the town of that name."""
        word = self._words[index]
        if self._is_person(index):
            return True
        kinds = _other_meanings(word)
        if "name" in kinds:
            return True
        return ("word" in kinds or word in _WORDS) and self._is_capital_anyway(index)

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
        return "name" in _other_meanings(self._words[index])

    def _on_a_street(self, index: int) -> bool:
        before = self._before(index)
        return before in _STREETS or (before == "." and self._before(index, 2) in _STREETS)

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
def _other_meanings(word: str) -> frozenset[str]:
    """``name`` where the word is a first name, ``word`` where it is an ordinary Russian word."""
    found = set()
    for reading in readings(word):
        if reading.known and reading.name in ("Name", "Patr"):
            found.add("name")
        elif reading.known and reading.name == "":
            found.add("word")
    return frozenset(found)
