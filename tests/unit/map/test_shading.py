"""Shades of wards by rate."""

import pytest
from made_stores import add_crimes, add_households, add_wards, crimes
from made_wards import wards

from mkmap.dataset.dataset import real
from mkmap.drawing import palette
from mkmap.filters import Filters
from mkmap.map import shading
from mkmap.map.mercator import fitting_zoom
from mkmap.month import Month

FIRST, LAST = Month(2024, 1), Month(2024, 12)


def selection(home, counts: list[int], *, chosen: tuple[str, ...] = (), months: int = 12, households: int | None = 1000):
    """Wards side by side with so many burglaries a month each."""
    from mkmap.crimes.query import area_crimes

    add_wards(home, [f"Ward {number}" for number in range(len(counts))])
    add_crimes(
        home,
        [row for month in FIRST.to(FIRST + (months - 1)) for at, n in enumerate(counts) for row in crimes(n, str(month), at)],
    )
    if households:
        add_households(home, households)
    dataset = real(home, "thames-valley")
    ward_set = dataset.places.ward_set(LAST)
    area = area_crimes(dataset.crimes, dataset.places, ward_set, dataset.force)
    return area.select(Filters(FIRST, LAST, chosen)), dataset.places.households(ward_set)


@pytest.mark.parametrize(
    ("counts", "how"),
    [([1, 2, 3], {"households": None}), ([1, 2, 3], {"months": 11}), ([2, 2, 2], {}), ([1, 2, 3], {"chosen": ("E05000001",)})],
)
def test_no_shade_where_no_comparison_is_allowed(home, counts, how: dict):
    chosen, households = selection(home, counts, **how)
    assert shading.legend(chosen, households, palette.LIGHT) == []


def test_more_is_a_further_shade(home):
    chosen, households = selection(home, [1, 2, 3, 4, 5])
    collection = {"features": [{"properties": {"code": f"E0500000{number}"}} for number in range(1, 6)]}
    shading.fill(collection, chosen, households, palette.LIGHT)
    assert [tuple(one["properties"]["fill"][:3]) for one in collection["features"]] == list(palette.SHADES)
    assert len(shading.legend(chosen, households, palette.LIGHT)) == 5


def test_a_ward_without_a_rate_has_no_shade(home):
    chosen, households = selection(home, [1, 2, 3], chosen=("E05000001", "E05000002"))
    collection = {"features": [{"properties": {"code": "E05000003"}}]}
    shading.fill(collection, chosen, households, palette.DARK)
    assert collection["features"][0]["properties"]["fill"][3] == 0


def test_a_smaller_area_is_looked_at_from_nearer():
    assert fitting_zoom(wards(1).total_bounds) > fitting_zoom(wards(3).total_bounds) > fitting_zoom((-1, 51, 0, 53))
