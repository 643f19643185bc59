"""Shade wards by rate, where a comparison is allowed at all."""

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.crimes.rates import may_be_shaded, per_ward
from mkmap.places.store import Households
from mkmap.ui.palette import SHADES, Colour, Ground

NO_FILL = [0, 0, 0, 0]


def classes(selection: Selection, households: Households | None) -> pd.Series | None:
    """Ward code → interval of rates, in at most five classes of about as many wards each; None where none may be shaded."""
    if not may_be_shaded(selection, households):
        return None
    rates = per_ward(selection, households).set_index("code")["rate"].dropna().astype(float)
    steps = min(len(SHADES), rates.nunique())
    return pd.qcut(rates, steps, duplicates="drop", precision=1) if steps > 1 else None


def fill(wards: dict, selection: Selection, households: Households | None, ground: Ground) -> None:
    """Give each feature of a ward collection its `fill`: red, green, blue, alpha."""
    found = classes(selection, households)
    codes = {} if found is None else found.cat.codes.to_dict()
    for feature in wards["features"]:
        place = codes.get(feature["properties"]["code"])
        feature["properties"]["fill"] = NO_FILL if place is None else [*ground.shades[place], 255]


def legend(selection: Selection, households: Households | None, ground: Ground) -> list[tuple[str, Colour]]:
    """`from–to` and its colour, lowest first."""
    found = classes(selection, households)
    if found is None:
        return []
    return [
        (f"{max(step.left, 0):.1f}–{step.right:.1f}", ground.shades[place]) for place, step in enumerate(found.cat.categories)
    ]
