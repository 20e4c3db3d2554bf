"""Readers' judgements override the flag, survive edits and are never lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cooperation.assessment import Parties
from cooperation.labelled import read_labelled
from storage import articles, export, finding, items, labels, redaction
from storage.database import reading, writing
from storage.labelled import labelled_articles
from storage.query import parse
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, PLAIN, article, flag, lifts, put


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


def test_what_only_its_reader_sees_gets_facts_and_a_story(engine: Engine) -> None:
    missed = put(engine, lifts()).article_id
    with writing(engine) as session:
        labels.label(session, missed, "relevant", NOW)
    with reading(engine) as session:
        (item,) = items.items(session)
        assert items.items(session, items.ItemFilter(new=True)) == []
    assert item.notice == "found_late"  # its reader knows it
    assert item.kinds
    assert item.story_id is not None
    with writing(engine) as session:
        assert not labels.label(session, missed, None, NOW)
    with reading(engine) as session:
        assert finding.find(session, parse("kind:supply")).found == []


def test_a_label_survives_edits_and_reassessments(engine: Engine) -> None:
    missed = put(engine, lifts()).article_id
    false_alarm = put(engine, article(2), flag(parties=Parties(("BY", "CN")))).article_id
    with writing(engine) as session:
        labels.label(session, missed, "relevant", NOW)
        labels.label(session, false_alarm, "irrelevant", NOW)
    with writing(engine) as session:
        articles.reassess(session, missed, replace(PLAIN, version="2"), at=NOW)
        articles.reassess(session, false_alarm, flag(version="2"), at=NOW)
    assert _items(engine) == [missed]
    put(engine, lifts(text=LIFTS + " Цена договора не названа."), PLAIN, days=1)
    assert put(engine, article(2, text="Совсем иначе. " + LIFTS), flag(), days=1).notice is None
    assert _items(engine) == [missed]
    with reading(engine) as session:
        found = finding.find(session, parse("is:new"))
        assert found.found == []
        (row,) = export.rows(session, parse("is:item"), export.Manners())
        assert (row["id"], row["item"]) == (missed, True)


def test_nothing_is_announced_of_what_a_reader_called_irrelevant(engine: Engine) -> None:
    stored = put(engine, article(2))
    with writing(engine) as session:
        labels.label(session, stored.article_id, "irrelevant", NOW)
    edited = put(engine, article(2, text=LIFTS + " Ещё."), flag(), days=1)
    assert (edited.change, edited.notice) == ("revised", None)
    with writing(engine) as session:
        assert items.announce(session, NOW) == []


def test_a_label_moves_to_the_record_that_an_article_is_merged_into(engine: Engine) -> None:
    url = "https://mpt.example/ru/lifty"
    plain = lifts(url=url, canonical_url=url, site_id=None)
    old = put(engine, plain, flag()).article_id
    into = put(engine, article(100), flag(parties=Parties(("BY", "CN")))).article_id
    assert into != old
    with writing(engine) as session:
        labels.label(session, old, "irrelevant", NOW, "реклама")
    put(engine, article(100, url=url, canonical_url=url), flag(), days=1)
    assert _items(engine) == []
    with reading(engine) as session:
        (line,) = labelled_articles(session)
    assert (line["id"], line["cooperation"], line["reason"]) == (f"label-{into}", False, "реклама")


def test_labels_are_exported_as_a_labelled_file(engine: Engine, tmp_path: Path) -> None:
    relevant = put(engine, lifts(), flag()).article_id
    missed = put(engine, article(2)).article_id
    undone = put(engine, article(3)).article_id
    with writing(engine) as session:
        labels.label(session, relevant, "relevant", NOW)
        labels.label(session, missed, "relevant", NOW)
        labels.label(session, missed, "irrelevant", NOW, "внутреннее дело")
        labels.label(session, undone, "relevant", NOW)
        labels.label(session, undone, None, NOW)
    put(engine, lifts(text=LIFTS + " Дополнено."), flag(), days=1)
    with reading(engine) as session:
        lines = list(labelled_articles(session))
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    first, second = read_labelled(path)
    assert (first.cooperation, first.body, first.kinds) == (True, LIFTS, ("talks", "supply"))
    assert (second.cooperation, second.kinds) == (False, ())
    assert first.facts["parties"]["regions"] == ["BY-MA", "RU-KRS"]
    assert first.facts["amounts"] == [
        {"value": 2e9, "currency": "RUB", "qualifier": "over", "what": "лифты"}
    ]
    assert second.facts["reason"] == "внутреннее дело"


def test_the_list_tells_which_judgement_holds(engine: Engine) -> None:
    one = put(engine, lifts(), flag()).article_id
    with writing(engine) as session:
        labels.label(session, one, "irrelevant", NOW, "a\x00b")
        labels.label(session, one, "relevant", NOW)
    with reading(engine) as session:
        newest, oldest = labels.judged(session)
    assert (newest.label.verdict, newest.holds, newest.item) == ("relevant", True, True)
    assert (oldest.label.verdict, oldest.holds, oldest.label.note) == ("irrelevant", False, "a b")


def test_a_redacted_article_is_judged_no_more(engine: Engine) -> None:
    one = put(engine, lifts(), flag()).article_id
    with writing(engine) as session:
        labels.label(session, one, "relevant", NOW, "сорок лифтов")
    redaction.redact(engine, one, "по просьбе", NOW)
    with pytest.raises(labels.CannotBeLabelled, match="redacted"), writing(engine) as session:
        labels.label(session, one, "relevant", NOW)
    with reading(engine) as session:
        assert list(labelled_articles(session)) == []
        assert [one.note for one in labels.labels(session)] == [""]
