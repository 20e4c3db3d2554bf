from __future__ import annotations

import pytest

from cooperation import persons
from cooperation.persons.name_cases import family_name


def read(body: str, language: str) -> list[tuple[str, str]]:
    return [(person.name, person.post) for person in persons.find("", body, language)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Делегацию принял заместитель Министра связи Игорь Бродович.",
            ("Бродович Игорь", "заместитель Министра связи"),
        ),
        (
            "С первым заместителем председателя правительства Тульской области Анной Лесковой.",
            (
                "Лескова Анна",
                "первый заместитель председателя правительства Тульской области",
            ),
        ),
        (
            "По приглашению губернатора Вятского края Павла Крутского гости остались на день.",
            ("Крутский Павел", "губернатор Вятского края"),
        ),
        (
            "Гости беседовали с генеральным директором ОАО «Ромашка» Дмитрием Пархоменко.",
            ("Пархоменко Дмитрий", "генеральный директор ОАО «Ромашка»"),
        ),
        ("Выступил министр К.К. Дубравин.", ("Дубравин К.К.", "министр")),
        (
            "Принял Чрезвычайного и Полномочного Посла Вьетнама Нгуен Ван Тхо.",
            ("Нгуен Ван Тхо", "Чрезвычайный и Полномочный Посол Вьетнама"),
        ),
        (
            "Подписал вице-губернатор провинции Шэньси Лян Минхао.",
            ("Лян Минхао", "вице-губернатор провинции Шэньси"),
        ),
        (
            "Елена Дроздовская, ректор университета, вручила дипломы.",
            ("Дроздовская Елена", "ректор университета"),
        ),
        (
            "Заседание вел Савчук Олег Петрович.",
            ("Савчук Олег", ""),
        ),
        (
            "Переговоры с министром транспорта Омана Саидом аль-Харбави завершены.",
            ("аль-Харбави Саид", "министр транспорта Омана"),
        ),
    ],
)
def test_russian(body: str, expected: tuple[str, str]) -> None:
    assert read(body, "ru") == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Гасцей сустрэў намеснік старшыні аблвыканкама Юрый Карабач.",
            ("Карабач Юрый", "намеснік старшыні аблвыканкама"),
        ),
        (
            "Перамовы са старшынёй райвыканкама Уладзімірам Кавалёвым прайшлі ў Лідзе.",
            ("Кавалёў Уладзімір", "старшыня райвыканкама"),
        ),
        (
            "Дамову падпісала генеральны дырэктар музея Вольга Сініцкая.",
            ("Сініцкая Вольга", "генеральны дырэктар музея"),
        ),
    ],
)
def test_belarusian(body: str, expected: tuple[str, str]) -> None:
    assert read(body, "be") == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The paper was signed by Deputy Minister Mikhail Astrovsky.",
            ("Astrovsky Mikhail", "Deputy Minister"),
        ),
        (
            '"It is quicker," said Jamshid Karimov, head of logistics at the depot.',
            ("Karimov Jamshid", "head of logistics at the depot"),
        ),
        (
            "They met the governor of Heilongjiang Liang Huifen.",
            ("Liang Huifen", "governor of Heilongjiang"),
        ),
    ],
)
def test_english(body: str, expected: tuple[str, str]) -> None:
    assert read(body, "en") == [expected]


def test_two_persons_share_a_plural_post() -> None:
    body = "Документ подписали директора школ Иван Лукашик и Петр Седых."
    assert read(body, "ru") == [("Лукашик Иван", "директор школ"), ("Седых Петр", "директор школ")]


def test_a_person_is_named_once_with_the_post_the_text_gives() -> None:
    body = "Иван Лукашик приехал утром. Директор завода Иван Лукашик показал цех."
    assert read(body, "ru") == [("Лукашик Иван", "директор завода")]


@pytest.mark.parametrize(
    "body",
    [
        "Вечер прошел в школе имени Якуба Коласа и на улице Максима Богдановича.",
        "Совет Министров Республики Беларусь утвердил Государственную программу.",
        "Повар Галина Тихоновна накормила всех.",
    ],
)
def test_streets_bodies_and_patronymics_are_no_persons(body: str) -> None:
    assert read(body, "ru") == []


def test_family_names_return_to_the_nominative() -> None:
    cases = [
        ("Лесковой", "f", "i", "Лескова"),
        ("Крутского", "m", "g", "Крутский"),
        ("Пархоменко", "m", "i", "Пархоменко"),
        ("Калечицы", "m", "g", "Калечица"),
        ("Гайдаем", "m", "i", "Гайдай"),
        ("Кравцом", "m", "i", "Кравец"),
        ("Рудкевич", "f", "g", "Рудкевич"),
    ]
    assert [family_name(form, gender, case, "ru") for form, gender, case, _ in cases] == [
        nominative for *_, nominative in cases
    ]


def test_spans_quote_the_name_as_the_text_has_it() -> None:
    body = "Гости беседовали с\u00a0директором «Ромашки» Дмитрием\u00a0Пархоменко."
    (person,) = persons.find("", body, "ru")
    assert body[person.span.start : person.span.end] == "Дмитрием\u00a0Пархоменко"
