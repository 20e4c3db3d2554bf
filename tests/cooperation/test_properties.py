"""What holds of every text: offsets quote it, order does not matter, nothing crashes.

``COOPWATCH_LONG_TESTS`` makes 20,000 mutated texts of the 200 that the default suite tries.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from textwrap import wrap

import pytest

from cooperation import Assessment, assess, same_story
from cooperation.assessment import Span
from cooperation.labelled import Labelled, read_labelled
from cooperation.reading import MAX_BODY, MAX_TITLE

LABELLED = Path(__file__).parent / "labelled"
LONG = bool(os.environ.get("COOPWATCH_LONG_TESTS"))
PARTS = 20  # the mutated texts are made in parts, so that several processes share them
EACH = 1_000 if LONG else 10
SLOWEST = 10.0  # seconds of CPU for one text: the cap of length bounds it
LONG_LINE = 1_000_000

ODD = [
    "😀👩‍👩‍👧", "\u202eنص عربي\u202c", "שלום", "\u0301", "\x00", "\ud800", "»", "(", "–", "\n",
    "\u00ad", "١٢", "ﬁ", "\u2028", "\ufeff", "1" * 400, "I" * 60, "«" * 300, "А.Б." * 200,
    "- " * 200,
]  # fmt: skip
MISREAD = [("cp1251", "utf-8"), ("utf-8", "cp1251"), ("utf-8", "latin-1"), ("utf-16", "cp866")]


@cache
def _articles() -> list[Labelled]:
    return [a for name in ("dev", "topics-dev") for a in read_labelled(LABELLED / f"{name}.jsonl")]


def _spans(found: Assessment) -> Iterator[Span]:
    yield from (person.span for person in found.persons)
    yield from (amount.span for amount in found.amounts)
    yield from (span for place in found.parties.places for span in place.spans)
    yield from (span for named in found.parties.named for span in named.spans)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def check(title: str, body: str, found: Assessment) -> None:
    """Every offset lies in the text as given, and what is quoted stands there."""
    texts = {"title": title, "body": body}
    assert 0.0 <= found.score <= 1.0
    assert bool(found.evidence) <= found.cooperation
    for piece in found.evidence:
        assert texts[piece.field][piece.start : piece.end] == piece.text != ""
    for span in _spans(found):
        assert 0 <= span.start < span.end <= len(texts[span.field])
    for place in found.parties.places:
        quoted = [_letters(texts[span.field][span.start : span.end]) for span in place.spans]
        assert _letters(place.name) in quoted


def test_offsets_point_at_the_text_they_quote() -> None:
    checked = 0
    for article in _articles():
        found = assess(article.title, article.body, published=article.published)
        check(article.title, article.body, found)
        texts = {"title": article.title, "body": article.body}
        for person in found.persons:
            quoted = texts[person.span.field][person.span.start : person.span.end]
            assert person.name[:2].lower().replace("ё", "е") in quoted.lower().replace("ё", "е")
        for amount in found.amounts:
            quoted = texts[amount.span.field][amount.span.start : amount.span.end]
            assert any(letter.isalnum() for letter in quoted)
        checked += sum(1 for _ in _spans(found))
    assert checked > 300


def test_an_assessment_does_not_depend_on_order_or_on_earlier_calls() -> None:
    articles = _articles()[:20]
    forward = [assess(a.title, a.body, published=a.published) for a in articles]
    chance = random.Random(7)
    for article in reversed(articles):
        assess(mutated(article.title, chance), mutated(article.body, chance), language="be")
    backward = [assess(a.title, a.body, published=a.published) for a in reversed(articles)]
    assert forward == backward[::-1]


CHANGES: list[Callable[[str, int, int, random.Random], str]] = [
    lambda text, first, _, __: text[:first],
    lambda text, first, second, _: text[:second] + text[first:],
    lambda text, first, second, _: text[:first] + text[second:],
    lambda text, first, _, chance: text[:first] + chance.choice(ODD) + text[first:],
    lambda text, _, __, chance: chance.choice(ODD).join(wrap(text, 97, drop_whitespace=False)),
    lambda text, _, __, chance: _misread(text, *chance.choice(MISREAD)),
    lambda text, _, __, chance: " ".join(chance.sample(words := text.split(" "), len(words))),
    lambda text, *_: text.upper(),
    lambda text, *_: text.replace(" ", ""),
    lambda text, *_: text.replace("\n", " "),
    lambda text, *_: text[::-1],
]


def _misread(text: str, written: str, read: str) -> str:
    return text.encode(written, "replace").decode(read, "replace")


def mutated(text: str, chance: random.Random) -> str:
    """The text cut, doubled, misread, shuffled or with odd signs in it, once to four times."""
    for _ in range(chance.randint(1, 4)):
        first, second = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        text = chance.choice(CHANGES)(text, first, second, chance)[:20_000]
    return text


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_texts_never_crash_it(part: int) -> None:
    chance = random.Random(20260705 + part)
    before: dict[str, str | None] = {"title": "", "body": ""}
    for _ in range(EACH):
        article = chance.choice(_articles())
        title, body = mutated(article.title, chance), mutated(article.body, chance)
        began = time.process_time()
        found = assess(
            title,
            body,
            language=chance.choice([None, "ru", "be", "en", "xx"]),
            published=chance.choice([None, article.published, "", "99.99.9999", title]),
            site_country=chance.choice([None, "BY", "RU", "??"]),
        )
        taken = time.process_time() - began
        assert taken < SLOWEST, (title, body)
        check(title, body, found)
        if found.cooperation:
            after: dict[str, str | None] = {
                "title": title,
                "body": body,
                "published": article.published,
            }
            assert 0.0 <= same_story(before, after) <= 1.0
            before = after


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "\n\n\n",
        "а" * LONG_LINE,
        "Минск Москва " * (LONG_LINE // 13),
        "Делегация Курской области в Минске подписала договор на 5 млн рублей, " * 14_000,
        "А.Б. Иванов, И.И.Петров " * 40_000,
        "." * 100_000,
        "«" * 50_000,
        "(" * 50_000,
        "1 000 " * 100_000,
        "\u202eמינסק 😀 " * 50_000,
        "5 млн " * 100_000,
        "с 1 по 2 мая и 3 июня " * 40_000,
    ],
    ids=[
        "empty",
        "space",
        "lines",
        "word",
        "names",
        "acts",
        "initials",
        "stops",
        "quotes",
        "brackets",
        "digits",
        "right to left",
        "sums",
        "dates",
    ],
)
def test_texts_of_any_length_get_an_answer_in_time(body: str) -> None:
    title = "Минск и Курск подписали соглашение " * 1_000
    began = time.process_time()
    found = assess(title, body)
    assert time.process_time() - began < SLOWEST
    check(title, body, found)


def test_beyond_the_cap_nothing_is_read() -> None:
    article = next(a for a in _articles() if a.cooperation)
    filler = "Погода хорошая. " * (MAX_BODY // 16 + 1)
    assert assess("Новости", filler + article.body) == assess("Новости", filler)
    long_title = "Погода хорошая. " * (MAX_TITLE // 16 + 1)
    assert assess(long_title + article.title, filler) == assess(long_title, filler)
