"""A point's id is its place, and it lies in one ward or in none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_wards import code, middle, square, wards
from shapely import MultiPolygon, Point

from mkmap.places.points import assign, longitude_latitude, point_id


@pytest.mark.parametrize("place", [(None, 52.0), (float("nan"), 52.0), (-0.7, float("inf")), (181.0, 52.0), (-0.7, 90.1)])
def test_a_point_without_a_place_on_the_globe_has_no_id(place):
    with pytest.raises(ValueError, match="no id"):
        point_id([place[0]], [place[1]])


degrees = st.integers(-180_000_000, 180_000_000)


@given(st.lists(st.tuples(degrees, st.integers(-90_000_000, 90_000_000)), max_size=20))
def test_an_id_gives_its_six_decimals_back(places):
    longitude = np.array([east / 1e6 for east, __ in places])
    latitude = np.array([north / 1e6 for __, north in places])
    back = longitude_latitude(point_id(longitude, latitude))
    assert np.array_equal(back[0], longitude)
    assert np.array_equal(back[1], latitude)


@given(degrees, degrees)
def test_two_places_have_two_ids(one, other):
    same = point_id([one / 1e6], [52.0]) == point_id([other / 1e6], [52.0])
    assert same.all() == (one == other)


def test_an_id_is_what_the_formula_says():
    assert point_id([-0.759402], [52.040622]).tolist() == [142_040_622 * 10**9 + 179_240_598]


def test_a_point_outside_every_ward_has_none():
    assert assign(point_id([0.5], [52.0]), wards()).tolist() == [None]


def test_a_point_lies_in_the_ward_around_it():
    longitude, latitude = zip(*[middle(column) for column in range(3)], strict=True)
    assert assign(point_id(longitude, latitude), wards()).tolist() == [code(1), code(2), code(3)]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0]])
def test_a_point_on_a_shared_border_gets_the_first_ward_by_code(order):
    border = point_id([-0.79, -0.78], [52.005, 52.005])
    assert assign(border, wards().iloc[order]).tolist() == [code(1), code(2)]


def test_a_ward_of_several_parts_has_the_points_of_each():
    frame = wards(1).assign(geometry=[MultiPolygon([square(0), square(4)])])
    longitude, latitude = zip(*[middle(column) for column in (0, 2, 4)], strict=True)
    assert assign(point_id(longitude, latitude), frame).tolist() == [code(1), None, code(1)]


def test_no_points_give_no_wards():
    assert assign(np.array([], np.int64), wards()).tolist() == []


@given(st.lists(st.tuples(st.integers(-2, 35), st.integers(-2, 12)), min_size=1, max_size=30))
def test_wards_are_those_that_a_plain_loop_finds(thousandths):
    longitude = [round(-0.80 + x / 1000, 6) for x, __ in thousandths]
    latitude = [round(52.00 + y / 1000, 6) for __, y in thousandths]
    frame = wards()

    def plain(x, y):
        return next((row.code for row in frame.itertuples() if row.geometry.intersects(Point(x, y))), None)

    expected = [plain(x, y) for x, y in zip(longitude, latitude, strict=True)]
    assert assign(point_id(longitude, latitude), frame).tolist() == expected


def test_a_plain_frame_with_shapes_will_do():
    frame = pd.DataFrame({"code": [code(1)], "geometry": [square(0)]})
    assert assign(point_id(*([value] for value in middle(0))), frame).tolist() == [code(1)]
