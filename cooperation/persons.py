"""The people a text names, with their posts."""

from __future__ import annotations

import re
from typing import Final

from cooperation import english_persons
from cooperation.assessment import Field, Person, Span
from cooperation.names import FoundName, find_names
from cooperation.posts import Post, post_after, post_before
from cooperation.spelling import plain_text

_SPEECH: Final = re.compile(
    r"\s*,?\s*(?:\([^)]*\)\s*)?(?:сказал|отмети|сообщи|подчеркн|заяви|поясни|рассказ|добави|уточни|напомни|считает|говорит"
    r"|заверил|ответил|предложил|поблагодарил|пригласил|обратил|выразил|призна|пошутил|вручил|передал|подтвердил"
    r"|адзначы|паведамі|сказаў|сказала|падкрэслі|расказ|дадаў|дадала|удакладні|лічыць|кажа|пацверд|растлумач|запрасі)",
    re.IGNORECASE,
)
_SAID_BEFORE: Final = re.compile(
    r"(?:сказал|отметил|сообщил|подчеркнул|заявил|пояснил|рассказал|добавил|уточнил|напомнил|считает|говорит|ответил"
    r"|пошутил|адзначыў|паведаміў|сказаў|падкрэсліў|расказаў|дадаў|удакладніў|лічыць|кажа)[а]?\s+$",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s*(?:,|и|і|ды)\s+", re.IGNORECASE)
_GOVERNOR: Final = re.compile(r"(?:^|[\s(\"])([\w-]+)\s+$")


def find(title: str, body: str, language: str) -> tuple[Person, ...]:
    """The people named with a family name and a given name or initials, in order of appearance.

    ``name`` is «Фамилия Имя» (``Фамилия И.О.``), in the nominative and in the text's language;
    names of China, Korea and Vietnam keep their order. ``post`` is the nominative of what the text
    says, "" if it says nothing. One entry a person: the first mention with a post wins.
    """
    people: dict[str, Person] = {}
    for field, text in (("body", body), ("title", title)):
        for person in _in_text(text, field, language):  # type: ignore[arg-type]  # literals above
            key = _same(person.name)
            known = people.get(key)
            if known is None:
                people[key] = person
            elif person.post and not known.post:
                people[key] = Person(known.name, person.post, known.span)
    return tuple(_without_short_forms(people))


def _same(name: str) -> str:
    """The key under which two mentions are one person: family name and first letter."""
    family, _, given = name.lower().replace("ё", "е").partition(" ")
    return f"{family} {given[:1]}"


def _without_short_forms(people: dict[str, Person]) -> list[Person]:
    return list(people.values())


def _in_text(text: str, field: Field, language: str) -> list[Person]:
    plain = plain_text(text)
    if language == "en":
        return english_persons.find(plain, field)
    found: list[Person] = []
    taken: list[tuple[int, int]] = []
    last_end, last_post = -1, None
    for name in sorted(find_names(plain, language), key=lambda name: (name.start, -name.end)):
        if any(start < name.end and name.start < end for start, end in taken):
            continue
        post = post_before(plain, name.start, language)
        joined = last_end >= 0 and _JOINED.fullmatch(plain, last_end, name.start) is not None
        if post is None and joined and last_post is not None and last_post.plural:
            post = last_post
        after = "" if post else post_after(plain, name.end, language)
        if not (name.sure or post or after or joined or _spoke(plain, name)):
            continue
        taken.append((name.start, name.end))
        last_end, last_post = name.end, post
        found.append(_person(name, post, after, plain, field, language))
    return found


def _spoke(plain: str, name: FoundName) -> bool:
    return bool(
        _SPEECH.match(plain, name.end)
        or _SAID_BEFORE.search(plain, max(0, name.start - 20), name.start)
    )


def _person(
    name: FoundName, post: Post | None, after: str, plain: str, field: Field, language: str
) -> Person:
    governor = _GOVERNOR.search(plain, max(0, name.start - 30), name.start)
    word = governor[1].lower() if governor and governor[1].islower() else ""
    case = post.case if post and not post.plural else ("n" if after else None)
    if post and post.plural:
        case = post.case
    written = name.in_nominative(language, case, "" if post else word)
    text = post.text if post else after
    if post and _begins_sentence(plain, post.start):
        text = text[:1].lower() + text[1:]
    return Person(written.replace("\xad", ""), text, Span(field, name.start, name.end))


def _begins_sentence(plain: str, start: int) -> bool:
    return not plain[:start].rstrip(' "') or plain[:start].rstrip(' "')[-1] in ".!?\n:"
