"""Turn published reports into marks of their own shape and colour: a diamond each, one at a time, above its point."""

import pandas as pd

from mkmap.month import Month
from mkmap.words import _

SIZE = 28.0  # pixels of the picture, half of which is the diamond: a thumb hits what is at least 24 wide
STEP = 14  # pixels between the diamonds of one point
IN_A_ROW = 5
ABOVE = 13  # pixels: the police's circle at the same point stays to be seen


def marks(chosen: pd.DataFrame, ward_names: dict[str, str]) -> list[dict]:
    """p: [longitude, latitude]; o: its shift in pixels, [east, south]; m: its public id; t: the words of its tooltip."""
    place = chosen.groupby(["longitude", "latitude"], sort=False)["mark"]
    number, together = place.cumcount(), place.transform("size")
    in_row = together.clip(upper=IN_A_ROW)
    east = (STEP * (number % IN_A_ROW - (in_row - 1) / 2)).round(1)
    south = -ABOVE - STEP * (number // IN_A_ROW)
    return [
        {"p": [round(row.longitude, 5), round(row.latitude, 5)], "o": [across, up], "m": row.mark, "t": words(row, ward_names)}
        for row, across, up in zip(chosen.itertuples(), east, south.tolist(), strict=True)
    ]


def words(row: object, ward_names: dict[str, str]) -> str:
    """What is said of one report: whose words it is comes first."""
    return "\n".join(
        (
            _("Reported by a resident"),
            f"{row.street}, {ward_names.get(row.ward, '')}",
            f"{row.kind}, {Month.parse(row.month).name}",
        )
    )
