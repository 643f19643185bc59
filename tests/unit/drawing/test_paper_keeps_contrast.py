"""What lies under the marks leaves them their contrast: 3 to 1 for every type, on light and on dark ground."""

import pytest

from mkmap.drawing.palette import DARK, DARK_PAPER, LIGHT, LIGHT_PAPER, TYPES, Colour, Ground, Paper


def luminance(colour: Colour) -> float:
    parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("paper", "ground"), [(LIGHT_PAPER, LIGHT), (DARK_PAPER, DARK)])
@pytest.mark.parametrize("area", ["paper", "built", "green", "wood"])
def test_marks_and_names_stand_out(paper: Paper, ground: Ground, area: str):
    under = getattr(paper, area)
    assert all(contrast(colour, under) >= 3 for colour in TYPES)
    assert all(contrast(colour, under) >= 4.5 for colour in (ground.name, ground.street_name))
