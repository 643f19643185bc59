"""Say what a ground is made of: kinds of lines, areas and names, and from which zoom each is drawn."""

from typing import NamedTuple

MIN_ZOOM, MAX_ZOOM = 8, 13  # of the tiles: at 13 a unit of a tile is 0.7 metres, and nearer zooms stretch it

LINES = {"main": 8, "through": 10, "rail": 9, "stream": 12, "local": 12, "path": 13}
AREAS = {"built": 8, "green": 9, "wood": 9, "water": 8}

NEVER = 99  # no zoom: what can be looked for and is not written on the map
# In the order in which they get room.
NAMES = {
    "town": 7, "suburb": 11, "village": 11, "station": 7, "main road": 12, "park": 13, "lake": 13, "street": 14, "postcode": NEVER
}  # fmt: skip

OF_AREA = {"green": "park", "wood": "park", "water": "lake"}  # what the name of such an area is called
OF_LINE = {"main": "main road", "through": "main road", "local": "street"}

TAKEN = (*LINES, *AREAS, *NAMES)  # what a mapping can name


class Name(NamedTuple):
    """A name and where it stands: what has more room, or means more, comes first in a list of them."""

    text: str
    kind: str
    longitude: float
    latitude: float
