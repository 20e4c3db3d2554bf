"""What an edit changed, word by word."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage import items
from storage.database import reading
from storage.edits import Part, difference, edits, shortened
from tests.storage.samples import LIFTS, lifts, put


def told(before: str, after: str) -> str:
    """A difference with its marks in the text: [-removed-], {+added+}, ~ where cosmetic."""
    marks = {"same": "{}{}", "removed": "[-{}{}-]", "added": "{{+{}{}+}}"}
    return "".join(
        marks[part.kind].format("~" * part.cosmetic, part.text)
        for part in difference(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("две тысячи лифтов", "три тысячи лифтов", "[-две-]{+три+} тысячи лифтов"),
        ("на 2 млрд рублей.", "на 3 млрд рублей.", "на[- 2-]{+ 3+} млрд рублей."),
        ("Лифты поставят.", "Лифты не поставят.", "Лифты{+ не+} поставят."),
        ('завод "Подъем"', "завод «Подъём»", 'завод[-~ "Подъем"-]{+~ «Подъём»+}'),
        ("Курск - Минск", "Курск – Минск", "Курск[-~ --]{+~ –+} Минск"),
        ("Первое. Второе.", "Первое.\nВторое.", "Первое.{+~\n+}Второе."),
        ("Одно", "Одно, другое", "Одно{+, другое+}"),
        ("", "Текст", "{+Текст+}"),
        ("Текст", "", "[-Текст-]"),
        ("Те  же\u00a0слова \n", "Те же слова", ""),
    ],
)
def test_a_change_is_told_by_its_words(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


def test_a_word_that_two_passages_share_by_chance_did_not_stay() -> None:
    before = "Стороны обсудили ход работ и сроки поставки завода."
    after = "Участники рассказали о новых планах и осмотрели большой цех сборки завода."
    removed, added, rest = difference(before, after)
    assert removed.text == "Стороны обсудили ход работ и сроки поставки"
    assert added.text == "Участники рассказали о новых планах и осмотрели большой цех сборки"
    assert rest == Part("same", " завода.")


TEXTS = st.text(st.sampled_from("аб «».-\n5ё"), max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_nothing_is_left_out_of_a_difference(before: str, after: str) -> None:
    parts = difference(before, after)
    for text, other in ((before, "added"), (after, "removed")):
        shown = "".join(part.text for part in parts if part.kind != other)
        if parts:
            assert "".join(shown.split()) == "".join(text.split())
    assert parts or before.split() == after.split()


def test_a_long_text_is_compared_whole_and_quickly() -> None:
    words = [f"слово{random.Random(number).randint(0, 900)}" for number in range(60_000)]
    before = "\n".join(" ".join(words[at : at + 60]) for at in range(0, len(words), 60))
    after = before.replace(words[-1], "конец").replace(words[1], "начало")
    started = time.process_time()
    parts = difference(before, after)
    assert time.process_time() - started < 10
    assert parts[-1] == Part("added", " конец")
    assert sum(len(part.text) for part in parts if part.kind == "removed") < len(before) / 10


@pytest.mark.parametrize("space", [" ", "\n"])
def test_repeated_words_do_not_take_minutes(space: str) -> None:
    started = time.process_time()
    parts = difference(f"а{space}" * 30_000, f"б{space}а{space}" * 15_000)
    assert time.process_time() - started < 10
    assert sum(part.text.count("б") for part in parts if part.kind == "added") == 15_000


def test_what_stayed_is_shortened_around_the_changes() -> None:
    parts = shortened(difference(f"{LIFTS} конец {LIFTS}", f"{LIFTS} начало {LIFTS}"), around=30)
    assert [part.kind for part in parts] == ["same", "removed", "added", "same"]
    assert parts[0].text == "… встретиться снова через год."
    assert parts[3].text == " Строители Заречной области …"


def test_every_revision_has_its_edit(engine: Engine) -> None:
    file = "https://mpt.example/prikaz.pdf"
    put(engine, lifts())
    put(engine, lifts(title="Другое название", files=[file], published=date(2026, 11, 18)), days=1)
    put(engine, lifts(), days=2)
    with reading(engine) as session:
        first, second = edits(items.article(session, 1))
    assert (first.before.number, first.after.number) == (1, 2)
    assert first.published == (date(2026, 11, 19), date(2026, 11, 18))
    assert first.files == [Part("added", file)]
    assert first.text == []
    assert [part.kind for part in first.title] == ["removed", "added"]
    assert second.after.reverts == 1
    assert second.files == [Part("removed", file)]
