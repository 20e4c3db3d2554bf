"""The people a text names, with their posts."""

from __future__ import annotations

import re
from typing import Final

from cooperation.assessment import Field, Person, Span
from cooperation.persons import english
from cooperation.persons.found_name import FoundName
from cooperation.persons.names import find_names
from cooperation.persons.posts import Post, post_after, post_before
from cooperation.spelling import plain_text

_SPEECH: Final = re.compile(
    r"\s*,?\s*(?:\([^)]*\)\s*)?(?:сказал|отмети|сообщи|подчеркн|заяви|поясни|рассказ|добави|уточни"
    r"|напомни|считает|говорит|заверил|ответил|предложил|поблагодарил|пригласил|обратил|выразил"
    r"|призна|пошутил|вручил|передал|подтвердил|адзначы|паведамі|сказаў|сказала|падкрэслі|расказ"
    r"|дадаў|дадала|удакладні|лічыць|кажа|пацверд|растлумач|запрасі)",
    re.IGNORECASE,
)
_SAID_BEFORE: Final = re.compile(
    r"(?:сказал|отметил|сообщил|подчеркнул|заявил|пояснил|рассказал|добавил|уточнил|напомнил"
    r"|считает|говорит|ответил|пошутил|адзначыў|паведаміў|сказаў|падкрэсліў|расказаў|дадаў"
    r"|удакладніў|лічыць|кажа)а?\s+$",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s*(?:,|и|і|ды)\s+", re.IGNORECASE)
_GOVERNOR: Final = re.compile(r"(?:^|[\s(\"])([\w-]+)\s+$")


def find(title: str, body: str, language: str) -> tuple[Person, ...]:
    """The people named with a family name and a given name or initials, in order of appearance.

    ``name`` is «Фамилия Имя» (``Фамилия И.О.``), in the nominative and in the text's language;
    names of China, Korea and Vietnam keep their order. ``post`` is the nominative of what the text
    says, "" if it says nothing. One entry a person: the first mention with a post wins, those of
    the body before those of the title, where posts are cut short.
    """
    people: dict[str, Person] = {}
    fields: tuple[tuple[Field, str], ...] = (("body", body), ("title", title))
    for field, text in fields:
        for person in _in_text(plain_text(text), field, language):
            key = _same(person.name)
            known = people.get(key)
            if known is None:
                people[key] = person
            elif person.post and not known.post:
                people[key] = Person(known.name, person.post, known.span)
    return tuple(people.values())


def _same(name: str) -> str:
    """The key under which two mentions are one person: family name and first letter."""
    family, _, given = name.lower().replace("ё", "е").partition(" ")
    return f"{family} {given[:1]}"


def _in_text(plain: str, field: Field, language: str) -> list[Person]:
    if language == "en":
        return english.find(plain, field)
    found: list[Person] = []
    last_end, shared = -1, None
    for name in sorted(find_names(plain, language), key=lambda name: (name.start, -name.end)):
        if name.start < last_end:
            continue
        joined = last_end >= 0 and _JOINED.fullmatch(plain, last_end, name.start) is not None
        post = post_before(plain, name.start, language) or (shared if joined else None)
        after = "" if post else post_after(plain, name.end, language)
        if not (name.sure or post or after or joined or _speaks(plain, name)):
            continue
        last_end = name.end
        # «директора школ Н. и Ж.»: a plural post is that of both.
        shared = post if post and (post.plural or post.may_be_plural) else None
        found.append(_person(name, post, after, plain, field, language))
    return found


def _speaks(plain: str, name: FoundName) -> bool:
    said = _SAID_BEFORE.search(plain, max(0, name.start - 20), name.start)
    return bool(said or _SPEECH.match(plain, name.end))


def _person(
    name: FoundName, post: Post | None, after: str, plain: str, field: Field, language: str
) -> Person:
    case = post.case if post else "n" if after else None
    governor = "" if post else _governor(plain, name.start)
    written = name.in_nominative(language, case, governor)
    text = post.text if post else after
    if post and _begins_sentence(plain, post.start):
        text = text[:1].lower() + text[1:]
    return Person(written.replace("\xad", ""), text, Span(field, name.start, name.end))


def _governor(plain: str, start: int) -> str:
    """The word in small letters right before a name, which may decide its case; or ""."""
    word = _GOVERNOR.search(plain, max(0, start - 30), start)
    return word[1] if word and word[1].islower() else ""


def _begins_sentence(plain: str, start: int) -> bool:
    before = plain[:start].rstrip(' "')
    return not before or before[-1] in ".!?\n:"
