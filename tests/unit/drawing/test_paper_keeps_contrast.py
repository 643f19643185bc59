"""What lies under the marks leaves them their contrast: 3 to 1 for every type, on light and on dark ground."""

import pytest

from mkmap.drawing.palette import (
    CIRCLE,
    CIRCLE_RIM,
    DARK,
    DARK_PAPER,
    LIGHT,
    LIGHT_PAPER,
    POLICE,
    RESIDENTS,
    RESIDENTS_RIM,
    TYPES,
    Colour,
    Ground,
    Paper,
    contrast,
)  # fmt: skip
from mkmap.map.cells import seen


def over(colour: Colour, under: Colour, opacity: int) -> Colour:
    """As it is seen on another."""
    red, green, blue = (
        round((opacity * part + (255 - opacity) * below) / 255) for part, below in zip(colour, under, strict=True)
    )
    return red, green, blue


@pytest.mark.parametrize(("paper", "ground"), [(LIGHT_PAPER, LIGHT), (DARK_PAPER, DARK)])
@pytest.mark.parametrize("area", ["paper", "built", "green", "wood", "water"])
def test_marks_and_names_stand_out(paper: Paper, ground: Ground, area: str):
    under = getattr(paper, area)
    marks = (over(POLICE, under, CIRCLE), ground.cell_rim, ground.outline, ground.bold_outline)
    assert all(contrast(colour, under) >= 3 for colour in marks)
    assert max(contrast(colour, under) for colour in (RESIDENTS, RESIDENTS_RIM)) >= 3
    assert all(contrast(colour, ground.halo) >= 4.5 for colour in (ground.name, ground.street_name)), "letters have a halo"
    if area != "water":
        assert all(contrast(colour, under) >= 3 for colour in TYPES)


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_marks_stand_out_on_shades_and_cells(ground: Ground):
    for shade in ground.shades:
        assert max(contrast(over(POLICE, shade, CIRCLE), shade), contrast(CIRCLE_RIM, shade)) >= 3, "a circle or its rim"
        assert contrast(ground.bold_outline, shade) >= 3
    for cell in (seen(colour, ground) for colour in ground.cells):
        assert max(contrast(colour, cell) for colour in (RESIDENTS, RESIDENTS_RIM)) >= 3, "a diamond or its rim"
        assert max(contrast(colour, cell) for colour in (ground.name, ground.halo)) >= 3, "a letter, a ring or its halo"
