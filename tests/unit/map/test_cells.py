"""Cells hold every crime once, say how many that is in a square kilometre, and can be read."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from made_stores import add_crimes, add_wards, crimes, place
from made_tiles import tile_at
from pyproj import Geod

from mkmap.crimes.query import Selection, area_crimes
from mkmap.dataset.dataset import real
from mkmap.drawing import palette
from mkmap.filters import Filters
from mkmap.map import cells
from mkmap.map.mercator import TILE
from mkmap.month import Month

JANUARY = Month(2025, 1)
EARTH = Geod(ellps="WGS84")


def select(home: Path, *types: str) -> Selection:
    dataset = real(home, "thames-valley")
    area = area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(JANUARY), dataset.force)
    return area.select(Filters(JANUARY, JANUARY, (), types))


@pytest.fixture
def town(home: Path) -> Path:
    add_wards(home)
    add_crimes(home, [*crimes(40, "2025-01", 0), *crimes(7, "2025-01", 1), *crimes(2, "2025-01", 2), *crimes(9, "2025-01", 3)])
    return home


def drawn(selection: Selection, zoom: int, ground: palette.Ground = palette.LIGHT) -> list[dict]:
    """What the tiles around the wards hold."""
    tiles = {tile_at(place(column), zoom) for column in range(3)}
    return [feature for tile in tiles for feature in cells.features(selection, tile, ground)]


@given(arrays.arrays(float, (20, 2), elements=st.floats(0.2, 0.8)), st.integers(0, 20))
def test_each_place_lies_in_the_cell_whose_middle_is_nearest(places: np.ndarray, zoom: int):
    middles, cell = cells.gathered(places, zoom)
    pixels = (places - middles[cell]) * TILE * 2**zoom
    assert (np.hypot(*pixels.T) <= cells.REACH + 0.01).all(), "no corner is further from the middle"
    steps = cells.REACH * 3**0.5 * np.array([[np.cos(turn), np.sin(turn)] for turn in np.radians(np.arange(0, 360, 60))])
    assert (np.hypot(*(pixels[:, None] - steps).transpose(2, 0, 1)).min(axis=1) >= np.hypot(*pixels.T) - 0.01).all()


@pytest.mark.parametrize("zoom", [9, 11, 12])
def test_each_crime_of_the_wards_is_in_one_cell(town: Path, zoom: int):
    numbers = [int(one["properties"]["n"]) for one in drawn(select(town), zoom) if "n" in one["properties"]]
    assert sum(numbers) == 49, "the nine outside every ward are in none"


def test_a_cell_says_its_number_and_leads_nearer(town: Path):
    shapes = [one for one in drawn(select(town), 12) if one["geometry"]["type"] == "Polygon"]
    fullest = max(shapes, key=lambda one: int(one["properties"]["t"].split()[0]))
    assert fullest["properties"]["t"] == "40 in this cell: tap it to come closer"
    assert fullest["properties"]["z"] == 14
    shape = shapely.Polygon(fullest["geometry"]["coordinates"][0])
    assert shape.contains(shapely.Point(place(0)))
    assert shape.centroid.distance(shapely.Point(fullest["properties"]["m"])) < 1e-4


def test_density_is_per_square_kilometre_on_the_ground(town: Path):
    selection = select(town)
    made = cells.cells(selection, 12)
    shape = max(
        (one for one in drawn(selection, 12) if one["geometry"]["type"] == "Polygon"),
        key=lambda one: int(one["properties"]["t"].split()[0]),
    )
    area, _length = EARTH.geometry_area_perimeter(shapely.Polygon(shape["geometry"]["coordinates"][0]))
    assert made.density.max() == pytest.approx(40 / (abs(area) / 1e6), rel=0.01)


def test_classes_begin_at_round_numbers_and_hold_more_than_one_crime(town: Path):
    selection = select(town)
    begin = cells.edges(selection)
    assert begin[0] == 0
    assert begin == sorted(set(begin))
    assert all(f"{edge:e}"[0] in "125" for edge in begin[1:])
    assert len(cells.legend(selection, palette.LIGHT)) == len(begin)
    assert cells.edges(select(town, "Robbery")) == []
    assert cells.legend(select(town, "Robbery"), palette.LIGHT) == []


def test_of_nothing_there_are_no_cells(town: Path):
    assert drawn(select(town, "Robbery"), 11) == []


@pytest.mark.parametrize("ground", [palette.LIGHT, palette.DARK])
def test_cells_can_be_seen_and_their_numbers_read(ground: palette.Ground):
    assert palette.contrast(ground.cell_rim, ground.halo) >= 3
    for colour in ground.cells:
        seen = cells.seen(colour, ground)
        assert palette.contrast(palette.ink(seen), seen) >= 4.5
    steps = [palette.contrast(colour, ground.halo) for colour in ground.cells]
    assert steps == sorted(steps), "more is further from the ground"
