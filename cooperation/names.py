"""Names of people in Russian and Belarusian text, each with its readings by case and gender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cooperation.belarusian_posts import heads
from cooperation.given_names import FAMILY_NAME_FIRST, NameForm, belarusian_names
from cooperation.name_cases import family_name, may_stand_in, never_changes
from cooperation.russian import nominative, readings

_WORD: Final = r"[А-ЯЁІЎ][а-яёіў\xad']*(?:-[А-ЯЁІЎа-яёіў][а-яёіў\xad']*)*"
_PART: Final = rf"(?:(?:аль|эль|ад|ас|ибн|бен)-{_WORD}|{_WORD})"
_RUN: Final = re.compile(
    rf"(?<![\w-]){_PART}(?:[ ](?:(?:бин|ибн|бен|ван|фон|дер|де|ди|да|дос|дэ)[ ])*{_PART})+(?![\w])"
)
_INITIALS_FIRST: Final = re.compile(
    r"(?<!\w)(?P<initials>[А-ЯЁІЎ]\.(?:[ ]?[А-ЯЁІЎ]\.)?)[ ]?(?P<family>[А-ЯЁІЎ][а-яёіў']+(?:-[А-ЯЁІЎ][а-яёіў']+)?)(?!\w)"
)
_INITIALS_LAST: Final = re.compile(
    r"(?<!\w)(?P<family>[А-ЯЁІЎ][а-яёіў']+(?:-[А-ЯЁІЎ][а-яёіў']+)?)[ ](?P<initials>[А-ЯЁІЎ]\.(?:[ ]?[А-ЯЁІЎ]\.)?)(?!\w)"
)
_NAMED_AFTER: Final = re.compile(
    r"(?:имени|им\.|імя|ул\.|улиц[аыуе]|вул\.|вуліц[аыуэ]|проспект[ае]?|пр-т|памяти|памяці|кубк[аеу]|приз[аеу]?"
    r"|мемориал[ае]?|площад[ьи]|пер\.|парк[ае]?)\s+\"?$",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(
    r"(?:[оеё]вич|[оеё]вич(?:а|у|ем|е)|[оеё]вн(?:а|ы|е|у|ой)|ич(?:на|ны|не|ну|ной)|(?:иль|фом|кузьм|лук)ич(?:а|у|ем|е)?"
    r"|авіч(?:а|у|ам|у)?|евіч(?:а|у|ам)?|[аеоё]ўн(?:а|ы|е|у|ай)|оглы|кызы|угли|уулу)$",
    re.IGNORECASE,
)
_SLAVIC_FAMILY: Final = re.compile(
    r"(?:[оеёаэ][вў]|[иіы]н|[сц]кий|[сц]кі|[оеёаэ]в[аыуе]|[оеё]вой|авай|евай|[иіы]н[аыуе]|иной|інай|[сц]к(?:ая|ой|ую"
    r"|ого|ому|им|ага|аму|ім|ай)|[иіоеы]ч(?:[ауе]|[еа]м)?|енко|енка|енкі|анка|[уюа]к|[уюа]к(?:а|у|ом)|[оеё]вым|евым"
    r"|авым|[иы]ным|ко|ец|ёнак|онак)$"
)
_SURELY_SLAVIC: Final = re.compile(
    r"(?:[оеё]в[аыуе]?|[оеё]вой|[оеё]вым|[сц]кий|[сц]кая|[сц]кой|енко|евич|ович|ўна|вна|[аоеё]ў|іч)$"
)
_FAMILY_OF_ANY_CASE: Final = re.compile(rf"(?:{_SLAVIC_FAMILY.pattern}|[иы]х$)")
_GEO_NOUN: Final = re.compile(
    r"(?:провинци|област|район|город|республик|округ|край|кра[яею]|штат|вобласц|раён|горад|рэспублік|правінцы|уезд"
    r"|остров|посёл|посел|деревн|вёсц|губерни|префектур|муниципал|акруг|земл|княжеств|королевств|порт)\w*\s+$",
    re.IGNORECASE,
)
_CASE_OF_PREPOSITION: Final = {
    **dict.fromkeys(["с", "со", "з", "са", "между", "перед", "над"], "i"),
    **dict.fromkeys(
        [
            "для",
            "от",
            "у",
            "из",
            "без",
            "после",
            "до",
            "ад",
            "з-за",
            "кроме",
            "вокруг",
            "против",
            "пасля",
            "ля",
        ],
        "g",
    ),
    **dict.fromkeys(["к", "ко", "да"], "d"),
    **dict.fromkeys(["о", "об", "при", "аб", "пры"], "l"),
}


@dataclass(slots=True)
class FoundName:
    """A name in the text, ``text[start:end]``; ``sure`` where the words alone tell that it is one."""

    start: int
    end: int
    family: str
    given: tuple[str, ...] = ()
    initials: str = ""
    sure: bool = True
    keep_order: bool = False
    options: list[NameForm] = field(default_factory=list)

    def in_nominative(self, language: str, case: str | None, governor: str) -> str:
        """«Фамилия Имя» in the nominative.

        ``case`` is that of a post right before the name, None if there is none; ``governor`` the
        word before the name, in lower case.
        """
        if self.keep_order:
            last = given_name(self.given[-1], "m", case or "n", language)
            return " ".join([self.family, *self.given[:-1], last])
        if self.initials:
            return f"{self._family_with_initials(language, case, governor)} {self.initials}"
        chosen = self._reading(language, case, governor)
        family = family_name(self.family, chosen.gender, chosen.case, language)
        given = [chosen.nominative]
        given += [given_name(word, chosen.gender, chosen.case, language) for word in self.given[1:]]
        return " ".join([family, *given])

    def _family_with_initials(self, language: str, case: str | None, governor: str) -> str:
        case = case or _CASE_OF_PREPOSITION.get(governor, "")
        lower = self.family.lower()
        if not case:
            if re.search(r"(?:[оеё]вым|[сц]ким|ичем|[иы]ным|авым|евым|[сц]кім|ічам)$", lower):
                case = "i"
            elif governs_genitive(governor, language):
                case = "g"
        feminine = re.search(r"(?:ой|ей|ай|яй|скую|[оеё]ву|ину|[^оеёая]ю)$", lower)
        return family_name(self.family, "f" if feminine else "m", case or "n", language)

    def _reading(self, language: str, case: str | None, governor: str) -> NameForm:
        expected = case or _CASE_OF_PREPOSITION.get(governor)
        if not expected and governs_genitive(governor, language):
            expected = "g"
        options = self.options or _guessed(self.given[0], self.family, expected or "n", language)

        def weight(option: NameForm) -> float:
            score = 1.5 if option.case == "n" else 0.0
            if expected:
                same = option.case == expected or (option.case + expected in {"ag", "ga"})
                score += 4.0 if same else 0.0
            return score + (3.0 if may_stand_in(self.family, option.gender, option.case) else 0.0)

        return max(options, key=weight)


def find_names(plain: str, language: str) -> Iterator[FoundName]:
    """The names in a normalised text, in no particular order; unsure ones need other evidence."""
    for pattern in (_INITIALS_FIRST, _INITIALS_LAST):
        for match in pattern.finditer(plain):
            if pattern is _INITIALS_LAST and _INITIALS_FIRST.match(plain, match.start("initials")):
                continue
            if not _NAMED_AFTER.search(plain, max(0, match.start() - 14), match.start()):
                initials = match["initials"].replace(" ", "")
                yield FoundName(match.start(), match.end(), match["family"], initials=initials)
    for match in _RUN.finditer(plain):
        if _NAMED_AFTER.search(plain, max(0, match.start() - 14), match.start()):
            continue
        words = [
            (m.start() + match.start(), m.group()) for m in re.finditer(_PARTICLED, match.group())
        ]
        yield from _in_run(words, plain, language)


_PARTICLED: Final = rf"(?:(?:бин|ибн|бен|ван|фон|дер|де|ди|да|дос|дэ)[ ])*{_PART}"


def _in_run(words: list[tuple[int, str]], plain: str, language: str) -> Iterator[FoundName]:
    index, found = 0, False
    while index < len(words) - 1:
        name = _at(words[index:], language)
        if name is None:
            index += 1
            continue
        found = True
        yield name
        index = next((i for i, (start, _) in enumerate(words) if start >= name.end), len(words))
    if not found:
        yield from _unsure(words, plain, language)


def _at(words: list[tuple[int, str]], language: str) -> FoundName | None:
    """The name that begins with the first of the words, if that is certain from the words alone."""
    (start, first), (_, second) = words[0], words[1]
    third = words[2][1] if len(words) > 2 else ""
    given = given_readings(first, language)
    if (
        first in FAMILY_NAME_FIRST
        and not _SURELY_SLAVIC.search(second)
        and not _is_function_word(first)
    ):
        count = 3 if third and len(third) <= 5 and not is_place(third, language) else 2
        return _found(
            words[:count], words[0][1], [w for _, w in words[1:count]], [], keep_order=True
        )
    if given:
        return _after_given(words, given, language)
    turned = given_readings(second, language)
    if not turned or third and not _PATRONYMIC.search(third):
        return None
    if third and is_patronymic(third, language) or _may_be_family(first, language):
        end, last = words[2 if third else 1]
        return FoundName(start, end + len(last), first, (second,), options=turned)
    return None


def _after_given(
    words: list[tuple[int, str]], given: list[NameForm], language: str
) -> FoundName | None:
    """The name whose first word is a known given name."""
    (_, first), (_, second) = words[0], words[1]
    third = words[2][1] if len(words) > 2 else ""
    if _PATRONYMIC.search(second):
        if third:
            return _found(words[:3], third, [first], given)
        if not re.search("[ивіў]ч", second):
            return None  # «Галина Тихоновна»: no family name
        name = _found(words[:2], second, [first], given)
        # «Павел Сергеевич» may be both: it needs a post.
        name.sure = not is_patronymic(second, language) or all(r.gender == "f" for r in given)
        return name
    if third and given_readings(second, language) and not is_common(third, language):
        return _found(words[:3], third, [first, second], given)
    name = _found(words[:2], second, [first], given)
    name.sure = not is_common(second, language) or bool(_FAMILY_OF_ANY_CASE.search(second))
    return None if is_place(second, language) else name


@lru_cache(maxsize=20_000)
def is_patronymic(word: str, language: str) -> bool:
    """Whether the word is surely a patronymic, not a family name in -ович."""
    return language == "ru" and any(r.known and r.name == "Patr" for r in readings(word))


def _is_function_word(word: str) -> bool:
    return word in {"И", "У", "Се", "До", "Ле", "На"}


def _found(
    words: list[tuple[int, str]],
    family: str,
    given: list[str],
    options: list[NameForm],
    *,
    keep_order: bool = False,
) -> FoundName:
    end = words[-1][0] + len(words[-1][1])
    return FoundName(words[0][0], end, family, tuple(given), options=options, keep_order=keep_order)


def _unsure(words: list[tuple[int, str]], plain: str, language: str) -> Iterator[FoundName]:
    """Two to four capitalised words that could be a name, without places in front."""
    first = 0
    while first < len(words) and (
        is_place(words[first][1], language)
        or is_common(words[first][1], language)
        or len(words) - first > 2
        and _GEO_NOUN.search(plain, max(0, words[first][0] - 20), words[first][0])
    ):
        first += 1
    rest = words[first:]
    if len(rest) > 4:
        rest = rest[-2:]
    if len(rest) < 2 or any(is_common(word, language) for _, word in rest[:-1]):
        return
    name = _found(rest, rest[-1][1], [word for _, word in rest[:-1]], [])
    name.sure = False
    yield name


@lru_cache(maxsize=20_000)
def given_readings(word: str, language: str) -> list[NameForm]:
    """The readings of a word as a known given name; an empty list for any other word."""
    if language == "be" and (found := belarusian_names().get(word)):
        return list(found)
    if language == "be" and re.search("[іў]", word.lower()):
        return []
    return [
        NameForm(
            nominative(word, r.case, part="NOUN", gender=r.gender) if r.case != "n" else word,
            r.gender,
            r.case,
        )
        for r in readings(word)
        if r.known and r.name == "Name" and not r.plural and r.case and r.gender in {"m", "f"}
    ]


def given_name(word: str, gender: str, case: str, language: str) -> str:
    """The nominative of a given name that is in no list."""
    for reading in given_readings(word, language):
        if reading.gender == gender and reading.case == case:
            return reading.nominative
    return _guessed(word, "", case, language)[0].nominative


def _guessed(first: str, family: str, case: str, language: str) -> list[NameForm]:
    lower = first.lower()
    endings = {
        "g": ("а", "я"), "a": ("а", "я"), "d": ("у", "ю"), "i": ("ом", "ем", "ам", "ём"), "l": ("е",),
    }.get(case, ())  # fmt: skip
    for ending in () if never_changes(first) else endings:
        stem = first[: len(first) - len(ending)]
        if lower.endswith(ending) and re.search("[аеёиоуыэюяі]", stem.lower()):
            soft = ending in {"я", "ю", "ем", "ём"}
            return [
                NameForm(
                    stem + ("" if not soft else "й" if stem[-1] in "аеоуыи" else "ь"), "m", case
                )
            ]
    woman = re.search(
        r"(?:[оеё]в[аоуы]й?|евай|авай|[сц]к(?:ая|ой|ай|ую)|[иі]н(?:а|ой|ай))$", family.lower()
    )
    return [
        NameForm(
            first,
            "f" if woman else "m",
            case if case == "n" or woman or lower[-1] in "иоуеэі" else "n",
        )
    ]


def governs_genitive(word: str, language: str) -> bool:
    """Whether a word before a name is a noun that the name hangs on: «словам», «визит»."""
    if not word or not word.islower():
        return False
    if language == "be":
        return word in {
            "словах",
            "словам",
            "размова",
            "удзелам",
            "кіраўніцтвам",
            "старшынствам",
            "візіт",
            "візіце",
        }
    found = readings(word)
    return bool(found) and found[0].part == "NOUN" and not found[0].animate


@lru_cache(maxsize=20_000)
def is_common(word: str, language: str) -> bool:
    """Whether a capitalised word is an ordinary one (sentence start, organisation), not a name."""
    lower = word.lower()
    if language == "be":
        return (
            lower in _BELARUSIAN_COMMON
            or lower in heads()
            or bool(re.search(r"(?:ага|аму|ыя|ых|ымі|асць|цыі|цыя|ства|анне|энне)$", lower))
        )
    found = readings(word)
    if not found or not any(r.known for r in found):
        return False
    if any(r.name in {"Name", "Surn", "Patr"} and r.known for r in found):
        return False
    return not _SLAVIC_FAMILY.search(word) or found[0].part in {
        "ADJF",
        "PREP",
        "CONJ",
        "NPRO",
        "VERB",
        "ADVB",
    }


_BELARUSIAN_COMMON: Final = frozenset(
    [
        "міністр",
        "міністра",
        "міністрам",
        "намеснік",
        "старшыня",
        "дырэктар",
        "пасол",
        "пасла",
        "паслом",
        "прэзідэнт",
        "рэспублікі",
        "рэспубліка",
        "беларусі",
        "беларусь",
        "савет",
        "савета",
        "міністэрства",
        "міністэрстве",
        "расіі",
        "украіны",
        "польшчы",
        "латвіі",
        "літвы",
        "кітая",
        "германіі",
        "камітэт",
        "камітэта",
        "вобласці",
        "раён",
        "раёна",
        "дэпартамента",
        "дэпартамент",
        "дні",
        "дзень",
        "на",
        "па",
        "пра",
        "для",
        "гэта",
        "як",
        "што",
        "такія",
        "калі",
        "у",
        "ў",
        "і",
        "першы",
        "намесніка",
        "губернатар",
        "цэнтр",
        "цэнтра",
        "дом",
        "дома",
        "парк",
        "музей",
        "акадэмія",
        "акадэміі",
        "універсітэт",
        "універсітэта",
    ]
)


@lru_cache(maxsize=20_000)
def is_place(word: str, language: str) -> bool:
    """Whether the dictionary has the word as a place and as nothing else."""
    if language == "be":
        return word.lower() in _BELARUSIAN_COMMON
    found = [r for r in readings(word) if r.known]
    return any(r.name == "Geox" for r in found) and not any(
        r.name in {"Name", "Surn"} for r in found
    )


def _may_be_family(word: str, language: str) -> bool:
    return bool(_SLAVIC_FAMILY.search(word)) or not (
        is_common(word, language) or is_place(word, language)
    )
