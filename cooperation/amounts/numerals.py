"""Numbers in words or digits, in three languages: «полтора», «двух», 94,000."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {
    1: "один одна одно одного одной одну одном адзін адна адно аднаго адной адну one",
    2: "два две двух двум двумя дзве дзвюх дзвюм двума two",
    3: "три трех трёх трем трём тремя тры трох тром three",
    4: "четыре четырех четырёх четырем четырём чатыры чатырох чатыром four",
    5: "пять пяти пятью пяць пяці five",
    6: "шесть шести шестью шэсць шасці six",
    7: "семь семи семью сем сямі seven",
    8: "восемь восьми восемью восем васьмі eight",
    9: "девять девяти девятью дзевяць дзевяці nine",
    10: "десять десяти десятью десяток десятка дзесяць дзесяці дзясятак ten",
    11: "одиннадцать одиннадцати адзінаццаць адзінаццаці eleven",
    12: "двенадцать двенадцати дванаццаць дванаццаці twelve",
    13: "тринадцать тринадцати трынаццаць трынаццаці thirteen",
    14: "четырнадцать четырнадцати чатырнаццаць чатырнаццаці fourteen",
    15: "пятнадцать пятнадцати пятнаццаць пятнаццаці fifteen",
    16: "шестнадцать шестнадцати шаснаццаць шаснаццаці sixteen",
    17: "семнадцать семнадцати сямнаццаць сямнаццаці seventeen",
    18: "восемнадцать восемнадцати васямнаццаць васямнаццаці eighteen",
    19: "девятнадцать девятнадцати дзевятнаццаць дзевятнаццаці nineteen",
    20: "двадцать двадцати дваццаць дваццаці twenty",
    30: "тридцать тридцати трыццаць трыццаці thirty",
    40: "сорок сорока сорак сарака forty",
    50: "пятьдесят пятидесяти пяцьдзясят пяцьдзесят пяцідзесяці fifty полсотни",
    60: "шестьдесят шестидесяти шэсцьдзясят шэсцьдзесят шасцідзесяці sixty",
    70: "семьдесят семидесяти семдзесят сямідзесяці seventy",
    80: "восемьдесят восьмидесяти восемдзесят васьмідзесяці eighty",
    90: "девяносто девяноста дзевяноста ninety",
    100: "сто ста сотня сотни сотню hundred",
    200: "двести двухсот дзвесце",
    300: "триста трехсот трёхсот трыста трохсот",
    400: "четыреста четырехсот четырёхсот чатырыста чатырохсот",
    500: "пятьсот пятисот пяцьсот пяцісот",
    600: "шестьсот шестисот шэсцьсот шасцісот",
    700: "семьсот семисот семсот сямісот",
    800: "восемьсот восьмисот восемсот васьмісот",
    900: "девятьсот девятисот дзевяцьсот дзевяцісот",
}
_FRACTIONS: Final = {
    1.5: "полтора полторы полутора паўтара паўтары паўтары",
    0.5: "половина половины половину полмиллиона полмиллиарда паўмільёна паўмільярда палова half",
    0.25: "четверть четверти чвэрць quarter",
}
WORDS: Final[dict[str, float]] = {
    word: float(value)
    for table in (_UNITS, _FRACTIONS)
    for value, words in table.items()
    for word in words.split()
}
_SCALES: Final = (
    (1e3, r"тыс\.?(?![а-яёі])|тысяч[а-яёіў]*|thousand|k(?!\w)"),
    (1e6, r"млн\.?|миллион[а-яё]*|мільён[а-яёіў]*|mln\.?|million|mn(?!\w)|m(?!\w)"),
    (1e9, r"млрд\.?|миллиард[а-яё]*|мільярд[а-яёіў]*|bln\.?|billion|bn(?!\w)|b(?!\w)"),
    (1e12, r"трлн\.?|триллион[а-яё]*|трыльён[а-яёіў]*|trillion|tn(?!\w)"),
)
_GLUED_HALF: Final = re.compile(r"полмиллиона|полмиллиарда|паўмільёна|паўмільярда", re.IGNORECASE)

SPACE: Final = "[ \u00a0\u2009\u202f]"
DIGITS: Final = (
    rf"(?<![\d.,])(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
)
"""A number in digits; its thousands may be parted by spaces or, in English, by commas."""
SCALE: Final = "(?:" + "|".join(pattern for _, pattern in _SCALES) + ")"
_WORD: Final = r"(?<!\w)(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")(?!\w)"
IN_WORDS: Final = rf"{_WORD}(?:(?:\s+(?:and\s+)?|(?<=ty)-){_WORD})*"
"""A number in words, up to the hundreds."""
_AND_A_HALF: Final = rf"{SPACE}+(?:с{SPACE}половиной|з{SPACE}паловай|and{SPACE}a{SPACE}half)"
_NUMBER: Final = rf"(?:{DIGITS}|{IN_WORDS})(?:{_AND_A_HALF})?"
_BARE: Final = (
    r"(?<!\w)(?:миллион[ау]?|миллиард[ау]?|тысяч[аиу]|мільёна?|мільярда?"
    r"|(?:a|half\sa)\s(?:million|billion|thousand))(?!\w)"
)
QUANTITY: Final = (
    rf"(?:(?:{_NUMBER}[\s-]*{SCALE}|{_BARE})\s+{_NUMBER}(?:[\s-]*{SCALE})?"
    rf"|{_BARE}|{_NUMBER}(?:[\s-]*{SCALE})?)"
)
"""A whole quantity: «1 млрд 200 млн», «полтора миллиона», "half a million", «миллион»."""

_PART: Final = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<half>{_AND_A_HALF})|(?P<scale>(?<![^\W\d]){SCALE})"
    rf"|(?P<word>{_WORD})",
    re.IGNORECASE,
)
_SCALE_PATTERNS: Final = [(size, re.compile(p, re.IGNORECASE)) for size, p in _SCALES]


def scale_of(word: str) -> float:
    """1000.0 for «тыс.», 1e6 for «миллионов» and so on; 1.0 for any other word."""
    for size, pattern in _SCALE_PATTERNS:
        if pattern.fullmatch(word):
            return size
    return 1.0


def from_digits(written: str, *, comma_thousands: bool) -> float:
    """The value of digits with separators.

    A single group of three behind a comma ("94,000") is ambiguous: thousands where
    ``comma_thousands`` (English), else decimals.
    """
    plain = re.sub(r"\s", "", written)
    if "," in plain and ("." in plain or plain.count(",") > 1):
        return float(plain.replace(",", ""))
    if "," in plain and comma_thousands and re.fullmatch(r"\d{1,3},\d{3}", plain):
        return float(plain.replace(",", ""))
    return float(plain.replace(",", "."))


def quantity(written: str, *, comma_thousands: bool = False) -> float:
    """The value of a text that matches ``QUANTITY``: «1 млрд 200 млн» is 1.2e9."""
    total, group, empty = 0.0, 0.0, True
    for part in _PART.finditer(written):
        if part["digits"]:
            group += from_digits(part["digits"], comma_thousands=comma_thousands)
        elif part["word"]:
            group = _add_word(group, part["word"].lower())
        elif part["half"]:
            group += 0.5
        else:
            total += (1.0 if empty else group) * scale_of(part["scale"])
            group, empty = 0.0, True
            continue
        empty = False
        if _GLUED_HALF.fullmatch(part.group()):
            total += 0.5 * (1e9 if "ард" in part.group().lower() else 1e6)
            group, empty = 0.0, True
    return round(total + group, 6)


def _add_word(group: float, word: str) -> float:
    value = WORDS[word]
    if word == "hundred":
        return max(group, 1.0) * value
    return group + value
