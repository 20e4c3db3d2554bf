"""Which reports are of one act."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cooperation import same_story
from cooperation.stories import SAME, compare, index_keys
from cooperation.story_profile import profile, sound

LABELLED = Path(__file__).parent / "labelled"

ARTICLE: dict[str, Any] = {
    "title": "Вологодская делегация посетила Минск",
    "body": "Делегация Вологодской области провела переговоры в Минске 3 марта 2025 года."
    " Завод «Амкодор» поставит региону 48 погрузчиков на 312 млн рублей.",
    "language": "ru",
    "published": "2025-03-04",
}


def _pairs() -> list[dict[str, Any]]:
    text = (LABELLED / "stories-dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _article(side: dict[str, Any]) -> dict[str, Any]:
    return {**side, "language": side["lang"]}


def test_nearly_all_labelled_pairs_are_told_right() -> None:
    right = [
        (same_story(_article(pair["a"]), _article(pair["b"])) >= SAME) == pair["same"]
        for pair in _pairs()
    ]
    assert len(right) == 16
    assert sum(right) >= 14


def test_it_is_symmetric_and_an_article_is_its_own_story() -> None:
    for pair in _pairs():
        a, b = _article(pair["a"]), _article(pair["b"])
        assert same_story(a, b) == pytest.approx(same_story(b, a))
        assert same_story(a, a) > 0.9


def test_a_translation_is_the_same_story() -> None:
    translation = {
        "title": "Валагодская дэлегацыя наведала Мінск",
        "body": "Дэлегацыя Валагодскай вобласці правяла перамовы ў Мінску 3 сакавіка 2025 года."
        " Завод «Амкадор» паставіць рэгіёну 48 пагрузчыкаў на 312 млн рублёў.",
        "language": "be",
        "published": "2025-03-04",
    }
    assert same_story(ARTICLE, translation) >= SAME


ANOTHER_ACT = """
Делегация Вологодской области посетила Минск 20 марта 2025 года. Гостям показали библиотеку, детский
лагерь и театр; договорились о 15 стажировках.
"""


@pytest.mark.parametrize(("change", "to"), [("published", "2026-03-10"), ("body", ANOTHER_ACT)])
def test_another_time_or_another_act_is_another_story(change: str, to: str) -> None:
    assert same_story(ARTICLE, {**ARTICLE, change: to}) < SAME


def test_the_same_words_about_another_partner_are_another_story() -> None:
    other = {key: value.replace("Вологодск", "Псковск") for key, value in ARTICLE.items()}
    assert same_story(ARTICLE, other) < SAME


def test_another_month_of_the_same_figures_is_another_story() -> None:
    january, february = (
        {
            "title": f"Товарооборот Беларуси и Вологодской области за {month}",
            "body": f"За {month} товарооборот Беларуси и Вологодской области составил {a} млн "
            f"долларов. Экспорт достиг {b} млн, импорт {c} млн. Поставлено {d} тракторов.",
            "language": "ru",
            "published": day,
        }
        for month, a, b, c, d, day in (
            ("январь", "61,4", "52,7", "81,2", 430, "2025-02-20"),
            ("февраль", "73,9", "55,1", "188,8", 511, "2025-03-10"),
        )
    )
    assert same_story(january, february) < SAME


def test_any_number_of_years_may_lie_between() -> None:
    assert same_story(ARTICLE, {**ARTICLE, "published": "1025-03-04"}) < SAME


def test_the_next_session_is_another_story() -> None:
    fifth = {**ARTICLE, "title": "Пятое заседание рабочей группы Беларуси и Вологодской области"}
    sixth = {**ARTICLE, "title": "Шестое заседание рабочей группы Беларуси и Вологодской области"}
    assert same_story(fifth, sixth) < same_story(fifth, fifth)


def test_missing_fields_are_unknown_not_an_error() -> None:
    bare = {"title": ARTICLE["title"], "body": ARTICLE["body"]}
    assert same_story(bare, ARTICLE) >= SAME
    assert same_story({"title": "", "body": ""}, ARTICLE) < SAME


def test_compare_works_on_kept_profiles() -> None:
    assert compare(profile(ARTICLE), profile(ARTICLE)) == same_story(ARTICLE, ARTICLE)


def test_names_sound_alike_in_three_languages() -> None:
    assert sound("Вовк") == sound("Воўк") == sound("Vovk")
    assert sound("Жданович") == sound("Zhdanovich") == sound("Ждановіч")


def test_index_keys_are_the_parties_that_tell() -> None:
    assert index_keys({"BY", "RU", "RU-PSK"}) == {"RU", "RU-PSK"}
    assert index_keys({"BY"}) == {"BY"}


def test_different_acts_of_the_check_sets_are_not_merged() -> None:
    rows = [json.loads(line) for line in (LABELLED / "own.jsonl").read_text("utf-8").splitlines()]
    profiles = [profile({**row, "language": row["lang"]}) for row in rows if row["cooperation"]]
    merged = [
        (a, b)
        for number, a in enumerate(profiles)
        for b in profiles[:number]
        if index_keys(a.places) & index_keys(b.places) and compare(a, b) >= SAME
    ]
    assert len(merged) <= 0.002 * len(profiles) ** 2
