"""Readers' judgements override the flag, survive edits and are never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from storage import items, labels
from storage.database import reading, writing
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, article, flag, lifts, put


def _items(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return [item.id for item in items.items(session)]


def test_a_label_overrides_the_flag_until_it_is_taken_back(engine: Engine) -> None:
    false_alarm = put(engine, lifts(), flag()).article_id
    missed = put(engine, article(2)).article_id
    assert _items(engine) == [false_alarm]
    with writing(engine) as session:
        labels.label(session, false_alarm, "irrelevant", NOW, "это реклама")
        labels.label(session, missed, "relevant", NOW)
    assert _items(engine) == [missed]
    with writing(engine) as session:
        assert labels.label(session, false_alarm, None, NOW)
        assert not labels.label(session, missed, None, NOW)
    assert _items(engine) == [false_alarm]
    with reading(engine) as session:
        kept = labels.labels(session)
    assert [(one.verdict, one.note) for one in kept] == [
        ("irrelevant", "это реклама"),
        ("relevant", ""),
        (None, ""),
        (None, ""),
    ]


def test_an_edit_does_not_bring_back_what_a_reader_called_irrelevant(engine: Engine) -> None:
    stored = put(engine, lifts(), flag())
    with writing(engine) as session:
        labels.label(session, stored.article_id, "irrelevant", NOW)
    edited = put(engine, lifts(text=LIFTS + " Цена договора не названа."), flag(), days=1)
    assert edited.change == "revised"
    assert _items(engine) == []


def test_the_articles_with_a_verdict(engine: Engine) -> None:
    first = put(engine, lifts(), flag()).article_id
    second = put(engine, article(2)).article_id
    with writing(engine) as session:
        labels.label(session, first, "irrelevant", NOW)
        labels.label(session, first, "relevant", NOW + timedelta(minutes=1))
        labels.label(session, second, "irrelevant", NOW)
    with reading(engine) as session:
        assert set(session.scalars(labels.labelled("relevant"))) == {first}
        assert set(session.scalars(labels.labelled("irrelevant"))) == {second}


def test_an_unknown_article_is_named(engine: Engine) -> None:
    with pytest.raises(items.NoSuchArticle, match="77"), writing(engine) as session:
        labels.label(session, 77, "relevant", NOW)
