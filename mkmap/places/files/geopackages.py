"""Look into a stranger's SQLite database, and say whether it is a GeoPackage that may be given to GDAL."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from mkmap.errors import BadInput, Code

PATIENCE = 300.0  # seconds: a view in a stranger's file may never come to an end
STEPS = 100_000  # of SQLite's machine, between two looks at the clock
LONGEST = 20_000_000  # bytes of a value: forty times what publishers allow a tile
# A virtual table can name any file and any address, and GDAL would open it; those of a GeoPackage are indexes alone.
_INDEX = re.compile(r"""create virtual table "?rtree_\w+"? using rtree ?\([\w\s,"]*\)""", re.IGNORECASE)
_COORDINATES = re.compile(r"\s*([A-Z_]{4,30}\s*[\[(]|undefined|\{)", re.IGNORECASE)  # WKT or PROJJSON: no name, path or address


def tables(path: Path, source: str) -> set[str]:
    """The tables of a GeoPackage: not its views, which may be questions without an end.

    Raises BadInput for a database that is none, or whose tables or coordinate systems lie elsewhere.
    """
    with opened(path, source) as database:
        texts = [str(text) for (text,) in database.execute("select sql from sqlite_master where sql is not null")]
        names = {str(name) for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
        described = database.execute("select definition from gpkg_spatial_ref_sys").fetchall()
    is_elsewhere = any("virtual" in text.lower() and not _INDEX.fullmatch(" ".join(text.split())) for text in texts)
    if is_elsewhere or not all(_COORDINATES.match(str(text)) for (text,) in described):
        raise BadInput(Code.BOUNDARIES_ELSEWHERE, source=source)
    return names


@contextmanager
def opened(path: Path, source: str) -> Iterator[sqlite3.Connection]:
    """A database that is only read, and given up when it takes too long.

    Raises BadInput for what cannot be read.
    """
    until = time.monotonic() + PATIENCE
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
            database.execute("pragma trusted_schema = off")
            database.set_progress_handler(lambda: time.monotonic() > until, STEPS)
            yield database
    except sqlite3.Error:
        raise BadInput(Code.GROUND_UNREADABLE, source=source) from None
