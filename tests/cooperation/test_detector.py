"""The detector on texts of our own: conditions of the definition, evidence, robustness."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import seeds
from cooperation import VERSION, assess
from cooperation.assessment import Assessment
from cooperation.labelled import read_labelled

LABELLED = Path(__file__).parent / "labelled"

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
Минск и Москва согласовали план на год
Правительства Минска и Москвы подписали протокол о сотрудничестве двух стран.
Візіт адкладзены
Візіт дэлегацыі Смаленскай вобласці ў Віцебск перанесены на май.
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
Кроме того
Кроме того, в Минске отремонтируют улицу Московскую и Гомельский проспект.
Инженер Борисов награждён
Иван Борисов и Пётр Бендер получили грамоты Министерства связи в Минске.
На Варшавской улице
На Варшавской улице в Бресте открылось отделение «Белпочты».
Кафе «Прага»
В Гомеле открылось кафе «Прага», готовит повар из Речицы.
Соглашение не подписано
Минск опроверг сообщения: соглашение с Литвой не подписано, переговоры не ведутся.
Сто лет назад
В 1924 году делегация из Берлина посетила Минск. Музей открыл выставку об этом.
Беларусь поднялась на 32-е место
В индексе МСЭ Беларусь опередила Казахстан и поднялась на 32-е место.
Объявлен тендер
«Белпочта» объявляет тендер на закупку линий, к участию допускаются нерезиденты из России.
Границу закрывают
Литва в одностороннем порядке закрыла границу с Беларусью.
Приём посылок прекращён
«Белпочта» прекращает приём посылок в три страны: Данию, Норвегию и Швецию.
Матч
Минское «Динамо» проиграло в гостях московскому ЦСКА 2:3.
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


def test_a_given_language_is_used_and_an_unknown_one_recognised() -> None:
    assert assess(*VISIT, language="ru") == assess(*VISIT, language="uk") == assess(*VISIT)
