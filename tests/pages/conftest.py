"""Run pages in this process, each on a data folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import made_stores
import pytest

from mkmap.settings import settings


@pytest.fixture(autouse=True)
def setting(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Callable[..., None]]:
    """Set settings by their names without `MKMAP_`; the data folder is the test's own."""

    def put(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"MKMAP_{name}", str(value))
        settings.cache_clear()

    put(HOME=home, OFFLINE="1")
    yield put
    settings.cache_clear()


@pytest.fixture
def town(home: Path) -> Path:
    """The small town of `made_stores`."""
    return made_stores.town(home)
