"""The organisations a text names: nominative, the longest form, without quotes and legal form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cooperation import belarusian_posts, english_organizations
from cooperation.assessment import Field, Organization, Span
from cooperation.organization_words import (
    BARE,
    EVENT,
    GENERIC,
    LEGAL,
    NOT_BODIES,
    UNITS,
    WEAK,
    HeadNoun,
    head_noun,
)
from cooperation.russian import like, nominative, readings
from cooperation.spelling import plain_text


@dataclass(frozen=True, slots=True)
class Found:
    """One mention: the name in the nominative and where the text has it."""

    name: str
    field: Field
    start: int
    end: int


_TOKEN: Final = re.compile(
    r"\"[^\"\n]{2,90}\"|[^\W_][\w\xad'-]*(?:\.(?=[А-ЯЁІЎ]\.|[А-ЯЁ][а-яё]))?|№\s?\d+|[^\s\w]"
)
_MINISTER: Final = re.compile(
    r"(?<!\w)(?P<ru>министр(?:а|у|ом|е)?)(?!\w)|(?<!\w)(?P<be>міністр(?:а|у|ам)?)(?!\w)",
    re.IGNORECASE,
)
_SUFFIXED: Final = re.compile(
    r"^(?:Бел|Бела|Рос|Гродно|Гомель|Могил|Магіл|Брест|Витеб|Віцеб|Минск|Мінск|Каз|Узб|Аз|Таджик)[а-яёіў]{3,}"
    r"|(?:маш|телеком|тэлекам|почт|пошт|пром|авиа|строй|энерго|нафт|нефт|хим|хім|связ|сувяз|банк|газ|торг|агро|продукт"
    r"|вод|лес|рыб|мясо|молоко|медпрепарат|фарм|шин|шын|лифт|ліфт)[а-яёіў]{0,5}$"
)
_INNER_CITY: Final = re.compile(
    "историческ|деловой|районный|областной|административн|гістарычн|раённы|абласны"
)
_MOST_RIGHT: Final = 16
_IDLE: Final = frozenset(
    [
        "этот",
        "тот",
        "наш",
        "ваш",
        "свой",
        "весь",
        "сам",
        "один",
        "другой",
        "новый",
        "новая",
        "крупный",
        "крупная",
        "местный",
        "местная",
        "общий",
        "общая",
        "совместный",
        "совместная",
        "ведущий",
        "ведущая",
        "российский",
        "российская",
        "белорусский",
        "белорусская",
        "китайский",
        "китайская",
        "бывший",
        "соседний",
        "сербский",
        "турецкий",
        "иранский",
        "латвийский",
        "польский",
        "узбекский",
        "казахстанский",
        "армянский",
        "грузинский",
        "минский",
        "минская",
        "столичный",
        "столичная",
        "частный",
        "частная",
        "отечественный",
        "отечественная",
        "каждый",
        "гэты",
        "той",
        "наш",
        "увесь",
        "новы",
        "беларускі",
        "беларуская",
        "расійскі",
        "расійская",
        "кітайскі",
        "мясцовы",
        "мясцовая",
        "сумесны",
        "буйны",
        "вядучы",
        "мінскі",
        "мінская",
        "наступны",
        "следующий",
        "учебный",
        "научный",
        "вычислительный",
        "торговый",
        "сервисный",
        "дилерский",
        "ситуационный",
        "медицинский",
        "культурный",
    ]
)
_MEDIA: Final = re.compile(
    r"БЕЛТА|БелТА|ТАСС|пресс-служб|прэс-служб|газет|телеканал|тэлеканал|информагентств|Интерфакс|Спутник|Sputnik"
    r"|YouTube|Telegram|Facebook|Instagram|ВКонтакте|Viber",
    re.IGNORECASE,
)
_MINISTRY_WORD: Final = re.compile(
    r"(?<![\w-])(?:(?:Мин|Гос|Гос)(?:связи|цифры|здрав|культуры|транс|строй|пром|торг|энерго|природы|обр|образования|юст"
    r"|фин|экономики|сельхоз|сельхозпрод|спорт|информ|архитектуры|труда|обороны|ин|комвоенпром|стандарт|ЖКХ|лесхоз|таможкомитет"
    r"|погранкомитет|сувязі|культуры|адукацыі|прам|транс|прыроды|здароўя|эканомікі|сельгасхарч)"
    r"|Рос[а-яё]{3,}(?:надзор|реестр|стандарт|атом|телеком|космос|почта|архив|молодежь|гидромет|сотрудничеств|сельхозбанк|млн)[а-я]*"
    r"|Рос(?:комнадзор|атом|телеком|космос|реестр|стандарт|рыболовств|лесхоз|архив|гидромет|сельхознадзор|ветнадзор|сотрудничество)[а-яё]*"
    r"|Бел(?:почт|тэлекам|телеком|авиа|нефтехим|каз|гослес|коопсоюз|энерго|газпромбанк|агропромбанк|инвестбанк|шин|АЗ|ГИЭ|ДІЭ"
    r"|пошт|автодор|топгаз|лесбумпром|местпром|биофарм|медпрепарат|ТПП|госстрах|оруснефт|коммунмаш)[А-Яа-яёіў]*)(?!\w)"
)
_CAPITALS: Final = re.compile(
    r"(?<![\w-])(?:[А-ЯЁІЎ]{3,8}|[А-ЯЁ][а-яё]{1,4}[А-ЯЁ]{2,5}|НАН\sБеларуси)(?![\w-])"
)
_LATIN: Final = re.compile(
    r"(?<![\w@./-])(?:[A-Z][\w&]*(?:[-.][\w]+)*)(?:\s(?:(?:of|de|and|&)\s)?[A-Z][\w&]*(?:-\w+)*){0,4}(?![\w@])"
)


def find(
    title: str, body: str, language: str, *, people: Sequence[Span] = ()
) -> tuple[Organization, ...]:
    """The organisations that the text names, in order of appearance.

    Bodies inside posts count («председатель Брестского облисполкома»); the media, events and quoted
    titles do not. ``people`` are the spans of persons: no name reaches into one. Mentions of one
    body are joined under its longest form.
    """
    found: list[Found] = []
    for field, text in (("title", title), ("body", body)):
        plain = plain_text(text)
        taken = [(s.start, s.end) for s in people if s.field == field]
        if language == "en":
            found += english_organizations.find(plain, field, taken)  # type: ignore[arg-type]
        else:
            found += _in_text(plain, field, language, taken)  # type: ignore[arg-type]  # literals
    return _joined(found)


def _in_text(plain: str, field: Field, language: str, taken: list[tuple[int, int]]) -> list[Found]:
    found: list[Found] = []
    taken = list(taken)
    offset = 0
    for line in plain.split("\n"):
        tokens = [(offset + m.start(), m.group()) for m in _TOKEN.finditer(line)]
        for item in [
            *_headed(tokens, plain, field, language, taken),
            *_quoted(tokens, plain, field, language, taken),
        ]:
            found.append(item)
            taken.append((item.start, item.end))
        offset += len(line) + 1
    for pattern in (_MINISTRY_WORD, _CAPITALS, _LATIN):
        for match in pattern.finditer(plain):
            if _free(match.start(), match.end(), taken) and _is_body(match, plain):
                name = (
                    _one_word(match.group(), language)
                    if pattern is _MINISTRY_WORD
                    else match.group()
                )
                end = match.end()
                if name.startswith("Мин") and (
                    place := re.match(
                        r" (?:России|Беларуси|Казахстана|Чувашии|Татарстана)", plain[end:]
                    )
                ):
                    name += place.group()
                    end += place.end()
                found.append(Found(name, field, match.start(), end))
                taken.append((match.start(), end))
    return sorted(found, key=lambda item: item.start)


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(s < end and start < e for s, e in taken)


def _is_body(match: re.Match[str], plain: str) -> bool:
    word = match.group()
    if word in NOT_BODIES or LEGAL.fullmatch(word) or _MEDIA.search(word) or len(word) < 3:
        return False
    line = plain[
        plain.rfind("\n", 0, match.start()) + 1 : (
            plain.find("\n", match.end()) + 1 or len(plain) + 1
        )
        - 1
    ]
    if line.isupper():
        return False
    before = plain[max(0, match.start() - 30) : match.start()]
    return not EVENT.search(before) and not re.search(r"[№\d][\s-]?$", before)


def _headed(
    tokens: list[tuple[int, str]],
    plain: str,
    field: Field,
    language: str,
    taken: list[tuple[int, int]],
) -> list[Found]:
    """Names with a head noun: «Министерство …», «Брестский облисполком», «завод … имени …»."""
    found = []
    index = 0
    while index < len(tokens):
        start, word = tokens[index]
        head = head_noun(word, language) if word[0].isalpha() else None
        if head is not None and not _free(start, start + 1, taken):
            head = None
        if head is None and "іністр" in word.replace("и", "і") and _MINISTER.fullmatch(word):
            head = HeadNoun("министерство" if language == "ru" else "міністэрства", "n", "n")
            last = _right(tokens, index, language, taken, plain)
            end = tokens[last][0] + len(tokens[last][1])
            tail = plain[start + len(word) : end].replace("\xad", "")
            if len(tail) > 3:
                found.append(Found(head.nominative.capitalize() + tail, field, start, end))
                index = last + 1
                continue
            head = None
        if head is None:
            index += 1
            continue
        first = _left(tokens, index, head, language)
        last = _right(tokens, index, language, taken, plain)
        name = _name(tokens, first, index, last, head, language, plain)
        end = tokens[last][0] + len(tokens[last][1])
        if name and not _MEDIA.search(name):
            found.append(Found(name, field, tokens[first][0], end))
            index = last + 1
        else:
            index += 1
    return found


def _left(tokens: list[tuple[int, str]], index: int, head: HeadNoun, language: str) -> int:
    first = index
    while first > 0:
        word = tokens[first - 1][1]
        if (
            word in {"и", "і"}
            and first > 1
            and first < index
            and _agrees(tokens[first - 2][1], head, language)
        ):
            first -= 2
            continue
        if not word[0].isalpha() or not _agrees(word, head, language):
            break
        first -= 1
    while (
        first < index
        and _base(tokens[first][1], head, language).lower() in _IDLE
        and tokens[first][1][0].islower()
    ):
        first += 1
    return first


@lru_cache(maxsize=20_000)
def _agrees(word: str, head: HeadNoun, language: str) -> bool:
    if language == "be":
        case = "g" if head.case == "a" else head.case
        if head.gender == "f" and head.case == "a":
            return word.endswith(("ую", "юю"))
        if head.gender == "n" and head.case == "n":
            return word.endswith(("ае", "ое", "яе"))
        return belarusian_posts.agrees(word, case, feminine=head.gender == "f")
    return any(
        r.part == "ADJF" and r.case == head.case and not r.plural and r.gender in {head.gender, ""}
        for r in readings(word)
    ) and word.lower() not in {"их", "его", "ее", "её", "этот", "том", "той"}


def _base(word: str, head: HeadNoun, language: str) -> str:
    if head.case == "n":
        return word
    if language == "be":
        if head.gender == "n":
            return re.sub(r"(?:ага|аму|ым)$", "ае", re.sub(r"(?:яга|яму|ім)$", "яе", word))
        return belarusian_posts.adjective_nominative(word, head.gender == "f")
    return nominative(word, head.case, gender=head.gender, part="ADJF")


def _right(
    tokens: list[tuple[int, str]],
    index: int,
    language: str,
    taken: list[tuple[int, int]],
    plain: str,
) -> int:
    last = index
    position = index + 1
    while position < len(tokens) and position - index <= _MOST_RIGHT:
        start, word = tokens[position]
        if not _free(start, start + len(word), taken):
            break
        if word[0] == '"' and len(word) > 1:
            if last == index or _may_hang(tokens[last][1], language):
                last = position
            break
        step = _complement(tokens, position, language)
        if not step:
            break
        position += step
        last = position - 1
    return last


def _may_hang(word: str, language: str) -> bool:
    return word[:1].islower()


def _complement(tokens: list[tuple[int, str]], position: int, language: str) -> int:
    """How many tokens from ``position`` on belong to the name; 0 ends it."""
    word = tokens[position][1]
    following = tokens[position + 1][1] if position + 1 < len(tokens) else ""
    previous = tokens[position - 1][1] if position else ""
    if word[0].isupper() and previous in {
        "Республики",
        "Рэспублікі",
        "города",
        "горада",
        "провинции",
        "правінцыі",
    }:
        return 1
    if word[0] == "(" or word == "(":
        return (
            3
            if previous[:1].isupper()
            and tokens[position + 2 : position + 3]
            and tokens[position + 2][1] == ")"
            else 0
        )
    if word in {"имени", "им.", "імя"}:
        count = 1
        while (
            position + count < len(tokens)
            and tokens[position + count][1][:1].isupper()
            and count < 5
        ):
            count += 1
            if (
                tokens[position + count - 1][1][-1] == "."
                and position + count < len(tokens)
                and tokens[position + count][1] == "."
            ):
                count += 1
        return count if count > 1 else 0
    if word in {"и", "і"}:
        return (
            2
            if following[:1].islower()
            and _genitive(following, language)
            and head_noun(following, language) is None
            else 0
        )
    if word == ",":
        after = tokens[position + 2][1] if position + 2 < len(tokens) else ""
        both = (
            _genitive(following, language)
            and following.islower()
            and after[:1].islower()
            and _genitive(after, language)
        )
        return 2 if both and _ends_in_and(tokens, position) else 0
    if word in {"по", "па"}:
        return _after_po(tokens, position, language)
    if word in {"в", "у", "ў"}:
        return (
            2
            if following[:1].isupper()
            and position > 0
            and head_noun(tokens[position - 1][1], language) is None
            else 0
        )
    if word.startswith("№"):
        return 1
    if not word[0].isalpha():
        return 0
    if word[0].isupper():
        return 1 if _genitive(word, language) or word.isupper() else 0
    return 1 if _genitive(word, language) else 0


def _after_po(tokens: list[tuple[int, str]], position: int, language: str) -> int:
    """«по чрезвычайным ситуациям», «по гребле»: the adjectives up to the first noun; 0 if none."""
    for count in range(1, 5):
        word = tokens[position + count][1] if position + count < len(tokens) else ""
        if not word[:1].isalpha():
            return 0
        if language == "be":
            if not belarusian_posts.is_adjective(word):
                return count + 1
        elif any(r.part == "NOUN" and r.case in {"d", "l"} for r in readings(word)):
            return count + 1
        elif not any(r.part == "ADJF" for r in readings(word)):
            return 0
    return 0


def _ends_in_and(tokens: list[tuple[int, str]], position: int) -> bool:
    """Whether an enumeration goes on to an «и»: «промышленности, связи и транспорта»."""
    for _, word in tokens[position + 1 : position + 7]:
        if word in {"и", "і"}:
            return True
        if not word[0].isalpha():
            return False
    return False


@lru_cache(maxsize=20_000)
def _genitive(word: str, language: str) -> bool:
    if language == "be":
        lower = word.lower()
        return (
            bool(re.search(r"(?:ага|яга|ай|яй|ой|ых|іх|аў|яў|оў|ы|і|а|я|у|ю|ей|ый|ій)$", lower))
            and belarusian_posts.may_complement(lower)
            and lower not in {"на", "па", "за", "да", "для", "якія", "якая"}
        )
    found = readings(word)
    if (
        len(word) < 3
        and not word.isupper()
        or not found
        or found[0].part in {"VERB", "INFN", "PREP", "CONJ", "NPRO", "ADVB"}
    ):
        return False
    return any(r.case == "g" for r in found if r.part in {"NOUN", "ADJF", "PRTF"})


def _name(
    tokens: list[tuple[int, str]],
    first: int,
    at: int,
    last: int,
    head: HeadNoun,
    language: str,
    plain: str,
) -> str:
    """The nominative name, or "" where the words name no particular body."""
    words = [word for _, word in tokens[first : last + 1]]
    quoted = next((w for w in words[at - first + 1 :] if w[0] == '"' and len(w) > 1), "")
    tail_start = tokens[at][0] + len(tokens[at][1])
    tail_end = tokens[last][0] + len(tokens[last][1])
    tail = plain[tail_start:tail_end].replace("\xad", "")
    adjectives = [
        _base(word, head, language) if word not in {"и", "і"} else word
        for _, word in tokens[first:at]
    ]
    if quoted and last == at + 1 and not any(a[0].isupper() for a in adjectives):
        if EVENT.search(plain[max(0, tokens[first][0] - 20) : tokens[last][0]]):
            return ""
        return ("СЭЗ " if plain[: tokens[at][0]].endswith("СЭЗ ") else "") + quoted.strip(
            '"'
        ).strip()
    tail = re.sub(r"\"([^\"]*)\"", r"\1", tail)
    if (
        tokens[at][1][0].islower()
        and not any(a[0].isupper() for a in adjectives)
        and (head.nominative in UNITS or head.nominative in GENERIC and re.match(r"\s[A-Z]", tail))
        and not any(
            a.startswith(("област", "городск", "районн", "республик", "абласн")) for a in adjectives
        )
    ):
        return ""
    if head.nominative in {"центр", "цэнтр"} and _INNER_CITY.search(" ".join(adjectives)):
        return ""
    named = (
        any(a[0].isupper() for a in adjectives)
        or any(re.search("ск(?:ий|ая|ое|і|ае)$", a) for a in adjectives)
        or bool(re.search(r"(?<![.\w])[A-ZА-ЯЁІЎ]", tail))
        or bool(tail)
        and head.nominative not in WEAK
        or head.nominative in BARE
    )
    if not named:
        return ""
    noun = like(tokens[at][1], head.nominative)
    if tokens[at][1][0] == "ў" and adjectives:
        noun = "ў" + noun[1:]
    return " ".join([*adjectives, noun]) + tail


def _quoted(
    tokens: list[tuple[int, str]],
    plain: str,
    field: Field,
    language: str,
    taken: list[tuple[int, int]],
) -> list[Found]:
    """Quoted names that stand alone or behind a legal form: «Белпочта», ОАО «Промсвязь»."""
    found = []
    for index, (start, word) in enumerate(tokens):
        if word[0] != '"' or len(word) < 4 or not _free(start, start + len(word), taken):
            continue
        content = word.strip('"').strip().replace("\xad", "")
        before = plain[max(0, start - 30) : start]
        legal = index > 0 and bool(LEGAL.fullmatch(tokens[index - 1][1]))
        if (
            not _reads_as_name(content, plain, start, start + len(word))
            or EVENT.search(before)
            or _MEDIA.search(content + before[-15:])
        ):
            continue
        alone = not legal and not _generic_before(tokens, index, language)
        if (
            alone
            and not _SUFFIXED.search(content)
            and re.search(r"(?:^|\s)(?:на|в|во|у|ў|о|об|аб|пра)\s$", before)
        ):
            continue
        content = re.sub(r"^(?:ОАО|ООО|ЗАО|РУП|АО)\s+", "", content)
        name = (
            content
            if legal or _generic_before(tokens, index, language)
            else _in_nominative(content, language)
        )
        if name:
            found.append(Found(name, field, start, start + len(word)))
    return found


def _generic_before(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    """Whether the word before is a common noun that already bears the case."""
    if not index:
        return False
    word = tokens[index - 1][1]
    if not word[:1].islower():
        return False
    if language == "be":
        return len(word) > 3 and belarusian_posts.may_complement(word)
    return any(r.part == "NOUN" for r in readings(word)[:1])


def _reads_as_name(content: str, plain: str, start: int, end: int) -> bool:
    words = content.split()
    if not content or not (content[0].isupper() or content[0].isdigit()) or len(words) > 6:
        return False
    if (
        re.search(r"[.!?,:;…]$|[,!?;]\s", content)
        or re.match(r"\s?[–-]\s[а-яёіў]", plain[end : end + 4])
        and len(words) > 3
    ):
        return False
    if len(words) > 1 and any(_speaks(w) for w in words):
        return False
    return not re.match(r"\s*,?\s*–\s*(?:сказал|отмет|говор|пояс|поде|сооб)", plain[end : end + 20])


@lru_cache(maxsize=20_000)
def _speaks(word: str) -> bool:
    """Whether a word of a quotation shows that it is speech, not a name."""
    found = readings(word)
    return (
        bool(found)
        and found[0].part in {"VERB", "INFN", "PRED", "GRND", "NPRO", "PRTS", "ADVB"}
        and found[0].known
        or word == "–"
    )


def _in_nominative(content: str, language: str) -> str:
    words = content.split()
    if len(words) == 1:
        return _one_word(content, language)
    if language == "be":
        return content
    head_at = next(
        (i for i, w in enumerate(words) if any(r.part == "NOUN" for r in readings(w)[:1])), None
    )
    if head_at is None or head_at > 3:
        return content
    for r in readings(words[head_at]):
        if r.part != "NOUN" or r.plural or r.case in {"", "n"}:
            if r.case == "n":
                return content
            continue
        changed = [nominative(w, r.case, gender=r.gender, part="ADJF") for w in words[:head_at]]
        changed.append(nominative(words[head_at], r.case, part="NOUN"))
        return " ".join([*changed, *words[head_at + 1 :]])
    return content


def _one_word(word: str, language: str) -> str:
    """A one-word name in the nominative, by its ending: «Белпочтой» → «Белпочта»."""
    if not re.fullmatch(r"[А-Яа-яЁёІіЎў'-]+", word) or word.isupper():
        return word
    if language == "ru":
        readings_ = readings(word)
        if any(r.known for r in readings_):
            if readings_[0].case == "n" or any(r.case == "n" and not r.plural for r in readings_):
                return word
            return nominative(word, readings_[0].case, part="NOUN")
    for ending, base in (("очты", "очта"), ("очтой", "очта"), ("очте", "очта"), ("очту", "очта"), ("ошты", "ошта"),
                         ("оштай", "ошта"), ("ошце", "ошта"), ("ошту", "ошта"), ("вязи", "вязь"), ("вязью", "вязь"),
                         ("вязі", "вязь"), ("омом", "ом"), ("ома", "ом"), ("ому", "ом"), ("оме", "ом"), ("ама", "ам"), ("амам", "ам"),
                         ("маша", "маш"), ("машем", "маш"), ("машу", "маш"), ("маше", "маш"), ("ины", "ина"), ("иной", "ина"),
                         ("пром", "пром"), ("прома", "пром"), ("промом", "пром"), ("строя", "строй"), ("строем", "строй"),
                         ("надзора", "надзор"), ("надзором", "надзор"), ("нефти", "нефть"), ("нефтью", "нефть"),
                         ("банка", "банк"), ("банком", "банк"), ("газа", "газ"), ("газом", "газ"), ("хима", "хим"), ("химом", "хим")):  # fmt: skip
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + base
    return word


def _joined(found: list[Found]) -> tuple[Organization, ...]:
    """One entry a body: mentions whose stems are contained in a longer name join it."""
    groups: list[tuple[frozenset[str], str, list[Span]]] = []
    for item in sorted(found, key=lambda f: -len(f.name)):
        stems = _stems(item.name)
        span = Span(item.field, item.start, item.end)
        for known, _, spans in groups:
            if stems <= known:
                spans.append(span)
                break
        else:
            groups.append((stems, item.name, [span]))
    initials = {letters for stems, name, _ in groups for letters in _initials(name)}
    long_ministries = any(
        name.lower().startswith(("министерство ", "міністэрства ")) for _, name, _ in groups
    )
    groups = [
        group
        for group in groups
        if group[1] not in initials
        and not (long_ministries and re.fullmatch(r"[МмMm][иі]н(?:связи|сувязі)", group[1]))
    ]
    order = {"title": 0, "body": 1}
    named = [
        Organization(name, tuple(sorted(spans, key=lambda s: (order[s.field], s.start))))
        for _, name, spans in groups
    ]
    return tuple(sorted(named, key=lambda o: (order[o.spans[0].field], o.spans[0].start)))


@lru_cache(maxsize=20_000)
def _initials(name: str) -> tuple[str, ...]:
    """The abbreviations a long name may have: with and without its «и»; none for one word."""
    words = re.findall(r"[^\W\d_]+", name)
    if len(words) < 3:
        return ()
    letters = "".join(w[0].upper() for w in words if len(w) > 2)
    return letters, letters[:3], letters[:4], "".join(w[0].upper() for w in words)


@lru_cache(maxsize=20_000)
def _stems(name: str) -> frozenset[str]:
    words = re.findall(r"\w+", name.lower().replace("ё", "е"))
    return frozenset(w[: max(4, len(w) - 2)] for w in words if len(w) > 2) or frozenset(words)
