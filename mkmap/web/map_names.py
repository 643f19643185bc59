"""Answer the names that have room on the map, tile by tile."""

from starlette.routing import Route

from mkmap.map.cells import LAST_ZOOM
from mkmap.map.mercator import metres_of_a_pixel
from mkmap.map.names import NEAREST, Label
from mkmap.map.placed_names import placed_names
from mkmap.map.tiles import Tile, feature
from mkmap.operate.clock import Clock
from mkmap.web.files import File, FileRequest
from mkmap.web.map_data import JSON, TILE, features_of

NOTHING = features_of([])


def _above(asked: FileRequest) -> bytes:
    """The names where cells would cover them."""
    tile = Tile(**asked.place)
    return _names(asked, tile) if tile.zoom <= LAST_ZOOM else NOTHING


def _below(asked: FileRequest) -> bytes:
    """The names where circles and dots may lie over them."""
    tile = Tile(**asked.place)
    return _names(asked, tile) if LAST_ZOOM < tile.zoom <= NEAREST else NOTHING


def _names(asked: FileRequest, tile: Tile) -> bytes:
    placed = placed_names(asked.selection.area, asked.snapshot.ground, tile.zoom, asked.opens_at)
    return features_of([_feature(label, placed.scale) for label in placed.at(tile)])


def _feature(label: Label, scale: float) -> dict:
    """n: the text; k: what it is the name of; s: its size in metres, so that it grows and shrinks with the map."""
    size = label.size * metres_of_a_pixel(label.latitude, scale)
    return feature("Point", [label.longitude, label.latitude], n=label.text, k=label.kind, s=round(size, 2))


FILES = (File(f"/map/ward-names/{TILE}", JSON, _above), File(f"/map/place-names/{TILE}", JSON, _below))


def routes(clock: Clock) -> list[Route]:
    return [file.route(clock) for file in FILES]
