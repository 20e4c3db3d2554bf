"""Redaction: a text is removed everywhere; a tombstone says that and why, and stays."""

from __future__ import annotations

import html
import re
from contextlib import closing
from datetime import datetime

from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session

from storage import archive, content, facts
from storage.database import StorageError, reading, writing
from storage.ledger import BodyRow, PageRow, ResponseRow
from storage.record import NoSuchArticle
from storage.tables import (
    ArticleRow,
    AssessmentRow,
    LabelRow,
    QuarantineRow,
    RevisionRow,
    SearchRow,
)

# So many words in a row are not found by chance in another piece.
_PROBE_WORDS = 12
_MARKUP = re.compile(r"<[^<>]*>")


def redact(engine: Engine, article_id: int, reason: str, at: datetime) -> None:
    """Remove an article's text from its record, revisions, quarantine, assessments, search index
    and archive (also where a listing or a feed repeats it), and never store it again.

    Identity, addresses, times and the digests of the content stay as a tombstone with ``reason``.
    Copies made before (backups, exports) are not reached. Raises NoSuchArticle, or StorageError
    for an empty reason, or where the text could not be taken out of SQLite's log file yet.
    """
    if not reason.strip():
        raise StorageError("a redaction needs a reason; it is all that will be left to read")
    with reading(engine) as session:
        seen, digests = _repeating(session, article_id, after=0)
    with writing(engine) as session:
        # The archive was searched before, so that no crawl has to wait for that.
        _, since = _repeating(session, article_id, after=seen)
        for row in _with_merged(session, article_id):
            _redact(session, row, reason, at)
        archive.drop_bodies(session, {*digests, *since})
        if engine.dialect.name == "sqlite":
            session.flush()
            # Deleted keys stay in the older parts of the index until these are merged.
            session.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))
    _scrub(engine)


def _with_merged(session: Session, article_id: int) -> list[ArticleRow]:
    """The article and the records that were merged into it, or into which it was merged."""
    row = session.get(ArticleRow, article_id)
    while row is not None and row.merged_into_id is not None:
        row = session.get(ArticleRow, row.merged_into_id)
    if row is None:
        raise NoSuchArticle(f"there is no article {article_id}; `coopwatch items` lists them")
    found = [row]
    for one in found:
        found.extend(session.scalars(select(ArticleRow).where(ArticleRow.merged_into_id == one.id)))
    return found


def _redact(session: Session, row: ArticleRow, reason: str, at: datetime) -> None:
    archive.forget_article(session, row.id)
    row.title, row.flagged, row.score, row.stage = "", False, 0.0, None
    row.redacted_at, row.redacted_because = at, reason.strip()
    session.execute(
        update(RevisionRow)
        .where(RevisionRow.article_id == row.id)
        .values(title="", text="", html="", images=[], files=[], provenance={}, modified=None)
    )
    session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.article_id == row.id)
        .values(data={}, flagged=False, score=0.0, stage=None, sector=None)
    )
    # A reader's note may quote the text.
    session.execute(update(LabelRow).where(LabelRow.article_id == row.id).values(note=""))
    facts.drop_facts(session, row.id)
    session.execute(delete(QuarantineRow).where(QuarantineRow.article_id == row.id))
    session.execute(delete(SearchRow).where(SearchRow.article_id == row.id))
    session.execute(update(PageRow).where(PageRow.article_id == row.id).values(next_visit=None))
    session.flush()


def _probes(session: Session, ids: list[int]) -> list[str]:
    """Runs of words of every revision by which a copy of the text is known in another page."""
    found = set()
    for title, body in session.execute(
        select(RevisionRow.title, RevisionRow.text).where(RevisionRow.article_id.in_(ids))
    ):
        found.add(content.spoken(title))
        words = content.spoken(body).split()
        for start in range(0, len(words), _PROBE_WORDS):
            run = words[start : start + _PROBE_WORDS]
            if len(run) == _PROBE_WORDS or start == 0:
                found.add(" ".join(run))
    # A title of a word or two stands in many pages.
    return [probe for probe in found if len(probe.split()) > 2]


def _repeating(session: Session, article_id: int, after: int) -> tuple[int, set[str]]:
    """The number of the last archived response of the source, and the digests of those bodies
    that came ``after`` one and in which a part of the article's text can be read.

    Feeds carry whole texts and listings their beginnings. Slow, a hundred pages a second: it
    opens the whole archive of the source.
    """
    rows = _with_merged(session, article_id)
    probes = _probes(session, [row.id for row in rows])
    found = set()
    for one in archive.responses(session, rows[0].source, after=after):
        after = one.id
        if one.body is not None and _is_in(one.body, probes):
            found.add(one.digest)
    return after, found


def _is_in(body: bytes, probes: list[str]) -> bool:
    try:
        page = body.decode("utf-8")
    except UnicodeDecodeError:
        page = f"{body.decode('utf-8', 'ignore')} {body.decode('cp1251', 'ignore')}"
    # Twice: a feed escapes the markup that has escapes in it.
    page = html.unescape(html.unescape(page))
    readings = (_MARKUP.sub(" ", page), _MARKUP.sub("", page), page)
    return any(probe in said for said in map(content.spoken, readings) for probe in probes)


def _scrub(engine: Engine) -> None:
    """Take the old pages out of SQLite's log file, and let PostgreSQL overwrite dead rows."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as raw:
            busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StorageError(
                "the article is redacted, but another program is reading the database, and until "
                "it ends the text stays in the file ending in -wal"
            )
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (ArticleRow, RevisionRow, AssessmentRow, SearchRow, BodyRow, ResponseRow):
            connection.exec_driver_sql(f"VACUUM {table.__tablename__}")
