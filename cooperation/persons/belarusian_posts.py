"""Posts in Belarusian: the nouns with their case forms, and adjectives back into the nominative.

There is no free Belarusian morphology; the posts of news texts are few enough to decline by rule.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from cooperation.wordlists import words


class HeadForm(NamedTuple):
    """A post noun's form: its nominative singular, case (n, g, d, i, l) and number."""

    nominative: str
    case: str
    plural: bool


_SPECIAL: Final = {
    "пасол": "пасла паслу паслом пасле паслы паслоў пасламі",
    "галава": "галавы галаве галавой галаве галовы галоў галовамі",
    "майстар": "майстра майстру майстрам майстры майстры майстроў майстрамі",
    "старшыня": "старшыні старшыні старшынёй старшыні старшыні старшынь старшынямі",
    "кіраўнік": "кіраўніка кіраўніку кіраўніком кіраўніку кіраўнікі кіраўнікоў кіраўнікамі",
}
_ADJECTIVAL: Final = {
    "павераны": "паверанага паверанаму павераным павераным павераныя павераных паверанымі",
    "упаўнаважаны": "упаўнаважанага упаўнаважанаму упаўнаважаным упаўнаважаным упаўнаважаныя"
    " упаўнаважаных упаўнаважанымі",
    "вядучы": "вядучага вядучаму вядучым вядучым вядучыя вядучых вядучымі",
}
_CASES: Final = (
    ("g", False),
    ("d", False),
    ("i", False),
    ("l", False),
    ("n", True),
    ("g", True),
    ("i", True),
)


def _forms(noun: str) -> list[str]:
    if noun in _SPECIAL:
        return _SPECIAL[noun].split()
    if noun.endswith("я"):
        return [noun[:-1] + ending for ending in ("і", "і", "ёй", "і", "і", "яў", "ямі")]
    if noun.endswith("а"):
        stem = noun[:-1]
        dative = (
            stem[:-1] + "цы" if stem.endswith("к") else stem + ("ы" if stem.endswith("ц") else "е")
        )
        plural = stem + ("і" if stem.endswith("к") else "ы")
        return [plural, dative, stem + "ай", dative, plural, stem, stem + "амі"]
    stem = noun[:-1] if noun[-1] == "ь" else noun
    if noun[-1] == "ь":
        return [stem + ending for ending in ("я", "ю", "ем", "ю", "і", "яў", "ямі")]
    many = "і" if stem[-1] in "кгх" else "ы"
    return [stem + ending for ending in ("а", "у", "ам", "у", many, "аў", "амі")]


@cache
def heads() -> dict[str, HeadForm]:
    """Every form of the post nouns; where two cases share a form, the nominative goes first."""
    forms: dict[str, HeadForm] = {}
    nouns = (*words("posts", "belarusian_men"), *words("posts", "belarusian_women"))
    for noun in (*nouns, *_SPECIAL, *_ADJECTIVAL):
        declined = _ADJECTIVAL[noun].split() if noun in _ADJECTIVAL else _forms(noun)
        forms.setdefault(noun, HeadForm(noun, "n", False))
        for (case, plural), form in zip(_CASES, declined, strict=True):
            forms.setdefault(form, HeadForm(noun, case, plural))
        if noun.endswith(("ік", "ак")):
            forms.setdefault(noun + "ом", HeadForm(noun, "i", False))
        if noun == "старшыня":
            forms.setdefault("старшынём", HeadForm(noun, "i", False))
            forms.setdefault("старшыню", HeadForm(noun, "g", False))
    return forms


_ADJECTIVE: Final = re.compile(
    r"(?:ы|і|ага|яга|аму|яму|ым|ім|ая|яя|ай|яй|ую|юю|ыя|ія|ых|іх|ымі|імі|ой)$"
)
_VERB: Final = re.compile(
    r"(?:[аоуі]ваў|[аы]заў|[іы]саў|ехаў|ведаў|радаў|ымаў|няў|дзяў|чаў|ляў|стаў|[іы]ў|[ыіа]ла|[аіы]лі|эла|цца|юць|уць|[аяу]е|ся|іў)$"
)
_STOP: Final = frozenset(
    [
        "што",
        "які",
        "якая",
        "якое",
        "якія",
        "каб",
        "калі",
        "але",
        "ды",
        "як",
        "пра",
        "ад",
        "да",
        "для",
        "без",
        "над",
        "перад",
        "паміж",
        "пасля",
        "праз",
        "сёння",
        "учора",
        "ўчора",
        "таксама",
        "сказаў",
        "дадаў",
        "прымаў",
        "прыняў",
        "наведаў",
        "паабяцаў",
        "назваў",
        "прывёў",
        "узначаліў",
        "даслаў",
        "уручаў",
        "перадаў",
        "запэўніў",
        "з",
        "са",
        "ж",
        "бы",
        "не",
        "ні",
        "гэта",
        "так",
        "там",
        "тут",
        "яго",
        "яе",
        "іх",
        "сам",
        "сама",
        "разам",
        "аб",
        "аднак",
    ]
)


def is_adjective(word: str) -> bool:
    """Whether the word ends like a Belarusian adjective."""
    return bool(_ADJECTIVE.search(word.lower()))


_AGREEING: Final = {
    "n": r"(?:(?<!л)[ыі]|ая|яя)$",
    "g": r"(?:[ая]га|[ао]й|яй)$",
    "d": r"(?:[ая]му|[ао]й|яй)$",
    "i": r"(?:[ыі]м|[ао]й|яй)$",
    "l": r"(?:[ыі]м|[ао]й|яй)$",
}


def agrees(word: str, case: str, *, feminine: bool) -> bool:
    """Whether a word is an adjective in the case (n, g, d, i, l) of the singular post behind it."""
    lower = word.lower()
    if lower in heads() or len(lower) < 4 or not may_complement(lower):
        return False
    if case == "n" and lower.endswith(("ая", "яя")) != feminine:
        return False
    return bool(re.search(_AGREEING[case], lower))


def may_complement(word: str) -> bool:
    """Whether a lower-case word can stand between a post and a name: no verb, no particle."""
    return word not in _STOP and not _VERB.search(word)


def adjective_nominative(word: str, feminine: bool) -> str:
    """The nominative of an adjective before a post: «першым» → «першы», fem. «першая»."""
    lower = word.lower()
    for ending in (
        "ага",
        "яга",
        "аму",
        "яму",
        "ым",
        "ім",
        "ай",
        "яй",
        "ую",
        "юю",
        "ых",
        "іх",
        "ымі",
        "імі",
        "ыя",
        "ія",
    ):
        if lower.endswith(ending):
            stem = word[: len(word) - len(ending)]
            if ending in {"ай", "яй", "ую", "юю"} or feminine:
                return stem + ("яя" if ending in {"яй", "юю"} else "ая")
            return stem + ("і" if stem[-1:].lower() in "кгх" or ending[0] in "яі" else "ы")
    return word


def decline(noun: str, gender: str) -> list[tuple[str, str]]:
    """The singular forms of an inanimate noun with their cases; locatives in -е and -у both."""
    if noun.endswith("ства") or (gender == "n" and noun.endswith("а")):
        stem = noun[:-1]
        return [("g", noun), ("d", stem + "у"), ("i", stem + "ам"), ("l", stem + "е")]
    if gender == "n":
        stem = noun[:-1]
        return [("g", stem + "я"), ("d", stem + "ю"), ("i", stem + "ем"), ("l", stem + "і")]
    if noun.endswith("я"):
        stem = noun[:-1]
        return [("g", stem + "і"), ("a", stem + "ю"), ("i", stem + "яй")]
    if noun.endswith("а"):
        stem = noun[:-1]
        soft = {"к": "цы", "г": "зе", "х": "се"}.get(stem[-1])
        dative = stem[:-1] + soft if soft else stem + "е"
        dative = stem[:-1] + "це" if stem.endswith("т") else dative
        return [
            ("g", stem + ("і" if stem[-1] in "кгх" else "ы")),
            ("d", dative),
            ("a", stem + "у"),
            ("i", stem + "ай"),
        ]
    if noun[-1] in "йь":
        stem = noun[:-1]
        return [("g", stem + "я"), ("d", stem + "ю"), ("i", stem + "ем"), ("l", stem + "і")]
    stem = noun[:-1] + "в" if noun.endswith("ў") else noun
    soft = stem[:-1] + "це" if stem.endswith("т") else stem + "е"
    return [("g", stem + "а"), ("g", stem + "у"), ("i", stem + "ам"), ("l", soft)]
