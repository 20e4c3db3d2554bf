"""A name found in a text, and its nominative."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cooperation.persons.given_names import NameForm
from cooperation.persons.name_cases import family_name, may_stand_in
from cooperation.persons.name_words import given_name, governs_genitive, guessed

_GENITIVE: Final = "для от у из без после до ад з-за кроме вокруг против пасля ля"
_CASE_OF_PREPOSITION: Final = {
    **dict.fromkeys(["с", "со", "з", "са", "между", "перед", "над"], "i"),
    **dict.fromkeys(_GENITIVE.split(), "g"),
    **dict.fromkeys(["к", "ко", "да"], "d"),
    **dict.fromkeys(["о", "об", "при", "аб", "пры"], "l"),
}

_INSTRUMENTAL: Final = re.compile(r"(?:[оеё]вым|[сц]ким|ичем|[иы]ным|авым|евым|[сц]кім|ічам)$")
_FEMININE_OBLIQUE: Final = re.compile(r"(?:ой|ей|ай|яй|скую|[оеё]ву|ину|[^оеёая]ю)$")


@dataclass(slots=True)
class FoundName:
    """A name in the text, ``text[start:end]``.

    ``sure`` where its words alone tell that it is one. ``options`` are the readings of the given
    name, empty for one in no list; ``keep_order`` for names of East Asia, written family first.
    """

    start: int
    end: int
    family: str
    given: tuple[str, ...] = ()
    initials: str = ""
    sure: bool = True
    keep_order: bool = False
    options: list[NameForm] = field(default_factory=list)

    def in_nominative(self, language: str, case: str | None, governor: str) -> str:
        """«Фамилия Имя» in the nominative.

        ``case`` is that of a post right before the name, None if there is none; ``governor`` the
        word before the name, in lower case.
        """
        if self.keep_order:
            last = given_name(self.given[-1], "m", case or "n", language)
            return " ".join([self.family, *self.given[:-1], last])
        if self.initials:
            return f"{self._family_with_initials(language, case, governor)} {self.initials}"
        chosen = self._reading(language, case, governor)
        family = family_name(self.family, chosen.gender, chosen.case, language)
        given = [chosen.nominative]
        given += [given_name(word, chosen.gender, chosen.case, language) for word in self.given[1:]]
        return " ".join([family, *given])

    def _family_with_initials(self, language: str, case: str | None, governor: str) -> str:
        case = case or _CASE_OF_PREPOSITION.get(governor, "")
        lower = self.family.lower()
        if not case:
            if _INSTRUMENTAL.search(lower):
                case = "i"
            elif governs_genitive(governor, language):
                case = "g"
        feminine = _FEMININE_OBLIQUE.search(lower)
        return family_name(self.family, "f" if feminine else "m", case or "n", language)

    def _reading(self, language: str, case: str | None, governor: str) -> NameForm:
        expected = case or _CASE_OF_PREPOSITION.get(governor)
        if not expected and governs_genitive(governor, language):
            expected = "g"
        options = self.options or guessed(self.given[0], self.family, expected or "n")

        def weight(option: NameForm) -> float:
            score = 1.5 if option.case == "n" else 0.0
            if expected:
                same = option.case == expected or (option.case + expected in {"ag", "ga"})
                score += 4.0 if same else 0.0
            return score + (3.0 if may_stand_in(self.family, option.gender, option.case) else 0.0)

        return max(options, key=weight)
