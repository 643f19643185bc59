"""Names on the map: a ward's in its ward, none over another, the weightiest first, streets when one is near."""

from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from made_wards import STEP, WEST, middle, square, wards

from mkmap.dataset.invented_town import WARDS
from mkmap.dataset.invented_town import wards as demonstration_wards
from mkmap.map.mercator import flat_places, moved, pixels
from mkmap.map.names import FARTHEST, NEAREST, TIGHTEST, WARD, Label, farthest, labels, of_whom
from mkmap.map.placed_names import PlacedNames
from mkmap.map.point_names import MAIN, of_points
from mkmap.map.room import lines_of
from mkmap.map.shared_names import together
from mkmap.map.ward_names import broken
from mkmap.places.ground.kinds import NAMES, Name

ZOOMS = range(FARTHEST, NEAREST + 1)


def drawn(label: Label, scale: float, *, grows: float = 1.0) -> shapely.MultiPolygon:
    """What the lines of a label cover at a scale, in its pixels; it grows with the map."""
    at = np.tile(pixels((label.longitude, label.latitude), scale), 2)
    return shapely.MultiPolygon([shapely.box(*(line * grows + at)) for line in lines_of(label.text, label.size)])


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
        boxes = [drawn(label, scale, grows=2 ** (scale - zoom + TIGHTEST)) for label in shown]
        tree = shapely.STRtree(boxes)
        assert all(list(tree.query(one, "intersects")) == [at] for at, one in enumerate(boxes))
        shapes = dict(zip(frame["name"], frame.geometry, strict=True))
        for label, covered in zip(shown, boxes, strict=True):
            if label.kind == WARD:
                corners = [pixels(corner, scale) for corner in shapely.get_coordinates(shapes[label.text.replace("\n", " ")])]
                assert shapely.Polygon(corners).buffer(0.5).contains(covered), label


def test_a_number_stands_beside_a_name_in_its_cell_or_not_at_all():
    at, label = middle(0), Label("Ward", WARD, *middle(0), 12)
    assert PlacedNames([], 12, 11.5).beside(at, "7") == at
    longitude, latitude = PlacedNames([label], 12, 11.5).beside(at, "7")
    assert (longitude, latitude) == (pytest.approx(at[0], abs=1e-4), pytest.approx(at[1], abs=0.005))
    assert latitude < at[1], "below: above stand residents' diamonds"
    assert PlacedNames([replace(label, size=90)], 12, 11.5).beside(at, "7") is None


def test_a_wards_name_lies_where_it_covers_fewest_numbers():
    (alone,) = labels(wards(1), [], 12, scale=13)
    middle = (alone.longitude, alone.latitude)
    (beside,) = labels(wards(1), [], 12, flat_places(np.array([middle])), scale=13)
    assert (beside.text, beside.latitude) == (alone.text, pytest.approx(alone.latitude, abs=0.01))
    assert PlacedNames([beside], 12, 13).beside(middle, "7") == middle


def test_a_town_may_cover_numbers_and_no_estate_does():
    place = (WEST - 0.5, 52.0)
    numbers = flat_places(np.array([moved(place, south, 11.5) for south in range(-40, 41, 10)]))
    for kind, is_shown in (("town", True), ("suburb", False)):
        named = labels(wards(1), [Name("Somewhere", kind, *place)], 12, numbers)
        assert any(label.kind == kind for label in named) == is_shown
    (beside,) = [
        label
        for label in labels(wards(1), [Name("Somewhere", "suburb", *place)], 12, flat_places(np.array([place])))
        if label.kind == "suburb"
    ]
    assert beside.latitude == pytest.approx(place[1], abs=0.01)
    assert beside.latitude != place[1]


def test_a_place_after_which_a_ward_is_called_is_named_once():
    (ward,) = labels(wards(1), [], 12)
    town = Name(ward.text.replace("\n", " "), "town", WEST - 0.5, 52.0)
    assert [label.kind for label in labels(wards(1), [town], 12)] == [WARD]


def test_wards_without_room_share_the_name_of_their_place():
    def found(*named: tuple[str, int]) -> list[str]:
        return [name for name, _shape in together([(name, square(at)) for name, at in named])]

    assert found(("Bletchley East", 0), ("Bletchley West", 1), ("Monkston", 2)) == ["Bletchley"]
    assert found(("St Austell Bay", 0), ("St Austell Poltair", 1), ("St Ives", 2)) == ["St Austell"]
    assert found(("Bletchley East", 0), ("Bletchley West", 2)) == [], "something lies between them"
    assert found(("West Heath", 0), ("West Ham", 1)) == [], "the direction is no place"
    frame = geopandas.GeoDataFrame(
        {"code": ["a", "b"], "name": ["Bletchley East", "Bletchley West"]}, geometry=[square(0), square(1)], crs=4326
    )
    (label,) = labels(frame, [Name("Bletchley", "town", *middle(0))], 11, scale=11.3)
    assert (label.text, label.kind) == ("Bletchley", "wards")
    at = [pixels(corner, 11.3) for corner in shapely.get_coordinates(square(0, width=2 * STEP))]
    assert shapely.Polygon(at).buffer(0.5).contains(drawn(label, 11.3))


def test_where_a_map_opens_names_are_as_large_as_its_zoom_allows():
    assert (farthest(10, 9.75), farthest(10, 10.5), farthest(10, None), farthest(11, 9.75)) == (9.75, 9.5, 9.5, 10.5)
    counts = [len(labels(demonstration_wards(), [], 10, scale=scale)) for scale in (9.5, 9.85, 10.4)]
    assert counts[0] < 17 <= counts[1] < counts[2] == len(WARDS), "on a laptop, and on a larger window"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Olney", ["Olney"]),
        ("Stony Stratford", ["Stony Stratford", "Stony\nStratford"]),
        ("Loughton & Shenley", ["Loughton & Shenley", "Loughton\n& Shenley"]),
        ("Hook and Bray", ["Hook and Bray", "Hook\nand Bray"]),
        ("Stoke-on-Trent", ["Stoke-on-Trent", "Stoke-\non-Trent", "Stoke-\non-\nTrent"]),
        ("Newport Pagnell North & Hanslope", [
            "Newport Pagnell North & Hanslope", "Newport Pagnell\nNorth & Hanslope",
            "Newport\nPagnell North\n& Hanslope", "Newport\nPagnell\nNorth\n& Hanslope",
        ]),
    ],
)  # fmt: skip
def test_a_wards_name_is_broken_where_people_would_break_it(name: str, lines: list[str]):
    assert broken(name) == lines


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
