"""Read a file of polygons, whatever its format, without following what it points to elsewhere."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas
import pyogrio

from mkmap.errors import BadInput, Code
from mkmap.places.columns import ward_columns
from mkmap.places.download import MOST_BYTES

# Formats of GDAL that hold no data but name other files and addresses to read: a file that we are given must not do that.
_POINTS_ELSEWHERE = re.compile(rb"<OGR\w*DataSource|<VRTDataset|<GDAL_\w+|gdal_streamed_alg", re.IGNORECASE)


def read(path: Path, source: str) -> geopandas.GeoDataFrame:
    """The rows of a file with their geometry and coordinate system, as they stand.

    Raises BadInput, naming `source`, for a file that is missing, too large, or not readable as polygons.
    """
    if not path.exists():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    try:
        _check_size_and_start(path, source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL warns of what is checked here later, in words that help nobody
            frame = _read(path)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, NotImplementedError):
        raise BadInput(Code.NOT_BOUNDARIES, source=source) from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BadInput(Code.BOUNDARIES_ABSENT, source=source)
    if frame.crs is None and _is_geojson(path):
        return frame.set_crs(4326)  # RFC 7946: GeoJSON is always WGS 84
    return frame


def _read(path: Path) -> geopandas.GeoDataFrame:
    if path.suffix.lower() in {".parquet", ".geoparquet"}:
        return geopandas.read_parquet(path, partitioning=None)
    return geopandas.read_file(path, layer=_ward_layer(path))


def _ward_layer(path: Path) -> str:
    """The first layer that has a ward's columns, or else the first of all."""
    layers = [str(name) for name, __ in pyogrio.list_layers(path)]
    fits = (name for name in layers if ward_columns(pyogrio.read_info(path, layer=name)["fields"]))
    return next(fits, layers[0])


def _check_size_and_start(path: Path, source: str) -> None:
    total = 0
    for size, start in _parts(path):
        total += size
        if total > MOST_BYTES:
            raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=MOST_BYTES // 1_000_000)
        if _POINTS_ELSEWHERE.search(start):
            raise BadInput(Code.BOUNDARIES_ELSEWHERE, source=source)


def _parts(path: Path) -> Iterator[tuple[int, bytes]]:
    """Size and first bytes of a file, of every member of a zip, or of every file of a folder."""
    if path.is_dir():
        for file in path.iterdir():
            yield from _parts(file)
    elif zipfile.is_zipfile(path) and path.suffix.lower() in {".zip", ".kmz"}:
        with zipfile.ZipFile(path) as opened:
            for member in opened.infolist():
                yield member.file_size, opened.open(member).read(4096)
    else:
        with path.open("rb") as opened:
            yield path.stat().st_size, opened.read(4096)


def _is_geojson(path: Path) -> bool:
    return path.suffix.lower() in {".geojson", ".json"}
