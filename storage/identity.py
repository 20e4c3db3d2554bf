"""Which record an article belongs to: by the site's id, by an address, by its content."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import content, labels
from storage.article import Article
from storage.ledger import PageRow
from storage.tables import PRESENT, AliasRow, ArticleRow, RevisionRow
from storage.times import day_of, moment_of

# A site that has more pieces of one day gave its archive the date of its move.
_OF_A_DAY = 200


def name(article: Article) -> str:
    """The identity under which an article is unique within its source."""
    if article.site_id:
        return f"id:{article.site_id}"
    return f"url:{article.canonical_url}"


def find(session: Session, source: str, article: Article) -> tuple[ArticleRow | None, bool]:
    """The article's record, if there is one, and whether only its content told so.

    The site's own id decides, unless it now stands for another piece that is known under another
    one: a site that moved may have numbered its pieces anew. Then a known address, unless it now
    leads to another id; then, for a site that moved, equal words and day. A record that turns out
    to be the same piece stored before its id was known is merged into the one with the id.
    """
    by_id = _by_site_id(session, source, article)
    by_url = _by_address(session, source, article)
    if by_id is None:
        if by_url is not None:
            _learn_id(by_url, article)
            return by_url, False
        found = _by_content(session, source, article)
        return found, found is not None
    if by_url is not None and by_url.id != by_id.id and by_url.site_id is None:
        _merge(session, by_url, by_id)
    renumbered = _renumbered(session, source, by_id, article)
    return (by_id, False) if renumbered is None else (renumbered, True)


def is_known(session: Session, source: str, article: Article) -> bool:
    """Whether the article has a record, under its id, an address or its content; learns nothing."""
    ways = (_by_site_id, _by_address, _by_content)
    return any(way(session, source, article) is not None for way in ways)


def add_aliases(
    session: Session, row: ArticleRow, article: Article, seen_at: datetime, *, by_content: bool
) -> None:
    """Remember every address of this reading; an address that led elsewhere now leads here."""
    for url in dict.fromkeys((article.url, article.canonical_url)):
        alias = _alias(session, row.source, url)
        if alias is None:
            alias = AliasRow(
                source=row.source,
                url=url,
                article_id=row.id,
                site_id=article.site_id,
                by_content=by_content,
                first_seen_at=seen_at,
                last_seen_at=seen_at,
            )
            session.add(alias)
        elif alias.article_id != row.id:
            alias.article_id, alias.by_content, alias.first_seen_at = row.id, by_content, seen_at
        alias.site_id = article.site_id or alias.site_id
        if url == article.url:  # a page's word for its canonical address is no visit there
            alias.last_seen_at = max(alias.last_seen_at, seen_at)


def add_address(
    session: Session,
    article_id: int,
    *,
    source: str,
    url: str,
    site_id: str | None,
    seen_at: datetime,
) -> None:
    """Remember an address that has the site's own id of an article that was read elsewhere.

    Without it a loss seen at this address would be nobody's. What is known already stays.
    """
    if _alias(session, source, url) is None:
        session.add(
            AliasRow(
                source=source,
                url=url,
                article_id=article_id,
                site_id=site_id,
                by_content=False,
                first_seen_at=seen_at,
                last_seen_at=seen_at,
            )
        )


def give_up(session: Session, row: ArticleRow) -> None:
    """The site uses this record's id for another piece now; the record stays.

    It still tells its ``site_id``, so that it is not taken for one whose id was never known.
    """
    row.identity = f"former:{row.id}"
    session.flush()


def is_a_twin(session: Session, row: ArticleRow, article: Article) -> bool:
    """Whether a piece that was taken for this record by its content is one of its own.

    A site that moved leaves its old addresses; where an old one was still read after the new one
    had appeared, the site had published the same words twice, and the two may now part.
    """
    alias = _alias(session, row.source, article.url)
    if alias is None or not alias.by_content:
        return False
    original = session.scalar(
        select(AliasRow.id).where(
            AliasRow.article_id == row.id,
            AliasRow.by_content.is_(False),
            AliasRow.last_seen_at > alias.first_seen_at,
        )
    )
    return original is not None


def _by_site_id(session: Session, source: str, article: Article) -> ArticleRow | None:
    if not article.site_id:
        return None
    row = session.scalar(
        select(ArticleRow).where(
            ArticleRow.source == source, ArticleRow.identity == f"id:{article.site_id}"
        )
    )
    if row is None:  # known under another id, as after a move of the site
        row = session.scalar(
            select(ArticleRow)
            .join(AliasRow, AliasRow.article_id == ArticleRow.id)
            .where(AliasRow.source == source, AliasRow.site_id == article.site_id)
            .limit(1)
        )
    return _survivor(session, row)


def _by_address(session: Session, source: str, article: Article) -> ArticleRow | None:
    for url in dict.fromkeys((article.url, article.canonical_url)):
        alias = _alias(session, source, url)
        if alias is None or _contradicts(alias.site_id, article.site_id):
            continue
        row = _survivor(session, session.get(ArticleRow, alias.article_id))
        if row is not None and not _contradicts(row.site_id, article.site_id or alias.site_id):
            return row
        if row is not None and alias.by_content:
            return row
    return None


def _renumbered(
    session: Session, source: str, by_id: ArticleRow, article: Article
) -> ArticleRow | None:
    """The known piece that now has the id of another one; it takes the id over."""
    present = session.get_one(RevisionRow, (by_id.id, by_id.revision))
    if not content.is_another_title(present.title, article.title):
        return None
    row = _by_content(session, source, article)
    if row is None or row.id == by_id.id:
        return None
    if by_id.identity == name(article):
        give_up(session, by_id)
    row.site_id, row.identity = article.site_id, name(article)
    session.flush()
    return row


def _by_content(session: Session, source: str, article: Article) -> ArticleRow | None:
    """The piece that says the same, or, of the same day and title, all but the same."""
    fingerprint = content.fingerprint(article)
    if fingerprint is None or article.published is None:
        return None
    present = (
        select(ArticleRow, RevisionRow.title, RevisionRow.text)
        .join(RevisionRow, PRESENT)
        .where(ArticleRow.source == source, ArticleRow.merged_into_id.is_(None))
        .order_by(ArticleRow.id)
    )
    same = session.execute(present.where(RevisionRow.fingerprint == fingerprint).limit(1)).first()
    if same is not None:
        return same[0]
    begin = moment_of(day_of(article.published))
    of_that_day = present.where(
        ArticleRow.dated_at >= begin, ArticleRow.dated_at < begin + timedelta(days=1)
    ).limit(_OF_A_DAY)
    said = content.words(article.title)
    for row, title, text in session.execute(of_that_day):
        if content.words(title) == said and content.is_same_reading(text, article.text):
            return row
    return None


def _survivor(session: Session, row: ArticleRow | None) -> ArticleRow | None:
    while row is not None and row.merged_into_id is not None:
        row = session.get(ArticleRow, row.merged_into_id)
    return row


def _alias(session: Session, source: str, url: str) -> AliasRow | None:
    return session.scalar(select(AliasRow).where(AliasRow.source == source, AliasRow.url == url))


def _contradicts(known: str | None, seen: str | None) -> bool:
    return known is not None and seen is not None and known != seen


def _learn_id(row: ArticleRow, article: Article) -> None:
    """A layout that names the id came after one that did not."""
    if article.site_id and row.site_id is None:
        row.site_id, row.identity = article.site_id, name(article)


def _merge(session: Session, old: ArticleRow, into: ArticleRow) -> None:
    """Both records stay, with their revisions; only the second is listed from now on."""
    for table in (AliasRow, PageRow):
        session.execute(update(table).where(table.article_id == old.id).values(article_id=into.id))
    old.merged_into_id = into.id
    into.first_seen_at = min(into.first_seen_at, old.first_seen_at)
    into.baseline = into.baseline or old.baseline
    # Whoever was told of the one is not told of the other.
    into.notice = into.notice or old.notice
    into.noticed_at = into.noticed_at or old.noticed_at
    into.announced_at = into.announced_at or old.announced_at
    into.marked_at = into.marked_at or old.marked_at
    labels.inherit(session, old, into)
