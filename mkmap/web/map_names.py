"""Answer the names that have room on the map, tile by tile: decided for the whole area at once, so that tiles agree at their edges."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import orjson
from starlette.routing import Route

from mkmap.crimes.query import AreaCrimes
from mkmap.map import names, point_names
from mkmap.map.mercator import metres_of_a_pixel, tile_of
from mkmap.map.names import WARD, Label
from mkmap.operate.clock import Clock
from mkmap.places.ground.store import Ground
from mkmap.web.files import File, FileRequest
from mkmap.web.map_data import JSON, TILE

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
    for label in names.labels(area.wards, chosen, zoom):
        tiles[tile_of((label.longitude, label.latitude), zoom)].append(label)
    return tiles


def _answer(asked: FileRequest, *, of_wards: bool) -> bytes:
    zoom, x, y = (asked.place[name] for name in "zxy")
    if zoom > names.NEAREST:  # no browser of ours asks for it
        return orjson.dumps(_geojson([], zoom))
    there = _labels(asked.selection.area, asked.snapshot.ground, zoom).get((x, y), [])
    return orjson.dumps(_geojson([label for label in there if (label.kind == WARD) == of_wards], zoom))


def _of_wards(asked: FileRequest) -> bytes:
    return _answer(asked, of_wards=True)


def _of_places(asked: FileRequest) -> bytes:
    return _answer(asked, of_wards=False)


def _geojson(labels: list[Label], zoom: int) -> dict:
    """n: the text; s: its size in pixels, of a ward's name in metres; k: what it is the name of."""
    features = [
        {
            "type": "Feature",
            "properties": {"n": label.text, "s": _size(label, zoom), "k": label.kind},
            "geometry": {"type": "Point", "coordinates": [label.longitude, label.latitude]},
        }
        for label in labels
    ]
    return {"type": "FeatureCollection", "features": features}


def _size(label: Label, zoom: int) -> float:
    if label.kind != WARD:
        return label.size
    return round(label.size * metres_of_a_pixel(label.latitude, zoom - names.TIGHTEST))


FILES = (File(f"/map/ward-names/{TILE}", JSON, _of_wards), File(f"/map/place-names/{TILE}", JSON, _of_places))


def routes(clock: Clock) -> list[Route]:
    return [file.route(clock) for file in FILES]
