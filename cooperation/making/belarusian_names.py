"""How Belarusian writes a Russian town: «Серпухов – Серпухаў», «Углич – Угліч»."""

from __future__ import annotations

import re

_LETTERS = (
    (r"щ", "шч"),
    (r"и", "і"),
    (r"ть\b", "ць"),
    (r"т(?=[еёіюяь])", "ц"),
    (r"д(?=[еёіюяь])", "дз"),
    (r"(?<=[рчжшц])е", "э"),
    (r"(?<=[рчжшц])і", "ы"),
    (r"(?<=[рчжш])ь", ""),
    (r"(?<=[рчжш])я", "а"),
    (r"ъ", "'"),
    (r"в\b", "ў"),
    (r"(?<=[аеёіоуыэюя])в(?=[бвгджзклмнпрстфхцчш])", "ў"),
)


def belarusian_variants(russian: str) -> list[str]:
    """The spellings a Russian name can have; which one is right depends on its stress.

    Outside the stress «о» becomes «а», and «е» before it «я»: every place for the stress is tried.
    """
    word = russian.lower()
    for pattern, replacement in _LETTERS:
        word = re.sub(pattern, replacement, word)
    places = [match.start() for match in re.finditer("[оэ]", word)]
    kept = [None, *places] if len(places) <= 4 else [None]
    found = {_unstressed(word, place) for place in kept}
    found |= {re.sub("е(?=[^аеёіоуыэюя]+[аоуыі])", "я", name, count=1) for name in found}
    return sorted("-".join(map(str.capitalize, name.split("-"))) for name in found)


def _unstressed(word: str, stressed: int | None) -> str:
    return "".join(
        "а" if letter in "оэ" and place != stressed else letter for place, letter in enumerate(word)
    )
