"""Find where each name of a ground stands: once a place, on the longest piece of a street, the weightiest first."""

from collections import defaultdict
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from mkmap.places.ground import postcodes
from mkmap.places.ground.area import MERCATOR
from mkmap.places.ground.kinds import NAMES, OF_AREA, OF_LINE, Name

APART = {"main road": 4_000.0, "street": 2_500.0}  # metres of Mercator between two places of one name; others:
FAR_APART = 5_000.0
POSTCODE = "postcode"
LONGEST = 60  # characters: more is no name


def of_things(things: gpd.GeoDataFrame) -> list[Name]:
    """The names, in the order in which they get room: by kind, and within one the largest first."""
    kinds = things["kind"].map(lambda kind: OF_LINE.get(kind) or OF_AREA.get(kind) or kind)
    named: dict[tuple[str, str], list[shapely.Geometry]] = defaultdict(list)
    of_postcodes: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for kind, name, shape in zip(kinds, things["name"], things.geometry, strict=True):
        if kind == POSTCODE:
            for beginning in postcodes.beginnings(name):
                of_postcodes[beginning].append(shape)
        elif kind in NAMES and 0 < len(name) <= LONGEST:
            named[kind, name].append(shape)
    named |= {(POSTCODE, beginning): [postcodes.middle(shapes)] for beginning, shapes in of_postcodes.items()}
    placed = [
        (list(NAMES).index(kind), -weight, name, kind, place)
        for (kind, name), shapes in named.items()
        for weight, place in _places(np.array(shapes, dtype=object), APART.get(kind, FAR_APART))
    ]
    placed.sort(key=lambda one: one[:4])
    return list(_in_degrees(placed))


def _places(shapes: np.ndarray, apart: float) -> Iterator[tuple[float, shapely.Point]]:
    """Where a name stands: on its largest part, and on each other that is far from those."""
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(shapes)) if _are_lines(shapes) else shapes)
    weights = shapely.area(parts) if shapely.get_dimensions(parts).max() == 2 else shapely.length(parts)
    taken: list[shapely.Point] = []
    for at in np.argsort(-weights, kind="stable"):
        place = _middle(parts[at])
        if all(shapely.distance(place, other) > apart for other in taken):
            taken.append(place)
            yield float(weights[at]), place


def _are_lines(shapes: np.ndarray) -> bool:
    return bool((shapely.get_dimensions(shapes) == 1).all())


def _middle(part: shapely.Geometry) -> shapely.Point:
    if shapely.get_dimensions(part) == 1:
        return shapely.line_interpolate_point(part, 0.5, normalized=True)
    return shapely.point_on_surface(part)


def _in_degrees(placed: list[tuple[int, float, str, str, shapely.Point]]) -> Iterator[Name]:
    places = gpd.GeoSeries([place for *_order, place in placed], crs=MERCATOR).to_crs(4326)
    for (_kind_order, _weight, name, kind, _place), place in zip(placed, places, strict=True):
        yield Name(name, kind, round(place.x, 5), round(place.y, 5))
