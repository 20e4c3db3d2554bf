"""Quoted names that stand alone or behind a legal form: «Белпочта», ОАО «Промсвязь»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.organizations.mentions import Found, Line
from cooperation.organizations.words import (
    APPOSITIONS,
    ENDINGS,
    EVENT,
    LEGAL,
    MEDIA,
    PRODUCTS,
    head_noun,
)
from cooperation.persons import belarusian_posts
from cooperation.russian import Reading, nominative, readings

_SUFFIXED: Final = re.compile(
    r"^(?:Бел|Бела|Рос|Гродно|Гомель|Могил|Магіл|Брест|Витеб|Віцеб|Минск|Мінск|Каз|Узб|Аз|Таджик)"
    r"[а-яёіў]{3,}|(?:маш|телеком|тэлекам|почт|пошт|пром|авиа|строй|энерго|нафт|нефт|хим|хім|связ"
    r"|сувяз|банк|газ|торг|агро|продукт|вод|лес|рыб|мясо|молоко|медпрепарат|фарм|шин|шын|лифт|ліфт)"
    r"[а-яёіў]{0,5}$"
)
_INSIDE: Final = re.compile(r"(?:^|\s)(?:на|в|во|у|ў|о|об|аб|пра)\s$")
_SPOKEN: Final = re.compile(r"\s*,?\s*–\s*(?:сказал|отмет|говор|пояс|поде|сооб)")
_WRITES: Final = re.compile(r"(?:переда[её]т|пишет|цитирует|перадае|піша)\s+$")  # the media
_LEGAL_INSIDE: Final = re.compile(r"^(?:ОАО|ООО|ЗАО|РУП|АО)\s+")
_MOST_WORDS: Final = 6
_CYRILLIC_WORD: Final = re.compile(r"[А-Яа-яЁёІіЎў'-]+")


def quoted(line: Line) -> list[Found]:
    """The quotations of a line that read as names of organisations, in the nominative."""
    found = []
    for index, token in enumerate(line.tokens):
        if not token.is_quotation or not line.is_free(token.start, token.end):
            continue
        name = _name(line, index)
        if name:
            found.append(Found(name, line.field, token.start, token.end))
    return found


def _name(line: Line, index: int) -> str:
    token = line.tokens[index]
    content = token.text.strip('"').strip().replace("\xad", "")
    before = line.plain[max(0, token.start - 30) : token.start]
    if not _reads_as_name(content, line.plain[token.end : token.end + 20]):
        return ""
    if _WRITES.search(before) or PRODUCTS.search(content) or _is_an_object(content):
        return ""
    if EVENT.search(before) or MEDIA.search(content + before[-15:]):
        return ""
    declined = not LEGAL.fullmatch(line.word(index - 1) or " ") and not _generic_before(line, index)
    # «на «Славянском базаре»», «в «Дожинках»»: an event or a place rather than a body.
    if declined and _INSIDE.search(before) and not _SUFFIXED.search(content):
        return ""
    content = _LEGAL_INSIDE.sub("", content)
    return _in_nominative(content, line.language) if declined else content


@lru_cache(maxsize=20_000)
def _is_an_object(content: str) -> bool:
    """«Показали «Женитьбу»»: a common noun in the accusative is a work, not a body."""
    if " " in content or not content.endswith(("у", "ю")) or _SUFFIXED.search(content):
        return False
    found = [r for r in readings(content) if r.known]
    return bool(found) and all(r.part == "NOUN" and r.case == "a" for r in found[:1])


def _generic_before(line: Line, index: int) -> bool:
    """Whether the word before is a common noun, which bears the case in place of the name."""
    word = line.word(index - 1)
    if not word[:1].islower():
        return False
    if line.language == "be":
        return len(word) > 3 and belarusian_posts.may_complement(word)
    if head_noun(word, line.language) is not None:
        return True
    return any(r.part == "NOUN" and _lemma(word, r) in APPOSITIONS for r in readings(word)[:2])


def _lemma(word: str, r: Reading) -> str:
    return nominative(word, r.case, part="NOUN", plural=r.plural) if r.case else word


def _reads_as_name(content: str, after: str) -> bool:
    parts = content.split()
    if not parts or len(parts) > _MOST_WORDS or not content[0].isalnum() or content[0].islower():
        return False
    if re.search(r"[.!?,:;…]$|[,!?;]\s", content) or _SPOKEN.match(after):
        return False
    if len(parts) > 3 and re.match(r"\s?[–-]\s[а-яёіў]", after):
        return False
    return len(parts) == 1 or not any(_speaks(part) for part in parts)


@lru_cache(maxsize=20_000)
def _speaks(word: str) -> bool:
    """Whether a word of a quotation shows that it is speech, not a name."""
    found = readings(word)
    if word == "–" or not found:
        return word == "–"
    spoken = {"VERB", "INFN", "PRED", "GRND", "NPRO", "PRTS", "ADVB"}
    return found[0].known and found[0].part in spoken


def _in_nominative(content: str, language: str) -> str:
    parts = content.split()
    if len(parts) == 1:
        return one_word(content, language)
    if language == "be":
        return content
    at = next((i for i, w in enumerate(parts) if readings(w) and readings(w)[0].part == "NOUN"), 9)
    if at > 3 or any(r.case == "n" for r in readings(parts[at])[:2]):
        return content
    for r in readings(parts[at]):
        if r.part == "NOUN" and not r.plural and r.case not in {"", "n"}:
            changed = [nominative(w, r.case, gender=r.gender, part="ADJF") for w in parts[:at]]
            changed.append(nominative(parts[at], r.case, part="NOUN"))
            return " ".join([*changed, *parts[at + 1 :]])
    return content


@lru_cache(maxsize=20_000)
def one_word(word: str, language: str) -> str:
    """A one-word name in the nominative, by its ending: «Белпочтой» → «Белпочта»."""
    if not _CYRILLIC_WORD.fullmatch(word) or word.isupper():
        return word
    found = readings(word) if language == "ru" else ()
    if any(r.known for r in found):
        if found[0].case == "n" or any(r.case == "n" and not r.plural for r in found):
            return word
        return nominative(word, found[0].case, part="NOUN")
    for ending, base in ENDINGS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + base
    return word
