"""The nouns that head the name of an organisation, with their forms, and words that never do."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from cooperation.persons import belarusian_posts
from cooperation.russian import nominative, readings
from cooperation.wordlists import table, words


class HeadNoun(NamedTuple):
    """A noun that heads an organisation's name: nominative, case (n, g, d, a, i, l), gender."""

    nominative: str
    case: str
    gender: str


_RUSSIAN: Final = frozenset(words("organizations", "russian"))
BARE: Final = frozenset(words("organizations", "bare"))
"""Bodies that the news of their own region names without its name."""
WEAK: Final = frozenset(words("organizations", "weak"))
"""Heads that name something only with a place, a capital or a quoted name beside them."""
UNITS: Final = frozenset(words("organizations", "units"))
"""Parts of a body: in small letters they name it only through the body that follows."""
CAPITAL_ONLY: Final = frozenset(words("organizations", "capital_only"))
"""Heads that name something only with a capital of their own."""
APPOSITIONS: Final = frozenset(words("organizations", "appositions"))
"""Nouns that bear the case in place of the quoted name behind them, besides the heads."""
NOT_FOR: Final = frozenset(words("organizations", "not_for"))
"""Words behind «по» that are no part of a name."""
GENERIC: Final = frozenset(words("organizations", "generic"))
EVENT: Final = re.compile(
    r"(?:фестивал|форум|выставк|конкурс|проект|программ|газет|журнал|телеканал|портал|турнир|фильм|спектакл|песн"
    r"|акци[яюиейь]|рубрик|сервис|систем|праздник|маршрут|поезд|площадк|марк[аиеу]|сери[яиюей]|операци|игр[аыу]|книг"
    r"|сборник|семинар|конференц|круглый|тем[аеуы]|девиз|назван|лозунг|роман|опер[аыу]|балет|карт[аыуин]|спутник|блок"
    r"|кубк|слет|марафон|маршрут|порода|сорт|модел|трактор|станци[яию]\s+метро|программ|праграм|праект|выстав|конкурс"
    r"|фэст|часопіс|газет|свят|песн|акцы|тэм|назв|кніг|фільм|пункт|переход|пераход|приложени|дадатак|канал|номинац"
    r"|награ|орден|медал|знак|звани|паспорт|режим|принцип|лагер|лагер|отел|гостиниц|гасцініц|кафе|ресторан|улиц|квартал)"
    r"[а-яёіў]*\s+(?:имени\s+|под\s+названием\s+)?$",
    re.IGNORECASE,
)
"""A quoted name behind one of these words is no organisation."""
LEGAL: Final = re.compile(
    r"(?:ОАО|ООО|ЗАО|ПАО|АО|РУП|КУП|УП|ЧУП|ЧТУП|ГП|ГУП|МУП|ФГУП|УПП|РПУП|СП|ИП|ИООО|СООО|ОДО|РДУП|КСУП|СПК|ГУ|УО"
    r"|ААТ|ТАА|ЗАТ|РУП|КУП|ПУП|СТАА|ДП|НПО|НПП|НПЦ|ТД|АНО|ФГБУ|ФГБОУ|ГБУ|МБУ|JSC|LLC|OJSC|CJSC|PJSC|Ltd|GmbH|RUE)$"
)
PRODUCTS: Final = re.compile(r"(?:АЗ|аз|арус)(?:ов|ы|ам|ами|аў)$")
"""«БелАЗов», «Беларусов»: machines, not their maker."""
NOT_BODIES: Final = frozenset(words("organizations", "not_bodies"))

IDLE: Final = frozenset(words("organizations", "idle"))
"""Adjectives in front of a name that are no part of it."""
MEDIA: Final = re.compile("|".join(words("organizations", "media")), re.IGNORECASE)
MINISTRIES: Final = table("organizations")["compounds"].replace("\n", "")
"""Pattern of the names that are one compound: «Минсвязи», «Роскомнадзор», «Белавиа»."""
ENDINGS: Final = tuple(
    (first, second)
    for first, _, second in (pair.partition(":") for pair in words("organizations", "endings"))
)
"""Endings of one-word names in oblique cases and what stands there in the nominative."""


@cache
def _belarusian_forms() -> dict[str, HeadNoun]:
    forms: dict[str, HeadNoun] = {}
    for noun in words("organizations", "belarusian"):
        gender = (
            "f"
            if noun[-1] in "ая" and not noun.endswith(("ства", "тва"))
            else "n"
            if noun[-1] in "аеэ"
            else "m"
        )
        forms.setdefault(noun, HeadNoun(noun, "n", gender))
        for case, form in belarusian_posts.decline(noun, gender):
            forms.setdefault(form, HeadNoun(noun, case, gender))
    return forms


@lru_cache(maxsize=20_000)
def head_noun(word: str, language: str) -> HeadNoun | None:
    """The word as the head of an organisation's name, or None."""
    lower = word.lower().replace("\xad", "")
    if language == "be":
        # «у» becomes «ў» behind a vowel: «тэхнічнага ўніверсітэта».
        return _belarusian_forms().get("у" + lower[1:] if lower[0] == "ў" else lower)
    for r in readings(lower):
        if r.part != "NOUN" or r.plural or not r.case:
            continue
        base = lower if r.case == "n" else nominative(lower, r.case, part="NOUN", gender=r.gender)
        if base in _RUSSIAN:
            return HeadNoun(base, r.case, r.gender or "m")
    return None
