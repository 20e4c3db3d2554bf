"""Which named places take part, and who is whose guest."""

from __future__ import annotations

import pytest

from cooperation import parties
from cooperation.assessment import Parties
from cooperation.model import model
from cooperation.reading import read


def found(title: str, body: str) -> Parties:
    return parties.find(read(title, body), model().parties)


@pytest.mark.parametrize(
    ("title", "body", "regions"),
    [
        (
            "Делегация Курской области посетила Могилёв",
            "Губернатор Курской области встретился с председателем Могилёвского облисполкома.",
            {"RU-KRS", "BY-MA"},
        ),
        (
            "Министры связи Беларуси и России подписали протокол",
            "Встреча прошла в Москве. Стороны обсудили роуминг.",
            set(),
        ),
        (
            "Премьер-министр прибыл в Ташкент",
            "В Ташкенте премьер-министр Беларуси провёл переговоры с президентом Узбекистана.",
            set(),
        ),
        (
            "Университеты договорились об обмене студентами",
            "БГУ и Томский политехнический университет подписали договор об обмене студентами.",
            set(),
        ),
        (
            "Делегации побратимов приедут в Могилёв",
            "Могилёвский горисполком ждёт делегации Пензы, Вологды и Омска.",
            {"BY-MA", "RU-PNZ", "RU-VLG", "RU-OMS"},
        ),
        (
            "Троллейбусы для Самары",
            "Правительство Самарской области закупит двадцать троллейбусов «Белкоммунмаша».",
            {"RU-SAM"},
        ),
    ],
)
def test_regions_take_part_by_the_definition(title: str, body: str, regions: set[str]) -> None:
    assert set(found(title, body).regions) == regions


def test_belarus_always_takes_part_and_a_region_brings_its_country() -> None:
    got = found("Губернатор Псковской области принял делегацию из Витебска", "Подписан план.")
    assert got.countries == ("BY", "RU")


def test_the_union_state_names_its_two_members() -> None:
    got = found("Заседание Совета Министров Союзного государства", "Приняты три программы.")
    assert got.countries == ("BY", "RU")


def test_a_currency_names_no_party() -> None:
    got = found(
        "Беларусь и Грузия договорились о поставках",
        "Контракт на 3 млн долларов США подписали в Минске министры Беларуси и Грузии.",
    )
    assert got.countries == ("BY", "GE")


def test_moscow_is_not_the_region_around_it() -> None:
    mentions = read("Moscow and Minsk agree", "").mentions()
    assert [mention.code for mention in mentions] == ["RU-MOW", "BY-HM"]


@pytest.mark.parametrize(
    ("title", "body", "guest", "host"),
    [
        (
            "Делегация Курской области прибыла в Могилёв",
            "Гостей приняли в Могилёвском облисполкоме.",
            {"RU", "RU-KRS"},
            {"BY", "BY-MA"},
        ),
        (
            "Председатель Гродненского облисполкома посетил Калужскую область",
            "Губернатор Калужской области принял делегацию из Гродно.",
            {"BY", "BY-HR"},
            {"RU", "RU-KLU"},
        ),
    ],
)
def test_guest_and_host(title: str, body: str, guest: set[str], host: set[str]) -> None:
    places = found(title, body).places
    assert {place.code for place in places if place.side == "guest"} == guest
    assert {place.code for place in places if place.side == "host"} == host


def test_the_names_of_a_party_are_found_in_the_text() -> None:
    texts = {"title": "Делегация Курской области в Минске", "body": "Куряне приехали в Беларусь."}
    for place in found(**texts).places:
        assert place.spans
        for span in place.spans:
            assert texts[span.field][span.start : span.end].strip()
        assert any(texts[s.field][s.start : s.end] == place.name for s in place.spans)
