"""The detector on texts of our own: conditions of the definition, evidence, robustness."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import seeds
from cooperation import VERSION, assess
from cooperation.assessment import Assessment
from cooperation.labelled import read_labelled
from cooperation.reading import MAX_BODY

LABELLED = Path(__file__).parent / "labelled"
LONG = bool(os.environ.get("COOPWATCH_LONG_TESTS"))

VISIT_TITLE = "Делегация Вологодской области прибыла в Минск"
VISIT_BODY = """
Губернатор Вологодской области и министр промышленности Беларуси провели переговоры в Минске.
Стороны подписали соглашение о поставках тракторов. Вологодская делегация посетила завод «Амкодор».
"""
VISIT = (VISIT_TITLE, VISIT_BODY)

FLAGGED = """
Дэлегацыя Бранскай вобласці наведала Гомель
Губернатар Бранскай вобласці сустрэўся са старшынёй аблвыканкама. Бакі падпісалі пратакол.
Belarus and Pakistan sign agreement on tractors
A delegation of Pakistan visited Minsk for talks. The ministers signed an agreement on supplies.
Брестская и Гомельская области подписали соглашение о Полесье
Делегация Гомельской области приехала в Брест. Губернаторы областей подписали соглашение.
"""
NOT_FLAGGED = """
Курская и Тамбовская области подписали соглашение
Губернаторы провели переговоры и подписали соглашение. Делегация посетила завод в Тамбове.
Россия и Китай обсудили поставки
Делегация Китая прибыла в Москву. Министры России и Китая провели переговоры и подписали протокол.
Министр посетил Мстиславский район с рабочей поездкой
Министр связи осмотрел отделение почты в Мстиславле и поблагодарил почтальонов за работу.
Президент поздравил народ Вьетнама с национальным праздником
В телеграмме президент Беларуси пожелал вьетнамскому народу мира и выразил уверенность в дружбе.
Погода на неделю
Ожидаются дожди, на дорогах туман.
"""


def _texts(lines: str) -> list[tuple[str, str]]:
    found = lines.strip().split("\n")
    return list(zip(found[::2], found[1::2], strict=True))


def _reference() -> tuple[str, str]:
    text = (Path(seeds.__file__).parent / "reference-article.md").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("Source")]
    title = re.sub(r"[\[\]#]|\(#\)", "", lines[0]).strip()
    return title, "\n\n".join(lines[1:])


def test_the_reference_article_is_flagged_with_its_kinds() -> None:
    found = assess(*_reference())
    assert found.cooperation
    assert {"visit", "talks"} <= set(found.kinds)
    assert found.stage == "concluded"
    assert found.version == VERSION


@pytest.mark.parametrize(("title", "body"), [VISIT, *_texts(FLAGGED)])
def test_a_joint_act_across_a_border_is_flagged(title: str, body: str) -> None:
    assert assess(title, body).cooperation


@pytest.mark.parametrize(("title", "body"), _texts(NOT_FLAGGED))
def test_what_the_definition_excludes_is_not_flagged(title: str, body: str) -> None:
    found = assess(title, body)
    assert not found.cooperation
    assert (found.kinds, found.stage, found.evidence, found.persons) == ((), None, (), ())


def test_without_a_belarusian_party_the_score_is_zero() -> None:
    body = VISIT_BODY.replace("Беларуси", "Сербии").replace("Минске", "Белграде")
    body = body.replace("«Амкодор»", "«Застава»")
    title = VISIT_TITLE.replace("Минск", "Белград")
    assert assess(title, body).score == 0.0
    assert assess(title, body, site_country="BY").score > 0.0


def _deleted(title: str, body: str, found: Assessment) -> tuple[str, str]:
    texts = {"title": title, "body": body}
    for piece in sorted(found.evidence, key=lambda piece: -piece.start):
        text = texts[piece.field]
        texts[piece.field] = text[: piece.start] + text[piece.end :]
    return texts["title"], texts["body"]


def test_the_flag_rests_on_its_evidence() -> None:
    articles = [a for a in read_labelled(LABELLED / "dev.jsonl") if a.cooperation]
    flagged = [(a, found) for a in articles if (found := assess(a.title, a.body)).cooperation]
    fallen = [not assess(*_deleted(a.title, a.body, found)).cooperation for a, found in flagged]
    assert len(flagged) > 30
    assert sum(fallen) >= 0.85 * len(fallen)


def test_evidence_quotes_the_text_and_is_short_enough_to_be_read() -> None:
    for article in read_labelled(LABELLED / "dev.jsonl"):
        found = assess(article.title, article.body)
        texts = {"title": article.title, "body": article.body}
        assert bool(found.evidence) == found.cooperation
        for piece in found.evidence:
            assert texts[piece.field][piece.start : piece.end] == piece.text
        quoted = sum(len(piece.text) for piece in found.evidence)
        assert quoted <= 0.7 * (len(article.title) + len(article.body))


def test_an_assessment_does_not_depend_on_order_or_on_earlier_calls() -> None:
    articles = read_labelled(LABELLED / "dev.jsonl")[:30]
    forward = [assess(a.title, a.body) for a in articles]
    backward = [assess(a.title, a.body) for a in reversed(articles)]
    assert forward == backward[::-1]


def test_a_given_language_is_used_and_an_unknown_one_recognised() -> None:
    assert assess(*VISIT, language="ru") == assess(*VISIT, language="uk") == assess(*VISIT)


def test_beyond_the_cap_nothing_is_read() -> None:
    filler = "Погода хорошая. " * (MAX_BODY // 16 + 1)
    assert assess("Новости", filler + VISIT_BODY) == assess("Новости", filler)


_CHANGES: list[Callable[[str, int, int, random.Random], str]] = [
    lambda t, a, _b, _chance: t[:a],
    lambda t, a, b, _chance: t[:a] + t[min(a, b) : max(a, b)] * 2 + t[a:],
    lambda t, a, b, _chance: t[:a] + t[b:],
    lambda t, a, _b, chance: t[:a] + chance.choice("😀\u202e\u0301\x00\ud800»(–\n\u00ad١٢") + t[a:],
    lambda t, _a, _b, _chance: t.encode("cp1251", "replace").decode("utf-8", "replace"),
    lambda t, _a, _b, _chance: t.encode("utf-8", "replace").decode("cp1251", "replace"),
    lambda t, _a, _b, _chance: t.upper(),
    lambda t, _a, _b, _chance: t.replace(" ", ""),
    lambda t, _a, _b, _chance: t[::-1],
]


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        first, second = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        odd = chance.choice("😀\u202e\u0301\x00\ud800»(–\n\u00ad١٢")
        text = chance.choice(
            [
                text[:first],
                text[:second] + text[first:],
                text[:first] + text[second:],
                text[:first] + odd + text[first:],
                text.encode("cp1251", "replace").decode("utf-8", "replace"),
                text.encode("utf-8", "replace").decode("cp1251", "replace"),
                text.upper(),
                text.replace(" ", ""),
                text[::-1],
            ]
        )[:20_000]
    return text


@pytest.mark.long
def test_mutated_texts_never_crash_it() -> None:
    chance = random.Random(20260705)
    articles = read_labelled(LABELLED / "dev.jsonl")
    for _ in range(20_000 if LONG else 300):
        article = chance.choice(articles)
        title, body = _mutated(article.title, chance), _mutated(article.body, chance)
        found = assess(title, body)
        for piece in found.evidence:
            source = title if piece.field == "title" else body
            assert source[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(
    "body",
    ["", " ", "\n\n\n", "а" * 1_000_000, "Минск Москва " * 80_000, "." * 100_000, "«" * 50_000],
    ids=["empty", "space", "lines", "long word", "long line", "stops", "quotes"],
)
def test_odd_texts_get_an_answer(body: str) -> None:
    assert 0.0 <= assess("", body).score <= 1.0
