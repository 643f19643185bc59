"""Run pages in this process, each on a data folder of its own."""

from collections.abc import Callable, Iterator
from functools import cache
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
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    @cache
    def made(make: Callable[..., object], *arguments: object, **how: object) -> Path:
        home = tmp_path_factory.mktemp(make.__name__)
        make(home, *arguments, **how)
        opened(home)
        return home

    return made


@pytest.fixture
def look_at(made_once: Callable[..., Path], setting: Callable[..., None]) -> Iterator[Callable[..., Path]]:
    """Show what `make(home, …)` makes: once, for all tests that only look at it. None may change it."""
    before: dict[Path, dict[Path, tuple[int, int]]] = {}

    def show(make: Callable[..., object], *arguments: object, **how: object) -> Path:
        home = made_once(make, *arguments, **how)
        before.setdefault(home, _stored(home))
        setting(HOME=home)
        return home

    yield show
    for home, files in before.items():
        assert _stored(home) == files, "whoever changes a data folder has one of their own"


def _stored(home: Path) -> dict[Path, tuple[int, int]]:
    files = (file for file in home.rglob("*") if file.is_file() and file.suffix != ".lock")
    return {file: (stat.st_mtime_ns, stat.st_size) for file in files if (stat := file.stat())}


@pytest.fixture
def town(look_at: Callable[..., Path]) -> Path:
    """The small town of `made_stores`, to be looked at."""
    return look_at(made_stores.town)


@pytest.fixture
def own_town(home: Path) -> Path:
    """The same, to be changed."""
    return made_stores.town(home)
