"""The arrows of the house: which room may know which, who knows the screen, a service, a database, the day."""

import ast
from collections.abc import Callable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from mkmap.settings import PROJECT

# Each floor stands on those before it; rooms of one floor do not know each other, but for the values.
VALUES = "errors error_codes error_sentences words month settings filters crime_types force_names"
FLOORS = (
    VALUES,
    "drawing lake",
    "database",  # replaces its copies as lake does
    "places",
    "police",
    "crimes reports plans",
    "dataset",
    "evidence",
    "view",
    "map",
    "briefing",
    "operate",
    "web ui",
)
INNER_FLOORS = {  # none: the files that lie in the room itself
    "evidence": ("variation", "none", "trend wards gap outcomes", "districts", "claims"),
    "ui": ("none", "map", "wards claims report moderation about meeting"),
}

MAY_KNOW = {  # a library -> the files and the rooms that may import it
    "streamlit": "app.py pages/ mkmap/ui/ mkmap/web/server.py mkmap/web/own_address.py",
    "pydeck": "pages/ mkmap/ui/",
    "starlette": "app.py mkmap/web/",
    "typer": "mkmap/operate/",
    **dict.fromkeys(
        ("requests", "urllib3", "httpx", "aiohttp", "http"),
        "mkmap/police/ mkmap/crimes/archive.py mkmap/crimes/remote.py mkmap/places/ mkmap/web/basemap.py",
    ),
    "remotezip": "mkmap/crimes/archive.py mkmap/crimes/remote.py",
    "socket": "mkmap/web/server.py",  # sets an option of the connections that it answers on
    "deltalake": "mkmap/lake/",
    "sqlite3": "mkmap/database/ mkmap/reports/store/ mkmap/places/files/geopackages.py",  # the last: formats of map files
    **dict.fromkeys(("sqlalchemy", "psycopg", "alembic"), "mkmap/database/ mkmap/reports/store/"),
    # they read and count the month's files, and keep nothing
    **dict.fromkeys(
        ("duckdb",),
        "mkmap/lake/ " + " ".join(f"mkmap/crimes/{file}.py" for file in ("query", "forces", "outcomes", "parquet", "parse")),
    ),
}
OPENS_A_SESSION = {"mkmap/operate/updating.py"}  # and hands it to those that ask
HAS_A_CLOCK = ("app.py", "pages/", "mkmap/operate/", "mkmap/web/", "mkmap/ui/", "mkmap/database/migrations/")

FILES = sorted([*(PROJECT / "mkmap").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"])


def name(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """All of a file but what is for type checking alone."""
    tree = ast.parse(file.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tuple(ast.walk(tree))


@cache
def imported(file: Path) -> frozenset[str]:
    """Every module that a file imports, anywhere in it."""
    modules = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(file)}: imports say where from"
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(modules)


def libraries(file: Path) -> set[str]:
    return {module.split(".")[0] for module in imported(file)}


def attributes(file: Path, *of: str) -> set[str]:
    """What a file takes of the modules or classes of these names: `now` of `datetime`."""
    taken = (node for node in nodes(file) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    return {node.attr for node in taken if node.value.id in of}


def own_files(file: Path) -> set[Path]:
    """The files of mkmap that a file imports."""
    return {_file(module) for module in imported(file) if module.startswith("mkmap.")} - {file}


@cache
def _file(module: str) -> Path:
    """`mkmap.crimes.query.Selection` -> `mkmap/crimes/query.py`."""
    path = PROJECT.joinpath(*module.split("."))
    tried = (path.with_suffix(".py"), path / "__init__.py", path.parent.with_suffix(".py"), path.parent / "__init__.py")
    return next(file for file in tried if file.is_file())


def room(file: Path) -> str:
    """`mkmap/ui/map/page.py` is in `ui`, `mkmap/month.py` a room of its own."""
    return file.relative_to(PROJECT / "mkmap").with_suffix("").parts[0]


def inner_room(file: Path) -> str:
    """`mkmap/ui/map/page.py` is in `map`, and `mkmap/ui/shell.py` in none."""
    return file.parent.name if len(file.relative_to(PROJECT / "mkmap").parts) > 2 else "none"


def climbing(files: list[Path], of: Callable[[Path], str], floors: tuple[str, ...]) -> list[str]:
    """What does not run down from floor to floor, or within a room."""
    height = {name: floor for floor, names in enumerate(floors) for name in names.split()}
    return [
        f"{name(file)} knows {name(known)}"
        for file in files
        for known in sorted(own_files(file) & set(files))
        if of(file) != of(known) and height[of(known)] >= height[of(file)] and of(file) not in VALUES.split()
    ]


# `mkmap/__init__.py` and `mkmap/__main__.py` are no rooms
IN_ROOMS = [file for file in FILES if file.is_relative_to(PROJECT / "mkmap") and room(file) not in ("__init__", "__main__")]


def test_every_file_is_looked_at():
    assert {"app.py", "pages/map.py", "mkmap/operate/commands.py", "mkmap/crimes/query.py"} <= {name(file) for file in FILES}


def test_a_room_knows_only_what_lies_before_it():
    assert {room(file) for file in IN_ROOMS} == set(" ".join(FLOORS).split())
    assert climbing(IN_ROOMS, room, FLOORS) == []


@pytest.mark.parametrize(("outer", "floors"), INNER_FLOORS.items())
def test_a_room_within_a_room_knows_only_what_lies_before_it(outer: str, floors: tuple[str, ...]):
    files = [file for file in IN_ROOMS if room(file) == outer]
    assert {inner_room(file) for file in files} == set(" ".join(floors).split())
    assert climbing(files, inner_room, floors) == []


def test_the_values_know_each_other_alone():
    values = {file for file in IN_ROOMS if room(file) in VALUES.split()}
    assert {known for file in values for known in own_files(file)} <= values


def test_python_m_mkmap_knows_the_commands_alone():
    assert own_files(PROJECT / "mkmap" / "__main__.py") == {PROJECT / "mkmap" / "operate" / "commands.py"}
    assert imported(PROJECT / "mkmap" / "__init__.py") == set()


def test_imports_go_round_in_no_circle():
    TopologicalSorter({file: own_files(file) for file in FILES}).prepare()


@pytest.mark.parametrize("library", MAY_KNOW)
def test_only_these_know(library: str):
    allowed = {*OPENS_A_SESSION, *MAY_KNOW[library].split()} if library == "requests" else MAY_KNOW[library].split()
    assert [name(file) for file in FILES if library in libraries(file) and not name(file).startswith(tuple(allowed))] == []


@pytest.mark.parametrize("file", OPENS_A_SESSION)
def test_who_opens_a_session_asks_nothing_itself(file: str):
    assert attributes(PROJECT / file, "requests") <= {"Session"}


def test_what_day_it_is_is_told_to_the_rooms_below():
    asked = {name(file) for file in FILES if attributes(file, "date", "datetime") & {"today", "now", "utcnow"}}
    assert [file for file in sorted(asked) if not file.startswith(HAS_A_CLOCK)] == []


def test_only_the_settings_read_the_environment():
    read = {name(file) for file in FILES if attributes(file, "os") & {"environ", "getenv", "environb"}}
    # The others set what NumPy and GDAL read when they are loaded.
    assert read <= {"mkmap/settings.py", "mkmap/__main__.py", "mkmap/places/files/gdal.py"}


def test_no_file_is_called_utils():
    assert not {file.stem for file in FILES} & {"utils", "helpers", "common", "util", "misc"}
