"""Case forms of names of places and peoples, by rules on their endings.

A word is given as its root and the endings it can have. The rules give too many endings rather than
too few: a form that no text has does no harm. Forms are in lower case, with е for ё.
"""

from __future__ import annotations

import re
from functools import cache

from cooperation.spoken import Language

# Ending of the nominative: letters to cut, endings to add. The first that fits holds.
_RUSSIAN_NOUN = (
    ("ия", 1, "я и ю ей ею й ям ями ях"),
    ("ья", 1, "я и ю е ей ёй ею"),
    ("я", 1, "я и е ю ей ею"),
    ("а", 1, "а ы и е у ой ою ей"),
    ("ецк", 0, " а у ом е"),
    ("ые", 2, "ые ых ым ыми"),
    ("ие", 2, "ие их им ими ия ию ием ии"),
    ("ье", 1, "е я ю ем и"),
    ("ое", 2, "ое ого ому ым ом"),
    ("ство", 1, "о а у ом е"),
    ("ово", 1, "о а у ом е"),
    ("ево", 1, "о а у ом е"),
    ("но", 1, "о а у ом е"),
    ("ро", 1, "о"),
    ("ы", 1, "ы  ов ам ами ах"),
    ("ьи", 1, "и ев ям ями ях"),
    ("и", 1, "и  ей ов ам ами ах ям ями ях"),
    ("ь", 1, "ь и ью я ю ем ём е ей ям ями ях"),
    ("й", 1, "й я ю ем е и"),
    ("ец", 2, "ец ца цу цем цом це цы цев цов цам цами цах йца йцу йцем йце"),
    ("анин", 2, "ин ина ину ином ине е  ам ами ах"),
    ("янин", 2, "ин ина ину ином ине е  ам ами ах"),
    ("ёк", 2, "ёк ька ьку ьком ьке"),
)
_RUSSIAN_HARD = " а у ом ем е ы и ов ев ам ами ах"
_RUSSIAN_ADJECTIVE = (
    "ий ый ой ая яя ое ее ие ые ого его ому ему ым им ую юю ых их ыми ими ом ем ей ою ею"
)
_BELARUSIAN_NOUN = (
    ("ія", 1, "я і ю яй яю й ям ямі ях"),
    ("ыя", 1, "я і ю яй яю й"),
    ("ка", 2, "ка кі ку кай каю цы ак каў кам камі ках"),
    ("га", 2, "га гі гу гай гаю зе"),
    ("да", 2, "да ды ду дай даю дзе"),
    ("та", 2, "та ты ту тай таю це"),
    ("ха", 2, "ха хі ху хай хаю се"),
    ("а", 1, "а ы і е у ой ай аю ою ом ам"),
    ("я", 1, "я і ю яй ёй яю ёю е ям ямі ях"),
    ("ае", 2, "ае ага аму ым"),
    ("ое", 2, "ое ога ому ым"),
    ("лле", 1, "е я ю ем і"),
    ("шша", 1, "а у ам ы"),
    ("е", 1, "е я ю ем і"),
    ("ы", 1, "ы аў ам амі ах"),
    ("і", 1, "і аў яў ям ямі ях ам амі ах"),
    ("сь", 1, "ь і сю ю я ем"),
    ("ць", 2, "ць ці цю ццю"),
    ("ь", 1, "ь і ю я ем ем і ю"),
    ("й", 1, "й я ю ем і"),
    ("аў", 1, "ў ва ву вам ве"),
    ("еў", 1, "ў ва ву вам ве"),
    ("оў", 1, "ў ва ву вам ве"),
    ("ёў", 1, "ў ва ву вам ве"),
    ("ец", 2, "ец ца цу цам цы цаў цамі цах йца йцу йцам йцы йцаў"),
    ("ац", 2, "ац ца цу цам цы цаў цамі цах"),
    ("анін", 2, "ін іна іну інам іне е  аў ам амі ах"),
    ("янін", 2, "ін іна іну інам іне е  аў ам амі ах"),
    ("т", 1, "т та ту там це ты таў тамі тах"),
    ("д", 1, "д да ду дам дзе ды даў дамі дах"),
)
_BELARUSIAN_HARD = " а у ам ом е ы і аў амі ах"
_BELARUSIAN_ADJECTIVE = (
    "і ы ая яя ае яе ое ія ыя ага яга ога аму яму ому ім ым ую юю іх ых імі ымі ай яй ой аю яю ою"
)
_ADJECTIVE_ENDING = {
    "ru": re.compile("(?:ий|ый|ой|ая|яя|ое|ее|ие|ые)$"),
    "be": re.compile("(?<=[цскнвдртлм])(?:і|ы|ая|яя|ае|яе|ое|ыя|ія)$"),
}
_ADJECTIVE_FORMS = {
    "ru": frozenset(_RUSSIAN_ADJECTIVE.split()),
    "be": frozenset(_BELARUSIAN_ADJECTIVE.split()),
}
_ADJECTIVAL_NOUN = re.compile("(?:[ыи]й|ая|ое|ае)$")
_FLEETING = {
    "ru": re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[оеё](?=[кл]$)"),
    "be": re.compile(r"(?<=[бвгджзклмнпрстфхцчшў])[ао](?=к$)"),
}


Paradigm = tuple[str, frozenset[str]]
"""A root and the endings it takes."""

LONGEST_ENDING = 5


def fold(word: str) -> str:
    """The spelling under which names are compared: lower case, е for ё, one apostrophe."""
    return word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def adjective(word: str, language: Language) -> Paradigm:
    """An adjective given in the nominative."""
    word = fold(word)
    if language == "en":
        return (word, _ALONE)
    root = _ADJECTIVE_ENDING[language].sub("", word)
    return (root, _ALONE if root == word else _ADJECTIVE_FORMS[language])


def compound_half(word: str, language: Language) -> str:
    """What an adjective looks like in front of another: «курско», «беларуска»."""
    root = _ADJECTIVE_ENDING[language].sub("", fold(word))
    return root + ("о" if language == "ru" else "а")


def noun(word: str, language: Language) -> tuple[Paradigm, ...]:
    """A noun given in the nominative; singular, and plural where names have one."""
    word = fold(word)
    if language == "en":
        return ((word, _ENGLISH),)
    rules = _RUSSIAN_NOUN if language == "ru" else _BELARUSIAN_NOUN
    for ending, cut, endings in rules:
        if word.endswith(ending):
            return ((word[: len(word) - cut], _endings(endings)),)
    hard = _endings(_RUSSIAN_HARD if language == "ru" else _BELARUSIAN_HARD)
    return tuple((root, hard) for root in {word, _FLEETING[language].sub("", word)})


def word_forms(word: str, language: Language) -> tuple[Paradigm, ...]:
    """A word of a name of several words: adjective or noun by its ending."""
    folded = fold(word)
    if language == "en":
        return noun(word, "en")
    if len(word) == 1 or not word[0].isalpha():
        return ((folded, _ALONE),)
    if _ADJECTIVE_ENDING[language].search(folded):
        return (adjective(word, language), *noun(word, language))
    return noun(word, language)


def name_forms(name: str, language: Language) -> list[tuple[Paradigm, ...]]:
    """The words of a name, in order; ``!`` behind it marks one without case forms."""
    if name.endswith("!"):
        return [((fold(word), _ALONE),) for word in _pieces(name[:-1])]
    words = _pieces(name)
    if len(words) == 1 and _ADJECTIVAL_NOUN.search(fold(words[0])):
        return [word_forms(words[0], language)]
    return (
        [noun(words[0], language)]
        if len(words) == 1
        else [word_forms(word, language) for word in words]
    )


def fits(word: str, paradigms: tuple[Paradigm, ...]) -> bool:
    """Whether a folded word is a form of one of the paradigms."""
    return any(word.startswith(root) and word[len(root) :] in ends for root, ends in paradigms)


def _pieces(name: str) -> list[str]:
    return re.findall(r"[\w'’ʼ]+(?:-[\w'’ʼ]+)*|[^\w\s]", name)


@cache
def _endings(listed: str) -> frozenset[str]:
    return frozenset(fold(ending) for ending in listed.split(" "))


_ALONE = frozenset({""})
_ENGLISH = frozenset({"", "'s"})
