"""Take the area's tiles out of a file of vector tiles, unpacked within limits before GDAL sees them."""

import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import geopandas as gpd

from mkmap.errors import BadInput, Code
from mkmap.places.files import gdal
from mkmap.places.files.geopackages import LONGEST
from mkmap.places.ground.area import MERCATOR, Area, Progress
from mkmap.words import _

NEAREST = 14  # a zoom: nearer ones have no more streets
MOST_TILES = 2_000  # of the area: where it has more, they are taken from a zoom farther away
LARGEST_TILE = LONGEST  # bytes, unpacked
LAYER = b"\x1a"  # what a tile begins with, and no text
MOST_BYTES = 1_000_000_000  # of all of them, unpacked
_DAMAGE = OSError, ValueError, RuntimeError, zlib.error


@dataclass(frozen=True)
class StoredTiles:
    """Tiles by zoom, column and row, packed or not; None where there is none."""

    zooms: tuple[int, int]
    get: Callable[[int, int, int], bytes | None]

    def zoom_for(self, area: Area) -> int:
        """The nearest at which the area is not too many tiles."""
        farthest, nearest = (min(zoom, NEAREST) for zoom in self.zooms)
        return next((zoom for zoom in range(nearest, farthest, -1) if _few(area, zoom)), farthest)


def _few(area: Area, zoom: int) -> bool:
    return sum(1 for _tile in islice(area.tiles(zoom), MOST_TILES + 1)) <= MOST_TILES


class TileFolder:
    """The area's tiles as layers: each tile a file `zoom/column/row.mvt`, from which GDAL knows where it lies."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._files: dict[str, list[Path]] = {}
        self.columns: dict[str, list[str]] = {}
        self._unread = 0  # tiles that are damaged, told with the first layer that is read

    def add(self, zoom: int, x: int, y: int, packed: bytes) -> int:
        """Keep a tile, and count the one that cannot be read; gives its size."""
        file = self._folder / str(zoom) / str(x) / f"{y}.mvt"
        try:
            content = unpacked(packed, LARGEST_TILE)
            if not content.startswith(LAYER):  # GDAL would look for another format that it could be
                raise ValueError(content[:1])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            with gdal.quiet():
                for layer, _shape in gdal.layers(file):
                    columns = gdal.info(file, layer=layer)["fields"]
                    self._files.setdefault(layer, []).append(file)
                    self.columns[layer] = sorted({*self.columns.get(layer, []), *columns})
        except _DAMAGE:
            self._unread += 1
            return 0
        return len(content)

    def rows(self, layer: str, _area: Area) -> Iterator[tuple[gpd.GeoDataFrame, int]]:
        for file in self._files[layer]:
            unread, self._unread = self._unread, 0
            try:
                with gdal.quiet():
                    rows = gdal.read(file, layer=layer, on_invalid="ignore")
            except _DAMAGE:
                self._unread = unread + 1
                continue
            readable = rows[rows.geometry.notna()].set_crs(MERCATOR, allow_override=True)
            yield readable, unread + len(rows) - len(readable)


@contextmanager
def of_area(tiles: StoredTiles, area: Area, source: str, progress: Progress) -> Iterator[TileFolder]:
    """The area's tiles as layers; gone when the block ends.

    Raises BadInput where they are too much.
    """
    wanted, total = list(area.tiles(tiles.zoom_for(area))), 0
    with tempfile.TemporaryDirectory() as folder:
        made = TileFolder(Path(folder))
        for done, (zoom, x, y) in enumerate(wanted, 1):
            progress(done, len(wanted), _("Reading tiles"))
            if packed := tiles.get(zoom, x, y):
                total += made.add(zoom, x, y, packed)
            if total > MOST_BYTES:
                raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=MOST_BYTES // 1_000_000)
        yield made


def unpacked(packed: bytes, most: int) -> bytes:
    """Bytes that are gzipped or not.

    Raises ValueError where they would be more than `most` or are not whole.
    """
    if not packed.startswith(b"\x1f\x8b"):
        return packed
    work = zlib.decompressobj(wbits=31)
    content = work.decompress(packed, most)
    if not work.eof:
        raise ValueError(len(content))
    return content
