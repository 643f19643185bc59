"""Shades of wards by rate, and names that can be read."""

import geopandas
import numpy as np
import pytest
import shapely
from made_stores import add_crimes, add_households, add_wards, crimes
from made_wards import wards

from mkmap.dataset.dataset import real
from mkmap.dataset.invented_town import wards as demonstration_wards
from mkmap.drawing import palette
from mkmap.filters import Filters
from mkmap.map import shading
from mkmap.map.labels import CHARACTER, HEIGHT, REACH, ward_labels
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


def boxes(labels: list[dict], zoom: float) -> list[tuple[float, float, float, float]]:
    found = []
    for label in labels:
        lines = label["n"].split("\n")
        wide, high = max(map(len, lines)) * CHARACTER, len(lines) * HEIGHT
        world = 512 * 2**zoom
        x = label["p"][0] / 360 * world + label["o"][0]
        y = -np.arctanh(np.sin(np.radians(label["p"][1]))) / (2 * np.pi) * world + label["o"][1]
        found.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
    return found


def test_names_of_the_demonstration_do_not_cover_each_other():
    frame = demonstration_wards()
    zoom = fitting_zoom(frame.total_bounds)
    shapes = [shapely.box(*box) for box in boxes(ward_labels(frame, zoom), zoom)]
    covered = sum(one.intersection(other).area for at, one in enumerate(shapes) for other in shapes[at + 1 :])
    assert covered < 0.02 * sum(shape.area for shape in shapes)


def test_every_ward_has_its_name_in_it_and_not_far_off():
    frame = demonstration_wards()
    labels = ward_labels(frame, 10.5)
    assert sorted(label["n"].replace("\n", " ") for label in labels) == sorted(frame["name"])
    by_name = dict(zip(frame["name"], frame.geometry, strict=True))
    for label in labels:
        assert by_name[label["n"].replace("\n", " ")].contains(shapely.Point(label["p"]))
        assert max(map(abs, label["o"])) <= REACH


def test_a_ward_of_two_parts_has_one_name():
    two = shapely.MultiPolygon([shapely.box(0, 51, 0.1, 51.1), shapely.box(1, 51, 1.3, 51.3)])
    frame = geopandas.GeoDataFrame({"code": ["a"], "name": ["Two"]}, geometry=[two], crs=4326)
    (label,) = ward_labels(frame, 9)
    assert two.geoms[1].contains(shapely.Point(label["p"]))


def test_a_smaller_area_is_looked_at_from_nearer():
    assert fitting_zoom(wards(1).total_bounds) > fitting_zoom(wards(3).total_bounds) > fitting_zoom((-1, 51, 0, 53))
