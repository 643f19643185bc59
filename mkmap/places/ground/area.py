"""Say which piece of the world a ground is of: the area's wards and two kilometres around them."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyproj
import shapely

MERCATOR = "EPSG:3857"  # in which tiles are cut
AROUND = 2_000  # metres: a street does not end where the area does
WORLD = 20_037_508.342789244  # metres of Mercator from the middle of the world to its edge

Progress = Callable[[int, int, str], object]  # how much is done, of how much, and what is


@dataclass(frozen=True)
class Area:
    """A shape in Web Mercator, the distance around it included."""

    shape: shapely.Geometry

    @classmethod
    def around(cls, outline: shapely.Geometry) -> "Area":
        """`outline`: the wards (WGS 84)."""
        to_mercator = pyproj.Transformer.from_crs(4326, MERCATOR, always_xy=True)
        flat = shapely.transform(outline, lambda corners: _moved(to_mercator, corners))
        latitude = math.radians(outline.centroid.y)
        shape = flat.buffer(AROUND / math.cos(latitude), quad_segs=4)  # a metre of Mercator is shorter the further north
        shapely.prepare(shape)
        return cls(shape)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres of Mercator."""
        west, south, east, north = self.shape.bounds
        return west, south, east, north

    def bounds_in(self, crs: object) -> tuple[float, float, float, float]:
        return pyproj.Transformer.from_crs(MERCATOR, crs, always_xy=True).transform_bounds(*self.bounds)

    @cached_property
    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self.bounds_in(4326)

    def tiles(self, zoom: int) -> Iterator[tuple[int, int, int]]:
        """Zoom, column and row of each tile that touches the shape."""
        size = 2 * WORLD / 2**zoom
        west, south, east, north = self.bounds
        for x in range(int((west + WORLD) // size), int((east + WORLD) // size) + 1):
            for y in range(int((WORLD - north) // size), int((WORLD - south) // size) + 1):
                box = shapely.box(x * size - WORLD, WORLD - (y + 1) * size, (x + 1) * size - WORLD, WORLD - y * size)
                if self.shape.intersects(box):
                    yield zoom, x, y


def _moved(transformer: pyproj.Transformer, corners: np.ndarray) -> np.ndarray:
    return np.column_stack(transformer.transform(corners[:, 0], corners[:, 1]))
