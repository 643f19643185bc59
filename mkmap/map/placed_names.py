"""Place all names of an area at a zoom once: the first who asks does the work, and the others are given the same."""

from collections import defaultdict
from functools import lru_cache
from threading import Lock

from mkmap.crimes.query import AreaCrimes
from mkmap.map import names, point_names
from mkmap.map.cells import LAST_ZOOM, of_points
from mkmap.map.mercator import TILE, places, tile_of
from mkmap.map.names import WARD, Label
from mkmap.map.room import Room
from mkmap.map.tiles import SIZE, Tile
from mkmap.places.ground.kinds import Name
from mkmap.places.ground.store import Ground

KEPT = 32  # zooms of areas
ZOOMS_OF_A_TILE = (SIZE // TILE).bit_length() - 1  # by which a tile's number is less than the zoom for which it is made
_one_at_a_time = Lock()  # a browser asks for a dozen tiles of a zoom at once


class PlacedNames:
    """The names that have room at a zoom, by the column and row of the tile in which they stand."""

    def __init__(self, labels: list[Label], zoom: int):
        self._scale = zoom - names.TIGHTEST
        self._tiles: dict[tuple[int, int], list[Label]] = defaultdict(list)
        self._wards = Room()
        self._readable: dict[tuple[float, float], bool] = {}  # of the middles of cells: they are the same whatever is counted
        for label in labels:
            self._tiles[tile_of((label.longitude, label.latitude), zoom - ZOOMS_OF_A_TILE)].append(label)
            if label.kind == WARD:
                self._wards.keep(names.box_of(label, self._scale))

    def at(self, tile: Tile) -> list[Label]:
        return self._tiles.get((tile.x, tile.y), [])

    def leave_room(self, place: names.Place) -> bool:
        """Whether a number at a place (longitude, latitude) can be read beside the wards' names."""
        where = place[0], place[1]
        if where not in self._readable:
            self._readable[where] = not self._wards.covered(names.box_of_number(place, self._scale))
        return self._readable[where]


def placed_names(area: AreaCrimes, ground: Ground, zoom: int) -> PlacedNames:
    with _one_at_a_time:
        return _placed(area, ground, zoom)


@lru_cache(maxsize=KEPT)
def _placed(area: AreaCrimes, ground: Ground, zoom: int) -> PlacedNames:
    numbers = places(of_points(area, zoom)[0]).tolist() if zoom <= LAST_ZOOM else []
    return PlacedNames(names.labels(area.wards, _names(area, ground), zoom, numbers), zoom)


@lru_cache(maxsize=4)
def _names(area: AreaCrimes, ground: Ground) -> list[Name]:
    return names.of_whom(ground.drawn.names, point_names.of_points(area.points))


@lru_cache(maxsize=4)
def letters(area: AreaCrimes, ground: Ground) -> tuple[str, ...]:
    """Every letter of the names: a browser that is told draws them once, not anew for each tile."""
    texts = [*area.wards["name"], *(name.text for name in _names(area, ground))]
    return tuple(sorted(set("".join(texts))))
