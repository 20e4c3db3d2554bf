"""An article that is met under another address than the one it was read at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cooperation import assess
from crawler.items import Found, Visit
from crawler.memory import Memory
from crawler.source import find
from storage import sources
from storage.article import Article
from storage.database import connect, reading, writing
from storage.tables import ArticleRow

READ, LISTED = "https://mpt.gov.by/ru/node/17", "https://mpt.gov.by/ru/news/01-02-2023-17"


def test_a_loss_is_seen_at_the_address_that_a_listing_gave(sqlite_url: str) -> None:
    """The feed led to the node, then the listing to another form: that one is visited again."""
    source = find("mpt")
    engine = connect(sqlite_url)
    with writing(engine) as session:
        sources.ensure(session, source.key, source.name.ru)
    memory = Memory(source, engine)
    now = datetime.now(UTC)
    article = Article(
        url=READ, canonical_url=READ, site_id="17", title="Почта", text="Открыто отделение.",
        language="ru",
    )  # fmt: skip
    stored = memory.keep(Found(article, source.key, Visit(READ, 200, now)), assess("Почта", ""))
    assert stored is not None
    memory.another_address(LISTED, "17")
    answers = [
        memory.gone(Visit(LISTED, 404, now + timedelta(hours=hours)), "deleted") for hours in (1, 3)
    ]
    assert answers == ["suspected", "withdrawn"]
    with reading(engine) as session:
        assert session.get_one(ArticleRow, stored.article_id).withdrawn == "deleted"
    engine.dispose()
