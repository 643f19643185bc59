"""Cut what a map shows into tiles, so that each zoom has marks of its own, and only what is in view is loaded."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mkmap.crimes.query import AreaCrimes
from mkmap.map.mercator import TILE, flat_points

SIZE = 2048  # pixels: a browser draws few large tiles faster than many, and is served faster
LARGE = 4096  # of what is sparse
CLOSE = 11  # the lowest number of a tile that shows circles instead of cells
DEEPEST = 20
DECIMALS = 5  # of a degree: a metre


@dataclass(frozen=True)
class Tile:
    """A square of the map, as browsers number them: the zoom's number, and the column and row from the north-west."""

    z: int
    x: int
    y: int
    size: int = SIZE  # pixels of its sides where it is shown

    @property
    def zoom(self) -> int:
        """That of a view for which the tile is made."""
        return self.z + (self.size // TILE).bit_length() - 1

    def holds(self, flat: np.ndarray) -> np.ndarray:
        """Which of some places (as mercator.flat_points) lie in it: their numbers."""
        if self.z > DEEPEST:  # a browser may send anything
            return np.array([], int)
        inside: np.ndarray = np.floor(flat * 2**self.z) == (self.x, self.y)
        return np.flatnonzero(inside.all(axis=1))


WHOLE = Tile(0, 0, 0)  # the world


@lru_cache(maxsize=4)
def flat(area: AreaCrimes) -> np.ndarray:
    """Where an area's map points stand, as mercator.flat_points gives them."""
    return flat_points(area.points)


def feature(kind: str, coordinates: list, **properties: object) -> dict:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}
