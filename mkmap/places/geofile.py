"""Read a file of polygons by what it is and not by what it is called, without following what it points to elsewhere."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import geopandas
from lxml import etree
from shapely.errors import ShapelyError

from mkmap.errors import BadInput, Code
from mkmap.places import formats, gdal, geojson, geopackages
from mkmap.places.columns import ward_columns
from mkmap.places.download import MOST_BYTES
from mkmap.places.formats import Format

MOST_FILES = 2_000  # in a zip or a folder: a geodatabase has some hundred
PIECE = 2**20
SHAPEFILE = ".shx", ".dbf", ".prj", ".cpg"
# Formats of GDAL that hold no data but name other files and addresses to read: a file that we are given must not do that.
_POINTS_ELSEWHERE = re.compile(rb"<OGR\w*DataSource|<VRTDataset|<GDAL_\w+|gdal_streamed_alg", re.IGNORECASE)
_KML = re.compile(r"\{http://(?:www\.opengis\.net|earth\.google\.com)/kml/[\d.]+\}kml")
_DAMAGE = (
    OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError, NotImplementedError, EOFError,
    zipfile.BadZipFile, zlib.error, etree.LxmlError, ShapelyError,
)  # fmt: skip


def read(path: Path, source: str) -> geopandas.GeoDataFrame:
    """The rows of a file, a zip or a folder, with their geometry and coordinate system, as they stand.

    Raises BadInput, naming `source`, for what is missing, too large, or not readable as polygons.
    """
    if not path.exists():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    try:
        with tempfile.TemporaryDirectory() as folder, gdal.quiet():
            frame = _read(_chosen(path, Path(folder), source), Path(folder), source)
    except _DAMAGE:
        raise BadInput(Code.NOT_BOUNDARIES, source=source) from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BadInput(Code.BOUNDARIES_ABSENT, source=source)
    return frame


def _read(file: Path, folder: Path, source: str) -> geopandas.GeoDataFrame:
    """Raises one of `_DAMAGE` for what is no such file."""
    match formats.format_of(file):
        case Format.GEOJSON:
            return geojson.read(file, source)
        case Format.PARQUET:
            return _parquet(file)
        case Format.SQLITE:
            return _layer(gdal.alone(file, folder / "alone", ".gpkg"), geopackages.tables(file, source))
        case Format.SHAPEFILE:
            return _layer(gdal.alone(file, folder / "alone", ".shp", SHAPEFILE))
        case Format.FLATGEOBUF:
            return _layer(gdal.alone(file, folder / "alone", ".fgb"))
        case Format.GEODATABASE:
            return _layer(_geodatabase(file.parent, folder / "alone.gdb"))
        case Format.XML:
            return _layer(_kml(file, folder / "alone.kml"))
        case other:
            raise ValueError(other)


def _chosen(path: Path, folder: Path, source: str) -> Path:
    """The file of polygons: the path itself, or the first in a folder or a zip that is known and is no part of another."""
    if path.is_file() and formats.format_of(path) is Format.ZIP:
        path = _unpacked(path, folder / "unpacked", source)
    files = [path] if path.is_file() else list(islice((file for file in sorted(path.rglob("*")) if file.is_file()), MOST_FILES))
    _check(files, source)
    known = [file for file in files if formats.format_of(file) not in (None, Format.ZIP)]
    shapes = [file for file in known if formats.format_of(file) is not Format.SHAPEFILE or file.suffix.lower() == ".shp"]
    for file in [*shapes, *known]:
        return file
    raise ValueError(path)


def _check(files: list[Path], source: str) -> None:
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise _too_large(source)
    if any(_POINTS_ELSEWHERE.search(formats.start_of(file)) for file in files):
        raise BadInput(Code.BOUNDARIES_ELSEWHERE, source=source)


def _unpacked(file: Path, folder: Path, source: str) -> Path:
    """The members of a zip, those of one folder in one folder; their names become no paths."""
    left, folders = MOST_BYTES, {"": 0}
    with zipfile.ZipFile(file) as opened:
        for member in islice((one for one in opened.infolist() if not one.is_dir()), MOST_FILES):
            parent, _slash, name = member.filename.rpartition("/")
            inside = folder / str(folders.setdefault(parent, len(folders)))
            inside.mkdir(parents=True, exist_ok=True)
            with opened.open(member) as packed, (inside / (Path(name).name or "member")).open("wb") as made:
                for piece in _pieces(packed.read):
                    left -= len(piece)
                    if left < 0:  # the header may have lied
                        raise _too_large(source)
                    made.write(piece)
    return folder


def _pieces(read_piece: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read_piece(PIECE):
        yield piece


def _too_large(source: str) -> BadInput:
    return BadInput(Code.FILE_TOO_LARGE, source=source, limit=MOST_BYTES // 1_000_000)


def _parquet(file: Path) -> geopandas.GeoDataFrame:
    with file.open("rb") as opened:
        return geopandas.read_parquet(opened)


def _geodatabase(folder: Path, alone: Path) -> Path:
    alone.mkdir()
    for file in folder.iterdir():
        if file.name == "gdb" or ".gdb" in file.suffix.lower() or file.name.endswith((".spx", ".atx", ".freelist", ".horizon")):
            gdal.same_file(file, alone / file.name)
    return alone


def _kml(file: Path, alone: Path) -> Path:
    """KML as we have read it ourselves: with no entity, no comment, and nothing that another format of GDAL is known by."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    root = etree.parse(file, parser).getroot()
    if root.getroottree().docinfo.doctype or not _KML.fullmatch(root.tag):
        raise ValueError(root.tag)
    alone.write_bytes(etree.tostring(root))
    return alone


def _layer(file: Path, only: set[str] | None = None) -> geopandas.GeoDataFrame:
    """The first layer that has a ward's columns, or else the first of all; of a database those in `only` alone."""
    names = [name for name in (str(name) for name, _shape in gdal.layers(file)) if only is None or name in only]
    fits = (name for name in names if ward_columns(gdal.info(file, layer=name)["fields"]))
    return gdal.read(file, layer=next(fits, names[0]))
