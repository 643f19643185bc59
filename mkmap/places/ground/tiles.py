"""Write a ground as one file: vector tiles by zoom, and its names; and read it again."""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import geopandas as gpd
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from mkmap.places.files import gdal
from mkmap.places.ground.area import Area, Progress
from mkmap.places.ground.kinds import AREAS, LINES, MAX_ZOOM, Name
from mkmap.words import _

Tile = tuple[int, int, int]  # zoom, column, row
OPTIONS = {"SIMPLIFICATION": "1", "SIMPLIFICATION_MAX_ZOOM": "0", "BUFFER": "32"}


def write_file(file: Path, things: gpd.GeoDataFrame, names: Sequence[Name], area: Area, progress: Progress) -> None:
    """`things`: columns kind and geometry, Web Mercator. Each kind becomes a layer, from its own zoom on."""
    kinds = {kind: zoom for kind, zoom in {**AREAS, **LINES}.items() if (things["kind"] == kind).any()}
    layers: dict[Tile, bytes] = defaultdict(bytes)
    for done, (kind, zoom) in enumerate(kinds.items(), 1):
        progress(done, len(kinds), _("Drawing"))
        for tile, content in _layer(things.loc[things["kind"] == kind, ["geometry"]], kind, zoom):
            layers[tile] += content  # the layers of a tile stand one after the other, in its bytes too
    layers = layers or {(0, 0, 0): b""}  # of names alone: a file needs a tile
    west, south, east, north = (round(edge * 10_000_000) for edge in area.degrees)
    header = {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
    }  # fmt: skip
    with write(str(file)) as writer:
        for tile in sorted(layers, key=lambda tile: zxy_to_tileid(*tile)):
            writer.write_tile(zxy_to_tileid(*tile), gzip.compress(layers[tile], 9, mtime=0))
        writer.finalize(header, {"names": names})


def _layer(shapes: gpd.GeoDataFrame, kind: str, min_zoom: int) -> Iterator[tuple[Tile, bytes]]:
    """The tiles of one kind, each with one layer of this name."""
    made = BytesIO()
    with gdal.quiet():
        gdal.write(
            shapes, made, driver="PMTiles", layer=kind, geometry_type="Unknown", MINZOOM=min_zoom, MAXZOOM=MAX_ZOOM, **OPTIONS
        )
    for tile, content in all_tiles(MemorySource(made.getvalue())):
        yield tile, gzip.decompress(content)


def read_file(content: bytes) -> tuple[dict[Tile, bytes], list[Name]]:
    """The tiles, gzipped, and the names of a file that `write_file` wrote."""
    reader = Reader(MemorySource(content))
    return dict(all_tiles(reader.get_bytes)), [Name(*name) for name in reader.metadata()["names"]]
