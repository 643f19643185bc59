"""Count crimes per ward, and per 1,000 of its households where these are known."""

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.places.store import Households

SHADED_FROM = 12  # months: in one month a ward has 2 to 9 burglaries, and a map of them would show chance


def per_ward(selection: Selection, households: Households | None) -> pd.DataFrame:
    """A row a chosen ward, by name: code, name, crimes, households, rate.

    `rate`: crimes in the chosen months per 1,000 households; NA where the households are not known.
    """
    wards = selection.area.wards[["code", "name"]]
    if selection.filters.wards:
        wards = wards[wards["code"].isin(selection.filters.wards)]
    counts = selection.by("ward")
    table = wards.assign(
        crimes=wards["code"].map(counts).astype("Int64").fillna(0),
        households=wards["code"].map(households.per_ward if households else {}).astype("Int64"),
    )
    return table.assign(rate=(1000 * table["crimes"] / table["households"]).astype("Float64").round(2)).reset_index(drop=True)


def may_be_shaded(selection: Selection, households: Households | None) -> bool:
    """Whether wards may be compared by colour: a rate, over a year or more."""
    return households is not None and len(selection.months) >= SHADED_FROM
