"""Make small files of the publishers' layers, each with the same few things of the three wards of `made_wards`."""

import gzip
import math
import sqlite3
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely
from made_wards import SOUTH, STEP, WEST
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from mkmap.places.files import gdal
from mkmap.places.store import Places, WardSet

EAST, NORTH = WEST + 3 * STEP, SOUTH + STEP
MIDDLE = SOUTH + STEP / 2
MERCATOR = "EPSG:3857"
Row = tuple[shapely.Geometry, Mapping[str, str]]  # a shape and what is said of it
Layers = Mapping[str, list[Row]]


def road(north: float = 0.0, *, east: float = 0.0) -> shapely.LineString:
    """A road through all wards, so many degrees north and east of their middle."""
    return shapely.LineString([(WEST + east, MIDDLE + north), (EAST + east, MIDDLE + north)])


def lake() -> shapely.Polygon:
    return shapely.box(WEST + 0.002, SOUTH + 0.001, WEST + 0.006, SOUTH + 0.003)


def place(column: int = 1) -> shapely.Point:
    return shapely.Point(WEST + (column + 0.5) * STEP, MIDDLE + 0.002)


ZOOMSTACK: Layers = {
    "roads_national": [(road(), {"type": "A Road", "name": "Grid Way", "number": "A5"})],
    "roads_local": [(road(0.001), {"type": "Local", "name": "High Street", "number": ""})],
    "rail": [(road(0.003), {"type": "Multi Track"})],
    "railway_stations": [(place(0), {"type": "Railway Station", "name": "Alder Halt"})],
    "surfacewater": [(lake(), {"type": "Lake"})],
    "names": [(place(), {"type": "Suburban Area", "name1": "Fishermead"})],
}
ZOOMSTACK_TILES: Layers = {
    "roads": [(road(), {"type": "Motorway", "name": "Grid Way"}), (road(0.001), {"type": "Local", "name": "High Street"})],
    "rail": [(road(0.003), {"type": "Multi Track"})],
    "railwaystations": [(place(0), {"name": "Alder Halt"})],
    "surfacewater": [(lake(), {})],
    "names": [(place(), {"type": "Suburban Area", "name1": "Fishermead"})],
}
OPEN_MAP_LOCAL: Layers = {
    "SP_Road": [
        (road(), {"classifica": "A Road, Collapsed Dual Carriageway", "distName": "Grid Way", "roadNumber": "A5"}),
        (road(0.001), {"classifica": "Local Road", "distName": "High Street", "roadNumber": ""}),
    ],
    "SP_RailwayTrack": [(road(0.003), {"classifica": "Multi Track"})],
    "SP_RailwayStation": [(place(0), {"distName": "Alder Halt"})],
    "SP_SurfaceWater_Area": [(lake(), {"featCode": "15609"})],
    "SP_NamedPlace": [(place(), {"distName": "Fishermead", "classifica": "Populated Place"})],
}
OPEN_ROADS: Layers = {
    "road_link": [
        (road(), {"road_classification": "A Road", "name_1": "Grid Way", "road_classification_number": "A5"}),
        (road(0.001), {"road_classification": "Unclassified", "name_1": "High Street", "road_classification_number": ""}),
    ],
    "road_node": [(place(), {"form_of_road_node": "junction"})],
}
PROTOMAPS: Layers = {
    "roads": [
        (road(), {"kind": "highway", "name": "Grid Way"}),
        (road(0.001), {"kind": "minor_road", "kind_detail": "residential", "name": "High Street"}),
        (road(0.003), {"kind": "rail"}),
    ],
    "water": [(lake(), {"kind": "lake"})],
    "places": [(place(), {"kind": "neighbourhood", "name": "Fishermead"})],
    "pois": [(place(0), {"kind": "station", "name": "Alder Halt"})],
}
OPEN_MAP_TILES: Layers = {
    "transportation": [(road(), {"class": "primary"}), (road(0.001), {"class": "minor"}), (road(0.003), {"class": "rail"})],
    "transportation_name": [
        (road(), {"class": "primary", "name": "Grid Way"}),
        (road(0.001), {"class": "minor", "name": "High Street"}),
    ],
    "water": [(lake(), {"class": "lake"})],
    "place": [(place(), {"class": "suburb", "name": "Fishermead"})],
    "poi": [(place(0), {"class": "railway", "subclass": "station", "name": "Alder Halt"})],
}


def frame(rows: list[Row]) -> gpd.GeoDataFrame:
    shapes, said = zip(*rows, strict=True)
    return gpd.GeoDataFrame(list(said), geometry=list(shapes), crs=4326)


def geopackage(file: Path, layers: Layers, crs: int = 27700) -> Path:
    for layer, rows in layers.items():
        gdal.write(frame(rows).to_crs(crs), file, layer=layer, driver="GPKG", append=file.exists())
    return file


def shapefiles(folder: Path, layers: Layers) -> Path:
    folder.mkdir()
    for layer, rows in layers.items():
        gdal.write(frame(rows).to_crs(27700), folder / f"{layer}.shp")
    return folder


def tiles(layers: Layers, zoom: int = 14) -> dict[tuple[int, int, int], bytes]:
    """Tiles of one zoom, not packed: the layers of each stand one after the other."""
    made: dict[tuple[int, int, int], bytes] = {}
    for layer, rows in layers.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "one.pmtiles"
            flat = frame(rows).to_crs(MERCATOR)
            gdal.write(flat, file, driver="PMTiles", layer=layer, MINZOOM=zoom, MAXZOOM=zoom)
            for tile, content in all_tiles(Reader(MemorySource(file.read_bytes())).get_bytes):
                made[tile] = made.get(tile, b"") + gzip.decompress(content)
    return made


def pmtiles(file: Path, packed: Mapping[tuple[int, int, int], bytes], kind: TileType = TileType.MVT) -> Path:
    with write(str(file)) as writer:
        for tile in sorted(packed, key=lambda one: zxy_to_tileid(*one)):
            writer.write_tile(zxy_to_tileid(*tile), packed[tile])
        writer.finalize({"tile_type": kind, "tile_compression": Compression.GZIP}, {})
    return file


def mbtiles(file: Path, packed: Mapping[tuple[int, int, int], bytes], form: str = "pbf") -> Path:
    with sqlite3.connect(file) as database:
        database.execute("create table metadata (name text, value text)")
        database.execute("create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)")
        database.execute("insert into metadata values ('format', ?)", (form,))
        rows = ((zoom, x, 2**zoom - 1 - y, content) for (zoom, x, y), content in packed.items())
        database.executemany("insert into tiles values (?, ?, ?, ?)", rows)
    database.close()
    return file


def packed(layers: Layers, zoom: int = 14) -> dict[tuple[int, int, int], bytes]:
    return {tile: gzip.compress(content) for tile, content in tiles(layers, zoom).items()}


def tile_at(longitude: float, latitude: float, zoom: int) -> tuple[int, int, int]:
    row = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return zoom, int((longitude + 180) / 360 * 2**zoom), int(row * 2**zoom)


def add_town(home: Path, *bounds: float) -> tuple[float, ...]:
    """One ward with these bounds, in degrees."""
    town = gpd.GeoDataFrame({"code": ["E05000001"], "name": ["Town"]}, geometry=[shapely.box(*bounds)], crs=4326)
    Places(home).add_wards(WardSet("made", date(2014, 5, 22), None, 1, "made.geojson"), town)
    return bounds
