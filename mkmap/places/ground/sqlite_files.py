"""Look into files that are SQLite databases: the tiles of an MBTiles file, and whether a GeoPackage may be given to GDAL."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from mkmap.errors import BadInput, Code
from mkmap.places.ground.tile_files import LARGEST_TILE, StoredTiles

PATIENCE = 300.0  # seconds: a view in a stranger's file may never come to an end
STEPS = 100_000  # of SQLite's machine, between two looks at the clock
# A virtual table can name any file and any address, and GDAL would open it; those of a GeoPackage are indexes alone.
_INDEX = re.compile(r"""create virtual table "?rtree_\w+"? using rtree ?\([\w\s,"]*\)""", re.IGNORECASE)
_TILE = "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ? limit 1"
_ZOOMS = "select min(zoom_level), max(zoom_level) from tiles"


def is_tiles(path: Path, source: str) -> bool:
    """Whether a database has tiles; BadInput where it cannot be read."""
    with _opened(path, source) as database:
        return database.execute("select 1 from sqlite_master where name = 'tiles'").fetchone() is not None


@contextmanager
def stored_tiles(path: Path, source: str) -> Iterator[StoredTiles]:
    """The vector tiles of an MBTiles file."""
    with _opened(path, source) as database:
        low, high = database.execute(_ZOOMS).fetchone()
        kind = database.execute("select value from metadata where name = 'format'").fetchone()
        if kind is None or kind[0] != "pbf" or not isinstance(low, int) or not isinstance(high, int):
            raise BadInput(Code.GROUND_NOT_VECTOR, source=source)

        def get(zoom: int, x: int, y: int) -> bytes | None:
            row = database.execute(_TILE, (zoom, x, 2**zoom - 1 - y)).fetchone()  # rows are counted from the south
            return row[0] if row and isinstance(row[0], bytes) else None

        yield StoredTiles((max(low, 0), max(high, 0)), get)


def tables(path: Path, source: str) -> set[str]:
    """The tables of a GeoPackage: not its views, which may be questions without an end.

    Raises BadInput for a database whose tables lie elsewhere.
    """
    with _opened(path, source) as database:
        texts = [str(text) for (text,) in database.execute("select sql from sqlite_master where sql is not null")]
        names = {str(name) for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    if any("virtual" in text.lower() and not _INDEX.fullmatch(" ".join(text.split())) for text in texts):
        raise BadInput(Code.BOUNDARIES_ELSEWHERE, source=source)
    return names


@contextmanager
def _opened(path: Path, source: str) -> Iterator[sqlite3.Connection]:
    """A database that is only read, and given up when it takes too long."""
    until = time.monotonic() + PATIENCE
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_TILE)
            database.execute("pragma trusted_schema = off")
            database.set_progress_handler(lambda: time.monotonic() > until, STEPS)
            yield database
    except sqlite3.Error:
        raise BadInput(Code.GROUND_UNREADABLE, source=source) from None
