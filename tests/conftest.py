"""Give every test a house of its own, and keep it on this machine."""

import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from made_clock import TODAY
from servers.app import Served, served
from servers.postgres import Postgres, postgres

from mkmap.dataset.dataset import demonstration_anew
from mkmap.settings import settings

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"

# In CI it stays the same examples each time; nowhere is an example late: a busy machine is no fault of the program.
hypothesis.settings.register_profile("patient", hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("patient")

NEEDS_SHARED = "needs the real files of ../shared/data"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, and for what."""
    skipped = terminalreporter.stats.get("skipped", [])
    if ours := [report for report in skipped if NEEDS_SHARED in str(report.longrepr)]:
        terminalreporter.write_line(f"{len(ours)} tests skipped: each {NEEDS_SHARED}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """In CI nothing is skipped but what needs the real files: a missing browser or server is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and NEEDS_SHARED not in str(report.longrepr):
        report.outcome = "failed"
    return report


MAIN = sys.modules["__main__"]  # Streamlit puts a page in its place, which a forked app would then run first


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Settings are read anew by each test, and none leaves one, or its folder, to the next."""
    before = _surroundings()
    settings.cache_clear()
    sys.modules["__main__"] = MAIN
    yield
    settings.cache_clear()
    sys.modules["__main__"] = MAIN
    assert _surroundings() == before


def _surroundings() -> dict[str, str]:
    """Our settings and the folder: libraries note things of their own in the environment when they are first imported."""
    return {name: value for name, value in os.environ.items() if name.startswith("MKMAP_")} | {"": os.getcwd()}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real police.uk months, boundaries and households; not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(NEEDS_SHARED)
    return SHARED


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demonstration was made on the tests' day, with its reports and plans; to be read only."""
    home = tmp_path_factory.mktemp("demonstration")
    demonstration_anew(home, TODAY)
    return home


@pytest.fixture
def with_demonstration(home: Path, demonstration: Path) -> Path:
    """A data folder of one's own in which the demonstration was made, with its reports and plans."""
    shutil.copytree(demonstration / "demonstration", home / "demonstration")
    return home


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A real PostgreSQL for all tests; in CI there is one."""
    with postgres() as server:
        if server is None:
            pytest.skip("no PostgreSQL was found, and none could be installed")
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """The address of an empty database."""
    return postgres_server.create(f"test_{uuid.uuid4().hex}")


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Start the app on a data folder, as `servers.app.served` does; it ends with the last test of the file."""
    with ExitStack() as stack:

        def start(home: Path, env: dict[str, str] | None = None, *, before: str = "", port: int | None = None) -> Served:
            log = tmp_path_factory.mktemp("log") / "app.log"
            return stack.enter_context(served(home, log, env, before=before, port=port))

        yield start
