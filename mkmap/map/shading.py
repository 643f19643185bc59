"""Shade wards by rate, where a comparison is allowed at all."""

from itertools import pairwise

import numpy as np

from mkmap.crimes.query import Selection
from mkmap.crimes.rates import may_be_shaded, per_ward
from mkmap.drawing.palette import SHADES, Colour, Ground
from mkmap.places.store import Households
from mkmap.words import number

NO_FILL = [0, 0, 0, 0]


def classes(selection: Selection, households: Households | None) -> tuple[list[float], dict[str, int]] | None:
    """At most five classes of about as many wards each: the rates at which they begin and end, and each ward's class.

    None where no ward may be shaded.
    """
    if not may_be_shaded(selection, households):
        return None
    wards = {ward.code: ward.rate for ward in per_ward(selection, households) if ward.rate is not None}
    rates = np.array(list(wards.values()))
    edges = np.unique(np.quantile(rates, np.linspace(0, 1, len(SHADES) + 1))) if len(rates) else np.array([])
    if len(edges) < 2:
        return None
    places = np.searchsorted(edges[1:-1], rates, side="left")
    return edges.tolist(), dict(zip(wards, places.tolist(), strict=True))


def fill(wards: dict, selection: Selection, households: Households | None, ground: Ground) -> None:
    """Give each feature of a ward collection its `fill`: red, green, blue, alpha."""
    _edges, places = classes(selection, households) or ([], {})
    for feature in wards["features"]:
        place = places.get(feature["properties"]["code"])
        feature["properties"]["fill"] = NO_FILL if place is None else [*ground.shades[place], 255]


def legend(selection: Selection, households: Households | None, ground: Ground) -> list[tuple[str, Colour]]:
    """`from–to` and its colour, lowest first."""
    edges, _places = classes(selection, households) or ([], {})
    return [(f"{number(low, 1)}–{number(high, 1)}", ground.shades[place]) for place, (low, high) in enumerate(pairwise(edges))]
