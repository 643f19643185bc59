"""Name colours that a colour-blind neighbour can tell apart, on light and on dark ground."""

from typing import NamedTuple

Colour = tuple[int, int, int]

# Okabe and Ito's blue, vermilion and green, and a purple of Tol's: parts of one chart, each 3 to 1 to both grounds.
TYPES: tuple[Colour, ...] = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (170, 80, 160))
POLICE = TYPES[0]  # what the police recorded, on every map
CIRCLE = 245  # of 255: a circle is as good as opaque, or it loses its contrast
CIRCLE_RIM: Colour = (255, 255, 255)
# What residents report: yellow in a dark rim, and a diamond; never the police's colour, nor their shape.
RESIDENTS: Colour = (240, 228, 66)
RESIDENTS_RIM: Colour = (27, 31, 36)
# After ColorBrewer's Greys, for rates: the police's hue would be taken for counts. Reversed on dark ground, where more must be lighter.
# On each a circle or its rim has its contrast.
SHADES: tuple[Colour, ...] = ((242, 242, 242), (220, 220, 220), (203, 203, 203), (140, 140, 140), (105, 105, 105))
DARK_SHADES: tuple[Colour, ...] = ((38, 44, 51), (60, 66, 74), (84, 91, 99), (109, 116, 124), (134, 141, 149))
# After ColorBrewer's Blues, for crimes per square kilometre, each with a letter's contrast to an ink; on dark ground more is lighter.
CELLS: tuple[Colour, ...] = ((219, 233, 246), (158, 202, 225), (96, 166, 210), (18, 94, 163), (8, 48, 107))
DARK_CELLS: tuple[Colour, ...] = ((22, 52, 86), (30, 80, 132), (56, 120, 182), (133, 182, 222), (206, 227, 246))
DARK_INK, LIGHT_INK = "#1b1f24", "#ffffff"  # of a letter in a bar: each part of a bar names the one that reads on it


class Ground(NamedTuple):
    """What lies under the marks, in one theme."""

    outline: Colour
    bold_outline: Colour  # of chosen wards, and on shades
    name: Colour
    halo: Colour
    street: Colour
    street_name: Colour
    shades: tuple[Colour, ...]
    cells: tuple[Colour, ...]
    cell_rim: Colour


LIGHT = Ground(
    outline=(110, 118, 128),
    bold_outline=(20, 24, 30),
    name=(40, 48, 58),
    halo=(255, 255, 255),
    street=(186, 194, 203),
    street_name=(94, 102, 112),
    shades=SHADES,
    cells=CELLS,
    cell_rim=CELLS[-1],
)
DARK = Ground(
    outline=(120, 130, 142),
    bold_outline=(255, 255, 255),
    name=(226, 231, 236),
    halo=(18, 22, 27),
    street=(58, 66, 76),
    street_name=(150, 160, 172),
    shades=DARK_SHADES,
    cells=DARK_CELLS,
    cell_rim=DARK_CELLS[-2],
)


class Paper(NamedTuple):
    """What a place is known by, in muted greys: on every area but water, where no map point lies, a type keeps its contrast.

    Of each class of roads: its colour, and that of its rim.
    """

    paper: Colour
    built: Colour
    green: Colour
    wood: Colour
    water: Colour
    main: tuple[Colour, Colour]
    through: tuple[Colour, Colour]
    local: tuple[Colour, Colour]
    path: Colour
    rail: Colour


LIGHT_PAPER = Paper(
    paper=(252, 252, 251),
    built=(243, 243, 242),
    green=(233, 246, 229),
    wood=(228, 246, 226),
    water=(206, 226, 241),
    main=((255, 255, 255), (160, 168, 179)),
    through=((255, 255, 255), (190, 196, 204)),
    local=((255, 255, 255), (214, 218, 223)),
    path=(216, 220, 224),
    rail=(172, 177, 184),
)
DARK_PAPER = Paper(
    paper=(15, 19, 24),
    built=(24, 29, 35),
    green=(19, 33, 26),
    wood=(16, 35, 24),
    water=(12, 31, 46),
    main=((78, 86, 96), (15, 19, 24)),
    through=((58, 66, 75), (15, 19, 24)),
    local=((44, 51, 59), (15, 19, 24)),
    path=(42, 48, 55),
    rail=(84, 90, 98),
)


def css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def ink(ground: Colour) -> Colour:
    """Of a letter on a colour: the darker or the lighter, whichever has more contrast to it."""
    dark, light = (27, 31, 36), (255, 255, 255)
    return dark if contrast(dark, ground) > contrast(light, ground) else light


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
