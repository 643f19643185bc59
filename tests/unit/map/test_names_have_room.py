"""Names on the map: a ward's in its ward, none over another, the weightiest first, streets when one is near."""

from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from made_wards import WEST, middle, wards

from mkmap.dataset.invented_town import WARDS
from mkmap.dataset.invented_town import wards as demonstration_wards
from mkmap.map.mercator import pixels
from mkmap.map.names import NEAREST, TIGHTEST, WARD, Label, labels, of_whom
from mkmap.map.placed_names import PlacedNames
from mkmap.map.point_names import MAIN, of_points
from mkmap.map.room import size_of
from mkmap.places.ground.kinds import MIN_ZOOM, NAMES, Name

ZOOMS = range(MIN_ZOOM, NEAREST + 1)


def box(label: Label, scale: float, *, grows: float = 1.0) -> shapely.Polygon:
    """What a label covers at a scale, in its pixels; a ward's name grows with the map."""
    wide, high = np.array(size_of(label.text, label.size, bold=label.kind == WARD)) * (grows if label.kind == WARD else 1)
    x, y = pixels((label.longitude, label.latitude), scale)
    return shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def many_names() -> list[Name]:
    """Names of every kind all over the town, many more than have room."""
    rng = np.random.default_rng(7)
    west, south, east, north = demonstration_wards().total_bounds
    kinds = sorted(rng.choice(list(NAMES), 3_000), key=list(NAMES).index)
    places = rng.uniform((west, south), (east, north), (3_000, 2))
    return [
        Name(f"Rowanfinch {number} Street", kind, *place)
        for number, (kind, place) in enumerate(zip(kinds, places, strict=True))
    ]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_wards_name_lies_in_its_ward_and_none_lies_over_another(zoom: int):
    frame = demonstration_wards()
    shown = labels(frame, many_names(), zoom)
    for scale in (zoom - TIGHTEST, zoom + TIGHTEST):
        boxes = [box(label, scale, grows=2 ** (scale - zoom + TIGHTEST)) for label in shown]
        tree = shapely.STRtree(boxes)
        assert all(len(tree.query(one, "overlaps")) == 0 for one in boxes)
        shapes = dict(zip(frame["name"], frame.geometry, strict=True))
        for label, drawn in zip(shown, boxes, strict=True):
            if label.kind == WARD:
                corners = [pixels(corner, scale) for corner in shapely.get_coordinates(shapes[label.text.replace("\n", " ")])]
                assert shapely.Polygon(corners).buffer(0.5).contains(drawn), label


def test_a_number_gives_way_to_a_wards_name_and_to_nothing_else():
    (label,) = labels(wards(1), [], 12)
    placed = PlacedNames([label, replace(label, kind="street", longitude=label.longitude + 1)], 12)
    assert not placed.leave_room((label.longitude, label.latitude))
    assert placed.leave_room((label.longitude + 1, label.latitude))


def test_a_wards_name_lies_where_it_covers_fewest_numbers():
    (alone,) = labels(wards(1), [], 13)
    (beside,) = labels(wards(1), [], 13, numbers=[(alone.longitude, alone.latitude)])
    assert (beside.text, beside.latitude) == (alone.text, pytest.approx(alone.latitude, abs=0.01))
    assert PlacedNames([beside], 13).leave_room((alone.longitude, alone.latitude))


def test_every_ward_has_its_name_from_a_middle_zoom():
    for zoom in range(11, NEAREST + 1):
        assert {label.text.replace("\n", " ") for label in labels(demonstration_wards(), [], zoom)} == set(WARDS)


def test_a_ward_of_two_parts_has_one_name():
    two = shapely.MultiPolygon([shapely.box(0, 51, 0.1, 51.1), shapely.box(1, 51, 1.3, 51.3)])
    frame = geopandas.GeoDataFrame({"code": ["a"], "name": ["Two"]}, geometry=[two], crs=4326)
    (label,) = labels(frame, [], 10)
    assert two.geoms[1].contains(shapely.Point(label.longitude, label.latitude))


@pytest.mark.parametrize("kind", NAMES)
def test_each_kind_comes_at_its_zoom(kind: str):
    name = Name("Somewhere", kind, WEST - 0.5, 52.0)
    shown = [any(label.kind == kind for label in labels(wards(), [name], zoom)) for zoom in ZOOMS]
    assert shown == [zoom >= NAMES[kind] for zoom in ZOOMS]


def test_of_two_at_one_place_the_weightier_is_shown():
    town, street = Name("Town", "town", WEST - 0.5, 52.0), Name("Street", "street", WEST - 0.5, 52.0)
    assert [label.text for label in labels(wards(), of_whom([street], [town]), 15) if label.kind != WARD] == ["Town"]


def test_the_grounds_streets_take_the_place_of_the_polices():
    ground, points = (
        [Name("Grid Way", "street", 0, 0)],
        [Name("High Street", "street", 0, 0), Name("Wolverton", "station", 0, 0)],
    )
    assert [name.text for name in of_whom(ground, points)] == ["Wolverton", "Grid Way"]


def test_the_polices_points_name_streets_and_stations():
    longitude, latitude = middle(0)
    rows = [
        *((longitude + step / 1000, "On or near London Road", "a") for step in range(MAIN)),
        (longitude, "On or near High Street", "a"), (longitude, "On or near High Street", "b"), (longitude, "On or near Abroad", None),
        (longitude, "On or near Supermarket", "a"), (longitude, "On or near Wolverton (station)", "a"), (longitude, None, "a"),
    ]  # fmt: skip
    points = pd.DataFrame(rows, columns=["longitude", "street", "ward"]).assign(latitude=latitude)
    named = of_points(points)
    assert [(name.text, name.kind) for name in named] == [
        ("London Road", "main road"), ("High Street", "street"), ("High Street", "street"), ("Wolverton", "station"),
    ]  # fmt: skip
    assert named[0].longitude in points["longitude"].round(5).to_list(), "it stands at one of the police's points"
