"""What lies under the marks leaves them their contrast: 3 to 1 for every type, on light and on dark ground."""

import pytest

from mkmap.drawing.palette import DARK, DARK_PAPER, LIGHT, LIGHT_PAPER, TYPES, Ground, Paper, contrast


@pytest.mark.parametrize(("paper", "ground"), [(LIGHT_PAPER, LIGHT), (DARK_PAPER, DARK)])
@pytest.mark.parametrize("area", ["paper", "built", "green", "wood"])
def test_marks_and_names_stand_out(paper: Paper, ground: Ground, area: str):
    under = getattr(paper, area)
    assert all(contrast(colour, under) >= 3 for colour in TYPES)
    assert all(contrast(colour, under) >= 4.5 for colour in (ground.name, ground.street_name))
