"""Open what an operator has: layers of a file, whatever its format, of which GDAL sees local bytes alone."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import geopandas as gpd
import requests

from mkmap.errors import BadInput, Code
from mkmap.places import download
from mkmap.places.files import formats, gdal, geopackages
from mkmap.places.files.formats import Format
from mkmap.places.ground import pmtiles_files, sqlite_files
from mkmap.places.ground.area import MERCATOR, Area, Progress
from mkmap.places.ground.blocks import Blocks
from mkmap.places.ground.tile_files import StoredTiles, of_area
from mkmap.words import _

MOST_THINGS = 1_000_000  # of one layer within the area: London's streets are a third of it
LARGEST_PBF = 3_000_000_000  # bytes: it has no index and is read from its first byte to its last; England is half of it
SHAPEFILES = 2_000  # in one folder: all squares of Great Britain, each with its themes, are fewer
COMPANIONS = ".shx", ".dbf", ".prj", ".cpg"  # of a Shapefile


class Layers(Protocol):
    """What a source has, and the rows of a layer that lie in the area: Web Mercator, with how many could not be read."""

    @property
    def columns(self) -> Mapping[str, Sequence[str]]:
        """Layer → the names of its columns."""

    def rows(self, layer: str, area: Area) -> Iterator[tuple[gpd.GeoDataFrame, int]]: ...


class GdalLayers:
    """The layers of a GeoPackage, a Shapefile or an OpenStreetMap extract; of several files those of all."""

    def __init__(self, files: Sequence[Path], source: str, only: Set[str] | None = None):
        self._source = source
        self._at: dict[str, tuple[Path, str]] = {}
        self.columns: dict[str, list[str]] = {}
        with _reading(source):
            for file in files:
                for layer, shape in gdal.layers(file):
                    if shape is not None and (only is None or layer in only):  # a table has no shape
                        self._at[layer] = file, layer
                        self.columns[layer] = list(gdal.info(file, layer=layer)["fields"])

    def rows(self, layer: str, area: Area) -> Iterator[tuple[gpd.GeoDataFrame, int]]:
        file, name = self._at[layer]
        with _reading(self._source):
            crs = gdal.info(file, layer=name)["crs"]
            if crs is None:
                raise BadInput(Code.COORDINATES_UNNAMED, source=self._source)
            rows = gdal.read(file, layer=name, bbox=area.bounds_in(crs), on_invalid="ignore", max_features=MOST_THINGS)
        if len(rows) >= MOST_THINGS:
            raise BadInput(Code.GROUND_TOO_LARGE, source=self._source, limit=MOST_THINGS)
        if isinstance(rows, gpd.GeoDataFrame):
            unread = int(rows.geometry.isna().sum())
            yield rows[rows.geometry.notna()].to_crs(MERCATOR), unread


@contextmanager
def opened_at(address: str, area: Area, session: requests.Session, progress: Progress) -> Iterator[Layers]:
    """The layers of a file at an address: of a PMTiles file only the area's tiles are got, of others the whole.

    Raises as `opened` does, and Unreachable.
    """
    source = download.without_secrets(address)
    if download.gives_parts(session, address):
        blocks = Blocks(session, address)
        if blocks.piece(0, len(pmtiles_files.MAGIC)) == pmtiles_files.MAGIC:
            with of_area(pmtiles_files.stored_tiles(blocks.piece, source), area, source, progress) as tiles:
                yield tiles
            return
    progress(0, 0, _("Downloading"))
    with download.local(address, session) as (path, called), opened(path, area, called, progress) as layers:
        yield layers


@contextmanager
def opened(path: Path, area: Area, source: str, progress: Progress) -> Iterator[Layers]:
    """The layers of a file or a folder.

    Raises BadInput, naming `source`, for what is missing, damaged, or of no format that can be read.
    """
    if not path.exists():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    if path.is_dir():
        with _shapefiles(path, source) as layers:
            yield layers
        return
    match _format(path, source):
        case Format.PMTILES:
            with path.open("rb") as file, of_area(_pmtiles(file, source), area, source, progress) as tiles:
                yield tiles
        case Format.SQLITE if sqlite_files.is_tiles(path, source):
            with sqlite_files.stored_tiles(path, source) as stored, of_area(stored, area, source, progress) as tiles:
                yield tiles
        case Format.SQLITE:
            with _alone([path], ".gpkg") as files:
                yield GdalLayers(files, source, geopackages.tables(path, source))
        case Format.OSM_PBF:
            _check_size(path, source)
            with _alone([path], ".osm.pbf") as files:
                yield GdalLayers(files, source)
        case Format.SHAPEFILE:
            with _alone([path], ".shp") as files:
                yield GdalLayers(files, source)
        case _other:
            raise BadInput(Code.GROUND_FORMAT_UNKNOWN, source=source)


def _pmtiles(file: IO[bytes], source: str) -> StoredTiles:
    def piece(offset: int, length: int) -> bytes:
        file.seek(offset)
        return file.read(length)

    return pmtiles_files.stored_tiles(piece, source)


@contextmanager
def _alone(files: Sequence[Path], suffix: str) -> Iterator[list[Path]]:
    """Files under names that say what they are, each beside nothing but what belongs to it; gone when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        yield [gdal.alone(file, Path(folder) / str(number), suffix, COMPANIONS) for number, file in enumerate(files)]


def _check_size(path: Path, source: str) -> None:
    if path.stat().st_size > LARGEST_PBF:
        raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=LARGEST_PBF // 1_000_000)


def _format(path: Path, source: str) -> Format | None:
    try:
        return formats.format_of(path)
    except OSError:
        raise BadInput(Code.GROUND_UNREADABLE, source=source) from None


@contextmanager
def _shapefiles(folder: Path, source: str) -> Iterator[Layers]:
    files = sorted(file for file in folder.rglob("*.[sS][hH][pP]") if file.is_file())
    if not files or len(files) > SHAPEFILES or any(_format(file, source) is not Format.SHAPEFILE for file in files):
        raise BadInput(Code.GROUND_FORMAT_UNKNOWN, source=source)
    with _alone(files, ".shp") as alone:
        yield GdalLayers(alone, source)


@contextmanager
def _reading(source: str) -> Iterator[None]:
    try:
        with gdal.quiet():
            yield
    except (OSError, ValueError, RuntimeError):
        raise BadInput(Code.GROUND_UNREADABLE, source=source) from None
