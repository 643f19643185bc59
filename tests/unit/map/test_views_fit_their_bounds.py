"""A view of some bounds shows all of them, as large as the map lets them be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.map.mercator import HEIGHT, PHONE_WIDTH, WIDTH, fitting_zoom, pixels

BRITAIN = st.tuples(st.floats(-7, 1), st.floats(50, 58))  # longitude, latitude


@given(BRITAIN, st.floats(0.01, 1), st.floats(0.01, 1), st.sampled_from([WIDTH, PHONE_WIDTH]))
def test_bounds_fill_the_map_in_one_direction_and_fit_in_the_other(place, wide: float, high: float, width: int):
    west, south = place
    zoom = fitting_zoom((west, south, west + wide, south + high), width)
    across, down = pixels((west + wide, south), zoom) - pixels((west, south + high), zoom)
    assert max(across / width, down / HEIGHT) == pytest.approx(1, abs=0.01)
