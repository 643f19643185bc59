"""Give the queries what is stored as tables of a DuckDB of their own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from mkmap.crimes.layouts import STREET
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.crimes.transport_police import TRANSPORT_POLICE
from mkmap.errors import Code, Damaged
from mkmap.month import Month
from mkmap.places.store import Places, WardSet

# The force's own crimes: the API's answers have the transport police's too, the force's archive files have not.
_USABLE = "rejected IS NULL"
_OWN = f"{_USABLE} AND coalesce(falls_within, '') <> '{TRANSPORT_POLICE}'"
LOST = "SELECT month FROM crimes ANTI JOIN points USING (point) WHERE point IS NOT NULL ORDER BY month LIMIT 1"
_POINT_COLUMNS = {"point": "BIGINT", "longitude": "DOUBLE", "latitude": "DOUBLE", "street": "VARCHAR"}


@contextmanager
def queried(crimes: Crimes) -> Iterator[DuckDBPyConnection]:
    """An empty database to query the store in.

    Raises Damaged where a stored file cannot be read.
    """
    try:
        with duckdb.connect() as database:
            yield database
    except duckdb.Error as error:
        raise Damaged(Code.CRIMES_UNREADABLE, folder=crimes.folder.path.parent) from error


def add_table(database: DuckDBPyConnection, name: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
    """Parquet files as one table, with their rows' numbers; of none at all, a table without rows."""
    if files:
        database.read_parquet([str(file) for file in files], file_row_number=True).create_view(name)
    else:
        typed = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        database.execute(f"CREATE TABLE {name} ({typed}, file_row_number BIGINT)")


def add_crimes(database: DuckDBPyConnection, crimes: Crimes, months: Sequence[StoredMonth], force: str) -> None:
    """The usable crimes of a force in stored months, as the view `crimes`."""
    add_table(database, "street", [crimes.path(month) for month in months], STREET.stored_columns)
    database.table("street").filter(_USABLE if force == "btp" else _OWN).create_view("crimes")


def add_points(database: DuckDBPyConnection, places: Places, ward_set: WardSet) -> None:
    """The map points with their ward in a set, as the view `points`: point, longitude, latitude, street, ward."""
    file = places.points_file()
    add_table(database, "every_point", [file] if file else [], _POINT_COLUMNS | {ward_set.name: "VARCHAR"})
    database.table("every_point").project(f"point, longitude, latitude, street, {quoted(ward_set.name)} AS ward").create_view(
        "points"
    )


def check_points(database: DuckDBPyConnection, months: Sequence[StoredMonth]) -> None:
    """Raise Damaged where a crime names a map point that is not among the `points`: it would be counted nowhere, as if it were none."""
    lost = database.execute(LOST).fetchone() if any(month.placed for month in months) else None
    if lost:
        raise Damaged(Code.POINTS_LOST, month=Month.parse(lost[0]))


def quoted(name: str) -> str:
    """A column's name, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'
