"""Storing: one record for one article, revisions for real changes, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from cooperation.assessment import Evidence, Parties, Person, Span
from storage import articles, items, quarantine, sources
from storage.database import StorageError, reading, writing
from storage.items import ArticleView
from storage.tables import ArticleRow
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, LIFTS_TITLE, article, flag, lifts, put


def count(engine: Engine) -> int:
    """Records that are listed."""
    with reading(engine) as session:
        listed = select(func.count(ArticleRow.id)).where(ArticleRow.merged_into_id.is_(None))
        return session.scalar(listed) or 0


def view(engine: Engine, article_id: int) -> ArticleView:
    with reading(engine) as session:
        return items.article(session, article_id)


def test_an_article_comes_back_as_it_was_stored(engine: Engine) -> None:
    sample = article(
        html="<p>текст</p>",
        images=["https://mpt.example/a.jpg"],
        files=["https://mpt.example/a.pdf"],
        modified=datetime(2026, 11, 19, 8, tzinfo=UTC),
        published=datetime(2026, 11, 19, 7, 30, tzinfo=UTC),
        provenance={"title": "h1"},
    )
    stored = put(engine, sample)
    assert (stored.change, stored.notice) == ("new", None)
    seen = view(engine, stored.article_id)
    assert (seen.title, seen.published, seen.url) == (sample.title, sample.published, sample.url)
    assert (seen.site_id, seen.language, seen.aliases) == ("1", "ru", (sample.url,))
    assert (seen.first_seen_at, seen.baseline) == (NOW, False)
    present = seen.present
    assert (present.text, present.html, present.layout) == (sample.text, sample.html, "drupal7")
    assert present.images == ("https://mpt.example/a.jpg",)
    assert present.files == ("https://mpt.example/a.pdf",)
    assert present.provenance == {"title": "h1"}
    assert present.modified == "2026-11-19T08:00:00+00:00"


def test_a_date_without_a_time_stays_a_date(engine: Engine) -> None:
    for number, published in enumerate([None, date(2020, 2, 29)], start=1):
        stored = put(engine, article(number, published=published))
        assert view(engine, stored.article_id).published == published


def test_an_unknown_source_is_refused(engine: Engine) -> None:
    with pytest.raises(StorageError, match="no source 'other'"):
        put(engine, article(), source="other")


def test_the_same_again_changes_nothing(engine: Engine) -> None:
    first = put(engine, article())
    before = view(engine, first.article_id)
    again = put(engine, article(), days=1)
    assert again.article_id == first.article_id
    assert (again.change, again.notice) == ("unchanged", None)
    after = view(engine, first.article_id)
    assert after.revisions == before.revisions
    assert after.last_seen_at > before.last_seen_at


def test_every_address_of_a_site_id_is_one_record(engine: Engine) -> None:
    forms = ["/ru/news/1", "/node/1", "/be/node/1", "/?q=node/1", "/print/1", "/slug"]
    for form in forms:
        url = f"https://mpt.example{form}"
        put(engine, article(url=url, canonical_url=url))
    assert count(engine) == 1
    with reading(engine) as session:
        assert set(items.article(session, 1).aliases) == {f"https://mpt.example{f}" for f in forms}


def test_without_an_id_the_canonical_address_is_the_identity(engine: Engine) -> None:
    put(engine, article(site_id=None, url="https://mpt.example/a?x=1"))
    put(engine, article(site_id=None, url="https://mpt.example/a?x=2"))
    put(engine, article(2, site_id=None))
    assert count(engine) == 2


def test_two_sources_may_use_the_same_id(engine: Engine) -> None:
    with writing(engine) as session:
        sources.ensure(session, "other", "Other")
    put(engine, article())
    put(engine, article(), source="other")
    assert count(engine) == 2


def test_an_id_learnt_later_names_the_same_record(engine: Engine) -> None:
    first = put(engine, article(site_id=None))
    second = put(engine, article())
    elsewhere = "https://mpt.example/node/1"
    third = put(engine, article(url=elsewhere, canonical_url=elsewhere))
    assert first.article_id == second.article_id == third.article_id
    assert view(engine, first.article_id).site_id == "1"


def test_two_records_that_prove_to_be_one_are_merged(engine: Engine) -> None:
    short: dict[str, Any] = {"text": "Коротко."}  # too short to be known by its content
    slug, node = "https://mpt.example/slug", "https://mpt.example/node/7"
    by_url = put(engine, article(site_id=None, url=slug, canonical_url=slug, **short))
    by_id = put(engine, article(7, title=article().title, url=node, canonical_url=node, **short))
    assert by_url.article_id != by_id.article_id
    put(engine, article(7, title=article().title, url=slug, canonical_url=slug, **short))
    assert count(engine) == 1
    merged = view(engine, by_url.article_id)
    assert merged.id == by_id.article_id
    assert set(merged.aliases) == {slug, node}


def test_an_address_that_now_leads_to_another_id_is_another_article(engine: Engine) -> None:
    url = "https://mpt.example/slug"
    first = put(engine, article(1, url=url, canonical_url=url))
    second = put(engine, article(2, url=url, canonical_url=url))
    assert second.change == "new"
    assert second.article_id != first.article_id
    assert view(engine, second.article_id).aliases == (url,)


def test_a_site_that_moved_is_recognised_by_content(engine: Engine) -> None:
    old = put(engine, lifts(100), days=-3)
    new_url = "https://www.mpt.example/news/lifty"
    moved = put(engine, lifts(100, site_id="9100", url=new_url, canonical_url=new_url))
    assert (moved.article_id, moved.change) == (old.article_id, "unchanged")
    seen = view(engine, old.article_id)
    assert seen.url == new_url
    assert len(seen.aliases) == 2
    edited = put(
        engine,
        lifts(100, site_id="9100", url=new_url, canonical_url=new_url, text=LIFTS + " Дополнено."),
        days=1,
    )
    assert (edited.article_id, edited.change) == (old.article_id, "revised")


def test_twins_part_when_one_of_them_is_edited(engine: Engine) -> None:
    first = put(engine, lifts(100))
    twin_url = "https://mpt.example/ru/news/twin"
    twin = lifts(200, url=twin_url, canonical_url=twin_url)
    assert put(engine, twin, days=1).article_id == first.article_id
    put(engine, lifts(100), days=2)  # the first is still there: the site did not move
    twin.text += " А здесь добавили ещё одно предложение."
    parted = put(engine, twin, days=3)
    assert parted.change == "new"
    assert parted.article_id != first.article_id
    assert put(engine, lifts(100), days=4).change == "unchanged"
    assert put(engine, twin, days=4).change == "unchanged"
    assert count(engine) == 2


def test_undated_or_short_pieces_are_not_recognised_by_content(engine: Engine) -> None:
    put(engine, article(1, title="Приём граждан", text="Приём граждан перенесён."))
    put(engine, article(2, title="Приём граждан", text="Приём граждан перенесён."))
    put(engine, lifts(3, published=None))
    put(engine, lifts(4, published=None))
    assert count(engine) == 4


def test_each_kind_of_change_makes_a_revision(engine: Engine) -> None:
    steps: list[dict[str, Any]] = [
        {"title": "Совсем другое название"},
        {"text": article().text + " Новое предложение."},
        {"text": article().text.replace("номер 1", "номер 2")},
        {"published": date(2026, 11, 18)},
        {"files": ["https://mpt.example/prikaz.pdf"]},
    ]
    put(engine, article())
    state: dict[str, Any] = {}
    for day, step in enumerate(steps, start=1):
        state |= step
        stored = put(engine, article(**state), days=day)
        assert (stored.change, stored.cosmetic) == ("revised", False), step
    seen = view(engine, 1)
    assert [one.number for one in seen.revisions] == [1, 2, 3, 4, 5, 6]
    assert seen.published == date(2026, 11, 18)
    assert seen.title == "Совсем другое название"


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("«Подъём»", '"Подъем"'),
        lambda text: text.replace("лифтов на", "лифтов – на"),
        lambda text: text.replace("сорок", "coрок"),  # two Latin letters
        lambda text: text.replace(". ", ".\n\n"),
        lambda text: text.replace("Об этом", "Об э\u0301том"),
        lambda text: text.replace("договорились", "договори\u00adлись"),
    ],
)
def test_cosmetic_changes_are_told_from_real_ones(engine: Engine, edit: object) -> None:
    assert callable(edit)
    put(engine, lifts())
    stored = put(engine, lifts(text=edit(LIFTS)), days=1)
    assert (stored.change, stored.cosmetic) == ("revised", True)


def test_spaces_within_a_line_are_no_change(engine: Engine) -> None:
    put(engine, lifts())
    noisy = "  " + LIFTS.replace(" ", "  ").replace("о  с", "о\u00a0с") + "\n\n"
    assert put(engine, lifts(text=noisy), days=1).change == "unchanged"


def test_an_edit_that_is_taken_back_is_kept_and_marked(engine: Engine) -> None:
    put(engine, lifts())
    put(engine, lifts(text=LIFTS + " Вставка."), days=1)
    back = put(engine, lifts(), days=2)
    assert back.change == "reverted"
    revisions = view(engine, back.article_id).revisions
    assert [one.reverts for one in revisions] == [None, None, 1]
    assert revisions[2].text == LIFTS


def test_an_empty_body_or_a_missing_date_is_a_failure_not_an_edit(engine: Engine) -> None:
    put(engine, lifts())
    assert put(engine, lifts(text=" "), days=1).change == "unchanged"
    assert put(engine, lifts(published=None), days=1).change == "unchanged"
    seen = view(engine, 1)
    assert seen.present.text == LIFTS
    assert seen.published == date(2026, 11, 19)


def test_a_time_learnt_later_is_no_edit(engine: Engine) -> None:
    put(engine, lifts())
    at = datetime(2026, 11, 19, 9, 7, tzinfo=UTC)
    assert put(engine, lifts(published=at), days=1).change == "unchanged"
    assert view(engine, 1).published == at
    assert put(engine, lifts(), days=2).change == "unchanged"
    assert view(engine, 1).published == at


def test_another_layout_reading_the_same_page_is_no_edit(engine: Engine) -> None:
    put(engine, lifts())
    other: dict[str, Any] = {"layout": "generic", "text": LIFTS + " Фото: пресс-служба"}
    assert put(engine, lifts(**other), days=1).change == "unchanged"
    assert put(engine, lifts(**other), days=2).change == "unchanged"
    assert view(engine, 1).present.text == LIFTS
    other["text"] = LIFTS + " Вчера добавлено новое предложение. Фото: пресс-служба"
    edited = put(engine, lifts(**other), days=3)
    assert edited.change == "revised"
    assert view(engine, 1).present.layout == "generic"


def test_another_piece_under_a_known_id_goes_into_quarantine(engine: Engine) -> None:
    first = put(engine, lifts(5))
    other = article(5, title="Новый почтовый ящик на вокзале", published=date(2026, 11, 20))
    for day in (1, 2):
        stored = put(engine, other, days=day)
        assert stored == type(stored)(first.article_id, "quarantined", None)
    assert len(view(engine, first.article_id).revisions) == 1
    with reading(engine) as session:
        (kept,) = quarantine.quarantined(session)
    assert kept.article_id == first.article_id
    assert kept.reading == other
    assert (kept.known_title, kept.known_text) == (LIFTS_TITLE, LIFTS)
    assert "Новый почтовый ящик" in kept.reason
    assert kept.last_seen_at > kept.first_seen_at


def test_a_piece_let_out_of_quarantine_is_an_article_of_its_own(engine: Engine) -> None:
    old = put(engine, lifts(5))
    other = article(5, title="Новый почтовый ящик на вокзале", published=date(2026, 11, 20))
    put(engine, other, days=1)
    with writing(engine) as session:
        (kept,) = quarantine.quarantined(session)
        let_in = articles.accept(session, kept.id, flag(), at=NOW + timedelta(days=2))
        assert quarantine.quarantined(session) == []
    assert (let_in.change, let_in.notice) == ("new", "new")
    assert view(engine, let_in.article_id).first_seen_at == NOW + timedelta(days=1)
    was = view(engine, old.article_id)
    assert (was.present.text, was.withdrawn) == (LIFTS, "deleted")
    other.text += " Добавлено предложение."
    edited = put(engine, other, days=3)
    assert (edited.article_id, edited.change) == (let_in.article_id, "revised")
    elsewhere = "https://mpt.example/node/5"
    put(engine, replace(other, url=elsewhere, canonical_url=elsewhere), days=3)
    assert count(engine) == 2
    moved = lifts(5, site_id="905", url=f"{elsewhere}05", canonical_url=f"{elsewhere}05")
    assert put(engine, moved, days=4).article_id == old.article_id
    assert view(engine, old.article_id).withdrawn is None


def test_a_dismissed_piece_is_not_shown_again(engine: Engine) -> None:
    put(engine, lifts(5))
    other = article(5, title="Новый почтовый ящик на вокзале", published=date(2026, 11, 20))
    put(engine, other, days=1)
    with writing(engine) as session:
        quarantine.dismiss(session, 1, NOW)
    assert put(engine, other, days=2).change == "quarantined"
    with reading(engine) as session:
        assert quarantine.count(session, "mpt") == 0
        with pytest.raises(quarantine.NotInQuarantine, match="under the number 1"):
            quarantine.quarantined(session, 1)
    other.text = " ".join(f"другое слово {number}" for number in range(30))
    put(engine, other, days=3)
    with reading(engine) as session:
        assert quarantine.count(session, "mpt") == 1


def test_a_site_that_numbered_its_pieces_anew_is_recognised(engine: Engine) -> None:
    """The numbers of two pieces are exchanged; one of them changed its typography too."""
    first, second = put(engine, lifts(1)), put(engine, article(2))
    for days in (1, 2):
        for was, number, text in ((lifts(1), 2, LIFTS.replace("«", '"')), (article(2), 1, None)):
            url = f"https://mpt.example/neu/{number}"
            now = replace(was, url=url, canonical_url=url, site_id=str(number))
            now.text = text or now.text
            stored = put(engine, now, days=days)
            assert stored.article_id == {1: second, 2: first}[number].article_id
            assert stored.change == ("revised" if text and days == 1 else "unchanged")
            assert stored.notice is None
    assert count(engine) == 2
    assert view(engine, first.article_id).site_id == "2"


def test_a_moved_piece_that_a_new_layout_reads_a_little_differently(engine: Engine) -> None:
    first = put(engine, lifts(1))
    url = "https://mpt.example/neu/9001"
    moved = lifts(9001, url=url, canonical_url=url, layout="new", text=LIFTS + " Фото автора")
    stored = put(engine, moved, days=1)
    assert (stored.article_id, stored.change) == (first.article_id, "unchanged")
    other = lifts(7, text=article(7).text)  # of the same day and title, but another piece
    assert put(engine, other, days=1).change == "new"


@pytest.mark.parametrize("kept", ["title", "text", "published"])
def test_one_thing_in_common_makes_it_an_edit(engine: Engine, kept: str) -> None:
    put(engine, lifts(5))
    other = article(5, title="Новый почтовый ящик", published=date(2026, 11, 1))
    setattr(other, kept, getattr(lifts(5), kept))
    assert put(engine, other, days=1).change == "revised"


def test_what_no_database_can_hold_is_left_out(engine: Engine) -> None:
    sample = article(title="a\x00b\ud800", text="x\x00y \udfff z", html="\x00")
    assert put(engine, sample).change == "new"
    assert put(engine, sample).change == "unchanged"
    assert view(engine, 1).title == "a b?"
    assert len(view(engine, 1).present.text) == len(sample.text)
    spoilt = "Подъём\x00\udfff"
    facts = flag(
        parties=Parties(organizations=(spoilt,)),
        persons=(Person(spoilt, spoilt, Span("body", 0, 1)),),
        evidence=(Evidence(0, 1, "body", spoilt, "supply", 1.0),),
    )
    put(engine, article(2), facts)
    seen = view(engine, 2).assessment
    assert seen is not None
    assert seen.evidence[0].text == "Подъём ?"


def test_an_article_that_does_not_exist(engine: Engine) -> None:
    with pytest.raises(items.NoSuchArticle, match="no article 77"):
        view(engine, 77)


def test_a_huge_text_is_stored_whole(engine: Engine) -> None:
    text = " ".join(f"слово{number}" for number in range(120_000)) + "ы" * 100_000
    put(engine, article(text=text))
    assert view(engine, 1).present.text == text
