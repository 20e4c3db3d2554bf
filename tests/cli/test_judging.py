"""`coopwatch label` and `coopwatch evaluate` as an analyst uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

import cooperation
from cli.main import app
from cli.output import PIPED_WIDTH
from cooperation.labelled import LabelledFileError
from cooperation.model import MODEL_FILE
from storage import articles, items, labels, sources
from storage.article import Article
from storage.database import connect, reading, writing
from tests.fixtures.command import ROOT, Command

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LABELLED = ROOT / "tests" / "cooperation" / "labelled"
TEXTS = {
    1: (
        "Делегация Смоленской области посетила Витебск",
        "Губернаторы обеих областей провели переговоры и подписали соглашение о поставках станков.",
    ),
    2: ("Почта открыла отделение", "Отделение связи открылось в Слуцке после ремонта."),
    3: (
        "Завод «Амкодор» поставит погрузчики в Казахстан",
        "Белорусский завод подписал с казахстанской компанией контракт на поставку машин.",
    ),
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The database of the command's folder, with two items and a plain article."""
    engine = connect(f"sqlite:///{tmp_path / 'coopwatch.db'}")
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        sources.baseline_done(session, "mpt", NOW)
    for number, (title, text) in TEXTS.items():
        url = f"https://mpt.example/{number}"
        article = Article(
            url=url, canonical_url=url, title=title, text=text, site_id=str(number),
            language="ru", published=date(2026, 11, 19), layout="drupal7",
        )  # fmt: skip
        found = cooperation.assess(title, text, language="ru", site_country="BY")
        with writing(engine) as session:
            articles.store(session, "mpt", article, found, seen_at=NOW, baseline=False)
    yield engine
    engine.dispose()


def call(tmp_path: Path, *arguments: str) -> Result:
    """The command in this process."""
    url = f"sqlite:///{tmp_path / 'coopwatch.db'}"
    return CliRunner().invoke(app, ["--database", url, *arguments], catch_exceptions=False)


def listed(engine: Engine) -> set[int]:
    with reading(engine) as session:
        return {item.id for item in items.items(session)}


def test_a_label_from_the_command_to_the_labelled_file(
    coopwatch: Command, engine: Engine, tmp_path: Path
) -> None:
    assert listed(engine) == {1, 3}
    _, said = coopwatch("label", "1", "irrelevant", "--note", "учения, не сотрудничество")
    assert said == "1: irrelevant; it is no item\n"
    assert "relevant; it is an item" in call(tmp_path, "label", "2", "relevant").stderr
    assert listed(engine) == {2, 3}
    assert call(tmp_path, "label", "3", "irrelevant").exit_code == 0
    assert "an item" in call(tmp_path, "label", "3", "--undo").stderr
    assert listed(engine) == {2, 3}

    assert "Labelled relevant on" in call(tmp_path, "show", "2").stdout
    assert "учения, не сотрудничество" in call(tmp_path, "show", "1").stdout
    assert "Labelled" not in call(tmp_path, "show", "3").stdout

    table = call(tmp_path, "label", "--list").stdout
    assert "учения" in table
    assert max(map(len, table.splitlines())) <= PIPED_WIDTH
    rows = json.loads(call(tmp_path, "label", "--list", "--format", "json").stdout)
    assert [(row["article"], row["label"], row["holds"]) for row in rows] == [
        (3, None, True), (3, "irrelevant", False), (2, "relevant", True), (1, "irrelevant", True),
    ]  # fmt: skip

    path = tmp_path / "labels.jsonl"
    assert "2 labelled articles" in call(tmp_path, "label", "--export", str(path)).stderr
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(one["title"], one["cooperation"]) for one in lines] == [
        (TEXTS[1][0], False), (TEXTS[2][0], True),
    ]  # fmt: skip
    assert lines[0]["reason"] == "учения, не сотрудничество"
    assert lines[0]["site_country"] == "BY"
    of_the_file = call(tmp_path, "evaluate", str(path), "--json").stdout
    of_the_labels = json.loads(call(tmp_path, "evaluate", "--json").stdout)
    assert of_the_labels == json.loads(of_the_file)
    assert of_the_labels["missed"] == ["label-2"]
    assert of_the_labels["false_alarms"] == ["label-1"]
    assert of_the_labels["facts"]["kinds"]["f1"] is None  # nobody has labelled the facts


@pytest.mark.parametrize(
    "arguments",
    [
        ["label"],
        ["label", "1"],
        ["label", "1", "relevant", "--undo"],
        ["label", "1", "--list"],
        ["label", "--list", "--export", "x"],
        ["label", "--undo"],
        ["label", "1", "perhaps"],
        ["evaluate", "file", "--compare"],
        ["evaluate", "--threshold", "1"],
    ],
)
def test_wrong_usage_is_told(arguments: list[str], tmp_path: Path) -> None:
    ended = call(tmp_path, *arguments)
    assert ended.exit_code == 2
    assert "Error" in ended.stderr


def test_without_labels_it_says_how_to_make_one(engine: Engine, tmp_path: Path) -> None:
    assert "coopwatch label" in call(tmp_path, "evaluate").stderr
    assert "no labels yet" in call(tmp_path, "label", "--list").stderr
    assert listed(engine) == {1, 3}


def test_evaluation_of_a_labelled_file(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = (LABELLED / "dev.jsonl").read_text("utf-8").splitlines()[:30]
    path.write_text("\n".join(lines), "utf-8")
    table = call(tmp_path, "evaluate", str(path)).stdout
    assert max(map(len, table.splitlines())) <= PIPED_WIDTH
    for words in ("30 articles", "language ru", "kind visit", "act:", "Brier", "Calibration"):
        assert words in table
    assert "5%:" in table
    plain = json.loads(call(tmp_path, "evaluate", str(path), "--json").stdout)
    counts = plain["flags"]
    assert sum(counts[key] for key in counts if key.endswith(("positives", "negatives"))) == 30
    assert set(plain["precision_at"]) == {"0.05", "0.1", "0.2"}
    never = json.loads(
        call(tmp_path, "evaluate", str(path), "--json", "--threshold", "0.9999").stdout
    )
    assert never["flags"]["recall"] < counts["recall"]


def test_a_bad_line_is_named_by_its_number(coopwatch: Command, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"title": "Т", "body": "Б", "cooperation": true}\n{"title": 1}', "utf-8")
    _, errors = coopwatch("evaluate", str(path), code=2)
    assert errors == f"coopwatch: {path}, line 2: expected a text in 'title'\n"
    with pytest.raises(LabelledFileError, match="cannot be read"):
        call(tmp_path, "evaluate", str(tmp_path / "none.jsonl"))


def test_what_a_changed_detector_would_add_and_drop(engine: Engine, tmp_path: Path) -> None:
    assert "0 items would be added, 0 dropped" in call(tmp_path, "evaluate", "--compare").stderr
    before = (tmp_path / "coopwatch.db").read_bytes()

    strict = call(tmp_path, "evaluate", "--compare", "--threshold", "0.99999")
    assert "0 items would be added, 2 dropped" in strict.stderr
    assert TEXTS[1][0] in strict.stdout
    assert "19.11.2026" in strict.stdout
    assert max(map(len, strict.stdout.splitlines())) <= PIPED_WIDTH

    lax = call(tmp_path, "evaluate", "--compare", "--threshold", "0.00001", "--json")
    (added,) = [json.loads(line) for line in lax.stdout.splitlines()] or [None]
    assert added is None or (added["change"], added["id"]) == ("added", 2)
    assert listed(engine) == {1, 3}
    assert (tmp_path / "coopwatch.db").read_bytes() == before


def test_a_label_holds_against_a_changed_detector(engine: Engine, tmp_path: Path) -> None:
    with writing(engine) as session:
        labels.label(session, 1, "relevant", NOW)
    strict = call(tmp_path, "evaluate", "--compare", "--threshold", "0.99999")
    assert "0 items would be added, 1 dropped" in strict.stderr
    assert "1 the other way round" in strict.stderr


def test_another_model_is_tried(engine: Engine, tmp_path: Path) -> None:
    shipped = json.loads((ROOT / "cooperation" / MODEL_FILE).read_text("utf-8"))
    shipped["trees"] = {"bias": -9.0, "trees": []}
    path = tmp_path / "model.json"
    path.write_text(json.dumps(shipped), "utf-8")
    other = call(tmp_path, "evaluate", "--compare", "--model", str(path), "--json")
    dropped = [json.loads(line) for line in other.stdout.splitlines()]
    assert [one["id"] for one in dropped] == [1, 3]
    assert all(one["score_before"] > 0.5 > one["score_after"] for one in dropped)
    assert all(one["evidence"] for one in dropped)
    assert listed(engine) == {1, 3}


def test_a_file_that_is_no_model_is_named(coopwatch: Command, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}", "utf-8")
    _, errors = coopwatch("evaluate", "--compare", "--model", "model.json", code=2)
    assert "model.json: no model" in errors
