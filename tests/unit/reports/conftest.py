"""Give tests of reports a store, once on SQLite and once on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mkmap.database import connection
from mkmap.database.connection import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


@pytest.fixture
def store(url: str, home: Path) -> Iterator[Store]:
    opened = connection.connected(home, url)
    yield opened
    opened.engine.dispose()
