"""The reading room over a database of its own, in process and at a real address."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database import connect
from web.serving import Serving, beside
from web.settings import WebSettings


@pytest.fixture
def engine(filled_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A filled database."""
    file = shutil.copy(filled_file, tmp_path / "coopwatch.db")
    engine = connect(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def address(engine: Engine) -> Iterator[str]:
    """The room at a real address on loopback."""
    with beside(Serving(engine, WebSettings(port=0))) as url:
        yield url.rstrip("/")
