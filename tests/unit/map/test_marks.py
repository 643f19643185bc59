"""Marks say counts by their area, side by side where types have colours, and nothing that is not of the area."""

import math
from itertools import pairwise
from pathlib import Path

import pytest
from made_stores import add_crimes, add_wards, crimes, place

from mkmap.crime_types import CRIME_TYPES
from mkmap.crimes.query import Selection, area_crimes
from mkmap.dataset.dataset import real
from mkmap.drawing import palette
from mkmap.filters import Filters
from mkmap.map import circles, crime_marks
from mkmap.month import Month
from mkmap.places.points import point_id

JANUARY = Month(2025, 1)


def select(home: Path, *types: str, wards: tuple[str, ...] = ()) -> Selection:
    dataset = real(home, "thames-valley")
    area = area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(JANUARY), dataset.force)
    return area.select(Filters(JANUARY, JANUARY, wards, types))


@pytest.fixture
def town(home: Path) -> Path:
    add_wards(home)
    return home


def test_of_nothing_there_are_no_marks(town: Path):
    add_crimes(town, crimes(3, "2025-01", 0))
    assert crime_marks.marks(select(town, "Robbery")) == []
    assert circles.sizes(select(town, "Robbery")) == []
    assert circles.size_words(select(town, "Robbery")) == ""


def test_points_outside_the_wards_have_no_mark(town: Path):
    add_crimes(town, [*crimes(3, "2025-01", 0), *crimes(5, "2025-01", 3), *crimes(2, "2025-01", None)])
    assert [mark["p"] for mark in crime_marks.marks(select(town))] == [list(place(0))]


@pytest.mark.parametrize(("few", "many"), [(1, 4), (2, 50), (3, 300)])
def test_area_is_in_proportion_to_the_count(town: Path, few: int, many: int):
    add_crimes(town, [*crimes(few, "2025-01", 0), *crimes(many, "2025-01", 1)])
    large, small = crime_marks.marks(select(town))
    assert (large["s"] / small["s"]) ** 2 == pytest.approx(many / few, rel=0.08), "sizes are rounded to a tenth of a pixel"
    assert large["s"] <= 2 * circles.LARGEST + 0.1


def test_the_largest_is_drawn_first_so_that_small_ones_stay_on_top(town: Path):
    add_crimes(town, [*crimes(1, "2025-01", 0), *crimes(9, "2025-01", 1), *crimes(4, "2025-01", 2)])
    sizes = [mark["s"] for mark in crime_marks.marks(select(town))]
    assert sizes == sorted(sizes, reverse=True)


def test_types_stand_side_by_side_and_touch(town: Path):
    add_crimes(town, [*crimes(4, "2025-01", 0), *crimes(9, "2025-01", 0, "Drugs"), *crimes(1, "2025-01", 0, "Robbery")])
    found = sorted(crime_marks.marks(select(town, "Burglary", "Drugs", "Robbery")), key=lambda mark: mark["o"])
    assert [mark["i"] for mark in found] == ["0", "1", "2"]
    for left, right in pairwise(found):
        assert right["o"] - left["o"] == pytest.approx((left["s"] + right["s"]) / 2, abs=0.11)
    assert found[0]["o"] - found[0]["s"] / 2 == pytest.approx(-(found[-1]["o"] + found[-1]["s"] / 2), abs=0.11), "centred"


def test_more_than_four_types_share_a_mark_and_keep_their_words(town: Path):
    types = CRIME_TYPES[:5]
    add_crimes(town, [row for number, kind in enumerate(types) for row in crimes(number + 1, "2025-01", 0, kind)])
    (mark,) = crime_marks.marks(select(town, *types))
    assert mark["i"] == "0"
    assert mark["t"].split("\n") == [
        "High Street, Alder Park",
        *(f"{kind} {number}" for number, kind in [*enumerate(types, 1)][::-1]),
        "in January 2025",
    ]


def test_a_colour_belongs_to_the_place_in_the_choice(town: Path):
    add_crimes(town, crimes(1, "2025-01", 0))
    assert crime_marks.colours(select(town, "Drugs", "Burglary")) == {"Drugs": 0, "Burglary": 1}
    assert crime_marks.colours(select(town)) == {}
    assert crime_marks.colours(select(town, *CRIME_TYPES[:5])) == {}


def test_words_at_a_point_that_is_not_there_are_none(town: Path):
    add_crimes(town, crimes(3, "2025-01", 0))
    assert crime_marks.words_at(select(town), 1) is None
    here = int(point_id(*place(0)))
    assert "nothing recorded here" in crime_marks.words_at(select(town, "Robbery"), here)
    assert crime_marks.words_at(select(town), here).split("\n") == ["High Street, Alder Park", "Burglary 3"]


def test_a_point_without_a_street_has_words(town: Path):
    add_crimes(town, [{**row, "Location": ""} for row in crimes(2, "2025-01", 0)])
    (mark,) = crime_marks.marks(select(town))
    assert mark["t"].startswith("Unnamed place, Alder Park")


def test_the_legend_shows_sizes_of_this_map(town: Path):
    add_crimes(town, [*crimes(16, "2025-01", 0), *crimes(1, "2025-01", 1)])
    selection = select(town)
    assert [count for count, _diameter in circles.sizes(selection)] == [1, 4, 16]
    drawn = {round(diameter, 1) for _count, diameter in circles.sizes(selection)}
    assert {mark["s"] for mark in crime_marks.marks(selection)} <= drawn
    assert "up to 16" in circles.size_words(selection)


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance of WCAG."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", palette.TYPES)
@pytest.mark.parametrize("ground", [palette.LIGHT, palette.DARK])
def test_colours_stand_out_from_both_grounds(colour, ground):
    assert contrast(colour, ground.halo) >= 3


@pytest.mark.parametrize("ground", [palette.LIGHT, palette.DARK])
def test_shades_go_from_the_ground_away(ground):
    steps = [contrast(shade, ground.halo) for shade in ground.shades]
    assert steps == sorted(steps)
    assert len(set(ground.shades)) == 5


def test_the_picture_has_a_circle_a_colour_and_a_diamond():
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(crime_marks.icons()))
    assert picture.size == (crime_marks.ICON * (len(palette.TYPES) + 1), crime_marks.ICON)
    colours = {**{str(place): colour for place, colour in enumerate(palette.TYPES)}, crime_marks.DIAMOND: palette.RESIDENTS}
    for name, where in crime_marks.icon_mapping().items():
        middle = picture.getpixel((where["x"] + where["width"] // 2, where["height"] // 2))
        assert math.dist(middle[:3], colours[name]) < 10


def test_a_crowded_map_has_smaller_marks_all_alike(town: Path, monkeypatch):
    add_crimes(town, [*crimes(1, "2025-01", 0), *crimes(1, "2025-01", 1), *crimes(4, "2025-01", 2)])
    roomy = [size for _count, size in circles.sizes(select(town))]
    monkeypatch.setattr(circles, "UNCROWDED", 1)
    assert [size for _count, size in circles.sizes(select(town))] == pytest.approx([size / 3**0.5 for size in roomy])
