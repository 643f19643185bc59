"""Turn published reports into marks of their own shape and colour: a diamond each, one at a time, above its point."""

import pandas as pd

from mkmap.month import Month
from mkmap.reports.report import kind_word
from mkmap.words import _

SIZE = 28.0  # pixels of the picture, half of which is the diamond: a thumb hits what is at least 24 wide
STEP = 14  # pixels between the diamonds of one point
IN_A_ROW = 5
DECIMALS = 4  # of a degree: a few metres, less than a diamond
ABOVE = 13  # pixels: the police's circle at the same point stays to be seen


def marks(chosen: pd.DataFrame, ward_names: dict[str, str]) -> list[dict]:
    """p: [longitude, latitude]; o: its shift in pixels, [east, south]; t: the words of its tooltip."""
    chosen = _ordered(chosen)
    place = chosen.groupby(["longitude", "latitude"], sort=False)["mark"]
    number, together = place.cumcount(), place.transform("size")
    in_row = together.clip(upper=IN_A_ROW)
    east = (STEP * (number % IN_A_ROW - (in_row - 1) / 2)).round(1)
    south = -ABOVE - STEP * (number // IN_A_ROW)
    return [
        {"p": [longitude, latitude], "o": [across, up], "t": text}
        for longitude, latitude, across, up, text in zip(
            chosen["longitude"].round(DECIMALS).tolist(),
            chosen["latitude"].round(DECIMALS).tolist(),
            east.tolist(),
            south.tolist(),
            _words(chosen, ward_names),
            strict=True,
        )
    ]


def _ordered(chosen: pd.DataFrame) -> pd.DataFrame:
    """By place, so that what is alike is sent together, and packs well."""
    return chosen.sort_values(["longitude", "latitude", "month", "mark"])


def clicked(chosen: pd.DataFrame, ward_names: dict[str, str], mark: dict) -> pd.Series | None:
    """The report of a mark that a browser sent back; what is random in an id would be most of what the map has to load."""
    wanted = {name: mark.get(name) for name in ("p", "o", "t")}
    place = next((place for place, drawn in enumerate(marks(chosen, ward_names)) if drawn == wanted), None)
    return None if place is None else _ordered(chosen).iloc[place]


def words(row: pd.Series, ward_names: dict[str, str]) -> str:
    """What is said of one report: whose words it is comes first."""
    return _words(row.to_frame().T, ward_names)[0]


def _words(chosen: pd.DataFrame, ward_names: dict[str, str]) -> list[str]:
    first, what = _("Reported by a resident"), _("{kind}, {month}")
    months = {month: Month.parse(month).name for month in set(chosen["month"])}
    return [
        "\n".join([first, f"{street}, {ward_names.get(ward, '')}", what.format(kind=kind_word(kind), month=months[month])])
        for street, ward, kind, month in zip(chosen["street"], chosen["ward"], chosen["kind"], chosen["month"], strict=True)
    ]
