"""How exact a sum is: the words around it that say over, under or about."""

from __future__ import annotations

import re
from typing import Final, Literal

Qualifier = Literal["exact", "approx", "over", "under"]

_LINK: Final = (
    r"(?:(?:на|в|у|ў|о|чем|чым|за|як|сумм[уеы]|суму|отметк[уи]|адзнаку|рубеж|планку|порог|уровень|уровня"
    r"|итоге|общей|сложности|всего|the|of|a|total|at|mark|by|to|us|is|was|than|with|worth)\s+)*"
)
_OVER: Final = re.compile(
    rf"(?:(?<!\w)от|(?<!\w)ад|более|больше|свыше|сверх|(?:выше|вышэй|больш|звыш)(?:\s+(?:за|чым|як))?|минимум|мінімум"
    rf"|прев[ыі][сш][а-яё]*|перев[ыа]л[а-яё]*|перавы[сш][а-яіў]*|перашагну[а-яіў]*|перешагну[а-яё]*"
    rf"|more\s+than|over|above|at\s+least|in\s+excess|exceed(?:s|ed|ing)?|upwards|topped"
    rf"|surpass(?:ed|es)?|pass(?:ed|es|ing)?)\s+{_LINK}$",
    re.IGNORECASE,
)
_UNDER: Final = re.compile(
    rf"(?:менее|меньше|ниже|(?:менш|ніжэй)(?:\s+(?:за|чым|як))?|максимум|максімум|в\s+пределах|у\s+межах"
    rf"|приближа[а-яё]*\s+к|набліжа[а-яіў]*\s+да|less\s+than|under|below|up\s+to|at\s+most"
    rf"|approach(?:es|ed|ing)?|maximum|capped)\s+{_LINK}$",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    rf"(?<!\w)(?:не|ня|no|not|n't)\s+(?:(?P<less>менее|меньше|менш|ниже|ніжэй|less|below)"
    rf"|(?P<more>более|больше|больш|свыше|выше|вышэй|звыш|прев[ыі][сш][а-яё]*|перав[ыі][сш][а-яёіў]*"
    rf"|more|over|above|exceed(?:ing)?))(?:\s+(?:за|чым|як|than))?\s+{_LINK}$",
    re.IGNORECASE,
)
_EXTREME: Final = re.compile(
    r"(?<!\w)(?:(?P<least>минимальн|мінімальн|minimum)|(?P<most>максимальн|предельн|максімальн|гранічн|maximum))"
    r"\w*(?:\s+\w+){0,4}(?:\s*[–:-])?\s*(?:в\s+|у\s+|is\s+|of\s+)?$",
    re.IGNORECASE,
)
_APPROX: Final = re.compile(
    rf"(?:около|порядка|без\s+малого|(?<!\w)под|(?<!\w)пад|примерно|приблизительно|ориентировочно|почти|чуть|где-то|предварительно|до\s+полу"
    rf"|каля|прыкладна|прыблізна|амаль|парадку|блізу|недзе|about|around|roughly|approximately|nearly|almost"
    rf"|some|(?:почти|около|примерно|амаль|каля|almost|nearly)\s+(?:до|да|to)|close\s+to|circa|an?\s+estimated|estimated|near|~|≈)\s*{_LINK}$",
    re.IGNORECASE,
)
_ROUGH: Final = re.compile(
    r"(?:ориентировочн|приблизительн|примерн|предварительн|прыблізн|прыкладн|папярэдн|арыентыровачн"
    r"|estimated|approximate|indicative|preliminary)\w*(?:\s+\w+){0,4}(?:\s*[–:-])?\s*(?:в\s+|у\s+|is\s+)?$",
    re.IGNORECASE,
)
_UP_TO: Final = re.compile(rf"(?<!\w)(?:до|да)\s+{_LINK}$", re.IGNORECASE)
CHANGE: Final = re.compile(
    r"(?<!\w)(?:вырос|возрос|подрос|увелич|прибав|снизи|сниж|сократ|упа[лв]|умень|довести|довед|поднял"
    r"|подня|расшир|вырас|узрас|павял|павыс|зніз|скараці|даве[сд]|упаў|паменш|дош|дайш|достиг|с\s+\d|з\s+\d"
    r"|ад\s+\d|от\s+\d)",
    re.IGNORECASE,
)
_AFTER_OVER: Final = re.compile(
    r"\s*(?:с\s+(?:лишним|небольшим|половиной)|з\s+лішкам|(?:и|или|і|або)\s+(?:более|больше|больш)|or\s+more"
    r"|and\s+more|plus(?!\w))",
    re.IGNORECASE,
)
_AFTER_APPROX: Final = re.compile(
    r"\s*,?\s*(?:в\s+среднем|у\s+сярэднім|on\s+average|or\s+so|примерно|прыкладна|ориентировочно)",
    re.IGNORECASE,
)


def qualifier(before: str, after: str) -> Qualifier:
    """How exact a sum is, from the words of its sentence before it and those behind it."""
    # «не более» holds «более»: the negated forms come first.
    if negated := _NOT.search(before):
        return "over" if negated["less"] else "under"
    extreme = _EXTREME.search(before)
    signs: tuple[tuple[Qualifier, object], ...] = (
        ("under", _UNDER.search(before)),
        ("over", _OVER.search(before) or _AFTER_OVER.match(after)),
        ("approx", _APPROX.search(before) or _ROUGH.search(before) or _AFTER_APPROX.match(after)),
        ("over", extreme and extreme["least"]),
        # «вырос до 3 млрд» is exact, «до 3 млрд» is not.
        ("under", extreme or (_UP_TO.search(before) and not CHANGE.search(before[-70:]))),
    )
    return next((found for found, sign in signs if sign), "exact")
