"""Count crimes per ward, and per 1,000 of its households where these are known."""

from typing import NamedTuple

from mkmap.crimes.query import Selection
from mkmap.places.store import Households

SHADED_FROM = 12  # months: in one month a ward has 2 to 9 burglaries, and a map of them would show chance


class WardCount(NamedTuple):
    """`crimes`: None where no chosen month is stored whole; `rate`: per 1,000 households, None where these are not known, too."""

    code: str
    name: str
    crimes: int | None
    households: int | None
    rate: float | None


def per_ward(selection: Selection, households: Households | None) -> list[WardCount]:
    """Each chosen ward, by name."""
    chosen, area = selection.filters.wards, selection.area
    counts, homes = selection.counted_by("ward"), households.per_ward if households else {}
    none = 0 if selection.months else None
    return [
        _counted(code, name, counts.get(code, none), homes.get(code))
        for code, name in area.ward_names.items()
        if not chosen or code in chosen
    ]


def _counted(code: str, name: str, crimes: int | None, homes: int | None) -> WardCount:
    return WardCount(code, name, crimes, homes, round(1000 * crimes / homes, 2) if homes and crimes is not None else None)


def may_be_shaded(selection: Selection, households: Households | None) -> bool:
    """Whether wards may be compared by colour: a rate, over a year or more."""
    return households is not None and len(selection.months) >= SHADED_FROM
