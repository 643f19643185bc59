"""Read a file of polygons by what it is and not by what it is called, without following what it points to elsewhere."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import geopandas
import pandas as pd
from lxml import etree
from shapely.errors import ShapelyError

from mkmap.errors import BadInput, Code
from mkmap.places.download import MOST_BYTES
from mkmap.places.files import formats, gdal, geojson, geopackages
from mkmap.places.files.formats import Format

MOST_FILES = 2_000  # in a zip or a folder: a geodatabase has some hundred
MOST_TABLES = 30  # that are looked at: Boundary-Line has twenty
OF_MACOS = "._"  # begins what its archives keep of a file beside the file
PIECE = 2**20
SHAPEFILE = ".shx", ".dbf", ".prj", ".cpg"
# Formats of GDAL that hold no data but name other files and addresses to read: a file that we are given must not do that.
_POINTS_ELSEWHERE = re.compile(rb"<OGR\w*DataSource|<VRTDataset|<GDAL_\w+|gdal_streamed_alg", re.IGNORECASE)
_KML = re.compile(r"\{http://(?:www\.opengis\.net|earth\.google\.com)/kml/[\d.]+\}kml")
_DAMAGE = (
    OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError, NotImplementedError, EOFError,
    zipfile.BadZipFile, zlib.error, etree.LxmlError, ShapelyError,
)  # fmt: skip

Fits = Callable[[geopandas.GeoDataFrame], bool]


def read(path: Path, source: str, *, fits: Fits = lambda rows: True) -> geopandas.GeoDataFrame:
    """The rows of a file, a zip or a folder, with their geometry and coordinate system, as they stand.

    Of several tables the first that `fits`, or else the first.
    Raises BadInput, naming `source`, for what is missing, too large, or not readable as polygons.
    """
    if not path.exists():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    try:
        with tempfile.TemporaryDirectory() as folder, gdal.quiet():
            frame = _chosen(_tables(_files(path, Path(folder), source), Path(folder), source), fits)
    except _DAMAGE:
        raise BadInput(Code.NOT_BOUNDARIES, source=source) from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BadInput(Code.BOUNDARIES_ABSENT, source=source)
    return frame


def _chosen(tables: Iterator[pd.DataFrame], fits: Fits) -> pd.DataFrame:
    """Raises ValueError where there is no table."""
    others: list[pd.DataFrame] = []
    for rows in islice(tables, MOST_TABLES):
        if isinstance(rows, geopandas.GeoDataFrame) and fits(rows):
            return rows
        others.append(rows)
    for rows in sorted(others, key=lambda rows: not isinstance(rows, geopandas.GeoDataFrame)):
        return rows
    raise ValueError("no table")


def _tables(files: list[Path], folder: Path, source: str) -> Iterator[pd.DataFrame]:
    """The tables of polygons in some files; a damaged one does not stop the others, and raises one of `_DAMAGE` where it is alone."""
    for at, file in enumerate(files):
        try:
            yield from _read(file, folder / str(at), source)
        except _DAMAGE:
            if len(files) == 1:
                raise


def _read(file: Path, folder: Path, source: str) -> Iterator[pd.DataFrame]:
    """Raises one of `_DAMAGE` for what is no such file."""
    match formats.format_of(file):
        case Format.GEOJSON:
            content = geojson.content(file, source)
            yield from _topology(content, folder) if geojson.is_topology(content) else [geojson.frame(content, source)]
        case Format.PARQUET:
            yield _parquet(file)
        case Format.SQLITE:
            yield from _layers(gdal.alone(file, folder, ".gpkg"), geopackages.tables(file, source))
        case Format.SHAPEFILE:
            yield from _layers(gdal.alone(file, folder, ".shp", SHAPEFILE))
        case Format.FLATGEOBUF:
            yield from _layers(gdal.alone(file, folder, ".fgb"))
        case Format.GEODATABASE:
            yield from _layers(_geodatabase(file.parent, folder.with_suffix(".gdb")))
        case Format.XML:
            yield from _layers(_kml(file, folder.with_suffix(".kml")))
        case other:
            raise ValueError(other)


def _files(path: Path, folder: Path, source: str, packed: int = 0) -> list[Path]:
    """The files of polygons: the path itself, or those in a folder or a zip that are known and no part of another; wards first."""
    if path.is_file() and formats.format_of(path) is Format.ZIP:
        path = _unpacked(path, folder / f"unpacked{packed}", source)
    files = [path] if path.is_file() else list(islice((file for file in sorted(path.rglob("*")) if file.is_file()), MOST_FILES))
    _check(files, source)
    kinds = {file: formats.format_of(file) for file in files if not file.name.startswith(OF_MACOS)}
    known = [file for file, kind in kinds.items() if kind not in (None, Format.ZIP)]
    shapes = [file for file in known if kinds[file] is not Format.SHAPEFILE or file.suffix.lower() == ".shp"] or known
    if shapes:
        return sorted(shapes, key=lambda file: "ward" not in file.name.lower())
    zips = [file for file, kind in kinds.items() if kind is Format.ZIP]
    if packed or not zips:
        raise ValueError(path)
    return _files(zips[0], folder, source, packed + 1)


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


def _topology(content: dict, folder: Path) -> Iterator[pd.DataFrame]:
    """TopoJSON as we have read it ourselves; its coordinates are longitude and latitude, as those of GeoJSON."""
    folder.mkdir()
    file = folder / "alone.topojson"
    file.write_bytes(geojson.written(content))
    for rows in _layers(file):
        yield rows.set_crs(geojson.WGS84, allow_override=True) if isinstance(rows, geopandas.GeoDataFrame) else rows


def _layers(file: Path, only: set[str] | None = None) -> Iterator[pd.DataFrame]:
    """Every layer; of a database those in `only` alone."""
    for name, _shape in gdal.layers(file):
        if only is None or str(name) in only:
            yield gdal.read(file, layer=str(name))
