"""Look the tiles of an MBTiles file up, which is an SQLite database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkmap.errors import BadInput, Code
from mkmap.places.files.geopackages import opened
from mkmap.places.ground.tile_files import StoredTiles

_TILE = "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ? limit 1"
_ZOOMS = "select min(zoom_level), max(zoom_level) from tiles"


def is_tiles(path: Path, source: str) -> bool:
    """Whether a database has tiles; BadInput where it cannot be read."""
    with opened(path, source) as database:
        return database.execute("select 1 from sqlite_master where name = 'tiles'").fetchone() is not None


@contextmanager
def stored_tiles(path: Path, source: str) -> Iterator[StoredTiles]:
    """The vector tiles of an MBTiles file."""
    with opened(path, source) as database:
        low, high = database.execute(_ZOOMS).fetchone()
        kind = database.execute("select value from metadata where name = 'format'").fetchone()
        if kind is None or kind[0] != "pbf" or not isinstance(low, int) or not isinstance(high, int):
            raise BadInput(Code.GROUND_NOT_VECTOR, source=source)

        def get(zoom: int, x: int, y: int) -> bytes | None:
            row = database.execute(_TILE, (zoom, x, 2**zoom - 1 - y)).fetchone()  # rows are counted from the south
            return row[0] if row and isinstance(row[0], bytes) else None

        yield StoredTiles((max(low, 0), max(high, 0)), get)
