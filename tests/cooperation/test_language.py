"""Language work: spelling, sentences, tokens, keys of words and of search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation import language

WILD_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "АаБбВвГгдеёиійўqwc MinskМінск.«»\"'-–—\u00ad\u0301\u0306\u200b\u00a0\n0123"
        ),
    ),
    max_size=200,
)


def quoted(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in language.sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Встреча", "ru"),
        ("Віншаванне", "be"),
        ("Pryvitanne and hello", "en"),
        ("Новости", "ru"),
        ("Новости компании Huawei Technologies", "ru"),
        ("Сустрэча", "be"),
        ("", "ru"),
        ("12.05.2023 🙂", "ru"),
    ],
)
def test_language_of_a_text(text: str, expected: str) -> None:
    assert language.detect(text) == expected


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("«Белтелеком»", '"Белтелеком"'),
        ("Санкт\u2011Петербург", "Санкт-Петербург"),
        ("Минск — Москва", "Минск – Москва"),
        ("5\u00a0млн", "5 млн"),
        ("Бeлapуcь", "Беларусь"),  # Latin e, a, p, c
        ("Нuawei", "Huawei"),  # Cyrillic Н
        ("встреча c делегацией", "встреча с делегацией"),
        ("сям’я", "сям'я"),
    ],
)
def test_one_spelling(written: str, plain: str) -> None:
    assert language.normalise(written) == plain


def test_decomposed_letters_keep_their_offsets() -> None:
    text = "Краи\u0306 ў Магіле\u0308ве"
    plain = language.normalise(text)
    assert len(plain) == len(text)
    assert language.clean(plain) == "Край ў Магілёве"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В г. Минске прошла встреча. Вел ее А.В. Дрозд.",
            ["В г. Минске прошла встреча.", "Вел ее А.В. Дрозд."],
        ),
        ("Завод им. Кирова на ул. Ленина.", ["Завод им. Кирова на ул. Ленина."]),
        ("Оборот 5 млрд. руб. Рост 3%.", ["Оборот 5 млрд. руб.", "Рост 3%."]),
        ("Это было в 2023 г. Позже стало иначе.", ["Это было в 2023 г.", "Позже стало иначе."]),
        ("С 1 мая т.г. действует план.", ["С 1 мая т.г. действует план."]),
        ("Mr. Brown came. He left.", ["Mr. Brown came.", "He left."]),
        ("Заголовок\n- один\n- два", ["Заголовок", "- один", "- два"]),
        ("1. Отчет за год.\n2. План.", ["1. Отчет за год.", "2. План."]),
        ("«Да!» – сказал он. «Нет?» Нет.", ["«Да!» – сказал он.", "«Нет?»", "Нет."]),
        ("Да… Нет... Может быть", ["Да…", "Нет...", "Может быть"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_marks_inside_a_word_do_not_split_it() -> None:
    first, second = language.tokens("Моги\u00adлё\u0301в Санкт\u2011Петербург", "ru")
    assert (first.text, first.key) == ("Моги\u00adлё\u0301в", "могилев")
    assert second.key == "санкт-петербург"


def test_numbers_marks_and_names_are_tokens() -> None:
    found = [token.text for token in language.tokens("МАЗ-6430: 12,5 млн в 2024–2025 гг. 5G", "ru")]
    assert found == ["МАЗ-6430", ":", "12,5", "млн", "в", "2024", "–", "2025", "гг", ".", "5", "G"]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("ru", ["друг", "друзей", "друзьями"]),
        ("ru", ["самолёт", "самолетами"]),
        ("ru", ["подписал", "подписали", "подписать"]),
        ("be", ["супрацоўніцтва", "супрацоўніцтвам", "супрацоўніцтве"]),
        ("be", ["дэлегацыя", "дэлегацыі", "дэлегацыю"]),
        ("be", ["аблвыканкам", "аблвыканкама", "аблвыканкаме"]),
        ("be", ["беларускі", "беларускага", "беларускай"]),
        ("be", ["кніга", "кнізе", "кнігамі"]),
        ("en", ["signed", "signing", "signs"]),
    ],
)
def test_forms_of_a_word_share_its_key(code: str, forms: list[str]) -> None:
    assert len({language.key(form, code) for form in forms}) == 1


@given(WILD_TEXT)
@settings(max_examples=200, deadline=None)  # the first one loads the data
def test_offsets_always_quote_the_text(text: str) -> None:
    assert len(language.normalise(text)) == len(text)
    for code in ("ru", "be", "en"):
        for token in language.tokens(text, code):
            assert token.text == text[token.start : token.end] != ""
    end = 0
    for sentence in language.sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end
    language.detect(text)
    language.search_keys(text, None)
    language.query_keys(text)


@pytest.mark.parametrize(
    "piece", ["а", "А.", "«", "ab", "\x00", "Минск-", "🙂", "ш\u0301", "שלום "]
)
def test_very_long_lines_are_read(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert len(language.normalise(text)) == len(text)
    language.sentences(text)
    language.tokens(text, "ru")
