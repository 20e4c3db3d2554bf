"""The post of a named person, from the words before and after the name (Russian, Belarusian)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cooperation import belarusian_posts
from cooperation.russian import like, nominative, readings


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the nominative singular; ``case`` is that of the text, ``start`` where it begins."""

    text: str
    case: str
    plural: bool
    start: int


@dataclass(frozen=True, slots=True)
class _Head:
    nominative: str
    case: str
    gender: str
    plural: bool


_TOKEN: Final = re.compile(r"\"[^\"\n]{1,80}\"|\([^()\n]{1,40}\)|[^\W_][\w\xad'-]*\.?|[^\s\w]")
_FARTHEST: Final = 240  # characters before a name in which its post may begin
_MOST_TOKENS: Final = 24
_NOT_POSTS: Final = frozenset(
    [
        "гость",
        "гостья",
        "коллега",
        "друг",
        "подруга",
        "собеседник",
        "человек",
        "житель",
        "жительница",
        "сын",
        "дочь",
        "брат",
        "сестра",
        "отец",
        "мать",
        "муж",
        "жена",
        "дед",
        "внук",
        "внучка",
        "господин",
        "госпожа",
        "ребенок",
        "ребёнок",
        "мальчик",
        "девочка",
        "девушка",
        "юноша",
        "парень",
        "мужчина",
        "женщина",
        "сосед",
        "партнер",
        "партнёр",
        "россиянин",
        "белорус",
        "минчанин",
        "победитель",
        "бабушка",
        "дедушка",
        "народ",
        "персонаж",
        "герой",
        "автор",
        "однофамилец",
        "гражданин",
        "земляк",
        "товарищ",
        "пациент",
        "пассажир",
        "зритель",
        "читатель",
        "покупатель",
        "клиент",
        "потребитель",
        "сторона",
        "имя",
        "лицо",
        "участник",
        "участница",
    ]
)
_EXTRA_HEADS: Final = frozenset(
    [
        "глава",
        "управляющий",
        "поверенный",
        "уполномоченный",
        "заведующий",
        "заведующая",
        "командующий",
        "ведущий",
    ]
)
_PREPOSITIONS: Final = frozenset(["по", "в", "во", "при", "на", "у", "ў", "ва"])
_PLAIN_ADJECTIVE: Final = re.compile(
    r"(?:городск|детск|сельск|морск|медицинск|хозяйск|духовн|женск|мужск|юридическ|ическ|гарадск|сельск|дзіцяч|ічн)"
)
_IDLE: Final = frozenset(
    [
        "новый",
        "новая",
        "нынешний",
        "наш",
        "наша",
        "ваш",
        "свой",
        "сам",
        "сама",
        "этот",
        "другой",
        "молодой",
        "известный",
        "тот",
        "новы",
        "наш",
        "сам",
        "гэты",
        "іншы",
        "малады",
        "вядомы",
        "полоцкая",
    ]
)


def post_before(plain: str, start: int, language: str) -> Post | None:
    """The post that ends right before ``start``, or None.

    Read backwards from the name: what may hang on a post (nouns, adjectives, names of bodies in
    quotes, places), then the post noun itself, then the nouns it hangs on («заместитель министра»)
    and its adjectives.
    """
    left = plain[max(0, start - _FARTHEST) : start]
    offset = start - len(left)
    left = left[left.rfind("\n") + 1 :]
    offset = start - len(left)
    if not left.endswith((" ", "(")):
        return None
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(left)]
    if tokens and tokens[-1][1] in {"–", ":", ","}:
        # «эксперты союза – Н. и Ж.», «ректоры, Н. и Ж.»: only a plural post reaches over a mark.
        found = _walk(tokens[:-1], language)
        if found is None or not found[1].plural:
            return None
    else:
        found = _walk(tokens, language)
    if found is None:
        return None
    first, head, at = found
    return _rendered(tokens, first, at, head, offset, language, left)


def _walk(tokens: list[tuple[int, str]], language: str) -> tuple[int, _Head, int] | None:
    """Index of the first token of the post, its head and the head's index."""
    best: tuple[int, _Head] | None = None
    index = len(tokens) - 1
    steps = 0
    while index >= 0 and steps < _MOST_TOKENS:
        word = tokens[index][1]
        head = _head(word, language)
        if head and not (
            head.plural
            and head.case == "g"
            and best is None
            and index > 0
            and _goes_on(tokens, index, language)
        ):
            if best is None or head:
                best = (index, head)
            if not (head.case in {"g", "a"} and index > 0 and _outer(tokens, index, language)):
                break
        elif not _fits(tokens, index, language, inside=best is not None):
            break
        index -= 1
        steps += 1
    if best is None:
        return None
    at, head = best
    return _with_adjectives(tokens, at, head, language), head, at


def _outer(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    """Whether another post noun stands up to three words before: «помощник первого заместителя»."""
    for back in range(index - 1, max(-1, index - 4), -1):
        word = tokens[back][1]
        if _head(word, language):
            return True
        if not word[:1].islower() or not _is_nominal(word, language) or word in _PREPOSITIONS:
            return False
    return False


def _goes_on(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    word = tokens[index - 1][1]
    return word[:1].islower() and _is_nominal(word, language)


def _fits(tokens: list[tuple[int, str]], index: int, language: str, *, inside: bool) -> bool:
    """Whether a token may stand between the post noun and the name."""
    word = tokens[index][1]
    following = tokens[index + 1][1] if index + 1 < len(tokens) else ""
    if word[0] in '"(' and len(word) > 1:
        return True
    if word == "," and not inside:
        before = tokens[index - 1][1] if index else ""
        return (
            following.islower()
            and before.islower()
            and _is_genitive(before, language)
            and _is_genitive(following, language)
        )
    if word in {"и", "і", "й", "ды"}:
        return (
            following[:1].islower()
            and _head(following, language) is None
            or following[:1].isupper()
            and not inside
        )
    if word.lower() in _PREPOSITIONS:
        return bool(following) and (
            following[:1].isupper()
            or word in {"по", "па", "при", "пры"}
            or following in {"делах", "справах"}
        )
    if word[:1].isupper() or word[:1].isdigit():
        return word[-1] != "." or len(word) <= 4
    if word.endswith("."):
        return word in {"г.", "обл.", "р-на.", "им."}
    return word[:1].isalpha() and _is_nominal(word, language)


def _with_adjectives(tokens: list[tuple[int, str]], at: int, head: _Head, language: str) -> int:
    first = at
    index = at - 1
    while index >= 0:
        word = tokens[index][1]
        if (
            word in {"и", "і"}
            and index > 0
            and first < at
            and _agrees(tokens[index - 1][1], head, language)
        ):
            index -= 1
            continue
        if not _agrees(word, head, language) or word.lower() in _IDLE:
            break
        if (
            word[:1].islower()
            and re.search(r"ск[^ь]{1,3}$", word)
            and not _PLAIN_ADJECTIVE.search(word)
        ):
            break
        first = index
        index -= 1
    return first


@lru_cache(maxsize=20_000)
def _agrees(word: str, head: _Head, language: str) -> bool:
    if not word[:1].isalpha():
        return bool(re.fullmatch(r"1-[а-я]{1,3}", word))
    if language == "be":
        return belarusian_posts.agrees(word, head.case, feminine=head.gender == "f")
    return any(
        r.part in {"ADJF"}
        and (r.case == head.case or {r.case, head.case} == {"a", "g"})
        and r.plural == head.plural
        for r in readings(word)
    )


def _rendered(
    tokens: list[tuple[int, str]],
    first: int,
    at: int,
    head: _Head,
    offset: int,
    language: str,
    left: str,
) -> Post:
    pieces: list[str] = []
    for index in range(first, at):
        word = tokens[index][1]
        pieces.append(word if word in {"и", "і"} else _adjective(word, head, language))
    pieces.append(like(tokens[at][1], head.nominative))
    tail = left[tokens[at][0] + len(tokens[at][1]) :].rstrip(" –:(")
    text = " ".join(pieces) + tail.replace("\xad", "")
    return Post(_quoted(text), head.case, head.plural, offset + tokens[first][0])


def _quoted(text: str) -> str:
    return re.sub(r"\"([^\"]*)\"", r"«\1»", text).strip()


def _adjective(word: str, head: _Head, language: str) -> str:
    if head.case == "n" and not head.plural:
        return word
    if language == "be":
        return belarusian_posts.adjective_nominative(word, head.gender == "f")
    for case in (head.case, "a" if head.case == "g" else "g"):
        changed = nominative(word, case, gender=head.gender, part="ADJF", plural=head.plural)
        if changed != word:
            return changed
    return word


@lru_cache(maxsize=20_000)
def _head(word: str, language: str) -> _Head | None:
    """The word as a post noun, or None."""
    if not word[:1].isalpha() or len(word) < 3 or word.endswith("."):
        return None
    if language == "be":
        form = belarusian_posts.heads().get(word.lower().replace("\xad", ""))
        if form is None:
            return None
        gender = (
            "f"
            if form.nominative[-1] in "ая"
            and form.nominative not in {"старшыня", "суддзя", "галава"}
            else "m"
        )
        return _Head(form.nominative, form.case, gender, form.plural)
    return _russian_head(word)


def _russian_head(word: str) -> _Head | None:
    for r in readings(word):
        if r.part not in {"NOUN", "PRTF", "ADJF"} or not r.case or r.name:
            continue
        if r.part == "NOUN" and not r.animate:
            if r.known and not word.lower().startswith(("глав", "премьер")):
                return None
            continue
        base = (
            nominative(word, r.case, part=r.part, gender=r.gender, plural=r.plural)
            if (r.case != "n" or r.plural)
            else word
        )
        lower = base.lower()
        if r.part != "NOUN" and lower not in _EXTRA_HEADS:
            continue
        if lower in _NOT_POSTS or not r.known and "-" not in word:
            return None
        return _Head(lower, r.case, r.gender or "m", r.plural)
    return None


@lru_cache(maxsize=20_000)
def _is_nominal(word: str, language: str) -> bool:
    if language == "be":
        return belarusian_posts.may_complement(word)
    found = readings(word)
    if not found:
        return False
    return any(r.part in {"NOUN", "ADJF", "PRTF"} and r.case for r in found) and found[0].part not in {
        "VERB", "INFN", "GRND", "ADVB", "CONJ", "PREP", "PRCL", "NPRO", "PRED", "INTJ",
    }  # fmt: skip


@lru_cache(maxsize=20_000)
def _is_genitive(word: str, language: str) -> bool:
    if language == "be":
        return bool(re.search(r"(?:[аяыіую]|аў|оў|ей|яў|ых|іх|ага|ый|ій|ь)$", word))
    return any(r.case == "g" for r in readings(word) if r.part in {"NOUN", "ADJF", "PRTF"})


def post_after(plain: str, end: int, language: str) -> str:
    """The post that follows a name: «…, ректор университета,», «… – начальник управления»; or ""."""
    opening = _OPENING.match(plain, end)
    if opening is None:
        return ""
    right = plain[opening.end() : opening.end() + 160].split("\n")[0]
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(right)]
    words = [(start, word) for start, _, word in tokens]
    at = next((i for i in range(min(4, len(words))) if _head(words[i][1], language)), None)
    if at is None or any(not _adjective_like(word, language) for _, word in words[:at]):
        return ""
    head = _head(words[at][1], language)
    if head is None or head.plural:
        return ""
    last = at
    while last + 1 < len(words) and _follows(words, last + 1, language):
        last += 1
    while words[last][1] in {"и", "і"} or words[last][1].lower() in _PREPOSITIONS:
        last -= 1
    text = right[words[0][0] : tokens[last][1]]
    before = [_adjective(word, head, language) for _, word in words[:at]]
    return _quoted(
        " ".join([*before, head.nominative])
        + text[words[at][0] - words[0][0] + len(words[at][1]) :]
    )


_OPENING: Final = re.compile(r"\s?(?:,|\s–|\()\s?")


def _adjective_like(word: str, language: str) -> bool:
    if language == "be":
        return belarusian_posts.is_adjective(word)
    return any(r.part == "ADJF" for r in readings(word))


def _follows(words: list[tuple[int, str]], index: int, language: str) -> bool:
    word = words[index][1]
    if word[0] == '"' and len(word) > 1:
        return True
    if not word[:1].isalpha():
        return False
    if word in {"и", "і"}:
        return (
            index + 1 < len(words)
            and words[index + 1][1][:1].isalpha()
            and _is_genitive(words[index + 1][1], language)
        )
    if word.lower() in _PREPOSITIONS:
        return True
    return word[:1].isupper() or _is_nominal(word, language) and _is_genitive(word, language)
