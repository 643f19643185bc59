"""Run pages in this process, each on a data folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import made_stores
import pytest

from mkmap.database.connection import opened
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


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    opened(home)
    return home


@pytest.fixture
def town(made_town: Path, setting: Callable[..., None]) -> Iterator[Path]:
    """The small town of `made_stores`, to be looked at: it is counted once for all tests, and none may change it."""
    setting(HOME=made_town)
    before = _stored(made_town)
    yield made_town
    assert _stored(made_town) == before, "whoever changes a town has one of their own"


def _stored(home: Path) -> dict[Path, tuple[int, int]]:
    files = (file for file in home.rglob("*") if file.is_file() and file.suffix != ".lock")
    return {file: (stat.st_mtime_ns, stat.st_size) for file in files if (stat := file.stat())}


@pytest.fixture
def own_town(home: Path) -> Path:
    """The same, to be changed."""
    return made_stores.town(home)
