"""The figures of an evaluation: each is checked against a count made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cooperation.assessment import (
    Amount,
    Assessment,
    Evidence,
    Organization,
    Parties,
    Person,
    Span,
)
from cooperation.evaluation import Counts, brier, evaluate, reliability, set_counts
from cooperation.labelled import Labelled, LabelledFileError, read_labelled


def _article(number: int, *, positive: bool, language: str = "ru") -> Labelled:
    kinds = ("visit",) if positive else ()
    return Labelled(
        id=f"a{number}",
        title=str(number),
        body="",
        cooperation=positive,
        language=language,
        kinds=kinds,
        stage="concluded" if positive else None,
        countries=("BY", "RU") if positive else (),
    )


def _found(score: float, stage: str = "concluded") -> Assessment:
    flagged = score >= 0.5
    return Assessment(
        cooperation=flagged,
        score=score,
        version="1",
        kinds=("visit", "talks") if flagged else (),
        stage=stage if flagged else None,
        parties=Parties(countries=("BY",)) if flagged else Parties(),
        evidence=(Evidence(0, 1, "title", "1", "act:visit", 1.0),) if flagged else (),
    )


def test_evaluate_counts_flags_facts_languages_and_rules() -> None:
    articles = [
        _article(0, positive=True),
        _article(1, positive=True, language="be"),
        _article(2, positive=False),
        _article(3, positive=False, language="be"),
    ]
    answers = {"0": _found(0.9), "1": _found(0.2), "2": _found(0.6), "3": _found(0.1)}
    report = evaluate(articles, lambda article: answers[article.title])

    assert report.flags == Counts(1, 1, 1, 1)
    assert report.languages == {"ru": Counts(1, 1, 0, 0), "be": Counts(0, 0, 1, 1)}
    assert report.rules == {"act:visit": Counts(1, 1, 0, 0)}
    assert report.kinds == {"talks": Counts(0, 1, 0, 0), "visit": Counts(1, 0, 0, 0)}
    assert report.kind_total == Counts(1, 1, 0)
    assert report.countries == Counts(1, 0, 1)
    assert report.stage_accuracy == 1.0
    assert report.missed == ("a1",)
    assert report.false_alarms == ("a2",)
    assert report.brier == pytest.approx((0.01 + 0.64 + 0.36 + 0.01) / 4)


def test_precision_is_restated_for_a_stream_with_few_items() -> None:
    counts = Counts(true_positives=90, false_positives=7, false_negatives=10, true_negatives=93)
    assert counts.precision == pytest.approx(90 / 97)
    assert counts.precision_at(0.10) == pytest.approx(0.09 / (0.09 + 0.9 * 0.07))
    assert counts.f1 == pytest.approx(180 / 197)
    assert counts.false_alarm_rate == pytest.approx(0.07)


def test_figures_of_nothing_are_zero() -> None:
    report = evaluate([], lambda _: _found(1.0))
    assert (report.flags.f1, report.flags.precision, report.brier) == (0.0, 0.0, 0.0)


def test_reliability_puts_each_score_into_one_bin() -> None:
    bins = reliability([0.0, 0.05, 0.95, 1.0], [False, True, True, True])
    assert [found.count for found in bins] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[0].positive_share == 0.5
    assert bins[9].mean_score == pytest.approx(0.975)
    assert brier([0.0, 1.0], [True, True]) == 0.5


def test_set_counts_is_the_micro_average() -> None:
    assert set_counts([(("a", "b"), ("b", "c")), ((), ("d",))]) == Counts(1, 2, 1)


def test_the_labelled_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    row = {
        "id": "x1", "lang": "be", "title": "Т", "body": "Б", "cooperation": True, "hard": True,
        "kinds": ["visit"], "stage": "announced", "group": "g",
        "parties": {"countries": ["BY"], "regions": ["BY-MA"], "organizations": []},
    }  # fmt: skip
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n\n", encoding="utf-8")
    (article,) = read_labelled(path)
    assert (article.language, article.hard, article.group) == ("be", True, "g")
    assert (article.countries, article.regions) == (("BY",), ("BY-MA",))
    assert article.facts == row


_BASE = '{"title": "Т", "body": "Б", "cooperation": true, '


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "one JSON object a line"),
        ("[]", "expected a JSON object, found list"),
        ('{"title": "Т"}', "expected a text in 'body'"),
        ('{"title": "Т", "body": "Б"}', "expected true or false in 'cooperation'"),
        ("[" * 100_000, "one JSON object a line"),
        (_BASE + '"kinds": "visit"}', "a list of texts in 'kinds'"),
        (_BASE + '"parties": []}', "an object in 'parties'"),
        (_BASE + '"parties": {"regions": [1]}}', "a list of texts in 'regions'"),
        (_BASE + '"persons": [{"post": ""}]}', "objects with 'name' in 'persons'"),
        (_BASE + '"amounts": [{"value": "5"}]}', "'qualifier' in 'amounts'"),
        (_BASE + '"lang": 5}', "a text in 'lang'"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, expected: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"title": "Т", "body": "Б", "cooperation": false}\n' + line, encoding="utf-8")
    with pytest.raises(LabelledFileError, match="line 2") as error:
        read_labelled(path)
    assert expected in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelledFileError, match=r"nothing\.jsonl"):
        read_labelled(tmp_path / "nothing.jsonl")


def test_lines_without_a_label_get_the_given_one(tmp_path: Path) -> None:
    path = tmp_path / "general.jsonl"
    path.write_text('{"title": "Т", "body": "Б"}', encoding="utf-8")
    assert [article.cooperation for article in read_labelled(path, unlabelled=False)] == [False]


def test_text_that_is_not_utf_8_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    row = '{"title": "Т", "body": "Б", "cooperation": false}\n'
    path.write_bytes(b"\xef\xbb\xbf" + row.encode() + row.encode("cp1251"))
    with pytest.raises(LabelledFileError, match="line 2: expected UTF-8"):
        read_labelled(path)


def test_a_kind_is_judged_by_its_items_and_by_what_was_taken_for_it() -> None:
    articles = [_article(0, positive=True), _article(1, positive=True), _article(2, positive=False)]
    answers = {"0": _found(0.9), "1": _found(0.2), "2": _found(0.6)}
    report = evaluate(articles, lambda article: answers[article.title])
    assert report.flagged_kinds == {"talks": Counts(0, 1), "visit": Counts(1, 1, 1)}
    assert (report.easy, report.hard) == (Counts(0, 1), Counts())


def test_facts_are_compared_where_somebody_has_labelled_them() -> None:
    label = {
        "persons": [{"name": "Ветров Семён", "post": "директор завода"}],
        "amounts": [{"value": 5e6, "currency": "RUB", "qualifier": "over", "what": ""}],
        "parties": {"organizations": ["Подъём"]},
        "event_dates": ["2026-11-19"],
        "sector": "industry",
    }
    span = Span("body", 0, 1)
    found = replace(
        _found(0.9),
        persons=(Person("Ветров Семен", "директор завода", span), Person("Иной Иван", "", span)),
        amounts=(Amount(5e6, "RUB", "exact", "", span),),
        event_dates=("2026-11-19",),
        sector="industry",
        parties=Parties(organizations=("Подъём",), named=(Organization("Подъём", (span,)),)),
    )
    article = replace(_article(0, positive=True), facts=label)
    facts = evaluate([article], lambda _: found)
    assert facts.facts["persons"] == Counts(1, 1, 0)
    assert facts.facts["amounts"] == Counts(0, 1, 1)  # another qualifier
    assert facts.facts["organizations"] == Counts(1)
    assert facts.rights == {"posts": (1, 1), "event dates (told)": (1, 1), "sector": (1, 1)}
    unlabelled = evaluate([replace(article, facts_labelled=False)], lambda _: found)
    assert (unlabelled.facts, unlabelled.kind_total) == ({}, Counts())
