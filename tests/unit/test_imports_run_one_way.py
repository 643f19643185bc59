"""The arrows of the house: which room may know which, who knows the screen, a service, a database."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkmap.settings import PROJECT

GROUND = {"errors", "words", "month", "settings", "manifest", "filters", "crime_types", "palette", "qr"}  # know no room
# used by the commands, on paper and on the screen
BETWEEN = {"status", "upkeep", "shown", "sentences", "circles", "cautions", "view", "findings"}
MAY_KNOW = {
    "places": GROUND,
    "crimes": GROUND | {"places"},
    "reports": GROUND | {"places"},
    "evidence": GROUND | {"places", "crimes", "reports"},
    "plans": GROUND | {"places", "crimes"},
    "shown": GROUND | {"places", "crimes", "reports", "plans"},
    "sentences": GROUND | {"shown", "crimes"},
    "circles": GROUND | {"crimes"},
    "cautions": GROUND | {"shown", "sentences"},
    "view": GROUND | {"places", "crimes", "reports", "evidence", "shown"},
    "findings": GROUND | {"evidence", "shown", "sentences", "view"},
    "briefing": GROUND | BETWEEN | {"places", "crimes", "reports", "plans", "evidence"},
    "status": GROUND | {"places", "crimes", "reports", "plans"},
    "upkeep": GROUND | {"places", "crimes", "reports", "plans"},
    "ui": GROUND | BETWEEN | {"places", "crimes", "reports", "plans", "evidence", "briefing"},
    "cli_reports": GROUND | BETWEEN | {"crimes", "reports"},
    "cli": GROUND | {"cli_reports"} | BETWEEN | {"places", "crimes", "reports", "plans", "evidence", "briefing"},
    "__main__": {"cli"},
    "__init__": set(),
    **dict.fromkeys(GROUND, GROUND),
}
SCREEN = {"streamlit", "pydeck", "starlette"}
SERVICES = {"requests", "urllib3", "remotezip", "httpx", "http", "socket", "aiohttp"}
DATABASES = {"duckdb", "ibis", "sqlite3", "sqlalchemy", "psycopg", "alembic"}

FILES = sorted([*(PROJECT / "mkmap").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"])


def name(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, but for type checking alone."""
    for node in ast.walk(_without_types(ast.parse(file.read_text()))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports say where from"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _without_types(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tree


def libraries(file: Path) -> set[str]:
    return {module.split(".")[0] for module in imported(file)}


def rooms(file: Path) -> set[str]:
    return {module.split(".")[1] for module in imported(file) if module.startswith("mkmap.")}


def test_every_file_is_looked_at():
    assert {"app.py", "pages/map.py", "mkmap/operate/commands.py", "mkmap/crimes/query.py"} <= {name(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_room_knows_only_what_lies_before_it(file: Path):
    if file.parent.name == "mkmap":
        assert rooms(file) <= MAY_KNOW[file.stem] | {file.stem}
    elif file.is_relative_to(PROJECT / "mkmap"):
        room = file.relative_to(PROJECT / "mkmap").parts[0]
        assert rooms(file) <= MAY_KNOW[room] | {room}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_only_the_screen_knows_the_screens_libraries(file: Path):
    if not name(file).startswith(("app.py", "pages/", "mkmap/ui/")):
        assert not libraries(file) & SCREEN


MAY_ASK = ("mkmap/police/client.py", "mkmap/crimes/archive.py", "mkmap/crimes/remote.py", "mkmap/places/")
OPENS_A_SESSION = {
    "mkmap/operate/commands.py",
    "mkmap/operate/updating.py",
    "mkmap/ui/about/operator.py",
}  # and hands it to those that ask
NO_REQUEST = {
    "mkmap/web/server.py",  # sets an option of the connections that it answers on
    "mkmap/police/refusals.py",  # names the errors of those that ask
}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_only_these_ask_a_service(file: Path):
    if not name(file).startswith(MAY_ASK) and name(file) not in OPENS_A_SESSION | NO_REQUEST:
        assert not libraries(file) & SERVICES
    if name(file) in OPENS_A_SESSION:
        used = {node.attr for node in ast.walk(ast.parse(file.read_text())) if _is_of(node, "requests")}
        assert used == {"Session"}


def _is_of(node: ast.AST, library: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == library


MAY_STORE = (  # parse reads CSV with DuckDB, and stores nothing
    *(f"mkmap/crimes/{file}.py" for file in ("query", "force", "outcomes", "tables", "parse")),
)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_only_a_rooms_store_and_query_know_a_database(file: Path):
    if "store" not in (file.stem, file.parent.name) and "migrations" not in file.parts and name(file) not in MAY_STORE:
        assert not libraries(file) & DATABASES


@pytest.mark.parametrize("file", FILES, ids=name)
def test_only_the_settings_read_the_environment(file: Path):
    if file.stem != "settings":
        read = {node.attr for node in ast.walk(ast.parse(file.read_text())) if _is_of(node, "os")}
        assert not read & {"environ", "getenv", "environb"}


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_file_is_a_lumber_room(file: Path):
    assert file.stem not in {"utils", "helpers", "common", "util", "misc"}
