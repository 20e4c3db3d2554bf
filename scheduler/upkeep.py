"""Keeping the archive small: once a night, beside the watch."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from configuration import Configuration
from storage import packing, retention
from storage.database import StorageError, writing

log = logging.getLogger(__name__)


def keep_small(engine: Engine, sources: Iterable[str], settings: Configuration) -> None:
    """Train the sources' dictionaries where that pays; remove what retention does not keep.

    What goes wrong is logged: it can wait until the next night.
    """
    try:
        for key in sources:
            _train(engine, key)
        _prune(engine, settings)
    except StorageError as error:
        log.error("the archive was not tidied: %s", error)


def _train(engine: Engine, key: str) -> None:
    with writing(engine) as session:
        dictionary = packing.train(session, key, datetime.now(UTC))
    if dictionary is not None:
        saved = packing.pack(engine, key)
        log.info("archive of %s: a new dictionary saved %d bytes", key, saved)


def _prune(engine: Engine, settings: Configuration) -> None:
    age, size = settings.archive_max_age, settings.archive_max_size
    if age is None and size is None:
        return
    older_than = None if age is None else datetime.now(UTC) - age
    with writing(engine) as session:
        pruned = retention.prune(session, older_than=older_than, max_bytes=size)
    if pruned.bodies:
        log.info("archive: %d pages removed, %d bytes", pruned.bodies, pruned.size)
