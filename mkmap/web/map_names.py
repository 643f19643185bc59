"""Answer the names that have room on the map, tile by tile: decided for the whole area at once, so that tiles agree at their edges."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

from starlette.routing import Route

from mkmap.crimes.query import AreaCrimes
from mkmap.map import names, point_names
from mkmap.map.cells import LAST_ZOOM, gathered
from mkmap.map.mercator import metres_of_a_pixel, places, tile_of
from mkmap.map.names import WARD, Label
from mkmap.map.tiles import feature, flat
from mkmap.operate.clock import Clock
from mkmap.places.ground.store import Ground
from mkmap.web.files import File, FileRequest
from mkmap.web.map_data import JSON, TILE, features_of

KEPT = 32  # zooms of areas
_one_at_a_time = Lock()


def _labels(area: AreaCrimes, ground: Ground, zoom: int) -> Mapping[tuple[int, int], list[Label]]:
    with _one_at_a_time:  # a browser asks for a dozen tiles of a zoom at once, and the first of them places all names
        return _tiles(area, ground, zoom)


@lru_cache(maxsize=KEPT)
def _tiles(area: AreaCrimes, ground: Ground, zoom: int) -> Mapping[tuple[int, int], list[Label]]:
    """The labels of a zoom by column and row."""
    tiles: dict[tuple[int, int], list[Label]] = defaultdict(list)
    chosen = names.of_whom(ground.drawn.names, point_names.of_points(area.points))
    numbers = places(gathered(flat(area), zoom)[0]).tolist() if zoom <= LAST_ZOOM else []
    for label in names.labels(area.wards, chosen, zoom, numbers):
        tiles[tile_of((label.longitude, label.latitude), zoom)].append(label)
    return tiles


def _there(asked: FileRequest) -> list[Label]:
    zoom, x, y = (asked.place[name] for name in "zxy")
    if zoom > names.NEAREST:  # no browser of ours asks for it
        return []
    return _labels(asked.selection.area, asked.snapshot.ground, zoom).get((x, y), [])


def _above(asked: FileRequest) -> bytes:
    """The wards' names where cells would cover them."""
    zoom = asked.place["z"]
    return features_of([_feature(label, zoom) for label in _there(asked) if zoom <= LAST_ZOOM and label.kind == WARD])


def _below(asked: FileRequest) -> bytes:
    """All other names."""
    return features_of([_feature(label) for label in _there(asked) if asked.place["z"] > LAST_ZOOM or label.kind != WARD])


def _feature(label: Label, zoom: int | None = None) -> dict:
    """n: the text; k: what it is the name of; s: its size in pixels, or with the zoom that it is made for in metres."""
    size = label.size * metres_of_a_pixel(label.latitude, zoom - names.TIGHTEST) if zoom else label.size
    return feature("Point", [label.longitude, label.latitude], n=label.text, k=label.kind, s=round(size, 1))


FILES = (File(f"/map/ward-names/{TILE}", JSON, _above), File(f"/map/place-names/{TILE}", JSON, _below))


def routes(clock: Clock) -> list[Route]:
    return [file.route(clock) for file in FILES]
