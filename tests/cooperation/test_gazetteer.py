"""Places in texts: names in every form, and the traps that are no places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation import gazetteer, language
from cooperation.gazetteer import Mention
from tests.cooperation.test_language import WILD_TEXT


def find(text: str, spoken: str | None = None) -> list[Mention]:
    return gazetteer.find(language.tokens(text, spoken or language.detect(text)), text)


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.code) for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Делегация прибыла из Китая", [("Китая", "CN")]),
        ("Посол КНР", [("КНР", "CN")]),
        ("Гости из Поднебесной", [("Поднебесной", "CN")]),
        ("В Белоруссию и в РБ", [("Белоруссию", "BY"), ("РБ", "BY")]),
        ("Соединёнными Штатами Америки", [("Соединёнными Штатами Америки", "US")]),
        ("Демократической Республикой Конго", [("Демократической Республикой Конго", "CD")]),
        ("Республикой Конго", [("Республикой Конго", "CG")]),
        ("Южной Кореи", [("Южной Кореи", "KR")]),
        ("узбекистанцы и китайские гости", [("узбекистанцы", "UZ"), ("китайские", "CN")]),
        ("Страной восходящего солнца", [("Страной восходящего солнца", "JP")]),
        ("у Кітаі і ў Расіі", [("Кітаі", "CN"), ("Расіі", "RU")]),
        ("Злучаных Штатаў Амерыкі", [("Злучаных Штатаў Амерыкі", "US")]),
        ("Türkiye's envoy in the U.S.", [("Türkiye's", "TR"), ("U.S.", "US")]),
    ],
)
def test_countries(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("в Курской области", [("Курской области", "RU-KRS")]),
        ("из Курской обл.", [("Курской обл", "RU-KRS")]),
        ("курские куряне из Курщины", [("курские", "RU-KRS"), ("куряне", "RU-KRS"),
                                        ("Курщины", "RU-KRS")]),
        ("татарстанцы", [("татарстанцы", "RU-TA")]),
        ("в Республике Алтай и в Алтайском крае", [("Республике Алтай", "RU-AL"),
                                                    ("Алтайском крае", "RU-ALT")]),
        ("Минск и Минская область", [("Минск", "BY-HM"), ("Минская область", "BY-MI")]),
        ("Гродненской, Брестской и Минской областей", [
            ("Гродненской", "BY-HR"), ("Брестской", "BY-BR"), ("Минской областей", "BY-MI")]),
        ("Московской и Тверской областей", [("Московской", "RU-MOS"),
                                            ("Тверской областей", "RU-TVE")]),
        ("в Питере и в Ленинградской области", [("Питере", "RU-SPE"),
                                                ("Ленинградской области", "RU-LEN")]),
        ("Севастополь, Республика Крым, Донецк", [("Севастополь", "UA-40"),
                                                  ("Республика Крым", "UA-43"),
                                                  ("Донецк", "UA-14")]),
        ("провинция Шэньси, город Сиань", [("Шэньси", "CN-SN"), ("Сиань", "CN-SN")]),
        ("Астана и Костанайская область", [("Астана", "KZ-71"),
                                           ("Костанайская область", "KZ-39")]),
        ("Магілёўскай вобласці, гамяльчане", [("Магілёўскай вобласці", "BY-MA"),
                                              ("гамяльчане", "BY-HO")]),
        ("the Kursk Region and Tatarstan", [("Kursk Region", "RU-KRS"), ("Tatarstan", "RU-TA")]),
    ],
)  # fmt: skip
def test_regions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Шкловский район", [("Шкловский район", "BY-MA", "district")]),
        ("на Шкловщине", [("Шкловщине", "BY-MA", "district")]),
        ("школа Столбцов", [("Столбцов", "BY-MI", "city")]),
        ("бобруйский завод", [("бобруйский", "BY-MA", "city")]),
        ("Орша, Барановичи", [("Орша", "BY-VI", "city"), ("Барановичи", "BY-BR", "city")]),
        ("у Баранавічах", [("Баранавічах", "BY-BR", "city")]),
        ("в Нижнем Новгороде", [("Нижнем Новгороде", "RU-NIZ", "city")]),
        ("из Казани", [("Казани", "RU-TA", "city")]),
        ("в Боровском районе", [("Боровском", "RU-KLU", "city")]),
        ("Orsha District", [("Orsha District", "BY-VI", "district")]),
        ("Калинковичи и Ростов-на-Дону", [("Калинковичи", "BY-HO", "city"),
                                          ("Ростов-на-Дону", "RU-ROS", "city")]),
    ],
)  # fmt: skip
def test_districts_and_towns(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.text, m.code, m.kind) for m in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Кроме того, братская помощь",
        "Братский народ",
        "на ул. Московской, у Московского проспекта",
        "Брестская крепость",
        "Сергей Борисов и А.В. Бендер",
        "Старобинский Иван Иванович",
        "Генадзь Барысаў",
        "Владимир Сергеев, имени Кирова",
        "гостиница «Минск»",
        "трактор «Беларусь-1221», «Беларусь 82.1»",
        "клуб «Динамо-Минск»",
        "В Александрии на Днепре",
        "Мир и дружба. Чаду не бывать",
        "перу писателя принадлежит, мали и велики",
        "Октябрьский район города, Московский район",
        "Родина, Центральная площадь, Южный рынок",
        "уральская зима, славянский базар",
    ],
)
def test_no_places(text: str) -> None:
    assert found(text) == []


def test_a_surname_known_from_its_first_name_is_never_a_town() -> None:
    text = "Министр Сергей Борисов открыл форум. Борисов отметил рост. Форум шёл в Борисове."
    assert found(text) == [("Борисове", "BY-MI")]


def test_the_word_before_tells_a_town_from_a_first_name() -> None:
    assert found("Приехали из Владимира, жил там Владимир") == [("Владимира", "RU-VLA")]


def test_capitals_throughout() -> None:
    assert found("ДЕЛЕГАЦИЯ КУРСКОЙ ОБЛАСТИ В МИНСКЕ") == [
        ("КУРСКОЙ ОБЛАСТИ", "RU-KRS"),
        ("МИНСКЕ", "BY-HM"),
    ]


def test_compounds_name_both_sides() -> None:
    assert found("белорусско-китайский") == [("белорусско", "BY"), ("китайский", "CN")]
    assert found("беларуска-расійскае") == [("беларуска", "BY"), ("расійскае", "RU")]
    assert found("рейс Минск-Москва") == [("Минск", "BY-HM"), ("Москва", "RU-MOW")]


def test_marks_inside_names() -> None:
    text = "Санкт\u2011Петер\u00adбу\u0301рг и Курской\u00a0области, Бeлаpуcь"
    assert [(m.code, text[m.start : m.end] == m.text) for m in find(text)] == [
        ("RU-SPE", True),
        ("RU-KRS", True),
        ("BY", True),
    ]


@pytest.mark.parametrize(
    ("text", "code", "belarusian"),
    [
        ("ЕАЭС", "EAEU", True),
        ("Союзного государства", "UNION-STATE", True),
        ("Регионального содружества в области связи", "RCC", True),
        ("СНД", "CIS", True),
        ("Шанхайскую организацию сотрудничества", "SCO", True),
        ("Международный союз электросвязи", "ITU", False),
        ("ВПС", "UPU", False),
        ("Евросоюзом", "EU", False),
    ],
)
def test_bodies(text: str, code: str, belarusian: bool) -> None:
    (mention,) = find(text)
    assert (mention.code, mention.kind, mention.belarusian) == (code, "body", belarusian)
    assert mention.country is None


def test_enterprises() -> None:
    assert [(m.text, m.country) for m in find("«Могилевлифтмаша» и «Ростелекома», МАЗ, маз")] == [
        ("Могилевлифтмаша", "BY"),
        ("Ростелекома", "RU"),
        ("МАЗ", "BY"),
    ]
    assert [m.text for m in find("завод «Спартак» обогнал всех. Спартак – имя")] == ["Спартак"]


@given(
    st.lists(
        st.one_of(
            WILD_TEXT,
            st.sampled_from(
                ["Курской области", "Минск-Москва", "белорусско-", "«Минск»", "А.В. Борисов", "г. "]
            ),
        ),
        max_size=8,
    ).map(" ".join)
)
@settings(max_examples=200, deadline=None)  # the first one loads the data
def test_mentions_quote_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end
        assert mention.text == text[mention.start : mention.end]
        end = mention.end


@pytest.mark.parametrize(
    "forms",
    [
        ["Могилёв", "Могилева", "могилёвский", "Магілёў", "магілёўскага", "Mogilev", "могилевчане"],
        ["Китай", "китайские", "КНР", "Кітаем", "Chinese"],
        ["Шклов", "Шкловский", "Шкловщина", "Шклоў"],
        ["Питер", "петербургский", "Петербург"],
        ["Нижегородская", "Нижний Новгород"],
    ],
)
def test_one_search_key_for_all_names_of_a_place(forms: list[str]) -> None:
    keys = [set(language.search_keys(form, None).split()) for form in forms]
    assert set.intersection(*keys)


@pytest.mark.parametrize(
    ("query", "text", "spoken"),
    [
        ("друг", "встреча друзей", "ru"),
        ("друзья", "лучший друг", "ru"),
        ("аблвыканкам", "старшыня аблвыканкама", "be"),
        ("самолет", "два самолёта", "ru"),
        ("супрацоўніцтва", "аб супрацоўніцтве", "be"),
        ("agreements", "the agreement was signed", "en"),
        ("Курск", "курская делегация", "ru"),
        ("Mogilev", "у Магілёве", "be"),
    ],
)
def test_a_query_finds_other_forms(query: str, text: str, spoken: str) -> None:
    keys = set(language.search_keys(text, spoken).split())
    assert keys & set(language.query_keys(query))


def test_common_words_are_not_searched_as_places() -> None:
    assert "xtg" not in language.search_keys("кроме того, Того", "ru")
