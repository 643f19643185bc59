"""Answer the names that have room on the map, tile by tile."""

from starlette.routing import Route

from mkmap.map import names
from mkmap.map.cells import LAST_ZOOM
from mkmap.map.mercator import metres_of_a_pixel
from mkmap.map.names import WARD, Label
from mkmap.map.placed_names import placed_names
from mkmap.map.tiles import Tile, feature
from mkmap.operate.clock import Clock
from mkmap.web.files import File, FileRequest
from mkmap.web.map_data import JSON, TILE, features_of


def _there(asked: FileRequest) -> tuple[list[Label], int]:
    """The names of a tile, and the zoom for which it is made."""
    tile = Tile(**asked.place)
    if tile.zoom > names.NEAREST:  # no browser of ours asks for it
        return [], tile.zoom
    return placed_names(asked.selection.area, asked.snapshot.ground, tile.zoom).at(tile), tile.zoom


def _above(asked: FileRequest) -> bytes:
    """The wards' names where cells would cover them."""
    labels, zoom = _there(asked)
    return features_of([_feature(label, zoom) for label in labels if zoom <= LAST_ZOOM and label.kind == WARD])


def _below(asked: FileRequest) -> bytes:
    """All other names."""
    labels, zoom = _there(asked)
    return features_of([_feature(label) for label in labels if zoom > LAST_ZOOM or label.kind != WARD])


def _feature(label: Label, zoom: int | None = None) -> dict:
    """n: the text; k: what it is the name of; s: its size in pixels, or with the zoom that it is made for in metres."""
    size = label.size * metres_of_a_pixel(label.latitude, zoom - names.TIGHTEST) if zoom else label.size
    return feature("Point", [label.longitude, label.latitude], n=label.text, k=label.kind, s=round(size, 1))


FILES = (File(f"/map/ward-names/{TILE}", JSON, _above), File(f"/map/place-names/{TILE}", JSON, _below))


def routes(clock: Clock) -> list[Route]:
    return [file.route(clock) for file in FILES]
