from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cooperation.dates import event_dates


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Встреча прошла 11 мая в Минске.", "2024-05-11"),
        ("С 3 по 5 сентября делегация находилась в Гродно.", "2024-09-03/2024-09-05"),
        ("28–29 мая в Бресте работала комиссия.", "2024-05-28/2024-05-29"),
        ("28 февраля – 2 марта инженеры побывали в Туле.", "2024-02-28/2024-03-02"),
        ("Договор подписали вчера.", "2024-05-12"),
        ("Сегодня, 13 мая, в Минске открылся центр.", "2024-05-13"),
        ("Договор подписан в пятницу.", "2024-05-10"),
        ("Першага сакавіка адкрылася школа.", "2024-03-01"),
        ("24 і 25 траўня прайшоў фестываль.", "2024-05-24/2024-05-25"),
        ("The contract was signed on 8 May 2024.", "2024-05-08"),
        ("The teams met on June 3-5 in Orsha.", "2024-06-03/2024-06-05"),
        ("Соглашение подписано 07.05.2024 в Минске.", "2024-05-07"),
    ],
)
def test_the_day_of_the_act(body: str, expected: str) -> None:
    assert event_dates("", body, date(2024, 5, 13)) == (expected,)


def test_a_deadline_and_the_next_meeting_are_not_the_act() -> None:
    body = (
        "Стороны встретились 11 мая в Орше. Следующее заседание намечено на 20 июня. "
        "Заявки принимаются до 1 июня."
    )
    assert event_dates("", body, "2024-05-13") == ("2024-05-11",)


def test_the_day_in_the_headline_is_the_act() -> None:
    body = "Министры открыли вчера бизнес-форум. Гость проведёт в Минске переговоры."
    assert event_dates("Визит – 27–28 мая", body, "2024-05-26") == ("2024-05-27/2024-05-28",)


def test_the_day_of_a_decree_and_of_a_round_up_are_not_the_act() -> None:
    decree = "Указом от 5 мая одобрен как основа для переговоров проект соглашения."
    assert event_dates("Проект одобрен", decree, "2024-05-13") == ()
    assert event_dates("Дайджест: 6–12 мая", "Договор подписан 8 мая.", "2024-05-13") == (
        "2024-05-08",
    )


def test_a_visit_put_off_takes_the_new_day() -> None:
    body = "Намеченная на 17 января встреча рабочей группы перенесена на 14 февраля."
    assert event_dates("", body, "2024-01-10") == ("2024-02-14",)


def test_an_exhibition_lasts_until_it_closes() -> None:
    body = "25 октября в музее откроется выставка. Экспозиция продлится до 21 января."
    assert event_dates("", body, "2023-10-19") == ("2023-10-25/2024-01-21",)


def test_a_course_told_by_its_length_begins_on_a_monday() -> None:
    body = "Инженеры проходят двухнедельный курс в академии. Занятия завершатся 17 февраля."
    assert event_dates("", body, "2023-02-10") == ("2023-02-06/2023-02-17",)


def test_without_a_publication_day_only_a_year_in_the_text_helps() -> None:
    assert event_dates("", "Встреча прошла 11 мая.", None) == ()
    assert event_dates("", "Встреча прошла вчера.", None) == ()
    assert event_dates("", "Встреча прошла 11 мая 2024 г.", None) == ("2024-05-11",)


def test_a_day_without_a_year_takes_the_nearest_one() -> None:
    assert event_dates("", "Встреча прошла 28 декабря.", "2024-01-04") == ("2023-12-28",)


def test_published_may_be_a_moment_and_iso_is_never_turned_round() -> None:
    moment = datetime(2024, 7, 8, 10, tzinfo=UTC)
    assert event_dates("", "Договор подписан вчера.", moment) == ("2024-07-07",)
    assert event_dates("", "Договор подписан вчера.", "2024-07-08") == ("2024-07-07",)
    assert event_dates("", "Договор подписан вчера.", "08/07") == ()


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "", "1", "2024-02-30"])
def test_an_impossible_publication_day_is_none(published: str) -> None:
    body = "Договор подписан вчера, в понедельник, 3 мая. Завтра – 5 мая 2024 г."
    assert event_dates("", body, published) in {("2024-05-03",), ("2024-05-05",)}


def test_a_workshop_of_some_days_that_ended() -> None:
    body = "A two-day workshop on tariffs ended in Minsk yesterday."
    assert event_dates("", body, "2023-09-06") == ("2023-09-04/2023-09-05",)


def test_a_dateline_is_the_act_only_where_it_is_done() -> None:
    body = "МИНСК, 19 мая /Корр./. Завод и банк подписали договор."
    assert event_dates("", body, "2024-05-19") == ("2024-05-19",)
    assert event_dates("", "МИНСК, 19 мая /Корр./. Завод отправит станки.", "2024-05-19") == ()


def test_the_verb_may_is_no_month() -> None:
    assert event_dates("", "About 15 may be invited later.", "2024-05-13") == ()
