"""A family name back into the nominative, by gender, case and language.

pymorphy3's normal form is that of the masculine and guesses at rare names («Калечица», «Ровб»,
measured), and there is no free Belarusian morphology: endings by hand do better in both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.russian import known_family_name
from cooperation.wordlists import table, words

_VOWELS: Final = "аеёиоуыэюяі"
_UNCHANGED: Final = re.compile(r"(?:(?<![ое]г)о|э|(?<!к)[иі]|дзе|дзэ|ых|іх|их|ае|[иоуэ]а)$")
_TABLE: Final = {
    key: sorted(
        (rule.partition(":")[::2] for rule in words("name_cases", key)),
        key=lambda pair: -len(pair[0]),
    )
    for key in table("name_cases")
}
_SAME_AS: Final = {"ma": "mg", "fl": "fd"}


@lru_cache(maxsize=20_000)
def family_name(form: str, gender: str, case: str, language: str) -> str:
    """The nominative of a family name that stands in ``case`` (n, g, d, a, i, l).

    Women's names in a consonant and names that never change («Шедко», «Мочу», «Саралидзе») stay.
    """
    lower = form.lower()
    if case == "n" or never_changes(form):
        return form
    if gender == "f" and lower[-1] not in "йяюауыиеіі":
        return form
    for ending, nominative in _TABLE.get(
        f"{language}_{_SAME_AS.get(gender + case, gender + case)}", ()
    ):
        stem = form[: len(form) - len(ending)]
        if lower.endswith(ending) and re.search(f"[{_VOWELS}]", stem.lower()):
            return stem + _ending_behind(stem, nominative)
    return form


def _ending_behind(stem: str, ending: str) -> str:
    if ending == "?":
        return "й" if stem[-1].lower() in _VOWELS else "ь"
    return "ой" if ending == "ый" and known_family_name(stem + "ой") else ending


def never_changes(form: str) -> bool:
    """Whether a name is the same in all cases, by its ending: «Шедко», «Мочу», «Кхоа»."""
    return bool(_UNCHANGED.search(form.lower()))


@lru_cache(maxsize=20_000)
def may_stand_in(form: str, gender: str, case: str) -> bool:
    """Whether a family name of this form can stand in the nominative or in an oblique case."""
    lower = form.lower()
    if case == "n":
        if gender == "f":
            return not re.search(r"(?:[оеё]в|ын|[сц]кий|[оаеё]ў|[сц]кі|ой|ай|[оеё]ву|скую)$", lower)
        return not re.search(
            r"(?:[оеё]в[аыу]|[оеё]вым|ын[ау]|[иі]н(?:а|ым)|[сц]к(?:ого|ому|им|ага|аму|ім|ая|ой|ай)"
            r"|[оаеёэ]в[ауы]|ич[ау]|ичем|іч[ау]|ічам|(?<=[вкнрлдтмгхчш])(?:ом|ам))$",
            lower,
        )
    if gender == "f":
        return not re.search(r"(?:[оеё]ва|ая|ин[а])$", lower)
    return not re.search(r"(?:[оеё]в|[сц]кий|ин|ич|[оаеё]ў|[сц]кі|іч|ук|юк|ак|ий)$", lower)
