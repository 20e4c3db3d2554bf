"""Names of people in Russian and Belarusian text, each with its readings by case and gender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cooperation.persons.found_name import FoundName
from cooperation.persons.given_names import FAMILY_NAME_FIRST, NameForm
from cooperation.persons.name_words import (
    SLAVIC_FAMILY,
    given_readings,
    is_common,
    is_patronymic,
    is_place,
    may_be_family,
)
from cooperation.persons.post_words import head_of_post

_WORD: Final = r"[А-ЯЁІЎ][а-яёіў\xad']*(?:-[А-ЯЁІЎа-яёіў][а-яёіў\xad']*)*"
_PART: Final = rf"(?:(?:аль|эль|ад|ас|ибн|бен)-{_WORD}|{_WORD})"
_WITH_PARTICLE: Final = rf"(?:(?:бин|ибн|бен|ван|фон|дер|де|ди|да|дос|дэ)[ ])*{_PART}"
_PARTICLED: Final = re.compile(_WITH_PARTICLE)
_RUN: Final = re.compile(rf"(?<![\w-]){_PART}(?:[ ]{_WITH_PARTICLE})+(?!\w)")
_NOT_FAMILIES: Final = frozenset({"И", "У", "Се", "До", "Ле", "На"})
_INITIALS: Final = r"(?P<initials>[А-ЯЁІЎ]\.(?:[ ]?[А-ЯЁІЎ]\.)?)"
_FAMILY: Final = r"(?P<family>[А-ЯЁІЎ][а-яёіў']+(?:-[А-ЯЁІЎ][а-яёіў']+)?)"
_INITIALS_FIRST: Final = re.compile(rf"(?<!\w){_INITIALS}[ ]?{_FAMILY}(?!\w)")
_INITIALS_LAST: Final = re.compile(rf"(?<!\w){_FAMILY}[ ]{_INITIALS}(?!\w)")
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
_WOMANS_PATRONYMIC: Final = re.compile(r"(?:[оеё]вн|ичн|[аеоё]ўн)(?:а|ы|е|у|ой|ай)$")
_SURELY_SLAVIC: Final = re.compile(
    r"(?:[оеё]в[аыуе]?|[оеё]вой|[оеё]вым|[сц]кий|[сц]кая|[сц]кой|енко|евич|ович|ўна|вна|[аоеё]ў|іч)$"
)
_FAMILY_OF_ANY_CASE: Final = re.compile(rf"(?:{SLAVIC_FAMILY.pattern}|[иы]х$)")
_GEO_NOUN: Final = re.compile(
    r"(?:провинци|област|район|город|республик|округ|край|кра[яею]|штат|вобласц|раён|горад|рэспублік|правінцы|уезд"
    r"|остров|посёл|посел|деревн|вёсц|губерни|префектур|муниципал|акруг|земл|княжеств|королевств|порт)\w*\s+$",
    re.IGNORECASE,
)


def find_names(plain: str, language: str) -> Iterator[FoundName]:
    """The names in a normalised text, in no particular order; unsure ones need other evidence."""
    for pattern in (_INITIALS_FIRST, _INITIALS_LAST):
        for match in pattern.finditer(plain):
            if pattern is _INITIALS_LAST and _INITIALS_FIRST.match(plain, match.start("initials")):
                continue
            if not _names_a_thing(plain, match.start()):
                initials = match["initials"].replace(" ", "")
                yield FoundName(match.start(), match.end(), match["family"], initials=initials)
    for match in _RUN.finditer(plain):
        if _names_a_thing(plain, match.start()):
            continue
        run = [(m.start(), m.group()) for m in _PARTICLED.finditer(plain, *match.span())]
        yield from _in_run(run, plain, language)


def _names_a_thing(plain: str, start: int) -> bool:
    """Whether the name is that of a street, a school, a cup: «имени Янки Купалы»."""
    return _NAMED_AFTER.search(plain, max(0, start - 14), start) is not None


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
        and first not in _NOT_FAMILIES
    ):
        count = 3 if third and len(third) <= 5 and not is_place(third, language) else 2
        return _found(
            words[:count], words[0][1], [w for _, w in words[1:count]], [], keep_order=True
        )
    if given:
        return _after_given(words, given, language)
    turned = given_readings(second, language)
    if not turned or (third and not _PATRONYMIC.search(third)):
        return None
    if third and head_of_post(first, language):
        return None  # «Повар Галина Тихоновна»
    if (third and is_patronymic(third, language)) or may_be_family(first, language):
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
    rest = words
    while len(rest) > 2 and is_place(rest[-1][1], language):
        rest = rest[:-1]
    while rest and _leads_up(rest, plain, language):
        rest = rest[1:]
    if len(rest) > 4:
        rest = rest[-2:]
    if len(rest) < 2 or any(is_common(word, language) for _, word in rest[:-1]):
        return
    if _WOMANS_PATRONYMIC.search(rest[-1][1]):
        return
    name = _found(rest, rest[-1][1], [word for _, word in rest[:-1]], [])
    name.sure = False
    yield name


def _leads_up(words: list[tuple[int, str]], plain: str, language: str) -> bool:
    """Whether the first of the words is a place or an ordinary word in front of a name."""
    start, word = words[0]
    if is_place(word, language) or is_common(word, language):
        return True
    return len(words) > 2 and _GEO_NOUN.search(plain, max(0, start - 20), start) is not None
