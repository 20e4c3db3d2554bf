from __future__ import annotations

import pytest

from cooperation import organizations, persons


def read(body: str, language: str) -> list[str]:
    people = [person.span for person in persons.find("", body, language)]
    return [found.name for found in organizations.find("", body, language, people=people)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Выступил председатель Брестского облисполкома Иван Лукашик.",
            ["Брестский облисполком"],
        ),
        (
            "В Министерстве связи и информатизации Республики Беларусь прошла встреча.",
            ["Министерство связи и информатизации Республики Беларусь"],
        ),
        ("Об этом договорились РУП «Белпочта» и ООО «Азерпочт».", ["Белпочта", "Азерпочт"]),
        ("Линию поставит бобруйское предприятие «Ромашка».", ["Ромашка"]),
        ("Письмо «Белпочтой» отправлено.", ["Белпочта"]),
        ("Гости побывали на Минском заводе колесных тягачей.", ["Минский завод колесных тягачей"]),
        (
            "Соглашение подписали Минцифры России и Роскомнадзор.",
            ["Минцифры России", "Роскомнадзор"],
        ),
        (
            "Документ одобрил Международный союз электросвязи. В МСЭ довольны.",
            ["Международный союз электросвязи"],
        ),
        (
            "Гостей принял министр связи Иван Лукашик в Парке высоких технологий.",
            ["Парк высоких технологий"],
        ),
        ("Письма возит Гродненский филиал РУП «Белпочта».", ["Гродненский филиал Белпочта"]),
        ("Райисполком ждет гостей. Каменецкий райисполком готов.", ["Каменецкий райисполком"]),
    ],
)
def test_russian(body: str, expected: list[str]) -> None:
    assert read(body, "ru") == expected


@pytest.mark.parametrize(
    "body",
    [
        "Об этом сообщила пресс-служба газеты «Заря».",
        "Ансамбль выступил на фестивале «Славянский ключ».",
        "«Мы приедем еще раз», – сказала гостья.",
        "Начальник управления образования выступил первым.",
    ],
)
def test_media_events_speech_and_inner_departments_are_none(body: str) -> None:
    assert read(body, "ru") == []


def test_belarusian() -> None:
    body = "Рэктар Таджыкскага тэхнічнага ўніверсітэта прыехаў у Віцебскі аблвыканкам."
    assert read(body, "be") == ["Таджыкскі тэхнічны ўніверсітэт", "Віцебскі аблвыканкам"]


def test_english() -> None:
    body = (
        "The visit was hosted by the National Centre for Electronic Services. "
        "A class from Gomel engineering institute came along."
    )
    assert read(body, "en") == [
        "National Centre for Electronic Services",
        "Gomel engineering institute",
    ]


def test_all_mentions_are_quoted() -> None:
    body = "«Белпочта» открыла линию. Письма «Белпочты» дойдут быстрее."
    (found,) = organizations.find("Новая линия «Белпочты»", body, "ru")
    assert found.name == "Белпочта"
    assert [span.field for span in found.spans] == ["title", "body", "body"]
