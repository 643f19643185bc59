"""Find the police neighbourhoods of a ward: at its middle, and at a few other places inside it."""

from collections import Counter
from itertools import product

import numpy as np
import shapely

from mkmap.plans.plan import Neighbourhood
from mkmap.plans.questions import locate
from mkmap.police.client import PoliceApi

GRID = 3  # three by three places over a ward: with its middle at most ten questions, and a third of a ward is not missed
CLEAR_OF_BORDERS = 0.001  # degrees, about 100 metres: boundaries of police and council that mean the same differ by less


def places_in(ward: shapely.Geometry) -> list[tuple[float, float]]:
    """Longitude and latitude of a ward's middle and then of the places of a grid that lie well inside; always the same."""
    west, south, east, north = ward.bounds
    steps = (np.arange(GRID) + 0.5) / GRID
    grid = [(west + (east - west) * x, south + (north - south) * y) for y, x in product(steps, steps)]
    inside = shapely.contains_xy(ward.buffer(-CLEAR_OF_BORDERS), np.array(grid))
    middle = shapely.maximum_inscribed_circle(ward, tolerance=0.0001).coords[0]
    return [middle, *(place for place, is_inside in zip(grid, inside, strict=True) if is_inside)]


def neighbourhoods_in(api: PoliceApi, ward: shapely.Geometry) -> tuple[Neighbourhood, ...]:
    """The neighbourhoods of a ward (WGS 84): that of its middle first, then by how much of the ward they have.

    Empty where police.uk knows none. Raises Unreachable, or BadInput where an answer is not what was asked for.
    """
    middle, *others = (locate(api, longitude, latitude) for longitude, latitude in places_in(ward))
    found = Counter(one for one in others if one and one != middle)
    return (*([middle] if middle else []), *sorted(found, key=lambda one: (-found[one], one)))
