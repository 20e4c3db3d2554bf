"""How English texts spell a town of Belarus: after the Russian name or after the Belarusian one."""

from __future__ import annotations

import re
from itertools import product

_LETTERS = dict(zip("абвгдзйклмнопрстуфыэі", "abvgdziklmnoprstufyei", strict=True))
_LETTERS |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ъ": ""}
_LETTERS |= {"е": "e", "ё": "e", "ю": "yu", "я": "ya", "и": "i", "ў": "u", "'": "", "’": ""}


def english_spellings(russian: str, belarusian: str) -> list[str]:
    """The usual ones of both names: Bobruisk, Bobruysk, Babruisk, Babrujsk …"""
    found: dict[str, None] = {}
    for after_vowel, short in product(("e", "ye"), ("i", "y")):
        found[_written(russian, after_vowel, short)] = None
    for after_vowel, short in product(("e", "ie"), ("i", "y", "j")):
        found[_written(belarusian.replace("г", "h").replace("Г", "H"), after_vowel, short)] = None
    return list(found)


def latin(name: str) -> str:
    """A Russian name in Latin letters."""
    return "".join(_LETTERS.get(letter, letter) for letter in name.lower().replace("й", "y"))


def _written(name: str, iotated: str, short: str) -> str:
    lower = name.lower().replace("й", short)
    lower = re.sub("(?<=[аеёіоуыэюяи])е", iotated, lower)
    written = latin(lower)
    return " ".join(part[:1].upper() + part[1:] for part in re.split(" ", written))
