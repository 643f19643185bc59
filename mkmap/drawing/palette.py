"""Name colours that a colour-blind neighbour can tell apart, on light and on dark ground.

The four of a chosen type are Okabe and Ito's and one of Tol's; each keeps a contrast of 3 to 1 to both grounds.
"""

from typing import NamedTuple

Colour = tuple[int, int, int]

TYPES: tuple[Colour, ...] = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (170, 80, 160))  # blue, vermilion, green, purple
# What residents report: yellow in a dark rim, and a diamond; never one of the police's colours, nor their shape.
RESIDENTS: Colour = (240, 228, 66)
RESIDENTS_RIM: Colour = (27, 31, 36)
# ColorBrewer's Greys, for rates: a hue would be taken for one of the types. Reversed on dark ground, where more must be lighter.
SHADES: tuple[Colour, ...] = ((240, 240, 240), (212, 212, 212), (178, 178, 178), (140, 140, 140), (105, 105, 105))
DARK_SHADES: tuple[Colour, ...] = ((38, 44, 51), (62, 68, 76), (88, 95, 103), (118, 125, 133), (150, 157, 165))
DARK_INK, LIGHT_INK = "#1b1f24", "#ffffff"  # of a letter in a bar: each part of a bar names the one that reads on it


class Ground(NamedTuple):
    """What lies under the marks, in one theme."""

    outline: Colour
    name: Colour
    halo: Colour
    street: Colour
    street_name: Colour
    shades: tuple[Colour, ...]


LIGHT = Ground(
    outline=(110, 118, 128),
    name=(40, 48, 58),
    halo=(255, 255, 255),
    street=(186, 194, 203),
    street_name=(110, 118, 128),
    shades=SHADES,
)
DARK = Ground(
    outline=(120, 130, 142),
    name=(226, 231, 236),
    halo=(18, 22, 27),
    street=(58, 66, 76),
    street_name=(150, 160, 172),
    shades=DARK_SHADES,
)


def css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
