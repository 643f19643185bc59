"""What a command imports is most of what it costs: `status` and `briefing` load what they say something with, and nothing else."""

import subprocess
import sys
from pathlib import Path

import made_stores
import pytest
from sent_reports import published
from servers.app import environment
from test_imports_run_one_way import FILES, libraries

from mkmap.database.connection import opened
from mkmap.settings import PROJECT

LIBRARIES = {"babel", "duckdb", "filelock", "pydantic", "pydantic_core", "sqlalchemy", "typer"}
OF_A_SHEET = {  # frames and geometry; statistics; charts and their pictures; the QR code, and texts of the police; the page
    *("numpy", "pandas", "pyarrow", "geopandas", "pyproj", "shapely"),
    *("scipy", "altair", "vl_convert", "segno", "lxml", "typst", "fontpkg_source_sans_3"),
}
ROOMS = {"crimes", "database", "dataset", "lake", "operate", "places", "plans", "police", "reports"}
NOT_FOR_IT = [  # frames, arrays, geometry; statistics and pictures; pages and paper; migrations; what nobody asked the network for
    *("numpy", "pandas", "pyarrow", "geopandas", "shapely", "pyproj"),
    *("scipy", "statsmodels", "altair", "vl_convert", "pydeck", "PIL"),
    *("streamlit", "starlette", "typst", "lxml"),
    *("alembic", "psycopg", "sqlalchemy.dialects.postgresql", "requests", "remotezip"),
    *("mkmap.crimes.ingest", "mkmap.crimes.query", "mkmap.places.points"),
    *(f"mkmap.dataset.invented_{what}" for what in ("town", "crimes", "reports", "plans", "ground")),
]
NOT_FOR_A_SHEET = [
    *("scipy.stats", "scipy.optimize", "alembic", "requests"),
    *("mkmap.crimes.ingest", "mkmap.places.load", "mkmap.police.client", "mkmap.web", "mkmap.ui"),
    *(f"mkmap.dataset.invented_{what}" for what in ("town", "crimes", "reports", "plans", "ground")),
]
COMMAND = """
import sys
from mkmap.operate.commands import app
app(sys.argv[1:], standalone_mode=False)
print(*sys.modules, sep="\\n", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with wards, months and a report."""
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    published(opened(home))
    return home


@pytest.fixture(scope="module")
def loaded(town: Path) -> set[str]:
    """The modules that a process has loaded after `status`."""
    modules, words = after(town, "status")
    assert "2025-01" in words
    assert "1 published" in words
    return modules


@pytest.fixture(scope="module")
def loaded_for_a_sheet(town: Path) -> set[str]:
    """The modules that it has loaded after `briefing`."""
    file = town / "ward.pdf"
    modules, _words = after(town, "briefing", "--ward", "Broughton", "-o", str(file))
    assert file.read_bytes().startswith(b"%PDF")
    return modules


def after(home: Path, *command: str) -> tuple[set[str], str]:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *command],
        cwd=PROJECT,
        env=environment(home, {}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split()), done.stdout


def of_libraries() -> set[str]:
    """What mkmap imports that is neither Python's nor its own."""
    every = {library for file in FILES for library in libraries(file)} - set(sys.stdlib_module_names) - {"mkmap"}
    assert {"streamlit", *LIBRARIES, *OF_A_SHEET} <= every, "they are looked at"
    return every


def test_of_what_mkmap_imports_status_loads_these_libraries(loaded: set[str]):
    assert loaded & of_libraries() <= LIBRARIES


def test_of_what_mkmap_imports_briefing_loads_these_libraries(loaded_for_a_sheet: set[str]):
    assert loaded_for_a_sheet & of_libraries() <= LIBRARIES | OF_A_SHEET


@pytest.mark.parametrize("module", NOT_FOR_A_SHEET)
def test_briefing_does_not_load(loaded_for_a_sheet: set[str], module: str):
    assert module not in loaded_for_a_sheet


@pytest.mark.parametrize("module", NOT_FOR_IT)
def test_status_does_not_load(loaded: set[str], module: str):
    assert module not in loaded


def test_status_loads_the_rooms_that_keep_something(loaded: set[str]):
    rooms = {name.split(".")[1] for name in loaded if name.startswith("mkmap.")}
    assert {room for room in rooms if (PROJECT / "mkmap" / room).is_dir()} <= ROOMS
