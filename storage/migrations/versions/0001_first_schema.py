"""The first schema.

The full-text index is SQLite's FTS5 or PostgreSQL's tsvector over the same keys; triggers, or a
generated column, keep it equal to the table `search`.
"""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _visits()
    _articles()
    _addresses()
    _doubts()
    _revisions()
    _facts()
    _archive()
    _search()
    if op.get_bind().dialect.name == "sqlite":
        _search_index_of_sqlite()
    else:
        _search_index_of_postgresql()


def _visits() -> None:
    op.create_table(
        "source",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("baseline_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_source"),
    )
    op.create_table(
        "crawl",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stats", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_crawl_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_crawl"),
    )
    op.create_index("ix_crawl_source_started_at", "crawl", ["source", "started_at"])
    op.create_table(
        "host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("robots_text", sa.String(), nullable=True),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_at", UtcDateTime(), nullable=True),
        sa.Column("lease_holder", sa.String(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("backoff_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("host", name="pk_host"),
    )


def _articles() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["follows_id"], ["story.id"], name="fk_story_follows_id_story"),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_follows_id", "story", ["follows_id"])
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("canonical_url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("dated_at", UtcDateTime(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("other_layout", sa.String(), nullable=True),
        sa.Column("other_digest", sa.String(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("notice", sa.String(), nullable=True),
        sa.Column("noticed_at", UtcDateTime(), nullable=True),
        sa.Column("announced_at", UtcDateTime(), nullable=True),
        sa.Column("marked_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn", sa.String(), nullable=True),
        sa.Column("redacted_at", UtcDateTime(), nullable=True),
        sa.Column("redacted_because", sa.String(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["article.id"], name="fk_article_merged_into_id_article"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_article_source_source"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_article_story_id_story"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("source", "identity", name="uq_article_source_identity"),
    )
    op.create_index("ix_article_dated_at_id", "article", ["dated_at", "id"])
    op.create_index("ix_article_first_seen_at", "article", ["first_seen_at"])
    op.create_index("ix_article_flagged_dated_at_id", "article", ["flagged", "dated_at", "id"])
    op.create_index("ix_article_merged_into_id", "article", ["merged_into_id"])
    op.create_index("ix_article_noticed_at", "article", ["noticed_at"])
    op.create_index("ix_article_source_dated_at_id", "article", ["source", "dated_at", "id"])
    op.create_index("ix_article_story_id", "article", ["story_id"])


def _addresses() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("by_content", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_alias_article_id_article"),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_alias_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_alias"),
        sa.UniqueConstraint("source", "url", name="uq_alias_source_url"),
    )
    op.create_index("ix_alias_article_id", "alias", ["article_id"])
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("next_visit", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_page_article_id_article"),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_page_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("source", "url", name="uq_page_source_url"),
    )
    op.create_index("ix_page_article_id", "page", ["article_id"])
    op.create_index("ix_page_source_next_visit", "page", ["source", "next_visit"])


def _doubts() -> None:
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("suspected_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_withdrawal_article_id_article"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawal"),
    )
    op.create_index("ix_withdrawal_article_id", "withdrawal", ["article_id"])
    op.create_index("ix_withdrawal_confirmed_at", "withdrawal", ["confirmed_at"])
    op.create_index("ix_withdrawal_returned_at", "withdrawal", ["returned_at"])
    op.create_index(
        "uq_withdrawal_open",
        "withdrawal",
        ["article_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL"),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_quarantine_article_id_article"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint("article_id", "digest", name="uq_quarantine_article_id_digest"),
    )
    op.create_index("ix_quarantine_first_seen_at", "quarantine", ["first_seen_at"])


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("cosmetic", sa.Boolean(), nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("modified", sa.String(), nullable=True),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_revision_article_id_article"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_index("ix_revision_fingerprint", "revision", ["fingerprint"])
    op.create_index("ix_revision_seen_at", "revision", ["seen_at"])
    op.create_table(
        "assessment",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("assessed_at", UtcDateTime(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["revision.article_id", "revision.number"],
            name="fk_assessment_article_id_revision_revision",
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name="pk_assessment"),
    )


def _facts() -> None:
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_party_article_id_article"),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
    )
    op.create_index("ix_party_article_id", "party", ["article_id"])
    op.create_index("ix_party_code_article_id", "party", ["code", "article_id"])
    op.create_index("ix_party_name", "party", ["name"])
    op.create_table(
        "kind",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_kind_article_id_article"),
        sa.PrimaryKeyConstraint("article_id", "kind", name="pk_kind"),
    )
    op.create_index("ix_kind_kind", "kind", ["kind"])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_person_article_id_article"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_article_id", "person", ["article_id"])
    op.create_index("ix_person_name", "person", ["name"])
    op.create_table(
        "amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_amount_article_id_article"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_amount"),
    )
    op.create_index("ix_amount_article_id", "amount", ["article_id"])


def _archive() -> None:
    op.create_table(
        "dictionary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_dictionary_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_dictionary"),
    )
    op.create_index("ix_dictionary_source", "dictionary", ["source"])
    op.create_table(
        "body",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("dictionary_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dictionary_id"], ["dictionary.id"], name="fk_body_dictionary_id_dictionary"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_body"),
    )
    op.create_index("ix_body_dictionary_id", "body", ["dictionary_id"])
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body_digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_digest"], ["body.digest"], name="fk_response_body_digest_body"
        ),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_response_source_source"),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
    )
    op.create_index("ix_response_body_digest", "response", ["body_digest"])
    op.create_index("ix_response_fetched_at", "response", ["fetched_at"])
    op.create_index(
        "ix_response_source_url_fetched_at", "response", ["source", "url", "fetched_at"]
    )


def _search() -> None:
    op.create_table(
        "search",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("title_keys", sa.String(), nullable=False),
        sa.Column("text_keys", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_search_article_id_article"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_search"),
    )


def _search_index_of_sqlite() -> None:
    # Keys end at a space and nowhere else, and keep their diacritics, like on PostgreSQL.
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title_keys, text_keys, content='search', "
        "content_rowid='article_id', tokenize=\"unicode61 remove_diacritics 0 "
        "categories 'L* M* N* P* S* C*'\")"
    )
    add = (
        "INSERT INTO search_index(rowid, title_keys, text_keys) "
        "VALUES (new.article_id, new.title_keys, new.text_keys);"
    )
    remove = (
        "INSERT INTO search_index(search_index, rowid, title_keys, text_keys) "
        "VALUES ('delete', old.article_id, old.title_keys, old.text_keys);"
    )
    for event, actions in (("INSERT", add), ("DELETE", remove), ("UPDATE", remove + add)):
        op.execute(
            f"CREATE TRIGGER search_after_{event.lower()} AFTER {event} ON search "
            f"BEGIN {actions} END"
        )


def _search_index_of_postgresql() -> None:
    # Not to_tsvector: its parser drops characters that the server's locale does not know.
    op.execute(
        "CREATE FUNCTION coopwatch_keys(keys text, weight text) RETURNS tsvector "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN coalesce((SELECT string_agg("
        "quote_literal(key) || ':' || least(place, 16383) || weight, ' ') "
        "FROM unnest(string_to_array(keys, ' ')) WITH ORDINALITY AS one (key, place) "
        "WHERE key <> ''), '')::tsvector"
    )
    op.execute(
        "ALTER TABLE search ADD COLUMN index_keys tsvector GENERATED ALWAYS AS ("
        "coopwatch_keys(title_keys, 'A') || coopwatch_keys(text_keys, 'B')) STORED"
    )
    op.execute("CREATE INDEX ix_search_index_keys ON search USING gin (index_keys)")
