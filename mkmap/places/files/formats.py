"""Tell by its bytes what a file is; what it is called says nothing."""

from enum import Enum, auto
from pathlib import Path

_LONGEST_START = 4096
_SHAPEFILE, _SQLITE, _FLATGEOBUF = b"\x00\x00\x27\x0a", b"SQLite format 3\x00", b"fgb\x03fgb"
_PMTILES, _PARQUET, _ZIP, _PBF = b"PMTiles", b"PAR1", b"PK\x03\x04", b"\x0a\x09OSMHeader"
MARK = b"\xef\xbb\xbf"  # of UTF-8, before a text
FILE_OF_A_GEODATABASE = "a00000001.gdbtable"


class Format(Enum):
    """What can be told of a file; not each is read everywhere."""

    GEOJSON = auto()
    GEODATABASE = auto()
    FLATGEOBUF = auto()
    OSM_PBF = auto()
    PARQUET = auto()
    PMTILES = auto()
    SHAPEFILE = auto()
    SQLITE = auto()  # a GeoPackage or MBTiles
    XML = auto()
    ZIP = auto()


STARTS = {
    _SHAPEFILE: Format.SHAPEFILE,
    _SQLITE: Format.SQLITE,
    _FLATGEOBUF: Format.FLATGEOBUF,
    _PMTILES: Format.PMTILES,
    _PARQUET: Format.PARQUET,
    _ZIP: Format.ZIP,
}


def format_of(file: Path) -> Format | None:
    """None for what is none of these.

    Raises OSError where the file cannot be read.
    """
    if file.name == FILE_OF_A_GEODATABASE:
        return Format.GEODATABASE
    start = start_of(file)
    if start[4 : 4 + len(_PBF)] == _PBF:  # after the length of its first block
        return Format.OSM_PBF
    known = next((format for magic, format in STARTS.items() if start.startswith(magic)), None)
    return known or {b"{": Format.GEOJSON, b"<": Format.XML}.get(start.removeprefix(MARK).lstrip()[:1])


def start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LONGEST_START)
