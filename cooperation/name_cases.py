"""A family name back into the nominative, by gender, case and language.

pymorphy3's normal form is that of the masculine and guesses at rare names («Калечица», «Ровб»,
measured), and there is no free Belarusian morphology: endings by hand do better in both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.russian import known_family_name

_VOWELS: Final = "аеёиоуыэюяі"
_UNCHANGED: Final = re.compile(r"(?:(?<![ое]г)о|э|(?<!к)[иі]|дзе|дзэ|ых|іх|их|ае|[иоуэ]а)$")
# Endings of the form, longest first, and what stands there in the nominative. "?" stands for й
# behind a vowel, ь behind another letter.
_RULES: Final[dict[tuple[str, str], str]] = {
    (
        "ru",
        "mg",
    ): "ского:ский цкого:цкий йца:ец вца:вец нца:нец дца:дец ого:ый его:ий ы:а ки:ка у:а ю:я а: я:?",
    ("ru", "md"): "скому:ский цкому:цкий ому:ый ему:ий йцу:ец вцу:вец нцу:нец у: ю:? е:а",
    ("ru", "mi"): (
        "ским:ский цким:цкий овым:ов евым:ев ёвым:ёв иным:ин ыным:ын ым:ый им:ий йцем:ец вцом:вец"
        " чем:ч шем:ш жем:ж щем:щ цем:ц ом: ем:? ём:? ой:а ей:я"
    ),
    ("ru", "ml"): "ском:ский цком:цкий ове:ов еве:ев ине:ин ом:ый ем:ий е:",
    (
        "ru",
        "fg",
    ): "овой:ова евой:ева ёвой:ёва иной:ина ыной:ына ской:ская цкой:цкая ой:ая ей:ея ы:а ки:ка",
    (
        "ru",
        "fd",
    ): "овой:ова евой:ева ёвой:ёва иной:ина ыной:ына ской:ская цкой:цкая ой:ая ей:ея е:а",
    ("ru", "fi"): "овой:ова евой:ева ёвой:ёва иной:ина ыной:ына ской:ская цкой:цкая ой:а ей:я",
    ("ru", "fa"): "ову:ова еву:ева ёву:ёва ину:ина ыну:ына скую:ская цкую:цкая ую:ая юю:яя у:а ю:я",
    ("be", "mg"): (
        "скага:скі цкага:цкі ага:ы яга:і ова:оў ава:аў ева:еў ёва:ёў эва:эў іна:ін ына:ын нкі:нка ўца:вец"
        " йца:ец нца:нец ы:а кі:ка у:а ю:я а: я:?"
    ),
    ("be", "md"): (
        "скаму:скі цкаму:цкі аму:ы яму:і ову:оў аву:аў еву:еў ёву:ёў эву:эў іну:ін ыну:ын нку:нка ўцу:вец"
        " у: ю:? е:а"
    ),
    ("be", "mi"): (
        "скім:скі цкім:цкі овым:оў авым:аў евым:еў ёвым:ёў эвым:эў іным:ін ыным:ын ым:ы ім:і нкам:нка"
        " ўцом:вец ам: ом: ем:? ём:? ай:а аю:а яй:я"
    ),
    ("be", "ml"): "скім:скі цкім:цкі ове:оў аве:аў еве:еў ым:ы у: ю:? е:",
    (
        "be",
        "fg",
    ): "овай:ова авай:ава евай:ева ёвай:ёва інай:іна ынай:ына скай:ская цкай:цкая ай:ая ы:а кі:ка",
    (
        "be",
        "fd",
    ): "овай:ова авай:ава евай:ева ёвай:ёва інай:іна ынай:ына скай:ская цкай:цкая ай:ая е:а цы:ка",
    (
        "be",
        "fi",
    ): "овай:ова авай:ава евай:ева ёвай:ёва інай:іна ынай:ына скай:ская цкай:цкая ай:а аю:а яй:я",
    (
        "be",
        "fa",
    ): "ову:ова аву:ава еву:ева ёву:ёва іну:іна ыну:ына скую:ская цкую:цкая ую:ая у:а ю:я",
}
_PARSED: Final = {
    key: sorted((tuple(rule.split(":")) for rule in rules.split()), key=lambda pair: -len(pair[0]))
    for key, rules in _RULES.items()
}
for _language in ("ru", "be"):
    _PARSED[_language, "ma"] = _PARSED[_language, "mg"]
    _PARSED[_language, "fl"] = _PARSED[_language, "fd"]


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
    for ending, nominative in _PARSED.get((language, gender + case), ()):
        stem = form[: len(form) - len(ending)]
        if lower.endswith(ending) and re.search(f"[{_VOWELS}]", stem.lower()):
            if nominative == "?":
                nominative = "й" if stem[-1].lower() in _VOWELS else "ь"
            if nominative == "ый" and known_family_name(stem + "ой"):
                nominative = "ой"
            return stem + nominative
    return form


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
