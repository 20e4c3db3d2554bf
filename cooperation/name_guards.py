"""What keeps a word from being read as a place: persons, streets, brands, common words."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.language import Token
from cooperation.listed import listed
from cooperation.place_names import Reading

_STREETS = listed(
    """ул улица улице улицы улицу проспект проспекта проспекте пр-т пр-те просп переулок переулке
    площадь площади бульвар бульваре шоссе тракт набережная метро микрорайон вуліца вуліцы праспект
    праспекце плошча плошчы завулак street avenue square"""
)
_WORDS = listed(
    """того чад чада чаду чаде перу мали мир мира миру мире миром куб куба кубе кубу кубы гори орел
    орла орлу орлом береза березы березе березу горки горок горкам ветка ветки ветку мосты мостов
    узда корма круглое глубокое городок городка городке каменец клин клина клину луга лугов шахты
    курган кургана мирный свободный бор бора бору дон север спартак горизонт горизонта планар
    пеленг атлант интеграл интеграла тула дубна марко полесье червень свислочь жодино октябрьский
    грозный штаты штатов белка братский братское братская братские"""
)
_FALSE_ADJECTIVES = listed("братск мирн свободн")


class Guards:
    """The guards of one text, with what is known of the whole of it."""

    def __init__(self, tokens: Sequence[Token], words: list[str]) -> None:
        self._tokens = tokens
        self._words = words

    def admit(self, index: int, reading: Reading) -> bool:
        """Whether the word at ``index`` may be read so."""
        word = self._words[index]
        if reading.form == "adjective" and word[:6] in _FALSE_ADJECTIVES:
            return False
        if word in _WORDS and reading.form == "noun" and self._begins_sentence(index):
            return False
        if self._before(index) in _STREETS or self._before(index, 2) in _STREETS:
            return False
        return not self._is_whole_quote(index) or reading.kind in ("enterprise", "body")

    def admit_long(self, index: int, end: int, reading: Reading) -> bool:  # noqa: ARG002
        """Whether the words from ``index`` to ``end`` may be read so."""
        return True

    def resolved(self, index: int, reading: Reading) -> Reading:  # noqa: ARG002
        """The reading that the words behind a name decide on."""
        return reading

    def _before(self, index: int, steps: int = 1) -> str:
        return self._words[index - steps] if index >= steps else ""

    def _begins_sentence(self, index: int) -> bool:
        return index == 0 or self._words[index - 1] in {".", "!", "?", '"', "–", ":", "…"}

    def _is_whole_quote(self, index: int) -> bool:
        after = self._words[index + 1] if index + 1 < len(self._words) else ""
        return self._before(index) == '"' and after == '"'
