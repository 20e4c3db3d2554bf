"""Views for people who write SQL: one readable row for each item.

They are dropped before a migration and made anew after it, because a table under a view cannot
be rebuilt; so their text always fits the newest tables.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_LISTS = {
    "sqlite": "(SELECT group_concat(v, ', ') FROM (SELECT DISTINCT {value} AS v FROM {table} "
    "WHERE {table}.article_id = article.id ORDER BY v))",
    "postgresql": "(SELECT string_agg(DISTINCT {value}, ', ' ORDER BY {value}) FROM {table} "
    "WHERE {table}.article_id = article.id)",
}

_ITEM_OVERVIEW = """
CREATE VIEW item_overview AS
SELECT article.id, article.published_on AS published, article.title, article.url,
       article.source, article.language, article.score, article.stage,
       {kinds} AS kinds, {parties} AS parties, article.notice, article.story_id,
       article.first_seen_at AS first_seen, article.withdrawn
FROM article
WHERE article.flagged AND article.redacted_at IS NULL AND article.merged_into_id IS NULL
"""


def drop(connection: Connection) -> None:
    """Remove the views, if they are there."""
    connection.execute(text("DROP VIEW IF EXISTS item_overview"))


def create(connection: Connection) -> None:
    """Make the views over the present tables; the same columns on both databases."""
    lists = _LISTS[connection.dialect.name]
    sql = _ITEM_OVERVIEW.format(
        kinds=lists.format(table="kind", value="kind.kind"),
        parties=lists.format(table="party", value="coalesce(party.code, party.name)"),
    )
    connection.execute(text(sql))
