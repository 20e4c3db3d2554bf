"""When the act that an article reports takes place."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from dateutil.parser import isoparse

from cooperation.dates.durations import days_that_ended, start_of_course, undated_range
from cooperation.dates.mentions import Mention, find
from cooperation.spelling import plain_text

_READ: Final = 20_000  # characters of the body; the act's date stands in the first lines
_DEADLINE: Final = re.compile(
    r"(?:(?<!\w)(?:до|да|к|не\s+позднее|не\s+пазней|не\s+позже|by|until|till|before|no\s+later\s+than)|заявк\w+|аккредитаци\w+"
    r"|заяўк\w+|акрэдытацы\w+)\s+$",
    re.IGNORECASE,
)
_FROM_ON: Final = re.compile(
    r"(?:(?<!\w)(?:с|со|з|са|from|since|начиная\s+с|пачынаючы\s+з|ад|from)|в\s+силу)\s+$",
    re.IGNORECASE,
)
_NEXT_ACT: Final = re.compile(
    r"следующ|очередн\w+\s+(?:встреч|засед|сесс|раунд)|наступн|ответн\w+\s+визит|запланирован|намечен|запланав"
    r"|намечан|заработает|запуск|запуст|вступ|поступ|поедут|прибудет|прибудут|отправит|подведут|объявят|начнут|начнет"
    r"|пачн|адправ|адкрыецца|next|will\s+start|start\s+on|is\s+due|are\s+due|goes\s+into|come\s+into|expected|scheduled",
    re.IGNORECASE,
)
_PAST_REFERENCE: Final = re.compile(
    r"напомн|ранее|раней|нагада|прежн|намеченн\w+\s+на|earlier|previously|recall|originally",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    r"(?<!\w)(?:продлит|продолжит|продлен|будет\s+работать|открыт|работает|завершит|заверша|закончит|закроет|выпуск|прадоўж|працягн"
    r"|працуе|скончы|завершыц|закрые|пасля\s+выпуск|runs?|lasts?|open|continues?|ends?|closes?)[^.;\n]{0,40}?$",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"откр(?:ое|ыва|ыл|ыт)|старт|начн|начина|начал|адкры|пачн|пачын|пачал|opens?|starts?|begins?|began",
    re.IGNORECASE,
)
_BUSY: Final = re.compile(
    r"[^.;\n]{0,80}(?:занима|обуча|проход|работа|стажир|вуч|праход|study|train)", re.IGNORECASE
)
_MOVED_TO: Final = re.compile(
    r"(?:перенес\w+|перенос\w+|перанес\w+|перанос\w+|сдвинут\w*|moved|postponed|rescheduled|put\s+off)(?:[^.\n]{0,60}?\s)?"
    r"(?:на|to|until|till)\s+$",
    re.IGNORECASE,
)
_EVE: Final = re.compile(
    r"(?<!\w)(?:накануне|напярэдадні)(?!\s+\w*(?:дня|дня|свят|праздн|год|выбор))", re.IGNORECASE
)
# Headlines whose days are those of a whole week's news.
_ROUND_UP: Final = re.compile(
    r"дайджест|недел|тыдзе?н|обзор|агляд|план\w*\s+(?:основн|мероприят)|week|digest|round-up",
    re.IGNORECASE,
)
_DECREE: Final = re.compile(
    r"(?:указ|постановлени|распоряжени|закон|пастанов|распараджэнн|decree|resolution)\w*\s+(?:[^.\n]{0,30}\s)?(?:от|ад|of)\s+$",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_NEARBY: Final = 300
_LEAD: Final = 300  # characters: where «накануне» means the day before publication
_TITLE: Final = 0.8  # what a day gains by standing in the headline
_LEAST: Final = -0.8  # below this weight a day is not the act's
_DATELINE: Final = re.compile(
    r"\s*(?:[A-ZА-ЯЁІЎ]{3,}[\w-]*,\s+\d{1,2}\s+[^\W\d_]+\.?\s*[/(–.]"
    r"|\d{1,2}\s+[^\W\d_]+,\s+[A-ZА-ЯЁІЎ][\w-]+\s*[/(–])"
)
_HELD: Final = re.compile(
    r"состоял|прош[её]л|прошл|подписа|провел|встрет|собра|принял|посети|обсуди|откры|побыва|находи|завершил|договор"
    r"|адбы|прайш|падпіса|сустрэ|сабра|прыня|наведа|адкры|абмерк|пабыва|правял|дамов|signed|met|held|visited|opened"
    r"|received|agreed|took\s+place|hosted|пройд|состоит|откроет|примет|пройдзе|прымае",
    re.IGNORECASE,
)


def event_dates(title: str, body: str, published: date | datetime | str | None) -> tuple[str, ...]:
    """The ISO day, or ``start/end``, of the act in the headline; empty where the text tells none.

    Weighs every day that the text mentions by its place, the words before it (deadlines, entries
    into force, next meetings) and its distance to ``published``; see ``mentions.find`` for days
    without a year. The rules are the same for the three languages.
    """
    day = _day(published)
    plain = plain_text(body[:_READ])
    mentions = find(plain, day)
    dateline = _DATELINE.match(plain)
    if dateline and not _HELD.search(_sentence_after(plain, dateline.end())):
        # The day of the report is that of the act only where the act is reported as done.
        mentions = [mention for mention in mentions if mention.start >= dateline.end()]
    candidates = [(_weight(m, order, plain, day), m) for order, m in enumerate(mentions)]
    headline = plain_text(title)
    if not _ROUND_UP.search(headline):
        candidates += [(_TITLE + _weight(m, 0, headline, day), m) for m in find(headline, day)]
    if candidates:
        best, mention = max(candidates, key=lambda pair: (pair[0], -pair[1].start))
        if best > _LEAST:
            return (_lasting(mention, mentions, plain),)
    if day and (lasted := undated_range(plain, day)):
        return ("/".join(d.isoformat() for d in lasted),)
    if day and _EVE.search(plain[:_LEAD]):
        return ((day - timedelta(days=1)).isoformat(),)
    return ()


def _lasting(mention: Mention, mentions: list[Mention], plain: str) -> str:
    """The day of the act, made a range where the text says until when or how long it goes on."""
    if mention.first != mention.last:
        return mention.iso()
    opens = _OPENS.search(plain, max(0, mention.start - 120), mention.end + 120)
    for later in mentions if opens else ():
        if (
            later.first > mention.last
            and later.start > mention.start
            and _lasts_until(later, plain)
        ):
            return f"{mention.first.isoformat()}/{later.last.isoformat()}"
    start = start_of_course(plain, mention.last) if _lasts_until(mention, plain) else None
    if start is None and mention.start < _LEAD:
        start = days_that_ended(plain, mention.last)
    if start:
        return f"{start.isoformat()}/{mention.last.isoformat()}"
    return mention.iso()


def _lasts_until(mention: Mention, plain: str) -> bool:
    return bool(_UNTIL.search(plain, max(0, mention.start - 60), mention.start)) or bool(
        _BUSY.match(plain, mention.end)
        and _DEADLINE.search(plain, max(0, mention.start - 20), mention.start)
    )


def _day(published: date | datetime | str | None) -> date | None:
    if isinstance(published, str):
        try:
            published = isoparse(published)
        except ValueError:
            return None
    day = published.date() if isinstance(published, datetime) else published
    # Beside the ends of the calendar «yesterday» would fall off it.
    return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _sentence_after(plain: str, start: int) -> str:
    """The text behind a dateline: its first sentence, with what is left of the agency's name."""
    first = re.match(r"[^\n]{0,30}[^\n.]*", plain[start : start + _NEARBY])
    return first.group() if first else ""


def _sentence(mention: Mention, plain: str) -> str:
    """The sentence around a day, as far as 300 characters to each side."""
    left = plain[max(0, mention.start - _NEARBY) : mention.start]
    right = plain[mention.end : mention.end + _NEARBY]
    start = max(left.rfind(". "), left.rfind("\n")) + 1
    stop = min(p if p >= 0 else len(right) for p in (right.find(". "), right.find("\n")))
    return left[start:] + plain[mention.start : mention.end] + right[:stop]


def _weight(mention: Mention, order: int, plain: str, published: date | None) -> float:
    sentence = _sentence(mention, plain)
    before = plain[max(0, mention.start - 30) : mention.start]
    weight = -0.35 * min(order, 6) - 0.0005 * min(mention.start, 2000)
    weight += _by_the_words_before(mention, before, plain)
    if mention.sort == "weekday":
        weight -= 0.6
    if mention.sort == "relative" and mention.start > 400 and mention.first == published:
        weight -= 1.5
    if _MOVED_TO.search(plain, max(0, mention.start - 90), mention.start):
        weight += 3.0
    if _NEXT_ACT.search(sentence):
        weight -= 0.8
    if _PAST_REFERENCE.search(sentence):
        weight -= 0.8
    if _HELD.search(sentence):
        weight += 0.4
    return weight + _nearness(mention, published)


def _by_the_words_before(mention: Mention, before: str, plain: str) -> float:
    if mention.sort == "range":
        return 0.3
    if _DEADLINE.search(before) and not _BUSY.match(plain, mention.end):
        return -2.0
    if _FROM_ON.search(before):
        return -0.8
    # The day of a decree is that of the paper, not of what it allows.
    return -2.0 if _DECREE.search(plain[max(0, mention.start - 60) : mention.start]) else 0.0


def _nearness(mention: Mention, published: date | None) -> float:
    if published is None:
        return 0.0
    days = (published - mention.last).days
    if 0 <= days <= 10:
        return 0.6
    if -60 <= days < 0:
        return 0.2
    return -0.8 if days > 60 or days < -200 else 0.0
