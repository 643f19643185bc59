"""Count crimes per ward, and per 1,000 of its households where these are known."""

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.places.store import Households

SHADED_FROM = 12  # months: in one month a ward has 2 to 9 burglaries, and a map of them would show chance


def per_ward(selection: Selection, households: Households | None) -> pd.DataFrame:
    """A row a chosen ward, by name: code, name, crimes, households, rate.

    `rate`: crimes in the chosen months per 1,000 households; NA where the households are not known.
    """
    chosen = selection.filters.wards
    names = {code: name for code, name in selection.area.ward_names.items() if not chosen or code in chosen}
    (places,), recorded = selection.counts("ward")
    counts = dict(zip(selection.area.labels["ward"][places], recorded.tolist(), strict=True))
    homes = households.per_ward if households else {}
    crimes = pd.array([counts.get(code, 0) for code in names], "Int64")
    known = pd.array([homes.get(code) for code in names], "Int64")
    rate = (1000 * crimes / known).round(2)
    return pd.DataFrame(
        {"code": list(names), "name": list(names.values()), "crimes": crimes, "households": known, "rate": rate}
    )


def may_be_shaded(selection: Selection, households: Households | None) -> bool:
    """Whether wards may be compared by colour: a rate, over a year or more."""
    return households is not None and len(selection.months) >= SHADED_FROM
