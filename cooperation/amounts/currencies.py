"""Currencies as news texts write them: words in three languages, signs, ISO codes."""

from __future__ import annotations

import re
from typing import Final

ROUBLE: Final = "?RUB"
"""A rouble that does not say whose: of Russia or of Belarus."""
MINOR_ROUBLE: Final = "?RUB/100"

_BY = r"(?:белорусск|беларуск)[а-яёіў]*|бел(?:ар)?\.|belarus(?:ian)?|byelorussian"
_RU = r"(?:российск|расійск|расейск)[а-яёіў]*|росс?\.|рас\.|russian"
_ROUBLE = r"руб(?:л[а-яёіў]+|\.)?(?![а-яё])|р[уо]убл[а-яёіў]+|ro?ubles?"
_DOLLAR = r"дол+ар(?:ов|аў|[аыуе]|ами|ах|ам|ом)?|долл?\.|dollars?"
_SPELT: Final = (
    ("RUB", rf"(?:{_RU})\s+(?:{_ROUBLE})|(?:{_ROUBLE})\s*(?:РФ|России|Расіі)|₽"),
    ("BYN", rf"(?:{_BY})\s+(?:{_ROUBLE})|(?:{_ROUBLE})\s*(?:РБ|Беларуси)"),
    (ROUBLE, _ROUBLE),
    (MINOR_ROUBLE, r"копе[йе]?[а-яёіў]*|капе[йе]?[а-яёіў]*|коп\.|кап\.|kopecks?"),
    (
        "USD",
        (
            rf"(?:американск[а-яё]+\s+|амерыканск[а-яіў]+\s+|u\.?s\.?\s+)?(?:{_DOLLAR})"
            r"(?:\s*(?:США|ЗША))?|\$"
        ),
    ),
    ("EUR", r"евро(?![-а-яё\d])|еўра(?![-а-яіў\d])|euros?|€"),
    ("CNY", r"(?:китайск[а-яё]+\s+|кітайск[а-яіў]+\s+)?юан[а-яёьіў]+|(?:chinese\s+)?yuan|renminbi"),
    ("KZT", r"(?:казахстанск[а-яё]+\s+)?т[еэ]нге|tenge"),
    (
        "UZS",
        r"(?:узбекск[а-яё]+\s+|узбекскі[а-яў]+\s+)?сум(?:ов|аў|ы|а)?(?![а-яё])|(?:uzbek\s+)?soums?",
    ),
    ("KGS", r"(?:киргизск|кыргызск|кіргізск)[а-яёіў]+\s+сом[а-яёіў]*|сомов|сомаў|kyrgyz\s+soms?"),
    ("TJS", r"сомони|самані|somoni"),
    ("TMT", r"(?:туркменск[а-яёіў]+\s+)манат[а-яёіў]*|turkmen\s+manats?"),
    ("AZN", r"(?:азербайджанск[а-яёіў]+\s+)?манат[а-яёіў]*|(?:azerbaijani\s+)?manats?"),
    ("AMD", r"(?:армянск[а-яёіў]+\s+)?драм(?:ов|аў|[аы])?(?![а-яё])|drams?"),
    ("GEL", r"(?:грузинск[а-яё]+\s+)?лари|ларі|lari"),
    ("MDL", r"(?:молдавск|малдаўск)[а-яёіў]+\s+ле[а-яёіў]+|moldovan\s+lei"),
    ("UAH", r"гривн?[а-яё]*|грыўн[а-яіў]*|hryvnias?|₴"),
    ("TRY", r"(?:турецк[а-яёіў]+\s+)лир[а-яёыў]*|лір[а-яў]*|turkish\s+liras?|₺"),
    ("PLN", r"злот[а-яёіў]+|z[lł]otys?"),
    ("GBP", r"фунт[а-яёіў]*\s+ст[эе]рл[иі]нг[а-яёіў]*|pounds?\s+sterling|£"),
    (
        "INR",
        r"(?:индийск[а-яё]+\s+|індыйск[а-яіў]+\s+)?рупи[йиея]|рупі[йіея]|(?:indian\s+)?rupees?|₹",
    ),
    ("JPY", r"(?:японск[а-яё]+\s+)?[ий]ен(?:а|ы|у)?(?![а-яё])|(?:japanese\s+)?yen"),
    ("CHF", r"швейцарск[а-яёіў]+\s+франк[а-яёіў]*|swiss\s+francs?"),
    ("VND", r"донг(?:ов|аў|[аи])?(?![а-яё])|dongs?"),
    ("MNT", r"тугрик[а-яё]*|тугрык[а-яіў]*|tugriks?|togrog"),
    ("RSD", r"сербск[а-яёіў]+\s+д[иы]нар[а-яёіў]*|serbian\s+dinars?"),
    ("AED", r"дирхам[а-яё]*|дырхам[а-яіў]*|dirhams?"),
    ("KRW", r"(?:южнокорейск[а-яё]+\s+)вон(?:[аы])?(?![а-яё])|(?:korean\s+)won"),
    ("IRR", r"(?:иранск[а-яё]+\s+|іранск[а-яіў]+\s+)р[иы]ал[а-яёіў]*|(?:iranian\s+)rials?"),
    ("CZK", r"чешск[а-яёіў]+\s+крон[а-яіў]*|czech\s+(?:crowns?|korunas?)"),
)
_CODES: Final = [
    "USD",
    "EUR",
    "RUB",
    "RUR",
    "BYN",
    "BYR",
    "CNY",
    "RMB",
    "KZT",
    "UZS",
    "KGS",
    "TJS",
    "TMT",
    "AZN",
    "AMD",
    "GEL",
    "MDL",
    "UAH",
    "TRY",
    "PLN",
    "GBP",
    "INR",
    "JPY",
    "CHF",
    "VND",
    "MNT",
    "RSD",
    "AED",
    "KRW",
    "IRR",
    "CZK",
    "XDR",
    "CUP",
    "EGP",
    "PKR",
]
_ALIASES: Final = {"RUR": "RUB", "RMB": "CNY", "US$": "USD", "BR": "BYN"}
_CODE: Final = rf"(?<!\w)(?-i:{'|'.join(_CODES)}|US\$|Br)(?![^\W\d_])"
_WORDS: Final = "|".join(rf"(?:{pattern})" for _, pattern in _SPELT)

AFTER: Final = rf"(?:{_CODE}|(?<![^\W\d_])(?:{_WORDS})(?!\w))"
"""A currency as it stands behind a number; to be compiled with IGNORECASE."""
BEFORE: Final = rf"(?:{_CODE}|[$€£₽₴₺₹¥]|(?:{_BY}|{_RU})\s+ro?ubles?(?=\s?\d))"
"""A currency as it stands before a number."""
_STEMS: Final = [
    "рубл",
    "роубл",
    "руб.",
    "rouble",
    "rubl",
    "доллар",
    "долар",
    "долл.",
    "dollar",
    "евро",
    "еўра",
    "euro",
    "копе",
    "капе",
    "коп.",
    "юан",
    "yuan",
    "renminbi",
    "тенге",
    "тэнге",
    "tenge",
    "манат",
    "manat",
    "сомони",
    "самані",
    "somoni",
    "злот",
    "zlot",
    "złot",
    "рупи",
    "рупі",
    "rupee",
    "стерлинг",
    "стэрлін",
    "sterling",
    "гривн",
    "грыўн",
    "hryv",
    "тугри",
    "тугры",
    "tugrik",
    "togrog",
    "дирхам",
    "дырхам",
    "dirham",
    "kopeck",
    "$",
    "€",
    "£",
    "₽",
    "₴",
    "₺",
    "₹",
    "¥",
] + [code.lower() for code in _CODES]
_SHORT: Final = re.compile(
    r"(?<!\w)(?:руб|бр|br|сум|сумов|сумаў|soums?|сом|сомов|сомаў|soms?|драм\w*|drams?|лари|ларі|lari|ле[йеяю]в?|лей|леяў"
    r"|lei|лир\w*|лір\w*|liras?|франк\w*|francs?|донг\w*|dongs?|динар\w*|дынар\w*|dinars?|вон|won|р[иы]ал\w*|rials?|крон\w*"
    r"|crowns?|[ий]ен[аыу]?|yen|долл?|коп|кап)(?![^\W\d_])"
)
_PATTERNS: Final = [(code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _SPELT]


def may_name_one(lower: str) -> bool:
    """Whether a lower-case text can name a currency at all; cheap, and never wrongly False."""
    return any(stem in lower for stem in _STEMS) or _SHORT.search(lower) is not None


def currency_of(written: str) -> str | None:
    """The ISO 4217 code of a written currency, ``ROUBLE`` or ``MINOR_ROUBLE`` where it does not say
    whose, None for anything else.
    """
    written = " ".join(written.split())
    code = _ALIASES.get(written.upper(), written)
    if code in _CODES and code not in {"BYR"}:
        return code
    if code == "BYR":
        return "BYN"
    if written == "¥":
        return "CNY"
    for code, pattern in _PATTERNS:
        if pattern.fullmatch(written):
            return code
    return None
