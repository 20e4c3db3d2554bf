"""A process that stores articles and prints each number once it is stored; for the tests of
durability: ``python -m tests.storage.writer URL FIRST LAST``.
"""

from __future__ import annotations

import sys

from storage import pages
from storage.articles import store
from storage.database import connect, writing
from tests.storage.conftest import NOW
from tests.storage.samples import PLAIN, article


def main(url: str, first: int, last: int) -> None:
    engine = connect(url)
    for number in range(first, last):
        sample = article(number)
        with writing(engine) as session:
            stored = store(session, "mpt", sample, PLAIN, seen_at=NOW, baseline=False)
            pages.visited(
                session, "mpt", sample.url, at=NOW, status=200, article_id=stored.article_id
            )
        sys.stdout.write(f"{number} {stored.change}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
