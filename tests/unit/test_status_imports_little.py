"""What a command imports is most of what it costs: `status` loads what it says something with, and nothing else."""

import subprocess
import sys

import made_stores
import pytest
from sent_reports import published
from servers.app import environment
from test_imports_run_one_way import FILES, libraries

from mkmap.database.connection import opened
from mkmap.settings import PROJECT

LIBRARIES = {"babel", "duckdb", "filelock", "pydantic", "pydantic_core", "pydantic_settings", "sqlalchemy", "typer"}
ROOMS = {"crimes", "database", "dataset", "lake", "operate", "places", "plans", "police", "reports"}
NOT_FOR_IT = [  # frames, arrays, geometry; statistics and pictures; pages and paper; migrations; what nobody asked the network for
    *("numpy", "pandas", "pyarrow", "geopandas", "shapely", "pyproj"),
    *("scipy", "statsmodels", "altair", "vl_convert", "pydeck", "PIL"),
    *("streamlit", "starlette", "typst", "lxml", "phonenumbers"),
    *("alembic", "psycopg", "sqlalchemy.dialects.postgresql", "requests", "remotezip"),
    *("mkmap.crimes.ingest", "mkmap.crimes.query", "mkmap.places.points"),
    *(f"mkmap.dataset.invented_{what}" for what in ("town", "crimes", "reports", "plans")),
]
COMMAND = """
import sys
from mkmap.operate.commands import app
app(["status"], standalone_mode=False)
print(*sys.modules, sep="\\n", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that a process has loaded after `status` of a store with wards, months and a report."""
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    published(opened(home))
    done = subprocess.run(
        [sys.executable, "-c", COMMAND], cwd=PROJECT, env=environment(home, {}), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "2025-01" in done.stdout
    assert "1 published" in done.stdout
    return set(done.stderr.split())


def test_of_what_mkmap_imports_status_loads_these_libraries(loaded: set[str]):
    every = {library for file in FILES for library in libraries(file)} - set(sys.stdlib_module_names) - {"mkmap"}
    assert {"pandas", *LIBRARIES} <= every, "they are looked at"
    assert loaded & every <= LIBRARIES


@pytest.mark.parametrize("module", NOT_FOR_IT)
def test_status_does_not_load(loaded: set[str], module: str):
    assert module not in loaded


def test_status_loads_the_rooms_that_keep_something(loaded: set[str]):
    rooms = {name.split(".")[1] for name in loaded if name.startswith("mkmap.")}
    assert {room for room in rooms if (PROJECT / "mkmap" / room).is_dir()} <= ROOMS
