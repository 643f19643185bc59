"""Marks say counts by their area, and nothing that is not of the area."""

import math
from pathlib import Path

import geopandas
import numpy as np
import pytest
from made_stores import START, add_crimes, add_wards, crimes, place
from made_tiles import tile_at
from made_wards import square

from mkmap.crime_types import CRIME_TYPES
from mkmap.crimes.query import Selection, area_crimes
from mkmap.dataset.dataset import real
from mkmap.drawing import palette
from mkmap.filters import Filters
from mkmap.map import circles, crime_marks
from mkmap.map.mercator import fitting_zoom, pixels
from mkmap.map.tiles import Tile
from mkmap.month import Month
from mkmap.places.points import point_id
from mkmap.places.store import Places, WardSet

JANUARY = Month(2025, 1)


def select(home: Path, *types: str, wards: tuple[str, ...] = ()) -> Selection:
    dataset = real(home, "thames-valley")
    area = area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(JANUARY), dataset.force)
    return area.select(Filters(JANUARY, JANUARY, wards, types))


@pytest.fixture
def town(home: Path) -> Path:
    add_wards(home)
    return home


def marks(selection: Selection, zoom: int = 13) -> list[dict]:
    """What the tile around the first point holds: the place of each mark, what is seen of it and, as `hit`, what a thumb can hit."""
    drawn = crime_marks.features(selection, tile_at(place(0), zoom))
    seen, hit = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    assert [one["geometry"] for one in seen] == [one["geometry"] for one in hit]
    return [
        {"p": mark["geometry"]["coordinates"], **mark["properties"], "hit": over["properties"]}
        for mark, over in zip(seen, hit, strict=True)
    ]


def test_of_nothing_there_are_no_marks(town: Path):
    add_crimes(town, crimes(3, "2025-01", 0))
    assert marks(select(town, "Robbery")) == []
    assert circles.sizes(select(town, "Robbery")) == []
    assert circles.size_words(select(town, "Robbery")) == ""


def test_points_outside_the_wards_have_no_mark(town: Path):
    add_crimes(town, [*crimes(3, "2025-01", 0), *crimes(5, "2025-01", 3), *crimes(2, "2025-01", None)])
    assert [mark["p"] for mark in marks(select(town))] == [list(place(0))]


@pytest.mark.parametrize(("few", "many"), [(1, 4), (2, 50), (3, 300)])
def test_area_is_in_proportion_to_the_count(town: Path, few: int, many: int):
    add_crimes(town, [*crimes(few, "2025-01", 0), *crimes(many, "2025-01", 1)])
    large, small = marks(select(town), zoom=11)
    assert (large["r"] / small["r"]) ** 2 == pytest.approx(many / few, rel=0.1), "sizes are rounded to a tenth of a pixel"
    assert large["r"] <= circles.LARGEST + 0.1


def test_the_largest_is_drawn_first_so_that_small_ones_stay_on_top(town: Path):
    add_crimes(town, [*crimes(1, "2025-01", 0), *crimes(9, "2025-01", 1), *crimes(4, "2025-01", 2)])
    sizes = [mark["r"] for mark in marks(select(town), zoom=11)]
    assert sizes == sorted(sizes, reverse=True)


def test_each_can_be_hit_by_a_thumb_and_a_large_one_all_over(town: Path):
    add_crimes(town, [*crimes(1, "2025-01", 0), *crimes(900, "2025-01", 1)])
    large, small = marks(select(town), zoom=11)
    assert small["r"] < small["hit"]["r"] >= 12
    assert large["hit"]["r"] == large["r"] > small["hit"]["r"]


def test_all_types_share_a_mark_and_keep_their_words(town: Path):
    types = CRIME_TYPES[:5]
    add_crimes(town, [row for number, kind in enumerate(types) for row in crimes(number + 1, "2025-01", 0, kind)])
    (mark,) = marks(select(town, *types))
    assert mark["hit"]["t"].split("\n") == [
        "High Street, Alder Park",
        *(f"{kind} {number}" for number, kind in [*enumerate(types, 1)][::-1]),
        "in January 2025",
    ]


def test_a_count_stands_in_a_circle_that_is_near_and_has_room(town: Path):
    add_crimes(town, [*crimes(40, "2025-01", 0), *crimes(1, "2025-01", 1)])
    selection = select(town)
    assert {mark["n"] for mark in marks(selection, zoom=13)} == {""}
    drawn = crime_marks.features(selection, tile_at(place(0), 15)) + crime_marks.features(selection, tile_at(place(1), 15))
    assert {mark["properties"].get("n", "") for mark in drawn} == {"40", ""}


def test_tiles_share_the_marks_without_a_rest(town: Path):
    add_crimes(town, [row for column in range(3) for row in crimes(2, "2025-01", column)])
    selection = select(town)
    for zoom in (13, 17, 20):
        tiles = {tile_at(place(column), zoom) for column in range(3)}
        drawn = [mark["properties"] for tile in tiles for mark in crime_marks.features(selection, tile)]
        found = [mark["g"] for mark in drawn if "g" in mark]
        assert sorted(found) == sorted(str(point_id(*place(column))) for column in range(3))


def test_a_tile_that_no_browser_asks_for_is_empty(town: Path):
    add_crimes(town, crimes(3, "2025-01", 0))
    for tile in (Tile(10**9, 0, 0), Tile(3, 10**9, 0), Tile(3, 0, 10**9)):
        assert crime_marks.features(select(town), tile) == []


def test_words_at_a_point_that_is_not_there_are_none(town: Path):
    add_crimes(town, crimes(3, "2025-01", 0))
    assert crime_marks.words_at(select(town), 1) is None
    here = int(point_id(*place(0)))
    assert "nothing recorded here" in crime_marks.words_at(select(town, "Robbery"), here)
    assert crime_marks.words_at(select(town), here).split("\n") == ["High Street, Alder Park", "Burglary 3"]


def test_a_point_without_a_street_has_words(town: Path):
    add_crimes(town, [{**row, "Location": ""} for row in crimes(2, "2025-01", 0)])
    (mark,) = marks(select(town))
    assert mark["hit"]["t"].startswith("Unnamed place, Alder Park")


def test_the_legend_shows_sizes_of_this_map(town: Path):
    add_crimes(town, [*crimes(16, "2025-01", 0), *crimes(1, "2025-01", 1)])
    selection = select(town)
    assert [count for count, _diameter in circles.sizes(selection)] == [1, 4, 16]
    drawn = {round(diameter / 2, 1) for _count, diameter in circles.sizes(selection)}
    assert {mark["r"] for mark in marks(selection)} <= drawn
    assert "up to 16" in circles.size_words(selection)


@pytest.mark.parametrize("colour", palette.TYPES)
@pytest.mark.parametrize("ground", [palette.LIGHT, palette.DARK])
def test_colours_stand_out_from_both_grounds(colour, ground):
    assert palette.contrast(colour, ground.halo) >= 3


@pytest.mark.parametrize("ground", [palette.LIGHT, palette.DARK])
def test_shades_go_from_the_ground_away(ground):
    steps = [palette.contrast(shade, ground.halo) for shade in ground.shades]
    assert steps == sorted(steps)
    assert len(set(ground.shades)) == 5


def test_the_picture_has_a_diamond():
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(crime_marks.icons()))
    where = crime_marks.icon_mapping()[crime_marks.DIAMOND]
    middle = picture.getpixel((where["x"] + where["width"] // 2, where["height"] // 2))
    assert math.dist(middle[:3], palette.RESIDENTS) < 10


def test_a_crowded_map_has_smaller_marks_all_alike(town: Path, monkeypatch):
    add_crimes(town, [*crimes(1, "2025-01", 0), *crimes(1, "2025-01", 1), *crimes(4, "2025-01", 2)])
    roomy = [size for _count, size in circles.sizes(select(town))]
    monkeypatch.setattr(circles, "UNCROWDED", 1)
    assert [size for _count, size in circles.sizes(select(town))] == pytest.approx([size / 3**0.5 for size in roomy])


def test_circles_together_are_no_blot(home: Path):
    """As in a city of a square mile: many crimes at each of many points near by."""
    wards = geopandas.GeoDataFrame({"code": ["E05000001"], "name": ["City"]}, geometry=[square(0, width=0.012)], crs=4326)
    Places(home).add_wards(WardSet("made", START, None, 1, "made"), wards)
    west, south, east, north = wards.total_bounds
    places = [
        (west + (east - west) * (0.5 + x) / 15, south + (north - south) * (0.5 + y) / 15) for x in range(15) for y in range(15)
    ]
    add_crimes(home, [row | {"Longitude": lon, "Latitude": lat} for lon, lat in places for row in crimes(40, "2025-01", 0)])
    selection = select(home)
    radius = circles.radius_of_one(selection)
    zoom = fitting_zoom(wards.total_bounds)
    room = np.prod(np.abs(pixels((east, south), zoom) - pixels((west, north), zoom)))
    assert math.pi * radius**2 * selection.total <= 0.2 * room
    assert radius * 40**0.5 > 2, "each can still be seen"
