"""Place all names of an area at a zoom once: the first who asks does the work, and the others are given the same."""

from collections import defaultdict
from functools import lru_cache
from threading import Lock

from mkmap.crimes.query import AreaCrimes
from mkmap.map import names, point_names
from mkmap.map.cells import LAST_ZOOM, gathered
from mkmap.map.mercator import places, tile_of
from mkmap.map.names import WARD, Label
from mkmap.map.room import Room
from mkmap.map.tiles import flat
from mkmap.places.ground.store import Ground

KEPT = 32  # zooms of areas
_one_at_a_time = Lock()  # a browser asks for a dozen tiles of a zoom at once


class PlacedNames:
    """The names that have room at a zoom, by the column and row of the tile in which they stand."""

    def __init__(self, labels: list[Label], zoom: int):
        self._scale = zoom - names.TIGHTEST
        self._tiles: dict[tuple[int, int], list[Label]] = defaultdict(list)
        self._wards = Room()
        for label in labels:
            self._tiles[tile_of((label.longitude, label.latitude), zoom)].append(label)
            if label.kind == WARD:
                self._wards.keep(names.box_of(label, self._scale))

    def at(self, x: int, y: int) -> list[Label]:
        return self._tiles.get((x, y), [])

    def leave_room(self, place: names.Place) -> bool:
        """Whether a number at a place (longitude, latitude) can be read beside the wards' names."""
        return not self._wards.covered(names.box_of_number(place, self._scale))


def placed_names(area: AreaCrimes, ground: Ground, zoom: int) -> PlacedNames:
    with _one_at_a_time:
        return _placed(area, ground, zoom)


@lru_cache(maxsize=KEPT)
def _placed(area: AreaCrimes, ground: Ground, zoom: int) -> PlacedNames:
    chosen = names.of_whom(ground.drawn.names, point_names.of_points(area.points))
    numbers = places(gathered(flat(area), zoom)[0]).tolist() if zoom <= LAST_ZOOM else []
    return PlacedNames(names.labels(area.wards, chosen, zoom, numbers), zoom)
