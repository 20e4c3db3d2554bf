"""What happened to an article, as its reader sees it at the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from rich.cells import cell_len

from cli.main import app
from storage import sources
from storage.article import Article
from storage.database import connect, writing
from storage.quarantine import NotInQuarantine
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, article, lifts, put

Say = Callable[..., str]


def reused() -> Article:
    """Another piece under the second article's number."""
    text = "Завод «Подъём» открыл музей. " * 12
    return article(2, title="Музей на заводе", text=text, published=date(2026, 11, 23))


@pytest.fixture
def say(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    """The command in this process, on a database with an article that was edited."""
    engine = connect(sqlite_url)
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        sources.baseline_done(session, "mpt", NOW)
    put(engine, lifts())
    put(engine, lifts(text=LIFTS.replace("«Подъём»", '"Подъем"')), days=1)
    put(engine, lifts(text=LIFTS.replace("сорок", "пятьдесят")), days=2)
    put(engine, lifts(), days=3)
    put(engine, article(2))
    put(engine, reused(), days=4)
    engine.dispose()

    def said(*arguments: str) -> str:
        app(["--database", sqlite_url, *arguments], standalone_mode=False)
        return capsys.readouterr().out

    return said


def test_each_revision_shows_its_words(say: Say) -> None:
    shown = say("show", "1", "--diff")
    assert max(map(cell_len, shown.splitlines())) <= 100
    headings = [line for line in shown.splitlines() if line.startswith("Revision")]
    assert [line.rpartition(": ")[2] for line in headings[1:]] == [
        "cosmetic change",
        "changed",
        "taken back to revision 1",
    ]
    assert "23.11.2026 15:00" in headings[-1]
    flat = " ".join(shown.split())
    assert '[~«Подъём»~]{~"Подъем"~}' in flat
    assert "[-сорок-]{+пятьдесят+} лифтов" in flat
    assert "[-пятьдесят-]{+сорок+} лифтов" in flat


def test_the_edits_for_programs_have_both_texts(say: Say) -> None:
    edits = json.loads(say("show", "1", "--diff", "--format", "json"))
    assert [edit["after"]["number"] for edit in edits] == [2, 3, 4]
    assert edits[2]["after"]["text"] == LIFTS == edits[0]["before"]["text"]
    assert {"kind": "added", "text": " пятьдесят", "cosmetic": False} in edits[1]["text"]


def test_an_article_for_programs_has_all_its_revisions(say: Say) -> None:
    view = json.loads(say("show", "1", "--format", "json"))
    assert [one["reverts"] for one in view["revisions"]] == [None, None, None, 1]
    assert view["aliases"] == [lifts().url]


def test_an_article_that_never_changed(say: Say) -> None:
    assert "No change was seen since." in say("show", "2", "--diff")
    assert json.loads(say("show", "2", "--diff", "--format", "json")) == []


def test_a_piece_in_quarantine_is_listed_with_both_versions(say: Say) -> None:
    listed = say("quarantine")
    assert max(map(cell_len, listed.splitlines())) <= 100
    assert "Музей на заводе" in listed
    assert "почта открыла отделение" in listed
    (row,) = json.loads(say("quarantine", "--format", "json"))
    assert (row["text"], row["known_text"]) == (reused().text, article(2).text)
    shown = say("quarantine", "1")
    assert "Музей на заводе" in shown
    assert "Отделение связи номер 2" in shown


def test_what_is_accepted_is_an_article_of_its_own(say: Say) -> None:
    say("quarantine", "1", "accept")
    assert say("quarantine") == ""
    assert json.loads(say("show", "3", "--format", "json"))["title"] == "Музей на заводе"
    old = json.loads(say("show", "2", "--format", "json"))
    assert (old["title"], old["withdrawn"]) == (article(2).title, "deleted")
    with pytest.raises(NotInQuarantine):
        say("quarantine", "1", "accept")


def test_what_is_dismissed_is_left_out(say: Say) -> None:
    say("quarantine", "1", "dismiss")
    assert say("quarantine") == ""
    assert json.loads(say("show", "2", "--format", "json"))["withdrawn"] is None
