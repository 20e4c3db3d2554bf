from __future__ import annotations

import pytest

from cooperation.sector import guess


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Марку погасили в двух столицах", "Почтовый блок и конверт первого дня.", "post"),
        ("Тракторы уехали в Пензу", "Завод отгрузил станки и двигатели.", "industry"),
        ("Семена для соседей", "Аграрии обсудили картофель, рапс и молоко.", "agriculture"),
        ("Студэнты едуць у Мінск", "Універсітэты падпісалі дагавор аб стажыроўках.", "education"),
        ("Doctors share scans", "The hospital and its patients gain from new surgery.", "health"),
        ("Встреча", "Стороны договорились о следующей встрече.", "general"),
        ("", "", "general"),
    ],
)
def test_the_sector_is_told_by_its_words(title: str, body: str, expected: str) -> None:
    assert guess(title, body) == expected


def test_several_sectors_side_by_side_are_none() -> None:
    body = "Обсудили тракторы, студентов, больницы, театр, почту, туризм, хоккей и экологию."
    assert guess("Соглашение двух областей", body) == "general"
