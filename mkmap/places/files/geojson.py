"""Read GeoJSON without GDAL, which would follow the addresses that are in it."""

import re
from pathlib import Path

import geopandas
import orjson

from mkmap.errors import BadInput, Code
from mkmap.places.files.formats import MARK

LARGEST = 250_000_000  # bytes: it is read as a whole, which takes eight times as much of memory
WGS84 = 4326  # RFC 7946: GeoJSON is always that
_NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:[\d.]*:?(?P<wgs84>CRS84)|EPSG:[\d.]*:?(?P<code>\d{4,6}))", re.IGNORECASE)


def content(file: Path, source: str) -> dict:
    """The object that a file holds.

    Raises BadInput, naming `source`, where it is too large, ValueError or AttributeError for what is none.
    """
    if file.stat().st_size > LARGEST:
        raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=LARGEST // 1_000_000)
    parsed = orjson.loads(file.read_bytes().removeprefix(MARK))
    if not isinstance(parsed, dict):
        raise ValueError(type(parsed))
    return parsed


def is_topology(content: dict) -> bool:
    """Whether it is TopoJSON: the lines that areas share, and which of them an area consists of."""
    return content.get("type") == "Topology"


def written(content: dict) -> bytes:
    """The object as its text, its type first."""
    return orjson.dumps({"type": content["type"], **content})


def frame(content: dict, source: str) -> geopandas.GeoDataFrame:
    """The features of a collection, in the coordinate system that it names.

    Raises BadInput, naming `source`, where that is somewhere else; ValueError, LookupError, TypeError or AttributeError for what
    is no collection.
    """
    if content.get("type") != "FeatureCollection":
        raise ValueError(content.get("type"))
    code = _coordinates(content.get("crs"), source)
    features = [{**feature, "properties": feature.get("properties") or {}} for feature in content["features"]]
    if not features:
        return geopandas.GeoDataFrame(geometry=[], crs=code)
    return geopandas.GeoDataFrame.from_features(features, crs=code)


def read(file: Path, source: str) -> geopandas.GeoDataFrame:
    """The features of a file; raises as `content` and `frame` do."""
    return frame(content(file, source), source)


def _coordinates(named: object, source: str) -> int:
    """The EPSG code of a `crs` of the older standard (2008): one with a name, not with a link to where it is described."""
    if named is None:
        return WGS84
    if not isinstance(named, dict) or named.get("type") != "name":
        raise BadInput(Code.BOUNDARIES_ELSEWHERE, source=source)
    match = _NAMED.fullmatch(str(named["properties"]["name"]))
    if match is None:
        raise BadInput(Code.COORDINATES_UNNAMED, source=source)
    return WGS84 if match["wgs84"] else int(match["code"])
